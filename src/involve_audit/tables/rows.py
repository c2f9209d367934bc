"""The rows of a table as text, one after the other: of CSV in any of the usual forms, or of JSON with a line a row.

A row that cannot be read is told and passed over; reading goes on at the line below. Nothing is kept of a row.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import json
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from io import StringIO, TextIOWrapper
from itertools import count
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol, cast
from urllib.parse import unquote

from involve_audit.errors import InputError, Problem
from involve_audit.inputs import followed, is_expected, kind_of, opened
from involve_audit.language import _, number
from involve_audit.loading.answers_files import FileSearch
from involve_audit.loading.files import is_folder
from involve_audit.loading.responses.cells import shown
from involve_audit.loading.responses.rows import (
    MOST_CHARACTERS,
    NOT_AS_UTF8,
    first_record,
    refused,
    require_few_columns,
    says_separator,
    separator_of,
)

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
"""How the files of a folder end that are read."""
LONGEST_ROW = 1_000_000
"""How many characters a row may have."""
_HEAD, _PEEKED = 262_144, 1_000
_CUT_OFF = (EOFError, zlib.error, gzip.BadGzipFile)
_MISSING = "__HIVE_DEFAULT_PARTITION__"
_RARE = 100


class TableSource(NamedTuple):
    """A file with rows, and what the names of its folders say of all of them, such as `region=North`."""

    file: str
    partitions: tuple[tuple[str, str], ...] = ()


class RawRow(NamedTuple):
    """A row: its number, as a spreadsheet counts, and its cells; or why it is none, with the cells that may be its."""

    number: int
    cells: list[str]
    problem: tuple[str, str] | None = None


class TableRows(Protocol):
    """The rows of a table, which can be gone through again and again. `headings` are those of its columns, with those
    that the names of its folders say; `told` is what there is to say of it. Behind the last cell of each row stands one
    more, with nothing in it."""

    file: str
    headings: list[str]
    told: list[str]

    def __iter__(self) -> Iterator[RawRow]:
        """The rows below the headings."""


def sources(names: Sequence[str], suffixes: Sequence[str] = SUFFIXES) -> list[TableSource]:
    """The files of these names, and those in folders that end as tables do, each once, but for those that are to be
    written. Raises InputError where there are none in a folder, or where one in it cannot be looked into."""
    found: list[TableSource] = []
    for name in names:
        if not is_folder(Path(name)):
            found.append(TableSource(name))
            continue
        search = FileSearch(tuple(suffixes))
        inside = sorted(map(Path, search.files([name])))
        search.require_all()
        inside = [path for path in inside if _is_table(path.relative_to(name)) and path.is_file()]
        inside = [path for path in inside if not is_expected(path)]
        if not inside:
            hint = _("Tables end in {suffixes}.").format(suffixes=", ".join(suffixes))
            raise InputError(Problem(name, _("there is no table in this folder"), hint))
        found += [TableSource(str(path), _partitions(path.relative_to(name))) for path in inside]
    once: dict[str, TableSource] = {}
    for source in found:
        once.setdefault(followed(source.file), source)
    return list(once.values())


def _is_table(path: Path) -> bool:
    """Whether a file is none of those that runs leave beside tables: problems, and what Spark begins with `_`."""
    return not any(part.startswith("_") for part in path.parts) and not path.name.endswith(".problems.csv")


def _partitions(path: Path) -> tuple[tuple[str, str], ...]:
    pairs = (part.partition("=") for part in path.parts[:-1] if "=" in part)
    return tuple((unquote(name), "" if value == _MISSING else unquote(value)) for name, _is, value in pairs)


class TableFile:
    """A file with rows, which can be gone through again and again. `headings` are those of its columns, with those
    that the names of its folders say; `told` is what there is to say of it."""

    def __init__(self, source: TableSource) -> None:
        """Raises InputError where the file cannot be read or is no table."""
        self.file, self.partitions = source
        self.told: list[str] = []
        with self._bytes() as stream:
            head = _head_of(stream)
        self._encoding = self._encoding_of(head)
        text = head.decode(self._encoding, "replace").lstrip("\ufeff \t\r\n")
        self._is_json = text.startswith("{")
        self._separator = separator_of(first_record(StringIO(text, newline="")))
        self._first_row = 0
        with self._lines() as lines:
            self.headings = list(_keys_of(lines)) if self._is_json else self._csv_headings(lines)
        if not self.headings:
            raise refused(self.file, _("this table is empty"), _("The first row has to hold headings."))
        require_few_columns(self.file, len(self.headings))
        self._width = len(self.headings)
        self.headings += [name for name, _value in self.partitions]

    def __iter__(self) -> Iterator[RawRow]:
        """The rows below the headings. One more cell stands behind the last of each, with nothing in it."""
        with self._lines() as lines:
            yield from self._of_json(lines) if self._is_json else self._of_csv(lines)
            if lines.is_cut_off:
                what = _("this file is cut off here: the row above may be no whole one, and the rest is missing")
                yield self._bad(0, [], (what, _("Copy or download it again.")))

    @contextmanager
    def _bytes(self) -> Iterator[IO[bytes]]:
        with opened(self.file) as file, open(file, "rb", closefd=False) as stream:
            is_packed = stream.peek(2)[:2] == b"\x1f\x8b"
            yield cast("IO[bytes]", gzip.GzipFile(fileobj=stream)) if is_packed else stream

    @contextmanager
    def _lines(self) -> Iterator[_Lines]:
        errors = "replace" if self._encoding == "utf-16" else "surrogateescape"
        with self._bytes() as stream:
            yield _Lines(TextIOWrapper(stream, self._encoding, errors, newline=""))

    def _encoding_of(self, head: bytes) -> str:
        """How the text is saved. Raises InputError where it is none, or none of a table."""
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if head.startswith(b"PAR1"):
            raise refused(self.file, _("this is Parquet"), _("Its name has to end in .parquet."))
        few_nul = head.count(0) * _RARE < len(head)
        if kind := kind_of(head.replace(b"\0", b"") if few_nul else head):
            raise refused(self.file, *kind)
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
            what = _("this is one list of JSON, and no table")
            raise refused(self.file, what, _("Write each row on a line of its own (JSON Lines), or export it as CSV."))
        try:
            codecs.getincrementaldecoder("utf-8")().decode(head)
        except UnicodeDecodeError:
            self.told.append(_(NOT_AS_UTF8))
            return "cp1252"
        return "utf-8-sig"

    def _bad(self, row: int, cells: list[str], problem: tuple[str, str]) -> RawRow:
        """A row that is none; `cells` are those that it is likely to have, as far as they are known."""
        cells = cells[: self._width] + [""] * (self._width - len(cells))
        return RawRow(row, [*cells, *(value for _name, value in self.partitions), ""], problem)

    # Comma-separated values

    def _csv_headings(self, lines: _Lines) -> list[str]:
        try:
            for row, cells in enumerate(self._reader(lines), 1):
                if "".join(cells).strip() and not (row == 1 and says_separator(self._separator.join(cells))):
                    self._first_row = row
                    return cells
        except csv.Error as error:
            raise refused(self.file, *_broken(str(error))) from None
        return []

    def _reader(self, lines: _Lines) -> Iterator[list[str]]:
        csv.field_size_limit(MOST_CHARACTERS)
        return csv.reader(lines, delimiter=self._separator, strict=True)

    def _of_csv(self, lines: _Lines) -> Iterator[RawRow]:
        reader, width, taken = self._reader(lines), self._width, lines.taken
        beside = [*(value for _name, value in self.partitions), ""]
        for row in count(1):
            taken.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                first = "".join(taken[:1]).split(self._separator)
                yield self._bad(row, [cell.strip('" \r\n') for cell in first], _broken(str(error)))
                lines.again.extendleft(reversed(taken[1:]))
                continue
            if row <= self._first_row or not "".join(cells).strip():
                continue
            if len(cells) != width:
                if len(cells) < width or any(map(str.strip, cells[width:])):
                    yield self._bad(row, cells, _ragged(len(cells), width))
                    continue
                del cells[width:]
            cells += beside
            yield RawRow(row, cells)

    # JSON with a line a row

    def _of_json(self, lines: _Lines) -> Iterator[RawRow]:
        headings, beside = self.headings[: self._width], [*(value for _name, value in self.partitions), ""]
        for row in count(1):
            try:
                if not (line := next(lines)).strip():
                    continue
                found = _object(line)
                cells = [_text(found.pop(heading, None)) for heading in headings]
                for name in found:
                    raise ValueError(_("the first rows have no such column: “{name}”").format(name=shown(name)))
            except StopIteration:
                return
            except csv.Error as error:
                yield self._bad(row, [], _broken(str(error)))
            except (ValueError, RecursionError) as error:
                what = _("this line is no row of JSON: {reason}").format(reason=error)
                yield self._bad(row, [], (what, _("Each line has to be an object with text, numbers and null in it.")))
            else:
                cells += beside
                yield RawRow(row, cells)


def _head_of(stream: IO[bytes]) -> bytes:
    """The first bytes of a file, and of one that is cut off there what there is."""
    head = b""
    try:
        while len(head) < _HEAD and (piece := stream.read(_HEAD - len(head))):
            head += piece
    except _CUT_OFF:
        pass
    return head


class _Lines:
    """Lines of text. `taken` are those since it was emptied, and lines of `again` come once more before any other."""

    def __init__(self, text: TextIOWrapper) -> None:
        self._text = text
        self.taken: list[str] = []
        self.again: deque[str] = deque()
        self.is_cut_off = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """The next line. Raises csv.Error for one that is too long, of which nothing is kept."""
        if self.again:
            line = self.again.popleft()
        else:
            try:
                line = self._text.readline(LONGEST_ROW + 1)
                if len(line) > LONGEST_ROW:
                    while line and not line.endswith("\n"):
                        line = self._text.readline(LONGEST_ROW)
                    raise csv.Error(_TOO_LONG)
            except _CUT_OFF:
                self.is_cut_off, line = True, ""
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line


_TOO_LONG = "too long"


def _broken(reason: str) -> tuple[str, str]:
    """What is wrong with a row that the reader of CSV gave this reason for, and what to do."""
    hint = _("Is a quote missing, or one too many? Export the table again, or save it anew in a spreadsheet program.")
    if reason == _TOO_LONG:
        return _("the row has more than {most} characters").format(most=number(LONGEST_ROW)), hint
    if "limit" in reason:
        return _("a cell has more than {most} characters").format(most=number(MOST_CHARACTERS)), hint
    if "unexpected end" in reason:
        return _("a quote opens here and is not closed"), hint
    return _("the quotes are not as they should be"), hint


def _ragged(cells: int, width: int) -> tuple[str, str]:
    what = _("it has not as many cells as there are columns ({cells}, not {width})")
    hint = _("Text that holds a separator or the end of a line has to stand in quotes. Is the file whole?")
    return what.format(cells=number(cells), width=number(width)), hint


def _object(line: str) -> dict[str, Any]:
    found = json.loads(line, object_pairs_hook=_once)
    if not isinstance(found, dict):
        raise ValueError(_("it is no object"))
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(_("a column is in it twice"))
    return found


def _text(value: Any) -> str:
    """A value of JSON as the text of a cell."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict | list):
        raise ValueError(_("a list or an object stands in the place of text"))
    return "" if value is None else json.dumps(value)


def _keys_of(lines: _Lines) -> dict[str, None]:
    """The names of the columns of the first rows."""
    found: dict[str, None] = {}
    for _number in range(_PEEKED):
        with suppress(ValueError, RecursionError, csv.Error):
            line = next(lines, "")
            if not line:
                break
            found |= dict.fromkeys(_object(line))
    return found
