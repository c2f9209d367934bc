"""How a result is to be written, and what every page has that templates are filled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

from involve_audit import __version__
from involve_audit.language import moment
from involve_audit.words.reports import WORDS

FULL, LARGE_PRINT, SHORT = "full", "large-print", "short"
STYLES = (FULL, LARGE_PRINT, SHORT)


@dataclass(frozen=True, slots=True)
class Options:
    """`width` counts characters; `height` lines of a terminal, None where it is none and nothing is cut; `written` is
    the time to state in the output, None to state none.

    `style` is one of `STYLES`; `annex` asks for how a result was worked out, in full; `templates` is a folder whose
    templates come before the shipped ones.
    """

    width: int = 80
    height: int | None = None
    colour: bool = False
    written: datetime | None = None
    style: str = FULL
    annex: bool = False
    templates: Path | None = None


class Page:
    """A result in words, part by part: what a template is given as `report`, and all that it may call.

    `stem` is how the names of its templates begin.
    """

    stem: ClassVar[str]
    options: Options

    @property
    def words(self) -> Mapping[str, str]:
        """What its templates are given as `words`."""
        return WORDS

    @property
    def template(self) -> str:
        """How the names of its templates begin, in the style that is asked for."""
        return self.stem

    @property
    def style(self) -> str:
        return self.options.style

    @property
    def written_by(self) -> tuple[str, str]:
        """Label and value of which program wrote the page."""
        return WORDS["program"], f"involve-audit {__version__}"

    @property
    def written_when(self) -> list[tuple[str, str]]:
        """Label and value of when it was written; nothing where that is not to be stated."""
        return [(WORDS["written"], moment(self.options.written))] if self.options.written else []


class Labels(SimpleNamespace):
    """The words around the parts of one kind of page, for its templates."""
