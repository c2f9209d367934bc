"""Files that are no workbook, or made to do harm, are one line; the texts of any other come out as they went in."""

from __future__ import annotations

import random
import tracemalloc
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from tests.each import each
from tests.workbooks import blank, received

from involve_audit.errors import InputError
from involve_audit.loading.responses.xlsx import MOST_COLUMNS, MOST_ROWS, MOST_UNPACKED, Workbook, Written
from involve_audit.loading.rubric import load_rubric

SPECTRUM = load_rubric("service-user-leadership-spectrum")
EMPTY = blank(SPECTRUM.content)
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def with_parts(content: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """A workbook with other parts in the place of its own; without those that are None."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            part = parts[name] if name in parts else old.read(name)
            if part is not None:
                new.writestr(name, part)
    return written.getvalue()


def with_sheet(rows: str, before: str = "") -> bytes:
    head = f"{before}<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    return with_parts(EMPTY, {SHEET: f"{head}{rows}</sheetData></worksheet>".encode()})


def archive(**parts: str) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as new:
        for name, text in parts.items():
            new.writestr(name.replace("__", "/"), text)
    return written.getvalue()


def document() -> bytes:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return with_parts(
        archive(),
        {
            "[Content_Types].xml": f"<T><Override PartName='/word/document.xml' ContentType='{main}'/></T>".encode(),
            "_rels/.rels": f"<R><Relationship Id='a' Type='{relations}' Target='word/document.xml'/></R>".encode(),
            "word/document.xml": b"<document/>",
        },
    )


def saved_by_another(place: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet[place] = "stray"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


ENTITIES = "<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;'>]>"
OUTSIDE = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
CELL = "<row r='1'><c r='A1' t='inlineStr'><is><t>{}</t></is></c></row>"


@cache
def hostile() -> dict[str, tuple[bytes, str]]:
    """What is no workbook of ours, and what is said of it."""
    return {
        "bomb": (with_parts(EMPTY, {"xl/media/a.bin": bytes(MOST_UNPACKED)}), "larger than 50 MB when unpacked"),
        "stray cell": (saved_by_another("XFD1048576"), "XFD1048576 of sheet `Sheet` holds something"),
        "a row too far": (with_sheet(f"<row r='{MOST_ROWS + 1}'><c r='A{MOST_ROWS + 1}'><v>1</v></c></row>"), "A20001"),
        "a column too far": (with_sheet("<row r='1'><c r='SG1'><v>1</v></c></row>"), "SG1"),
        "entities": (with_sheet(CELL.format("&c;"), ENTITIES), "is broken"),
        "outside": (with_sheet(CELL.format("&b;"), OUTSIDE), "is broken"),
        "no such entity": (with_sheet(CELL.format("&b;")), "is broken"),
        "utf-16": (
            with_parts(EMPTY, {SHEET: f"<?xml version='1.0' encoding='utf-16'?>{OUTSIDE}<a/>".encode("utf-16")}),
            "is broken",
        ),
        "no sheet": (with_parts(EMPTY, {SHEET: None}), "is broken"),
        "no part": (with_parts(EMPTY, {"xl/workbook.xml": None}), "is broken"),
        "no strings": (with_parts(EMPTY, {"xl/sharedStrings.xml": b"<sst/>"}), "is broken"),
        "no such string": (with_sheet("<row r='1'><c r='A1' t='s'><v>99999</v></c></row>"), "is broken"),
        "no such place": (with_sheet("<row r='1'><c r='1A'><v>1</v></c></row>"), "is broken"),
        "deep": (with_sheet("<row>" * 100), "is broken"),
        "cut off": (EMPTY[:9_000], "is broken"),
        "of another program": (saved_by_another("A1"), "no sheet of answers"),
        "jar": (archive(**{"META-INF__MANIFEST.MF": "Manifest-Version: 1.0"}), "this is an archive of files"),
        "nothing in it": (archive(a="b"), "this is an archive of files"),
        "docx": (document(), "this is a Word file"),
        "ods": (archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "a workbook of LibreOffice (.ods)"),
        "xls": (OLE + bytes(600) + "Workbook".encode("utf-16-le"), "a workbook of before 2007 (.xls)"),
        "Outlook": (OLE + bytes(600) + "__substg1.0_".encode("utf-16-le"), "an e-mail of Outlook"),
        "unknown": (OLE + bytes(600), "a file of an office program"),
        "zip of workbooks": (
            archive(**{"a.txt": "", "Jane__b.xlsx": "xl/workbook.xml"}),
            "this is an archive of files",
        ),
        "locked": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "opens only with a password"),
    }


@each("name", hostile)
def test_it_is_refused_in_one_line(name: str) -> None:
    content, why = hostile()[name]
    with pytest.raises(InputError) as refused:
        received(content, SPECTRUM)
    (problem,) = refused.value.problems
    assert why in problem.what
    assert "\n" not in problem.what


def test_what_it_says_to_do_about_a_workbook_of_another_sort_leads_to_one_that_is_read() -> None:
    for name in ("ods", "xls"):
        with pytest.raises(InputError) as refused:
            received(hostile()[name][0])
        assert "(.xlsx)" in refused.value.problems[0].hint


def test_a_stray_cell_takes_no_memory() -> None:
    content = hostile()["stray cell"][0]
    tracemalloc.start()
    with pytest.raises(InputError):
        received(content)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3_000_000


def test_a_size_that_a_file_lies_about_is_not_unpacked() -> None:
    """A part is unpacked as far as its size says, and then it is broken."""
    content = with_parts(EMPTY, {SHEET: b"<worksheet>" + b" " * 10_000_000})
    size = (len(b"<worksheet>") + 10_000_000).to_bytes(4, "little")
    assert content.count(size) == 2
    with pytest.raises(InputError, match="broken"):
        received(content.replace(size, (100).to_bytes(4, "little")), SPECTRUM)


def test_mutated_workbooks_give_a_problem_or_what_can_be_read() -> None:
    """No traceback, whatever byte is another: in the file, or in one of its parts."""
    chance = random.Random(15)
    with zipfile.ZipFile(BytesIO(EMPTY)) as parts:
        names = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]
        texts = {name: parts.read(name) for name in names}
    for attempt in range(100):
        content = bytearray(EMPTY)
        if attempt % 2:
            name = chance.choice(names)
            text = bytearray(texts[name])
            for _change in range(chance.randint(1, 3)):
                text[chance.randrange(len(text))] = chance.choice(b"<>\"'&=/ 0aA\x00\xff")
            content = bytearray(with_parts(EMPTY, {name: bytes(text)}))
        else:
            for _change in range(chance.randint(1, 8)):
                content[chance.randrange(len(content))] = chance.randrange(256)
        with suppress(InputError):
            list(received(bytes(content), SPECTRUM).views)


TEXTS = (
    "_x0041_",
    "a x005F_ b",
    "a\rb\r\nc\nd",
    " lead ",
    "a\x01b",
    "_x005F_",
    "\ufffe",
    "x_x000D_y",
    "\tq",
    "😀_x00e9_",
)


def test_texts_come_out_as_they_went_in() -> None:
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("A")
        for row, text in enumerate(TEXTS):
            sheet.write_string(row, 0, text)
    (read,) = Workbook(written.getvalue(), "a.xlsx").sheets
    assert [row[0].text for row in read.rows()] == list(TEXTS)


@each(
    ("cell", "text"),
    [
        ("<c r='B2'><v>6</v></c>", "6"),
        ("<c r='B2'><v>6.0</v></c>", "6"),
        ("<c r='B2' t='b'><v>1</v></c>", "true"),
        ("<c r='B2' t='str'><v>a</v></c>", "a"),
        ("<c r='B2' t='e'><v>#N/A</v></c>", "#N/A"),
        ("<c r='B2' t='inlineStr'><is><r><t>a</t></r><r><t> b</t></r><rPh><t>no</t></rPh></is></c>", "a b"),
        ("<c t='d'><v>2026-11-22</v></c>", "2026-11-22"),
        ("<x:c xmlns:x='b' r='B2'><x:v>6</x:v></x:c>", "6"),
    ],
)
def test_cells_of_every_kind_are_read(cell: str, text: str) -> None:
    (row,) = Workbook(with_sheet(f"<row r='2'>{cell}</row>"), "a.xlsx").sheets[0].rows()
    assert [one.text for one in row] == [text]


def test_a_formula_is_its_text() -> None:
    (row,) = Workbook(with_sheet("<row r='2'><c r='B2'><f>A1&amp;1</f><v>3</v></c></row>"), "a").sheets[0].rows()
    assert row == [Written(2, 2, "=A1&1", True)]


def test_rows_are_read_in_any_order() -> None:
    rows = "".join(f"<row r='{row}'><c r='A{row}'><v>{row}</v></c></row>" for row in (5, 3, 9))
    read = Workbook(with_sheet(rows), "a.xlsx").sheets[0].rows()
    assert [row[0].place for row in read] == ["A5", "A3", "A9"]


def test_as_many_rows_and_columns_as_there_may_be_are_read() -> None:
    last = f"<row r='{MOST_ROWS}'><c r='SF{MOST_ROWS}'><v>1</v></c></row>"
    ((cell,),) = Workbook(with_sheet(last), "a.xlsx").sheets[0].rows()
    assert (cell.row, cell.column) == (MOST_ROWS, MOST_COLUMNS)


@pytest.mark.parametrize("since_1904", [False, True])
def test_a_number_that_is_shown_as_a_day_is_that_day(since_1904: bool) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if since_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    from datetime import date, datetime

    sheet["A1"], sheet["A2"], sheet["A3"] = date(2026, 3, 4), datetime(2026, 3, 4, 9, 30), 46085
    written = BytesIO()
    book.save(written)
    texts = [row[0].text for row in Workbook(written.getvalue(), "a.xlsx").sheets[0].rows()]
    assert texts == ["2026-03-04", "2026-03-04 09:30:00", "46085"]
