"""The text of every cell of an .xlsx workbook (ISO/IEC 29500), and nothing else of what a workbook can do.

People's words have to come out as they went in, and a file may be made to do harm. So the few parts that are needed
are read with Python's own zip and XML. Of the libraries for it, openpyxl 3.1 takes `x005F_` out of any text, leaves
`_x000D_` in it, drops rows that are out of order, and makes objects of every style.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from struct import error as NotPacked  # noqa: N812 - an exception
from typing import Any, NamedTuple
from xml.parsers import expat

from involve_audit.errors import InputError, Problem
from involve_audit.inputs import kind_of
from involve_audit.language import N_, _, in_short, number
from involve_audit.loading.tree import DEEPEST
from involve_audit.words.collecting import TABLE

MOST_UNPACKED = 50_000_000
MOST_ROWS, MOST_COLUMNS = 20_000, 500
_PIECE = 65_536
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, NotPacked, EOFError, OSError),
    *(LookupError, ValueError, OverflowError, NotImplementedError, RuntimeError),
)
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"-?[0-9.]+(?:[eE][-+]?[0-9]+)?")
_DATE_FORMATS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
_NOT_OF_DATES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = N_("Open it in a spreadsheet program, save it as an Excel workbook (.xlsx), and give that file.")


class Written(NamedTuple):
    """A cell that holds something: its row and column, from 1, and its text; of a formula, that with `=` in front."""

    row: int
    column: int
    text: str
    is_formula: bool = False

    @property
    def place(self) -> str:
        """What spreadsheets call it, such as `C14`."""
        return f"{letters(self.column)}{self.row}"


def letters(column: int) -> str:
    """What spreadsheets call a column, from 1: A to Z, then AA."""
    name = ""
    while column:
        column, sign = divmod(column - 1, 26)
        name = chr(65 + sign) + name
    return name


def _position(place: str) -> tuple[int, int]:
    """The row and the column of a place such as `C14`."""
    found = _PLACE.fullmatch(place)
    if found is None:
        raise ValueError(place)
    column = 0
    for sign in found[1]:
        column = column * 26 + ord(sign) - 64
    return int(found[2]), column


class Workbook:
    """An open workbook: its sheets in their order, each read when its rows are asked for."""

    def __init__(self, content: bytes, file: str) -> None:
        """Raises InputError, with one line, where this is no workbook, is too large when unpacked, or is broken."""
        self.file = file
        if another := _of_another_sort(content, file):
            raise InputError(another)
        with self.told():
            self.zip = zipfile.ZipFile(BytesIO(content))
            if sum(part.file_size for part in self.zip.infolist()) > MOST_UNPACKED:
                what = _("this workbook is larger than {most} MB when unpacked")
                what = what.format(most=number(MOST_UNPACKED / 1_000_000))
                raise InputError(Problem(file, what, _("A workbook of answers takes a small part of that.")))
            main = self._related("", "officeDocument")
            if main is None or not self._is_workbook(main):
                raise InputError(_no_workbook(content, file))
            self.since_1904 = False
            self.sheets = list(self._sheets(main))
            self.strings = self._strings(main)
            self.dates = self._dates(main)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Raise InputError in place of whatever zip and XML say of a file that is not as it should be."""
        try:
            yield
        except _BROKEN:
            what, hint = _("this workbook is broken, or made in a way that is not read"), _(_SAVE)
            raise InputError(Problem(self.file, what, hint)) from None

    def parse(self, name: str, start: Callable[[str, Any], None], into: Any = None) -> Iterator[None]:
        """Go through a part piece by piece: elements begin at `start`, and end and have text at `into`."""
        above: list[str] = []

        def begun(element: str, given: Any) -> None:
            above.append(element.rpartition(":")[2])
            if len(above) > DEEPEST:
                raise ValueError
            start(above[-1], given)

        def ended(_element: str) -> None:
            name = above.pop()
            if into:
                into.end(name)

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler, parser.EndElementHandler = begun, ended
        if into:
            parser.CharacterDataHandler = into.text
        with self.zip.open(name) as source:
            while piece := source.read(_PIECE):
                parser.Parse(piece)
                yield
            parser.Parse(b"", True)
            yield

    def elements(self, name: str | None) -> Iterator[tuple[str, dict[str, str]]]:
        """The elements of a part with their attributes, in order; none where there is no such part."""
        found: list[tuple[str, dict[str, str]]] = []
        for _piece in self.parse(name, lambda element, given: found.append((element, given))) if name else ():
            yield from found
            found.clear()

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """What belongs to a part: id, sort and the name of each other part."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        for element, given in self.elements(listing if listing in self.zip.NameToInfo else None):
            if element == "Relationship" and given.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, given["Target"])).lstrip("/")
                yield given["Id"], given["Type"].rpartition("/")[2], target

    def _related(self, part: str, sort: str) -> str | None:
        return next((target for _id, found, target in self.relations(part) if found == sort), None)

    def _is_workbook(self, main: str) -> bool:
        """Whether the main part of a file is a workbook, with macros or without, in XML."""
        types = [given for _element, given in self.elements(_TYPES) if given.get("PartName") == f"/{main}"]
        return any(_WORKBOOK.search(given["ContentType"]) for given in types)

    def _sheets(self, main: str) -> Iterator[Sheet]:
        targets = {name: target for name, sort, target in self.relations(main) if sort == "worksheet"}
        for element, given in self.elements(main):
            if element == "workbookPr":
                self.since_1904 = given.get("date1904") in ("1", "true")
            elif element == "sheet":
                related = next(value for key, value in given.items() if key.rpartition(":")[2] == "id")
                if target := targets.pop(related, None):  # each part is read once, whoever names it
                    yield Sheet(self, given["name"], target, given.get("state", "visible") != "visible")

    def _strings(self, main: str) -> list[str]:
        gathered = _Texts()
        if name := self._related(main, "sharedStrings"):
            for _piece in self.parse(name, gathered.start, gathered):
                pass
        return gathered.strings

    def _dates(self, main: str) -> set[str]:
        """The numbers of the styles that show a number as a date."""
        dates, styles, within = set(), 0, ""
        formats: dict[str, bool] = {str(known): True for known in _DATE_FORMATS}
        for element, given in self.elements(self._related(main, "styles")):
            if element in ("cellStyleXfs", "cellXfs"):
                within = element
            elif element == "numFmt":
                code = _NOT_OF_DATES.sub("", given.get("formatCode", "")).lower()
                formats[given["numFmtId"]] = "d" in code or "y" in code
            elif element == "xf" and within == "cellXfs":
                if formats.get(given.get("numFmtId", "")):
                    dates.add(str(styles))
                styles += 1
        return dates


class _Texts:
    """Gathers the texts that the cells of a workbook share."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.parts: list[str] = []
        self.takes = False
        self.aside = False

    def start(self, element: str, given: Any) -> None:
        self.takes = element == "t" and not self.aside
        self.aside = self.aside or element == "rPh"  # how a text is pronounced

    def text(self, text: str) -> None:
        if self.takes:
            self.parts.append(text)

    def end(self, element: str) -> None:
        self.takes = False
        self.aside = self.aside and element != "rPh"
        if element == "si":
            self.strings.append(_unescaped("".join(self.parts)))
            self.parts.clear()


class Sheet:
    """One sheet of a workbook. `merged` are cells that were made one, with their first and their last row; they are
    known once its rows were gone through."""

    def __init__(self, book: Workbook, name: str, part: str, hidden: bool) -> None:
        self.book = book
        self.name = name
        self.part = part
        self.hidden = hidden
        self.merged: list[tuple[str, int, int]] = []
        self._rows: list[list[Written]] | None = None

    def rows(self) -> list[list[Written]]:
        """The rows that hold something, each as its cells that do, in the order of the file. They are read once.

        Raises InputError where a cell is out of bounds, or the sheet is broken.
        """
        if self._rows is None:
            self._rows = list(self._read())
        return self._rows

    def _read(self) -> Iterator[list[Written]]:
        gathered = _Gathering(self)
        with self.book.told():
            for _piece in self.book.parse(self.part, gathered.start, gathered):
                for cells in gathered.rows:
                    for cell in cells:
                        if cell.row > MOST_ROWS or cell.column > MOST_COLUMNS:
                            raise InputError(self._too_far(cell))
                    yield cells
                gathered.rows.clear()

    def beside(self) -> list[str]:
        """What to tell of comments, pictures and boxes with text on this sheet: nothing in them is read."""
        with self.book.told():
            cells, drawn = dict[str, None](), 0
            for _id, sort, part in self.book.relations(self.part):
                if sort in ("comments", "threadedComment"):
                    elements = self.book.elements(part)
                    cells |= {given["ref"]: None for name, given in elements if name in ("comment", "threadedComment")}
                elif sort == "drawing":
                    drawn += sum(name.endswith("CellAnchor") for name, _given in self.book.elements(part))
        told = [TABLE.of("comments", len(cells), cells=in_short(cells))] if cells else []
        return told + ([TABLE.of("drawings", drawn, sheet=self.name)] if drawn else [])

    def _too_far(self, cell: Written) -> Problem:
        what = _("{place} of sheet `{sheet}` holds something: past {rows} rows and {columns} columns nothing is read")
        bounds = {"rows": number(MOST_ROWS), "columns": number(MOST_COLUMNS)}
        what = what.format(place=cell.place, sheet=self.name, **bounds)
        return Problem(self.book.file, what, _("Take it out."))


class _Gathering:
    """Gathers the cells of a sheet row by row while its part is parsed."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.book = sheet.book
        self.rows: list[list[Written]] = []
        self.cells: list[Written] = []
        self.row = self.column = 0
        self.kind = self.style = ""
        self.parts: dict[str, list[str]] = {"v": [], "t": [], "f": []}
        self.takes: list[str] | None = None
        self.has_formula = self.aside = False

    def start(self, element: str, given: dict[str, str]) -> None:
        self.takes = None if self.aside else self.parts.get(element)
        if element == "c":
            self.row, self.column = _position(given["r"]) if "r" in given else (self.row, self.column + 1)
            self.kind, self.style = given.get("t", "n"), given.get("s", "")
            self.has_formula = False
            for part in self.parts.values():
                part.clear()
        elif element == "row":
            self.row, self.column = int(given.get("r", self.row + 1)), 0
        elif element == "f":
            self.has_formula = True
        elif element == "rPh":
            self.aside = True
        elif element == "mergeCell":
            first, _colon, last = given["ref"].partition(":")
            self.sheet.merged.append((given["ref"], _position(first)[0], _position(last or first)[0]))

    def text(self, text: str) -> None:
        if self.takes is not None:
            self.takes.append(text)

    def end(self, element: str) -> None:
        self.takes = None
        if element == "c":
            if text := self._text():
                self.cells.append(Written(self.row, self.column, text, self.has_formula))
        elif element == "row" and self.cells:
            self.rows.append(self.cells)
            self.cells = []
        elif element == "rPh":
            self.aside = False

    def _text(self) -> str:
        if self.has_formula and self.parts["f"]:
            return f"={''.join(self.parts['f'])}"
        value = "".join(self.parts["t" if self.kind == "inlineStr" else "v"])
        if not value:
            return ""
        if self.kind == "s":
            return self.book.strings[int(value)]
        if self.kind == "b":
            return "true" if value.strip() == "1" else "false"
        if self.kind == "n":
            return self._number(value.strip())
        return _unescaped(value)

    def _number(self, value: str) -> str:
        """A number as it is written, or the day that it is shown as."""
        if not _NUMBER.fullmatch(value) or self.style not in self.book.dates:
            return value.removesuffix(".0")
        days = float(value) + 1462 * self.book.since_1904
        if not 1 <= days < 2_958_466:
            return value
        when = datetime(1899, 12, 30) + timedelta(days=days + (days < 60), microseconds=500_000)
        return str(when.replace(microsecond=0)) if days % 1 else str(when.date())


def _refuse(*_doctype: Any) -> None:
    raise ValueError


def _unescaped(text: str) -> str:
    """A text with the signs that XML cannot hold, or not safely, in the place of what stands for them."""
    if "_x" not in text:
        return text
    whole = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_TYPES = "[Content_Types].xml"
_WORKBOOK = re.compile(r"spreadsheetml|ms-excel\.(?:sheet|template)\.macroEnabled")


def _of_another_sort(content: bytes, file: str) -> Problem | None:
    """What to do with a file of a spreadsheet program that is no .xlsx; None where it may be one."""
    if b"application/vnd.oasis.opendocument.spreadsheet" in content[:200]:
        return Problem(file, _("this is a workbook of LibreOffice (.ods)"), _(_SAVE))
    if not content.startswith(_OLE):
        return None
    if "EncryptedPackage".encode("utf-16-le") in content:
        what = _("this workbook opens only with a password")
        return Problem(file, what, _("Save it without a password, and give that file."))
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return Problem(file, _("this is a workbook of before 2007 (.xls)"), _(_SAVE))
    return _no_workbook(content, file)


def _no_workbook(content: bytes, file: str) -> Problem:
    what, hint = kind_of(content) or (_("this is not a workbook"), "")
    return Problem(file, what, _(_SAVE) if what == _("this is an Excel file") else hint)
