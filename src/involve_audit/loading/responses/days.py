"""Days as tools write them. Which of two numbers is the month is never guessed: a day that can be two is none."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone

from involve_audit.language import month_called

DAY_FIRST, MONTH_FIRST = "day/month/year", "month/day/year"
_YEAR_FIRST = re.compile(r"\s*(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s.-]+(?:of\s+)?(?P<month>[^\W\d_]{3,})"
    r"|(?P<name>[^\W\d_]{3,})\.?\s+(?P<number>\d{1,2})(?:st|nd|rd|th)?)[\s.,-]+(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
"""A day with the name of its month, such as `27 November 2026`, which can be one day only."""
_TIME = re.compile(
    r"[\sT,]*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:([ap])\.?m\.?)?\s*(?:(?:UTC|GMT)([+-]\d{1,2})?)?\s*", re.I
)


class Days:
    """The days of one column. All are looked at first: one that can be read in one way settles the others."""

    def __init__(self, order: str = "") -> None:
        """`order` is `DAY_FIRST` or `MONTH_FIRST` where somebody said which it is."""
        self._orders = {order} if order else set[str]()
        self._settled = bool(order)

    def look_at(self, text: str) -> None:
        """Take note of what a day says about the order that all are written in."""
        if not self._settled and (found := _YEAR_LAST.match(text)):
            first, second = int(found[1]), int(found[3])
            if first > 12 or found[2] == ".":
                self._orders.add(DAY_FIRST)
            elif second > 12:
                self._orders.add(MONTH_FIRST)

    def readings(self, text: str) -> list[date]:
        """The days that a text can be: none where it is no day at all, two where nothing settles it."""
        found: list[date] = []
        with suppress(ValueError):
            if year_first := _YEAR_FIRST.match(text):
                return [date(int(year_first[1]), int(year_first[3]), int(year_first[4]))]
        if (named := NAMED.match(text.strip())) and (month := month_called(named["month"] or named["name"])):
            with suppress(ValueError):
                return [date(int(named["year"]), month, int(named["day"] or named["number"]))]
        if year_last := _YEAR_LAST.match(text):
            year = int(year_last[4]) + (2000 if len(year_last[4]) == 2 else 0)
            first, second = int(year_last[1]), int(year_last[3])
            orders = self._orders if len(self._orders) == 1 else {DAY_FIRST, MONTH_FIRST}
            for order in sorted(orders):
                with suppress(ValueError):
                    found.append(date(year, *((second, first) if order == DAY_FIRST else (first, second))))
        return sorted(set(found))

    def moment(self, text: str) -> datetime | None:
        """The moment that a text can be, of UTC where it names no zone; None where it can be several or is none."""
        with suppress(ValueError, OverflowError):
            found = datetime.fromisoformat(text.strip())
            return found if found.tzinfo else found.replace(tzinfo=UTC)
        days, written = self.readings(text), _YEAR_FIRST.match(text) or _YEAR_LAST.match(text)
        if len(days) != 1 or written is None:
            return None
        if not (rest := text[written.end() :].strip()):
            return datetime.combine(days[0], time.min, UTC)
        with suppress(ValueError, OverflowError):
            if at := _TIME.fullmatch(rest):
                hour = int(at[1]) % 12 + 12 * (at[4] in "pP") if at[4] else int(at[1])
                zone = timezone(timedelta(hours=int(at[5] or 0)))
                return datetime.combine(days[0], time(hour, int(at[2]), int(at[3] or 0)), zone)
        return None
