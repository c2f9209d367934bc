"""How a result is to be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

FULL, LARGE_PRINT, SHORT = "full", "large-print", "short"
STYLES = (FULL, LARGE_PRINT, SHORT)


@dataclass(frozen=True, slots=True)
class Options:
    """`width` counts characters; `written` is the time to state in the output, None to state none.

    `style` is one of `STYLES`; `templates` is a folder whose templates come before the shipped ones.
    """

    width: int = 80
    colour: bool = False
    written: datetime | None = None
    style: str = FULL
    templates: Path | None = None
