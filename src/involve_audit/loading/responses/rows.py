"""The rows of a table, as text: of a CSV in any of the usual forms, or of the first sheet of a workbook."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO, StringIO, TextIOWrapper
from itertools import islice
from typing import TYPE_CHECKING

from involve_audit.errors import InputError, Problem, not_utf8
from involve_audit.escaping import LONGEST_CELL
from involve_audit.inputs import kind_of
from involve_audit.language import N_, _, first_of, number
from involve_audit.loading.files import LARGEST_RECORD, FileContent
from involve_audit.loading.tree import as_utf8

if TYPE_CHECKING:
    from involve_audit.loading.responses.xlsx import Sheet, Workbook

MOST_ROWS, MOST_COLUMNS = 100_000, 5_000
MOST_CHARACTERS, LONGEST_LINE = 131_072, 10_000_000
"""How many rows and columns a table may have, and how many characters one cell, and one line."""
_PIECE = 1_000_000
_MOST_LINES = 1_000
_PACKED = b"PK\x03\x04"
_SEPARATORS = ",;\t"
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SAID = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")

Row = tuple[int, list[str]]
"""The number of a row, as a spreadsheet counts it, and its cells."""


def refused(file: str, what: str, hint: str = "") -> InputError:
    """That a table cannot be read."""
    return InputError(Problem(file, what, hint))


def require_few_columns(file: str, columns: int) -> None:
    """Raise InputError where a table has more columns than are read."""
    if columns > MOST_COLUMNS:
        what = _("this table has {count} columns, and at most {most} are read")
        hint = _("Take out the columns that hold no answers.")
        raise refused(file, what.format(count=number(columns), most=number(MOST_COLUMNS)), hint)


def first_record(lines: Iterable[str]) -> str:
    """The first record of a table, which may go over several lines."""
    found: list[str] = []
    is_open = False
    for line in islice(lines, _MOST_LINES):
        found.append(line)
        is_open ^= line.count('"') % 2 == 1
        if not is_open and line.strip():
            break
    return "".join(found).lstrip()


def says_separator(record: str) -> bool:
    """Whether a record only says what stands between cells, for spreadsheets."""
    return _SAID.fullmatch(record) is not None


def separator_of(record: str) -> str:
    """What stands between cells: what the first record says, or the most frequent sign in it that can be one."""
    if said := _SAID.fullmatch(record):
        return said[1]
    return max(_SEPARATORS, key=_QUOTED.sub("", record).count)


@dataclass
class Rows:
    """A table that can be read again and again, a row at a time. `told` says what is in doubt about that,
    `empty` which rows have cells with nothing in them."""

    file: str
    content: bytes
    encoding: str
    told: list[str]
    empty: set[int] = field(default_factory=set)

    @cached_property
    def _first(self) -> str:
        return first_record(self._lines())

    @cached_property
    def headings(self) -> list[str]:
        """The first row that holds anything."""
        return next(iter(self))[1]

    @cached_property
    def separator(self) -> str:
        """What stands between cells."""
        return separator_of(self._first)

    def _lines(self) -> Iterator[str]:
        for line in TextIOWrapper(BytesIO(self.content), self.encoding, newline=""):
            if len(line) > LONGEST_LINE:
                what = _("a line of this table has more than {most} characters").format(most=number(LONGEST_LINE))
                raise refused(self.file, what, _("Is it a table, with a line for each row?"))
            yield line

    def __iter__(self) -> Iterator[Row]:
        """The rows, headings first, without those in which nothing stands. Raises InputError where one is none."""
        row, width = 0, 0
        csv.field_size_limit(MOST_CHARACTERS)
        try:
            for row, cells in enumerate(csv.reader(self._lines(), delimiter=self.separator, strict=True), 1):
                if row > MOST_ROWS:
                    what = _("this table has more than {most} rows").format(most=number(MOST_ROWS))
                    raise refused(self.file, what, _("Give its rows in several files."))
                if not "".join(cells).strip() or (row == 1 and says_separator(self._first)):
                    self.empty |= {row} if len(cells) > 1 else set()
                    continue
                if not width:
                    width = len(cells)
                    require_few_columns(self.file, width)
                if len(cells) != width and (len(cells) < width or any(map(str.strip, cells[width:]))):
                    raise InputError(self._ragged(row, len(cells), width))
                yield row, cells
        except csv.Error as error:
            raise InputError(self._broken(row + 1, str(error))) from None

    def _ragged(self, row: int, cells: int, width: int) -> Problem:
        what = _("row {row} has not as many cells as there are columns ({cells}, not {width})")
        hint = _(
            "Text that holds a comma, a semicolon or the end of a line has to stand in quotes. Export the table again, "
            "or open it in a spreadsheet program and look at this row and the one above."
        )
        return Problem(self.file, what.format(row=number(row), cells=number(cells), width=number(width)), hint)

    def _broken(self, row: int, reason: str) -> Problem:
        what = _("row {row}: the quotes are not as they should be")
        if "limit" in reason:
            what = _("row {row}: a cell has more than {most} characters")
        elif "unexpected end" in reason:
            what = _("row {row}: a quote opens here and is not closed")
        hint = _(
            "Is a quote missing, or one too many? Export the table again, or save it anew in a spreadsheet program."
        )
        return Problem(self.file, what.format(row=number(row), most=number(MOST_CHARACTERS)), hint)


def opened_table(found: FileContent, fewest_columns: int = 2, book: Workbook | None = None) -> Rows:
    """The table that a file holds: its headings, and at least one row. `book` is the workbook that it is, where that is
    open already. Raises InputError where there is none."""
    file, content = found
    if len(content) > LARGEST_RECORD:
        what = _("this table is larger than {most} MB").format(most=number(LARGEST_RECORD // 1_000_000))
        raise refused(file, what, _("Take out the columns that hold no answers, or give its rows in several files."))
    table = _of_sheet(found, book) if content.startswith(_PACKED) else _of_text(found)
    rows = list(islice(table, 2))
    if not rows:
        raise refused(file, _("this table is empty"), _("The first row has to hold headings."))
    if len(table.headings) < fewest_columns:
        hint = _("Export it as CSV, with commas, semicolons or tabs between the cells.")
        raise refused(file, _("this is no table: it has one column only"), hint)
    if len(rows) < 2:
        raise refused(
            file,
            _("this table has headings and no rows"),
            _("Each response, or each service of a list, is a row below them."),
        )
    return table


def _of_text(found: FileContent) -> Rows:
    file, content = found
    encoding = _encoding(content)
    if encoding.startswith("utf-16"):
        content, encoding = as_utf8(content), "utf-8-sig"
    kind = kind_of(content)
    if kind:
        raise refused(file, *kind)
    if _JSON.match(content):
        raise refused(file, _("this is JSON, and no table"), _("Export the answers as CSV."))
    if not encoding:
        raise not_utf8(file)
    return Rows(file, content, encoding, [] if encoding == "utf-8-sig" else [_(NOT_AS_UTF8)])


NOT_AS_UTF8 = N_(
    "This table is not saved as UTF-8. It was read as Windows writes it: look at the letters with accents."
)


def _encoding(content: bytes) -> str:
    """How the text is saved; empty where that cannot be told."""
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or bytes(map(bool, content[:4])) in _WITHOUT_MARK:
        return "utf-16"
    return next((encoding for encoding in ("utf-8-sig", "cp1252") if _can_be(content, encoding)), "")


_WITHOUT_MARK = (bytes((1, 0, 1, 0)), bytes((0, 1, 0, 1)))


def _can_be(content: bytes, encoding: str) -> bool:
    text = TextIOWrapper(BytesIO(content), encoding)
    try:
        while text.read(_PIECE):
            pass
    except UnicodeDecodeError:
        return False
    return True


# Sheets of workbooks


def _of_sheet(found: FileContent, book: Workbook | None) -> Rows:
    """The first sheet of a workbook that holds a table, written down as CSV: so there is one way to read rows."""
    from involve_audit.loading.responses import xlsx

    told: list[str] = []
    sheets = [sheet for sheet in (book or xlsx.Workbook(found.content, found.file)).sheets if not sheet.hidden]
    held = {sheet.name: texts for sheet in sheets if (texts := _texts(sheet, told))}
    tables = (name for name, texts in held.items() if len(texts) > 1 and len(texts[min(texts)]) > 1)
    name = next(tables, next(iter(held), ""))
    rows = held.get(name, {})
    told = [line for sheet in sheets if sheet.name == name for line in sheet.beside()] + told
    what = _("The sheet `{sheet}` was left alone: one sheet is read, `{read}`.")
    told += [what.format(sheet=other, read=name) for other in held if other != name]
    written, width = StringIO(), len(rows[min(rows)]) if rows else 0
    for row, cells in rows.items():
        if beside := next((place for place, text in enumerate(cells, 1) if place > width and text.strip()), 0):
            what = _("{place} holds something, and there is no heading above it")
            hint = _("Write a heading above it, or take it out.")
            raise refused(found.file, what.format(place=f"{xlsx.letters(beside)}{row}"), hint)
    writer = csv.writer(written)
    for row in range(1, max(rows, default=0) + 1):
        cells = rows.get(row, [])
        writer.writerow([*cells, *[""] * (width - len(cells))])
    return Rows(found.file, written.getvalue().encode(errors="replace"), "utf-8", first_of(told))


def _texts(sheet: Sheet, told: list[str]) -> dict[int, list[str]]:
    """The rows of a sheet by their numbers; `told` gets a sentence for each cell of which the end may be missing."""
    rows: dict[int, list[str]] = {}
    for cells in sheet.rows():
        texts = rows.setdefault(cells[0].row, [])
        for cell in cells:
            texts += [""] * (cell.column - len(texts))
            texts[cell.column - 1] = cell.text
            if len(cell.text) >= LONGEST_CELL:
                what = _("{place} has {most} characters, as many as a cell can hold: its end may be missing.")
                told.append(what.format(place=cell.place, most=number(LONGEST_CELL)))
    return rows
