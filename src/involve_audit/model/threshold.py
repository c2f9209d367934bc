"""Thresholds as authors write them: `50%`, `1/3`, a number, or an option of the scale (method.md, section 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PERCENT = r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*%"
_FRACTION = r"([0-9]{1,9})\s*/\s*([0-9]{1,9})"
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"


def threshold_value(written: str, options: Mapping[str, float]) -> float:
    """The number that `written` stands for.

    `options` maps the scale's option ids to their values. Raises ValueError where it stands for none.
    """
    written = written.strip()
    if written in options:
        return options[written]
    if match := re.fullmatch(_PERCENT, written):
        return float(match[1]) / 100
    if (match := re.fullmatch(_FRACTION, written)) and int(match[2]):
        return int(match[1]) / int(match[2])
    if re.fullmatch(_NUMBER, written):
        return float(written)
    raise ValueError(f"`{written}` is not a threshold")
