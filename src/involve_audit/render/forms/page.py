"""A form to be filled in with a browser: one HTML file that sends nothing by itself (docs/collecting.md, "A form").

Everything is in the HTML, and can be read without scripts. The script is the same for every rubric; it reads the
page's data- attributes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.language import current, is_right_to_left
from involve_audit.model.view import NOT_APPLICABLE, UNKNOWN
from involve_audit.render.item_help import HelpPart, help_parts
from involve_audit.render.options import FULL, LARGE_PRINT, Options, Page
from involve_audit.render.templates import fill, sealed
from involve_audit.render.titles import Titles
from involve_audit.words.asking import AGREED, ASKING
from involve_audit.words.form_page import COUNTED_FORM, FORM_PAGE, SAID_BY_SCRIPT
from involve_audit.words.reports import ANSWER_TITLES
from involve_audit.words.rubrics import RUBRIC_PAGE

if TYPE_CHECKING:
    from involve_audit.model.rubric import Item, Rubric
    from involve_audit.render.forms.blank import BlankForm


class AskedItem(NamedTuple):
    """One question of a form. `options` are id and title of each answer, with a sentence on when it is right.

    `ask` has the question's number; `title` is short, with the number, for lists.
    """

    id: str
    title: str
    ask: str
    theme: str
    direction: str
    options: list[tuple[str, str, str]]
    help: list[HelpPart]


@dataclass(frozen=True)
class FormPage(Page):
    """The words of one form, part by part."""

    blank: BlankForm
    options: Options

    stem = "form"

    @property
    def words(self) -> Mapping[str, str]:
        return FORM_PAGE

    @property
    def rubric(self) -> Rubric:
        return self.blank.rubric

    @property
    def title(self) -> str:
        return self.rubric.title

    @property
    def about(self) -> str:
        """How many questions there are, and of which rubric; for whom, where that is one group."""
        version = f"{self.rubric.id} {self.rubric.version}"
        about = COUNTED_FORM.of("about", len(self._titles.items), version=version)
        return f"{about}. {self._for_whom}" if self.blank.perspective else f"{about}."

    @property
    def _for_whom(self) -> str:
        return RUBRIC_PAGE["for_perspective"].format(
            perspective=self._titles.perspectives[self.blank.perspective or ""]
        )

    @property
    def language(self) -> str:
        """The language of the interface, which the script speaks as well."""
        return current().tag

    @property
    def direction(self) -> str:
        return "rtl" if is_right_to_left() else "ltr"

    @property
    def foreign(self) -> str:
        """The rubric's language, where it is not that of the interface."""
        same = self.rubric.language.partition("-")[0] == self.language.partition("-")[0]
        return "" if same else self.rubric.language

    @property
    def with_help(self) -> bool:
        """Whether the help with each question is open from the beginning."""
        return self.blank.with_help

    @property
    def subject(self) -> str:
        return self.blank.name

    @property
    def kind(self) -> str:
        return (self.blank.subject and self.blank.subject.kind) or ""

    @property
    def audit(self) -> str:
        return self.blank.audit or ""

    @property
    def said(self) -> list[tuple[str, str]]:
        """What the script says, by the names of its texts."""
        return list(SAID_BY_SCRIPT.items())

    @property
    def agreed(self) -> str:
        return AGREED["question"]

    @property
    def people(self) -> list[tuple[str, str]]:
        """Id and title of each perspective that is asked for. A number is left to who answers, also of one."""
        return [(one.id, one.title) for one in self.blank.perspectives]

    @cached_property
    def questions(self) -> list[AskedItem]:
        """Every question, in the order of the numbers."""
        return [self._asked(item) for item in self.rubric.items]

    def _asked(self, item: Item) -> AskedItem:
        titles = self._titles
        return AskedItem(
            id=item.id,
            title=titles.numbered(item.id),
            ask=titles.with_number(item, self.blank.ask(item)),
            theme=titles.theme(item),
            direction=titles.direction(item),
            options=list(self._options(item)),
            help=[part for part in help_parts(titles, item) if part.lines != (item.not_applicable_when,)],
        )

    def _options(self, item: Item) -> Iterator[tuple[str, str, str]]:
        called = self._titles.answers | {UNKNOWN: ASKING["nobody_knows"], NOT_APPLICABLE: ANSWER_TITLES[NOT_APPLICABLE]}
        for answer in self.rubric.answers_to(item):
            yield answer, called[answer], item.not_applicable_when or "" if answer == NOT_APPLICABLE else ""

    @property
    def sources(self) -> list[str]:
        """What the rubric is drawn from."""
        return [". ".join(filter(None, (source.title, source.attribution))) for source in self.rubric.sources]

    @property
    def made_by(self) -> str:
        return ": ".join(self.written_by)

    @cached_property
    def _titles(self) -> Titles:
        return Titles(self.rubric)


def render(blank: BlankForm) -> str:
    """The form as a page, whose policy allows its own script and styles alone. The same blank form, the same bytes."""
    return sealed(fill(FormPage(blank, Options(style=LARGE_PRINT if blank.large_print else FULL)), "html"))
