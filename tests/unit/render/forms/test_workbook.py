"""A workbook to answer in: every question and list is there, what is not to be changed is locked, bytes are stable."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.audits import small_rubric
from tests.workbooks import TODAY, blank

from involve_audit.errors import OutputError
from involve_audit.loading.rubric import load_rubric
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import Subject
from involve_audit.render.forms.blank import BlankForm
from involve_audit.render.forms.workbook import render

SHAPES = Path(__file__).parents[3] / "shapes"
SPECTRUM = load_rubric("service-user-leadership-spectrum").content
RUBRICS = {
    "spectrum": SPECTRUM,
    **{path.stem: load_rubric(str(path)).content for path in SHAPES.glob("*.yaml")},
}


def sheet_of(content: bytes, name: str = "Answers") -> Worksheet:
    sheet: Worksheet = load_workbook(BytesIO(content))[name]
    return sheet


def column(sheet: Worksheet, letter: str) -> dict[str, str]:
    """The texts of a column by the id of their row."""
    return {sheet[f"B{cell.row}"].value: cell.value for cell in sheet[letter] if sheet[f"B{cell.row}"].value}


@pytest.mark.parametrize("name", RUBRICS)
def test_every_question_is_there_with_its_answers_in_a_list(name: str) -> None:
    rubric = RUBRICS[name]
    book = load_workbook(BytesIO(blank(rubric)))
    sheet = book["Answers"]
    asked = column(sheet, "A")
    rows = {cell.value: cell.row for cell in sheet["B"]}
    ranges = {
        str(cells): rule.formula1 for rule in sheet.data_validations.dataValidation for cells in rule.sqref.ranges
    }
    for place, item in enumerate(rubric.items, 1):
        assert asked[item.id] == f"{place:,}. {item.ask}"
        where = book.defined_names[ranges[f"C{rows[item.id]}"]].attr_text
        assert len(book["Lists"][where.partition("!")[2].replace("$", "")]) == len(rubric.answers_to(item))
    assert all(
        rule.formula1.startswith(("answers_", "questions"))
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    )


def test_the_same_form_gives_the_same_bytes() -> None:
    assert blank(SPECTRUM, views=2) == blank(SPECTRUM, views=2)
    assert blank(SPECTRUM) != render(BlankForm(SPECTRUM, date(2026, 1, 1)))


def test_what_is_to_be_filled_in_is_text_and_open_and_all_else_is_locked() -> None:
    sheet = sheet_of(blank(SPECTRUM))
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    rows = {cell.value: cell.row for cell in sheet["B"]}
    answer = sheet[f"C{rows['governance-led']}"]
    assert (answer.protection.locked, answer.number_format) == (False, "@")
    assert {sheet[f"{letter}{rows['governance-led']}"].protection.locked for letter in "AB"} == {True}
    assert sheet[f"E{rows['governance-led']}"].protection.locked
    assert not sheet[f"E{rows['hosted-to-independence']}"].protection.locked
    assert load_workbook(BytesIO(blank(SPECTRUM)))["Lists"].sheet_state == "hidden"


def test_what_is_known_is_filled_in_on_every_sheet() -> None:
    content = blank(SPECTRUM, subject=Subject(name="=1+1"), audit="spring", perspective="carers", views=3)
    for name in ("Answers", "Answers 2", "Answers 3"):
        values = column(sheet_of(content, name), "C")
        assert (values["subject"], values["audit"]) == ("=1+1", "spring")
        assert sheet_of(content, name)["C10"].data_type == "s"
        assert [row for row in values if row.startswith("respondents/")] == ["respondents/carers"]


def test_one_perspective_is_asked_in_its_own_words() -> None:
    rubric = Rubric.from_tree(small_rubric())
    item = next(iter(rubric.items))
    worded = item.changed(wording={rubric.perspectives[0].id: "In our words?"})
    changed = rubric.changed(indicators=(worded, *rubric.indicators[1:]))
    assert "1. In our words?" in column(sheet_of(blank(changed, perspective=rubric.perspectives[0].id)), "A").values()


def test_help_stands_in_a_column_of_its_own() -> None:
    sheet = sheet_of(blank(SPECTRUM, with_help=True))
    rows = {cell.value: cell.row for cell in sheet["B"]}
    assert sheet["G1"].value == "Help"
    assert next(iter(SPECTRUM.items)).yes_looks_like[0] in sheet[f"G{rows[next(iter(SPECTRUM.items)).id]}"].value


def test_large_print_is_larger() -> None:
    plain, large = (sheet_of(blank(SPECTRUM, large_print=size)) for size in (False, True))
    assert (plain["A20"].font.sz, large["A20"].font.sz) == (11, 18)


def test_no_row_is_higher_than_spreadsheets_take() -> None:
    sheet = sheet_of(blank(SPECTRUM, large_print=True, with_help=True))
    assert max(row.height or 0 for row in sheet.row_dimensions.values()) == pytest.approx(409, abs=1)


def test_a_text_that_no_cell_holds_is_refused() -> None:
    rubric = Rubric.from_tree({**small_rubric(), "title": "a" * 40_000})
    with pytest.raises(OutputError, match="too long for a workbook"):
        blank(rubric)


def test_it_is_made_for_print() -> None:
    sheet = sheet_of(blank(SPECTRUM))
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.print_title_rows) == (
        "landscape",
        0,
        "$1:$1",
    )
    assert sheet.freeze_panes == "A2"
    assert TODAY.year == load_workbook(BytesIO(blank(SPECTRUM))).properties.created.year
