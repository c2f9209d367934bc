"""The page that has the whole program in it, to be run in a browser (docs/page.md). Its script is made of `page/`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.render.forms.blank import BlankForm
from involve_audit.render.forms.page import FormPage
from involve_audit.render.forms.page import render as form_of
from involve_audit.render.options import Options, Page
from involve_audit.render.templates import digest_of, fill, sealed
from involve_audit.words.program_page import PROGRAM_PAGE, SAID_BY_PROGRAM_PAGE

if TYPE_CHECKING:
    from involve_audit.model.rubric import Rubric


MOST_FILES, MOST_BYTES = 2_000, 200_000_000
"""How many files, and how much in them, may be open in the page at once."""


class Licensed(NamedTuple):
    """What others made and the page holds: its name, with that of its licence, and the licence in full."""

    name: str
    licence: str


@dataclass(frozen=True)
class ProgramPage(Page):
    """The words of the page.

    `rubrics` are those that come with the program, `made_of` the works of others that it holds; `reaches` is what its
    policy lets it load, and `largest` the bytes of the largest file that the program reads.
    """

    rubrics: Sequence[Rubric]
    made_of: Sequence[Licensed]
    reaches: str
    largest: int
    options: Options = field(default_factory=Options)

    stem = "program"

    @property
    def words(self) -> Mapping[str, str]:
        return PROGRAM_PAGE

    @property
    def said(self) -> list[tuple[str, str]]:
        """What the script says, by the names of its texts."""
        return list(SAID_BY_PROGRAM_PAGE.items())

    @property
    def most(self) -> list[tuple[str, int]]:
        """What the script lets in, by the names that it knows."""
        return [("files", MOST_FILES), ("bytes", MOST_BYTES), ("largest", self.largest)]

    @cached_property
    def forms(self) -> list[FormPage]:
        """The questions of each rubric, which are there without the script as well."""
        return [FormPage(BlankForm(rubric, date.min), self.options) for rubric in self.rubrics]


def render(
    rubrics: Sequence[Rubric], script: str, largest: int, made_of: Sequence[Licensed] = (), reaches: str = "blob:"
) -> str:
    """The page with this script, and a policy that allows no others but those of forms and of its own worker."""
    text = fill(ProgramPage(rubrics, made_of, reaches, largest), "html").replace("PROGRAM-SCRIPT", script)
    return sealed(text.replace("sha256-FORM", digest_of(form_of(BlankForm(rubrics[0], date.min)), "script"), 1))
