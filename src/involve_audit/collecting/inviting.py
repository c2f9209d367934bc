"""Forms for many services: a folder for each, with its name filled in, a letter, and a list to tick off who has
answered (docs/collecting.md, "Forty services at once")."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from involve_audit import output
from involve_audit.errors import InputError, OutputError, Problem
from involve_audit.escaping import cell
from involve_audit.language import _, number
from involve_audit.loading.files import FileContent, is_file, read_bytes
from involve_audit.loading.responses.rows import opened_table
from involve_audit.loading.services import COLUMNS, Service, columns_of, load_services
from involve_audit.model.names import audit_id, differ_a_little, file_stem, folded
from involve_audit.model.view import Subject
from involve_audit.render.forms.blank import BlankForm
from involve_audit.render.forms.letter import Letter, render

if TYPE_CHECKING:
    from involve_audit.render.formats import Format

LIST, LETTER = "services.csv", "letter.txt"


class Done(NamedTuple):
    """How many services were invited, how many of these are new in the list, and how many files were written."""

    services: int
    new: int
    files: int


@dataclass(frozen=True)
class Invitation:
    """What every service gets: a form of each of these sorts, and a letter. `blank` is filled in for each."""

    folder: Path
    blank: BlankForm
    formats: Sequence[Format]
    by: date | None = None
    reply_to: str | None = None

    def write(self, services: Sequence[Service]) -> Done:
        """Write the list and, service by service, every file that is not there yet; what is there stays as it is.

        The list comes first: should the run be stopped, another one goes on with the same names. Raises InputError
        where the list that is there cannot be read, and OutputError.
        """
        file = self.folder / LIST
        there = load_services(str(file)).services if is_file(file) else ()
        invited = list(_with_audits(file, services, there, self.blank.today))
        new = [one for one in invited if one.audit not in {other.audit for other in there}]
        self._contents(invited[0])
        output.make_folder(self.folder)
        if new:
            output.write_all({str(file): _list(file if there else None, new)}, anew=True)
        return Done(len(invited), len(new), sum(map(self._write_for, invited)))

    def _write_for(self, service: Service) -> int:
        """Write what one service has not got yet, and give how many files that is."""
        folder = self.folder / file_stem(service.audit)
        missing = [name for name in self._names(service) if not (folder / name).exists()]
        if missing:
            output.make_folder(folder)
            contents = self._contents(service)
            output.write_all({str(folder / name): contents[name] for name in missing})
        return len(missing)

    def _names(self, service: Service) -> list[str]:
        return [*(file_stem(service.audit) + form.suffixes[0] for form in self.formats), LETTER]

    def _contents(self, service: Service) -> dict[str, output.Content]:
        """The files of one service by name."""
        subject = Subject(name=service.name, kind=service.kind or None)
        blank = replace(self.blank, subject=subject, audit=service.audit)
        names = self._names(service)
        files = tuple(zip(names, (form.name for form in self.formats), strict=False))
        contents = (
            *(form.render(blank) for form in self.formats),
            render(Letter(blank, files, self.by, self.reply_to)),
        )
        return dict(zip(names, contents, strict=True))


def _with_audits(file: Path, services: Iterable[Service], there: Sequence[Service], today: date) -> Iterator[Service]:
    """The services, each with its audit: that of the table, that of the list, or a new one that no other has."""
    if without := [one for one in there if not one.audit]:
        what = _("row {row} has no audit").format(row=number(without[0].row))
        hint = _("Give new services in a table of their own: this list is written by the program.")
        raise InputError(Problem(str(file), what, hint))
    services = list(services)
    whose = {one.audit: one.name for one in there}
    others = [one for one in services if not differ_a_little(whose.get(one.audit, one.name), one.name)]
    for one in others[:1]:
        what = _("row {row}: the audit `{audit}` is that of “{name}” in the list that is there")
        what = what.format(row=number(one.row), audit=one.audit, name=whose[one.audit])
        hint = _("Give “{name}” an audit of its own, or write the name as it stands there.").format(name=one.name)
        raise InputError(Problem(str(file), what, hint))
    known = {folded(one.name): one.audit for one in there}
    taken = {one.audit for one in (*there, *services)}
    for service in services:
        audit = service.audit or known.get(folded(service.name)) or audit_id(service.name, today, taken)
        taken.add(audit)
        yield service._replace(audit=audit)


def _list(there: Path | None, new: Iterable[Service]) -> bytes:
    """The list with these services at its end, in the way in which it is written; what stands in it stays."""
    headings, content, encoding, separator = list(COLUMNS.values()), b"", "utf-8-sig", ","
    lines = StringIO()
    if there:
        table = opened_table(FileContent(str(there), read_bytes(there)), fewest_columns=1)
        headings = table.headings
        content, encoding, separator = table.content, table.encoding.removesuffix("-sig"), table.separator
        lines.write("" if content.endswith(b"\n") else "\r\n")
    writer = csv.writer(lines, delimiter=separator)
    if not there:
        writer.writerow(headings)
    places = {place: name for name, place in columns_of(headings).items()}
    for one in new:
        said = {"service": one.name, "kind": one.kind, "audit": one.audit, "files": f"{file_stem(one.audit)}/"}
        writer.writerow([cell(said.get(places.get(place, ""), "")) for place in range(len(headings))])
    try:
        return content + lines.getvalue().encode(encoding)
    except UnicodeEncodeError:
        what = _("this list is not saved as UTF-8 and cannot hold every name")
        raise OutputError(Problem(str(there), what, _("Save it as UTF-8 in a spreadsheet program."))) from None
