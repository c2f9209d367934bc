"""What a file is, by what it holds and never by its name: for whoever was given it and has to do something with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import NamedTuple

from involve_audit.errors import InputError, Problem
from involve_audit.inputs import can_hold_answers, kind_of, kind_or_table
from involve_audit.language import Words, _, number
from involve_audit.loading.answers_files import is_answers, what_answers_are
from involve_audit.loading.files import LARGEST_RECORD, FileContent
from involve_audit.loading.material import is_record
from involve_audit.loading.responses.received import is_form
from involve_audit.loading.responses.rows import opened_table
from involve_audit.loading.rubric import is_ours
from involve_audit.loading.services import columns_of

_KNOWN = Words(
    {
        "answers": "these are answers",
        "rubric": "this is a rubric",
        "record": "this is a record of a result",
        "services": "this is a list of services",
        "other": "this is nothing that the program knows",
    }
)
_OURS: Mapping[str, Callable[[FileContent], bool]] = {
    "answers": lambda file: is_answers(file.content),
    "rubric": lambda file: is_ours(file.content),
    "record": lambda file: is_record(file.content, file.file),
}
FORM, RESPONSE, TABLE, SERVICES, OTHER = "form", "response", "table", "services", "other"


class Recognised(NamedTuple):
    """A file by its kind: `answers`, `rubric`, `record`, `services`; `form`, `response` and `table`, which can hold
    answers; `other`.

    `told` says the same to a person, and what can be done about it.
    """

    kind: str
    told: Problem


def recognise(file: FileContent) -> Recognised:
    """What this file is."""
    if len(file.content) > LARGEST_RECORD:
        what = _("this file is larger than {size} MB").format(size=number(LARGEST_RECORD // 1_000_000))
        return Recognised(OTHER, Problem(file.file, what))
    for kind, is_it in _OURS.items():
        if is_it(file):
            return Recognised(kind, Problem(file.file, _KNOWN[kind]))
    found = kind_or_table(file.content)
    if kind_of(file.content) is None and _lists_services(file):
        return Recognised(SERVICES, Problem(file.file, _KNOWN[SERVICES]))
    if found is None:
        return Recognised(OTHER, Problem(file.file, _KNOWN[OTHER], what_answers_are()))
    kind = TABLE if kind_of(file.content) is None else FORM if is_form(file.content) else RESPONSE
    return Recognised(kind if can_hold_answers(found) else OTHER, Problem(file.file, *found))


def _lists_services(file: FileContent) -> bool:
    """Whether this is a table of nothing but services: all of its columns, or one of two, are those of such a list."""
    with suppress(InputError):
        _row, headings = next(iter(opened_table(file, fewest_columns=1)))
        places = columns_of(headings)
        return "service" in places and len(headings) <= max(2, len(places))
    return False
