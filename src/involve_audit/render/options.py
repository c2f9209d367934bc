"""How a result is to be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Options:
    """`width` counts characters; `written` is the time to state in the output, None to state none."""

    width: int = 80
    colour: bool = False
    written: datetime | None = None
