"""What every file of ours is made of: strict models and the scalar types people write by hand."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    WithJsonSchema,
)

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Strict(BaseModel):
    """A frozen model that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


def _read_date(value: Any) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        raise ValueError(f"`{value}` is not a date; write it as year-month-day, such as 2026-11-22")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"there is no day `{value}` in the calendar") from None


def _read_link(value: Any) -> str:
    if not isinstance(value, str) or not value.lower().startswith(("https://", "http://", "mailto:")):
        raise ValueError(f"`{value}` is not a link; a link begins with https://, http:// or mailto:")
    return value


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


Text = Annotated[str, StringConstraints(min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Label = Annotated[str, StringConstraints(min_length=1), WithJsonSchema({"type": ["string", "number"]})]
Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
Day = Annotated[date, BeforeValidator(_read_date)]
Link = Annotated[
    str,
    BeforeValidator(_read_link),
    WithJsonSchema({"type": "string", "pattern": "^(https?://|mailto:)"}),
]
Threshold = Annotated[str, WithJsonSchema({"type": ["string", "number"]})]
Ids = Annotated[
    tuple[Id, ...],
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
