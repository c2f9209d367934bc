"""The services of a list, a row each: who is invited to answer, and whose answers are expected (docs/collecting.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from involve_audit.errors import InputError, Problem, bounded
from involve_audit.escaping import from_cell
from involve_audit.language import Words, _, listed, number
from involve_audit.loading.files import LARGEST_RECORD, FileContent, read_bytes
from involve_audit.loading.responses.rows import opened_table
from involve_audit.model.names import folded, is_sound_id

MOST_SERVICES = 5_000
"""How many services a list may have."""
_LONGEST = 300

COLUMNS = Words({"service": "Service", "kind": "Kind", "audit": "Audit", "files": "Files", "answered": "Answered"})
"""What the columns of a list are called where the program writes one."""
_ALSO = {"service": ("service", "subject", "name", "team"), "kind": ("kind", "type"), "audit": ("audit", "auditid")}


class Service(NamedTuple):
    """One service: `kind` and `audit` are empty where the list does not say them. `row` is as a spreadsheet counts."""

    name: str
    kind: str
    audit: str
    row: int


class Services(NamedTuple):
    """The services of a list in its order, and the headings of the columns that were left alone."""

    file: str
    services: tuple[Service, ...]
    left_alone: tuple[str, ...]


def load_services(path: str) -> Services:
    """The services of a table, CSV or a workbook's first sheet, by the headings of its columns.

    Raises InputError with every problem: no column of services, more than `MOST_SERVICES`, a row without a name, an
    audit id that can be none, and two rows that cannot be told apart.
    """
    table = iter(opened_table(FileContent(path, read_bytes(path, LARGEST_RECORD)), fewest_columns=1))
    _row, headings = next(table)
    places = columns_of(headings)
    if "service" not in places:
        what = _("no column of this table says which services there are")
        hint = _("Write {headings} above that column.").format(headings=listed(map(_quoted, _ALSO["service"]), "or"))
        raise InputError(Problem(path, what, hint))
    services: list[Service] = []
    for row, cells in table:
        said = {name: from_cell(" ".join(cells[place].split())) for name, place in places.items()}
        services.append(Service(said["service"], said.get("kind", ""), said.get("audit", "").casefold(), row))
        if len(services) > MOST_SERVICES:
            what = _("this list has more than {most} services").format(most=number(MOST_SERVICES))
            raise InputError(Problem(path, what, _("Give it in parts.")))
    if problems := list(_problems(path, services)):
        raise InputError(bounded(problems))
    unread = (heading for place, heading in enumerate(headings) if place not in places.values())
    return Services(path, tuple(services), tuple(" ".join(heading.split()) for heading in unread if heading.strip()))


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Where each column stands that is read or written, by its heading in English or in the language in use.

    Of several headings that could stand above a column, the one that says it best: `name` is not read beside `service`.
    """
    bare = [re.sub(r"[\W_]", "", heading.casefold()) for heading in headings]
    words = {name: (title.casefold(), *_ALSO.get(name, (name,))) for name, title in COLUMNS.items()}
    found = {name: [bare.index(word) for word in known if word in bare] for name, known in words.items()}
    return {name: places[0] for name, places in found.items() if places}


def _quoted(word: str) -> str:
    return f"`{word}`"


def _problems(path: str, services: list[Service]) -> Iterator[Problem]:
    audits: dict[str, Service] = {}
    names: dict[str, Service] = {}
    for service in services:
        row = number(service.row)
        if not service.name:
            what, hint = _("row {row}: the name of the service is missing"), _("Write it down, or take the row out.")
            yield Problem(path, what.format(row=row), hint)
        elif len(service.name) > _LONGEST:
            what = _("row {row}: the name of the service has more than {most} characters")
            yield Problem(path, what.format(row=row, most=number(_LONGEST)), _("Give it a shorter name."))
        elif service.audit and not is_sound_id(service.audit):
            what = _("row {row}: `{audit}` cannot be the name of an audit")
            hint = _("Use small letters, figures and hyphens, such as riverside-2026-11-22.")
            yield Problem(path, what.format(row=row, audit=service.audit), hint)
        elif service.audit and (other := audits.setdefault(service.audit, service)) is not service:
            what = _("rows {first} and {second} have one audit: `{audit}`").format(
                audit=service.audit, **_rows(other, service)
            )
            yield Problem(path, what, _("Each service has an audit of its own."))
        elif (other := names.setdefault(folded(service.name), service)) is not service and not (
            service.audit and other.audit
        ):
            what = _("rows {first} and {second}: two services have one name, “{name}”")
            hint = _("Take one out, or write behind each name which of the two it is, such as where it is.")
            yield Problem(path, what.format(name=service.name, **_rows(other, service)), hint)


def _rows(first: Service, second: Service) -> dict[str, str]:
    return {"first": number(first.row), "second": number(second.row)}
