"""What every file of ours is made of: the scalar types that people write by hand."""

import re
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any

from involve_audit.language import _
from involve_audit.letters import oddities, plain
from involve_audit.model.names import ID, LONGEST_ID
from involve_audit.model.strict import InSchema, Limits, Read, Requirement

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE_NUMBER = re.compile(r"([0-9]{1,6})(\.0+)?")
_MOMENT = rf"{_ISO_DATE.pattern}[T ][0-9:]{{5,8}}(\.[0-9]{{1,6}})?(Z|[-+][0-9]{{2}}:[0-9]{{2}})?"
_LINK = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)


class Refused(ValueError):
    """A value that cannot stand. `what` says why, `hint` what to write instead."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(f"{what}. {hint}")
        self.what = what
        self.hint = hint


def read_day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return _day_of(value)
    raise _no_date(value)


@lru_cache(maxsize=4096)
def _day_of(text: str) -> date:
    """A day as it is written; the same days are written again and again."""
    if not _ISO_DATE.fullmatch(written := text if text.isascii() else plain(text)):
        raise _no_date(text)
    try:
        return date.fromisoformat(written)
    except ValueError:
        what = _("there is no day `{value}` in the calendar").format(value=text)
        raise Refused(what, _("Check the day and the month.")) from None


def _no_date(value: Any) -> Refused:
    what = _("`{value}` is not a date").format(value=value)
    hint = _("Write it as year-month-day, such as 2026-11-22.")
    return Refused(what, f"{oddities(value)} {hint}".lstrip() if isinstance(value, str) else hint)


ONGOING = "ongoing"
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def read_due(value: Any) -> date | str:
    if not isinstance(value, str):
        return read_day(value)
    written = plain(value).strip().casefold()
    if written == ONGOING or (_MONTH.fullmatch(written) and not written.startswith("0000")):
        return written
    try:
        return _day_of(value)
    except Refused as error:
        if _ISO_DATE.fullmatch(written):
            raise
        hint = _("Write a day such as 2027-03-01, a month such as 2027-03, or `ongoing`.")
        raise Refused(error.what, f"{oddities(value)} {hint}".lstrip()) from None


def first_day(due: date | str | None) -> date | None:
    """The day by which something is due, or the first of its month; None where no day follows from what is said."""
    if isinstance(due, str):
        return date.fromisoformat(f"{due}-01") if _MONTH.fullmatch(due) else None
    return due


def read_link(value: Any) -> str:
    if not isinstance(value, str) or not _LINK.fullmatch(value):
        what = _("`{value}` is not a link").format(value=value)
        raise Refused(what, _("A link begins with https://, http:// or mailto:."))
    return value


def _read_moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    with suppress(ValueError):
        if isinstance(value, str) and re.fullmatch(_MOMENT, value):
            return datetime.fromisoformat(value)
    what = _("`{value}` is not a day and a time").format(value=value)
    raise Refused(what, _("Write it such as 2026-11-22T10:30:00Z."))


def read_count(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1_000_000:
        return value
    if isinstance(value, str) and not value.isascii():
        value = plain(value)
    if not isinstance(value, str) or not (whole := _WHOLE_NUMBER.fullmatch(value)):
        what = _("`{value}` is not a number of people").format(value=value)
        raise Refused(what, _("Write a whole number, such as 3."))
    return int(whole[1])


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


def _schema(**schema: Any) -> InSchema:
    return InSchema(lambda _inner: {**schema})


Word = Annotated[str, Limits(trimmed=True, min_length=1)]
"""What is one of certain words, such as an id that is looked up."""
FREE_TEXT = Requirement()
Text = Annotated[Word, FREE_TEXT]
"""What people say in their own words; `loading.validation.cut_short` looks after it."""
Id = Annotated[str, Limits(pattern=f"^{ID}$", max_length=LONGEST_ID)]
Label = Annotated[str, Limits(min_length=1), _schema(type=["string", "number"])]
IDS_AS_KEYS = InSchema(lambda inner: inner | {"propertyNames": {"pattern": f"^{ID}$"}})
Version = Annotated[str, Limits(pattern=r"^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$")]
Count = Annotated[int, Limits(ge=0), Read(read_count)]
Day = Annotated[date, Read(read_day)]
Moment = Annotated[datetime, Read(_read_moment)]
Due = Annotated[date | str, Read(read_due), _schema(type="string", pattern="^([0-9]{4}-[0-9]{2}(-[0-9]{2})?|ongoing)$")]
"""By when something is to be done: a day; a month, as `2027-03`; or `ONGOING`."""
Link = Annotated[
    str,
    Read(read_link),
    _schema(type="string", pattern="^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)\\S+$"),
]
Threshold = Annotated[str, _schema(type=["string", "number"])]
Ids = Annotated[
    tuple[Id, ...],
    Read(_as_list),
    _schema(anyOf=[{"type": "string"}, {"type": "array", "items": {"type": "string"}}]),
]
