"""Tables in every form that programs write them in, and what is no table."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from tests.each import each

from involve_audit.loading.files import FileContent
from involve_audit.loading.responses.rows import LONGEST_LINE, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, opened_table

HEADINGS = ["Is there a survey?", "Are members on the board?", "Café"]
ROW = ["Yes", "no", "a line,\r\nanother; and a \t"]


@each("separator", [",", ";", "\t"])
@each("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@each("ends", ["\n", "\r\n", "\r"])
def test_every_usual_form_holds_the_same(separator: str, encoding: str, ends: str) -> None:
    content = _table(HEADINGS, ROW, separator=separator, encoding=encoding, ends=ends)
    assert list(opened_table(FileContent("export.csv", content))) == [(1, HEADINGS), (2, ROW)]


def _table(*rows: list[str], separator: str = ",", encoding: str = "utf-8", ends: str = "\n") -> bytes:
    quoted = (separator.join(f'"{cell}"' if set(cell) & set('\r\n,;\t"') else cell for cell in row) for row in rows)
    return "".join(f"{row}{ends}" for row in quoted).encode(encoding)


def test_what_windows_wrote_is_told() -> None:
    assert "Windows" in opened_table(FileContent("x", _table(HEADINGS, ROW, encoding="cp1252"))).told[0]
    assert not opened_table(FileContent("x", _table(HEADINGS, ROW))).told


def test_a_table_may_say_what_stands_between_its_cells() -> None:
    content = b"sep=|\r\n" + b"a, b|c, d, e\r\nyes|no\r\n"
    assert list(opened_table(FileContent("x", content))) == [(2, ["a, b", "c, d, e"]), (3, ["yes", "no"])]


def test_empty_lines_may_stand_above_the_headings() -> None:
    assert opened_table(FileContent("x", b"\n\na;b,c;d\n1;2;3\n")).headings == ["a", "b,c", "d"]


def test_commas_in_quotes_do_not_stand_between_cells() -> None:
    content = b'"Is it, or is it not, or neither?";"a\nb, c"\n1;2\n'
    assert opened_table(FileContent("x", content)).headings == ["Is it, or is it not, or neither?", "a\nb, c"]


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    content = b'a,b\n\n"two\nlines",x\n,\ny,z\n'
    assert [row for row, _cells in opened_table(FileContent("x", content))] == [1, 3, 5]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\n\n \n", "empty"),
        (b"only\none\n", "one column only"),
        (b"a,b\n", "no rows"),
        (b"a,b\nyes\n", "row 2 has not as many cells as there are columns (1, not 2)"),
        (b"a,b\nyes,no\nyes,no,secret@example.org\n", "row 3 has not as many cells as there are columns (3, not 2)"),
        (b"a,b\nyes\0,no\n", "not a text file"),
        (b'a,b\nyes,no\n"yes,no\n', "row 3: a quote opens here and is not closed"),
        (b'a,b\n"yes"x,no\n', "row 2: the quotes are not as they should be"),
        (b"a,b\nyes," + b"x" * (MOST_CHARACTERS + 1), "row 2: a cell has more than 131,072 characters"),
        (b"a," * 1_000_000 + b"\nyes\n", "1,000,001 columns"),
        (b"x" * 50_000_001, "larger than 50 MB"),
        (b"a,b\n" + b"," * (LONGEST_LINE + 1), "more than 10,000,000 characters"),
        (b'"' + b"x\n" * 2_000_000, "row 1"),
        (b"a,b" + b"\n" * 200_000, "more than 100,000 rows"),
        (b"<!DOCTYPE html><table><tr><td>a,b</td></tr></table>", "web page"),
        (b"<html>\na,b\nyes,no", "web page"),
        (b'[{"a": 1, "b": 2}]', "JSON"),
        (b'{"a": 1,\n"b": 2}', "JSON"),
        (b"%PDF-1.4 a,b", "PDF"),
        (b"a,b\ny\x81,no\n\xff\x90", "UTF-8"),
    ],
)
def test_what_is_no_table_is_told_in_one_line(
    content: bytes, told: str, problems_of: Callable[..., tuple[object, ...]]
) -> None:
    (problem,) = problems_of(lambda: list(opened_table(FileContent("export.csv", content))))
    assert told in str(problem)
    assert "secret" not in str(problem)
    assert len(str(problem).splitlines()) == 2


def test_a_table_may_have_so_many_columns_and_rows_and_no_more(problems_of: Callable[..., tuple[object, ...]]) -> None:
    wide = b",".join([b"a"] * MOST_COLUMNS)
    assert len(opened_table(FileContent("x", wide + b"\n" + wide)).headings) == MOST_COLUMNS
    (problem,) = problems_of(opened_table, FileContent("x", wide + b",a\n" + wide + b",a"))
    assert "at most 5,000" in str(problem)
    long = b"a,b\n" + b"1,2\n" * (MOST_ROWS - 1)
    assert sum(1 for _row in opened_table(FileContent("x", long))) == MOST_ROWS
    (problem,) = problems_of(lambda: list(opened_table(FileContent("x", long + b"1,2\n"))))
    assert "more than 100,000 rows" in str(problem)


def workbook(*rows: list[str]) -> bytes:
    """A workbook as small as one can be, with text and formulas (what begins with `=`) in its cells."""
    cells = "".join(
        f'<row r="{row}">'
        + "".join(
            f"<c><f>{text[1:]}</f></c>" if text[:1] == "=" else f'<c t="inlineStr"><is><t>{text}</t></is></c>'
            for text in texts
        )
        + "</row>"
        for row, texts in enumerate(rows, 1)
        if texts
    )
    main, sheet = "http://schemas.openxmlformats.org/", "spreadsheetml/2006/main"
    related = f'<Relationships xmlns="{main}package/2006/relationships"><Relationship Id="r1" Type="x/%s" Target="%s"/>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types><Override PartName="/book.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": related % ("officeDocument", "book.xml") + "</Relationships>",
        "book.xml": f'<workbook xmlns="{main}{sheet}" xmlns:r="r"><sheets><sheet name="A" r:id="r1"/>'
        "</sheets></workbook>",
        "_rels/book.xml.rels": related % ("worksheet", "sheet.xml") + "</Relationships>",
        "sheet.xml": f'<worksheet xmlns="{main}{sheet}"><sheetData>{cells}</sheetData></worksheet>',
    }
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return content.getvalue()


def test_a_sheet_is_a_table_like_any_other_and_formulas_are_text() -> None:
    table = opened_table(FileContent("x.xlsx", workbook(["a", "b", "c"], [], ["yes", "=1+1"])))
    assert list(table) == [(1, ["a", "b", "c"]), (3, ["yes", "=1+1", ""])]


def test_the_end_of_a_cell_that_is_as_long_as_can_be_may_be_missing() -> None:
    table = opened_table(FileContent("x.xlsx", workbook(["a", "b"], ["yes", "x" * 32_767])))
    assert table.told == ["B2 has 32,767 characters, as many as a cell can hold: its end may be missing."]
