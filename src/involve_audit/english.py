"""How dates, numbers and lists are written in English, as the Unicode CLDR has it for en-GB.

It is `cldr.Forms` for this one language, written down: Babel takes longer to start than a page takes to fill. A test
holds it to Babel.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")
_LAST = {"standard": "and", "or": "or"}


def listed(words: Sequence[str], style: str) -> str:
    """`one, two and three`, with the word between the last two that goes with the style."""
    *others, last = words or [""]
    return f"{', '.join(others)} {_LAST[style]} {last}" if others else last


def number(value: float, decimals: int) -> str:
    """A figure with at most so many decimals."""
    return _without_zeros(f"{Decimal(str(value)):,.{decimals}f}")


def percent(value: float) -> str:
    """A proportion as a percentage, with every decimal that it has."""
    return f"{_without_zeros(f'{Decimal(str(value)) * 100:,f}')}%"


def _without_zeros(figure: str) -> str:
    return figure.rstrip("0").rstrip(".") if "." in figure else figure


def day(when: date) -> str:
    """A day, such as `9 November 2026`."""
    return f"{when.day} {month(when)}"


def short_day(when: date) -> str:
    """A day in less room, such as `9 Nov 2026`."""
    return f"{when.day} {_SHORT_MONTHS[when.month - 1]} {when.year}"


def month(when: date) -> str:
    """A month, such as `March 2027`."""
    return f"{MONTHS[when.month - 1]} {when.year}"


def year(when: date) -> str:
    """The year of a day, such as `2026`."""
    return str(when.year)


def moment(when: datetime) -> str:
    """A day and a time with its distance from UTC, such as `22 November 2026, 09:30:00 +0000`."""
    return f"{day(when)}, {when:%H:%M:%S %z}"


def is_right_to_left() -> bool:
    """Whether it is written from right to left."""
    return False
