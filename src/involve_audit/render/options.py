"""How a result is to be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

FULL, LARGE_PRINT, SHORT = "full", "large-print", "short"
STYLES = (FULL, LARGE_PRINT, SHORT)
_TEMPLATES = {FULL: "report", LARGE_PRINT: "report", SHORT: "short"}


@dataclass(frozen=True, slots=True)
class Options:
    """`width` counts characters and `height` lines of a terminal; `written` is the time to state in the
    output, None to state none.

    `style` is one of `STYLES`; `templates` is a folder whose templates come before the shipped ones.
    """

    width: int = 80
    height: int = 24
    colour: bool = False
    written: datetime | None = None
    style: str = FULL
    templates: Path | None = None

    def template(self, suffix: str) -> str:
        """The name of the template for this style, such as `report.html.j2` for the suffix `html`."""
        return f"{_TEMPLATES[self.style]}.{suffix}.j2"
