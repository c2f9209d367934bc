"""A workbook that came back: rows by their ids, columns by their headings, problems by their cells, no word dropped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from tests.unit.engine.strategies import promise, rubric_models
from tests.workbooks import TODAY, Typed, blank, changed, fill, filled, of_view, problems, received

from involve_audit.errors import InputError
from involve_audit.loading.rubric import load_rubric
from involve_audit.model.rubric import Rubric, Sourced
from involve_audit.model.view import FORMAT, NOT_APPLICABLE, View
from involve_audit.render.forms import xlsform
from involve_audit.render.forms.blank import BlankForm

SPECTRUM = load_rubric("service-user-leadership-spectrum")
EMPTY = blank(SPECTRUM.content)
ABOUT: Typed = {("subject", "C"): "Riverside", ("date", "C"): "2026-11-22", ("respondents/staff", "C"): 3}


def one(content: bytes, **assumed: Any) -> View:
    """The only view of a workbook, in which nothing is wrong."""
    (read,) = received(content, **assumed).views
    assert not read.problems
    assert read.source is not None
    return read.source.content.changed(response=None)


def of_cells(typed: Typed) -> bytes:
    return filled(EMPTY, {**ABOUT, **typed})


def told(typed: Typed) -> list[str]:
    return [line.split("\n")[0].removeprefix("came-back.xlsx: ") for line in problems(of_cells(typed))]


def test_what_is_typed_is_the_view() -> None:
    view = View.from_tree(
        {
            "format": "involve-audit/answers@1",
            "rubric": SPECTRUM.content.reference,
            "audit": "riverside-2026",
            "subject": {"name": "Riverside & <Sons>"},
            "date": "2026-11-22",
            "respondents": {"service-users": 6, "staff": 0},
            "answers": {
                "consult-by-survey": {"answer": "yes", "note": "=1+1\nx005F_ _x0041_ \t“‘\U0001f642 a  b"},
                "governance-led": {"answer": "planned", "evidence": [{"text": "https://example.org, page 3"}]},
                "influence-on-governance": {"note": "not settled"},
                "hosted-to-independence": {"answer": "not-applicable", "reason": "There is one group only."},
            },
            "actions": [
                {"item": "governance-led", "what": "Ask", "owner": "the chair", "due": "2027-03-01"},
                {"what": "In a month", "due": "2027-03"},
                {"what": "For good", "due": "ongoing"},
            ],
        }
    )
    assert one(filled(EMPTY, of_view(view))) == view


@st.composite
def _filled_in(draw: st.DrawFn) -> tuple[Rubric, View]:
    """A rubric, and a view of it that fits into a sheet."""
    rubric = draw(rubric_models())
    texts = st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip)
    answers: dict[str, Any] = {}
    for item in rubric.items:
        word = draw(st.sampled_from([None, *rubric.answers_to(item)]))
        more = draw(st.fixed_dictionaries({}, optional={"note": texts, "reason": texts}))
        evidence = [{"text": text} for text in draw(st.lists(texts, max_size=1))]
        reason = {"reason": "None."} if word == NOT_APPLICABLE else {}
        if word or more or evidence:
            answers[item.id] = {"answer": word, **reason, **more, "evidence": evidence}
    data = {"format": FORMAT, "rubric": rubric.reference, "subject": {"name": draw(texts)}, "date": "2026-11-22"}
    people = {perspective.id: draw(st.integers(0, 99)) for perspective in rubric.perspectives}
    actions = [{"what": text, "item": next(iter(rubric.items)).id} for text in draw(st.lists(texts, max_size=2))]
    return rubric, View.from_tree({**data, "respondents": people, "answers": answers, "actions": actions})


@promise(20)
@given(_filled_in())
def test_any_view_that_is_typed_comes_back(case: tuple[Rubric, View]) -> None:
    rubric, view = case
    (read,) = received(filled(blank(rubric), of_view(view)), Sourced(rubric, "rubric.yaml", "0")).views
    assert read.problems == []
    assert read.source is not None
    assert read.source.content.changed(response=None) == view


def test_the_same_workbook_is_the_same_response_and_each_sheet_another() -> None:
    book = blank(SPECTRUM.content, views=2)
    for place in range(2):
        book = filled(book, {**ABOUT, ("governance-led", "C"): "Yes"}, place)
    ids = [[read.source.content.response for read in received(book).views if read.source] for _time in range(2)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


@pytest.mark.parametrize("typed", ["Yes", "yes", " YES ", "“yes”"])
def test_an_answer_is_typed_by_its_title_or_its_id(typed: str) -> None:
    assert one(of_cells({("consult-by-survey", "C"): typed})).answers["consult-by-survey"].answer == "yes"


def test_an_answer_that_is_titled_as_another_is_called_is_told_apart() -> None:
    first, second, *others = SPECTRUM.content.scale
    crossed = (first.changed(title="No"), second, *others)
    assert [option.id for option in crossed].count("no") == 1
    rubric = SPECTRUM.content.changed(scale=crossed)
    lists = {cell.value for row in _sheet(blank(rubric), -1).iter_rows() for cell in row}
    assert {"yes (No)", "no (No)"} <= lists
    for label, meant in (("yes (No)", "yes"), ("no (No)", "no")):
        typed = {**ABOUT, ("governance-led", "C"): label}
        (read,) = received(filled(blank(rubric), typed), Sourced(rubric, "rubric.yaml", "0")).views
        assert read.tree.data["answers"] == {"governance-led": {"answer": meant}}
    (problem,) = problems(
        filled(blank(rubric), {**ABOUT, ("governance-led", "C"): "no"}), Sourced(rubric, "rubric.yaml", "0")
    )
    assert "`no` can be no (No) or yes (No)" in problem


def test_problems_name_the_cell() -> None:
    row = next(cell.row for cell in _sheet(EMPTY)["B"] if cell.value == "governance-led")
    assert told({("governance-led", "C"): "partially"}) == [f"C{row}: `partially` is not an answer to `governance-led`"]


def test_problems_name_the_sheet_where_there_are_several() -> None:
    both = blank(SPECTRUM.content, views=2)
    for place in range(2):
        both = filled(both, {**ABOUT, ("governance-led", "C"): "Yes" if place else "partially"}, place)
    (problem,) = problems(both)
    assert problem.startswith("came-back.xlsx: Answers!C")


def test_each_filled_sheet_is_a_view_and_empty_ones_are_named() -> None:
    book = blank(SPECTRUM.content, views=3)
    for place, who in ((0, "staff"), (2, "carers")):
        book = filled(
            book, {**ABOUT, (f"respondents/{who}", "C"): 2, ("respondents/staff", "C"): 0 if place else 2}, place
        )
    found = received(book)
    assert [read.source.content.present for read in found.views if read.source] == [{"staff": 2}, {"carers": 2}]
    assert found.told == ["Nothing is filled in on `Answers 2`."]


def test_rows_and_columns_may_be_moved() -> None:
    def move(sheet: Worksheet) -> None:
        fill(sheet, {**ABOUT, ("governance-led", "C"): "Yes", ("consult-by-survey", "D"): "seen"})
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        sheet.delete_rows(1, sheet.max_row)
        for row in [rows[0], *reversed(rows[1:])]:
            sheet.append([None, row[3], "ours", *row[:3], None, *row[4:]])

    view = one(changed(EMPTY, move))
    assert view.answers["governance-led"].answer == "yes"
    assert view.answers["consult-by-survey"].note == "seen"


def test_without_an_id_the_question_says_which_row_it_is() -> None:
    def take_out(sheet: Worksheet) -> None:
        fill(sheet, {**ABOUT, ("governance-led", "C"): "Yes"})
        for cell in sheet["B"]:
            if cell.value == "governance-led":
                cell.value = None

    assert one(changed(EMPTY, take_out)).answers["governance-led"].answer == "yes"


def test_without_the_column_of_ids_every_row_is_known_by_its_question() -> None:
    def take_out(sheet: Worksheet) -> None:
        about = {("audit", "C"): "spring", ("actions/2", "D"): "Ask", ("actions/2", "C"): "governance-led"}
        fill(sheet, {**ABOUT, **about, ("governance-led", "C"): "Yes"})
        sheet.delete_cols(2)

    content = changed(EMPTY, take_out)
    view = one(content)
    assert (view.subject.name, str(view.date), view.audit) == ("Riverside", "2026-11-22", "spring")
    assert (view.present, view.answers["governance-led"].answer) == ({"staff": 3}, "yes")
    assert [(action.item, action.what) for action in view.actions] == [("governance-led", "Ask")]
    assert received(content).told == []


@pytest.mark.parametrize(
    ("rows", "missing"), [(2, "`Question`, `id` and `Answer`"), (0, "the heading of a column is missing: `Answer`")]
)
def test_a_sheet_of_answers_without_its_headings_says_which(rows: int, missing: str) -> None:
    def spoil(sheet: Worksheet) -> None:
        fill(sheet, {**ABOUT, ("governance-led", "C"): "Yes"})
        sheet["C1"], sheet["C2"] = "My answer", None
        if rows:
            sheet.delete_rows(1, rows)

    with pytest.raises(InputError, match=missing):
        received(changed(EMPTY, spoil))


def test_an_action_without_text_is_told_with_the_cell_for_it() -> None:
    (problem,) = told({("actions/1", "C"): "governance-led"})
    row = next(cell.row for cell in _sheet(EMPTY)["B"] if cell.value == "actions/1")
    assert problem.startswith(f"D{row}: `what` is missing")


def test_what_a_program_made_of_a_word_is_not_asked_for_in_yaml() -> None:
    (problem,) = problems(of_cells({("governance-led", "C"): "true"}))
    assert "Another program has changed it; it was likely `yes`." in problem
    assert "quotes" not in problem


def test_an_unknown_id_is_told_with_its_cell() -> None:
    def rename(sheet: Worksheet) -> None:
        fill(sheet, {**ABOUT, ("governance-led", "C"): "Yes"})
        for cell in sheet["B"]:
            if cell.value == "governance-led":
                cell.value = "governance-let"

    (problem,) = problems(changed(EMPTY, rename))
    assert "`governance-let` is not an item of this rubric" in problem
    assert "came-back.xlsx: B" in problem


def test_a_row_that_is_there_twice_is_refused() -> None:
    def twice(sheet: Worksheet) -> None:
        fill(sheet, {**ABOUT, ("governance-led", "C"): "Yes"})
        sheet.append([None, "governance-led", "No"])

    (problem,) = problems(changed(EMPTY, twice))
    assert "`governance-led` is here twice" in problem


def test_what_is_not_read_is_told() -> None:
    def beside(sheet: Worksheet) -> None:
        fill(sheet, {**ABOUT, ("governance-led", "C"): "Yes"})
        sheet["H20"] = "ask Sam"
        sheet["D10"] = "near the river"
        sheet.append(["and one more thing"])

    found = received(changed(EMPTY, beside))
    assert [read.problems for read in found.views] == [[]]
    assert sorted(line.partition(" is not read: ")[2] for line in found.told) == [
        *("“and one more thing”", "“ask Sam”", "“near the river”")
    ]


def test_comments_and_pictures_are_told_and_not_whose_they_are() -> None:
    def comment(sheet: Worksheet) -> None:
        fill(sheet, {**ABOUT, ("governance-led", "C"): "Yes"})
        sheet["C20"].comment = Comment("No, because of money", "Anna Smith")
        sheet["D21"].comment = Comment("See there", "Anna Smith")
        sheet.add_chart(BarChart(), "H3")

    told = received(changed(EMPTY, comment)).told
    assert "2 comments beside cells are not read (C20 and D21). Write into the cells what counts." in told
    assert any("1 picture or box with text lies on `Answers`" in line for line in told)
    assert "Anna" not in "".join(told)


@pytest.mark.parametrize(("written", "both"), [("3/4/2026", "4 March 2026 or 3 April 2026"), ("04.03.2026", "2026")])
def test_a_day_that_can_be_two_days_is_refused_with_both(written: str, both: str) -> None:
    (problem,) = told({("date", "C"): written})
    assert f"`{written}` can be" in problem
    assert both in problem


def test_what_is_left_out_at_the_top_is_asked_for_with_its_cell() -> None:
    rows = {cell.value: cell.row for cell in _sheet(EMPTY)["B"]}
    found = problems(filled(EMPTY, {("respondents/staff", "C"): 3, ("governance-led", "C"): "Yes"}))
    for name in ("subject", "date"):
        (problem,) = (one for one in found if one.startswith(f"came-back.xlsx: C{rows[name]}: `{name}` is missing"))
        assert "Write it in" in problem


def test_a_blank_behind_a_number_or_a_day_does_no_harm() -> None:
    typed = {("respondents/staff", "C"): "3 ", ("date", "C"): "22 November 2026\xa0", ("governance-led", "C"): "Yes"}
    view = one(of_cells(typed))
    assert (view.present, str(view.date)) == ({"staff": 3}, "2026-11-22")


def test_a_day_that_can_be_one_day_only_is_taken() -> None:
    assert str(one(of_cells({("date", "C"): "22/11/2026"})).date) == "2026-11-22"


def test_a_formula_is_no_answer_and_text_elsewhere() -> None:
    def formulas(sheet: Worksheet) -> None:
        fill(sheet, {**ABOUT, ("governance-led", "C"): "x", ("governance-led", "D"): "x"})
        row = next(cell.row for cell in sheet["B"] if cell.value == "governance-led")
        sheet[f"C{row}"], sheet[f"D{row}"] = "=A1", "=1+1"

    (read,) = received(changed(EMPTY, formulas)).views
    (problem,) = read.problems
    assert "this is a formula, and no answer" in problem.what
    assert read.tree.data["answers"]["governance-led"]["note"] == "=1+1"


def test_a_cell_as_long_as_a_cell_can_be_is_doubted() -> None:
    (read,) = received(of_cells({("governance-led", "D"): "a" * 32_767})).views
    assert "the end may be missing" in read.doubts[0].what


def test_cells_made_one_over_several_questions_are_refused() -> None:
    def merge(sheet: Worksheet) -> None:
        fill(sheet, {**ABOUT, ("governance-led", "C"): "Yes"})
        row = next(cell.row for cell in sheet["B"] if cell.value == "governance-led")
        sheet.merge_cells(f"C{row}:C{row + 2}")

    (problem,) = problems(changed(EMPTY, merge))
    assert "these cells were made one" in problem


def test_hidden_rows_are_read() -> None:
    def hide(sheet: Worksheet) -> None:
        fill(sheet, {**ABOUT, ("governance-led", "C"): "Yes"})
        for row in range(1, sheet.max_row + 1):
            sheet.row_dimensions[row].hidden = True

    assert one(changed(EMPTY, hide)).answers["governance-led"].answer == "yes"


def test_nothing_filled_in_is_refused() -> None:
    with pytest.raises(InputError, match="nothing is filled in"):
        received(blank(SPECTRUM.content, audit="spring", views=2))


def test_the_command_line_says_what_the_sheet_leaves_open() -> None:
    content = filled(EMPTY, {("date", "C"): "2026-11-22", ("governance-led", "C"): "Yes"})
    view = one(content, subject="Riverside", audit="spring", perspective="staff")
    assert (view.subject.name, view.audit, view.present) == ("Riverside", "spring", {"staff": 1})


def _sheet(content: bytes, place: int = 0) -> Worksheet:
    sheets: list[Worksheet] = []
    changed(content, sheets.append, place)
    return sheets[0]


WELSH = """\
format: involve-audit/overlay@1
id: spectrum-cy
version: 1.0.0
extends: service-user-leadership-spectrum@1
language: cy
texts:
  scale: {"yes": {title: Ydw}}
  items:
    governance-led: {ask: A oes aelodau ar y bwrdd?}
"""


def test_a_workbook_in_another_language_is_read_without_being_told_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics/spectrum-cy.yaml").write_text(WELSH, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def answer(sheet: Worksheet) -> None:
        fill(sheet, {**ABOUT, ("governance-led", "C"): "Ydw"})
        for cell in sheet["B"]:
            if cell.value == "governance-led":
                cell.value = None

    welsh = changed(blank(load_rubric("spectrum-cy").content), answer)
    assert one(welsh).answers["governance-led"].answer == "yes"


def test_the_version_that_was_answered_is_kept() -> None:
    def older(sheet: Worksheet) -> None:
        fill(sheet, {**ABOUT, ("governance-led", "C"): "Yes"})
        next(
            cell for cell in sheet["C"] if cell.value == SPECTRUM.content.reference
        ).value = f"{SPECTRUM.content.id}@1.0.0"

    assert one(changed(EMPTY, older)).rubric == f"{SPECTRUM.content.id}@1.0.0"


def test_what_a_workbook_has_no_use_for_is_told() -> None:
    content = of_cells({("governance-led", "C"): "Yes"})
    assert any("--columns was not used" in line for line in received(content, columns="none.yaml").told)
    form = xlsform.render(BlankForm(SPECTRUM.content, TODAY))
    with pytest.raises(InputError, match="this is a form for survey tools, and holds no answers"):
        received(form)


def test_a_copy_of_a_sheet_is_told_and_a_hidden_one_left_alone() -> None:
    book = blank(SPECTRUM.content, views=2)
    for place in range(2):
        book = filled(book, {**ABOUT, ("governance-led", "C"): "Yes"}, place)
    found = received(book)
    assert len(list(found.views)) == 2
    assert any("`Answers 2` is of the same people and the same day as `Answers`." in line for line in found.told)

    def hide(sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"

    found = received(changed(book, hide, 1))
    assert len(list(found.views)) == 1
    assert any("`Answers 2` is hidden, and was left alone." in line for line in found.told)


def test_a_formula_in_the_subject_is_refused() -> None:
    def formula(sheet: Worksheet) -> None:
        fill(sheet, {**ABOUT, ("governance-led", "C"): "Yes"})
        next(cell for cell in sheet["C"] if cell.value == "Riverside").value = "=A1"

    assert "this is a formula, and no answer" in problems(changed(EMPTY, formula))[0]


def test_a_question_beside_the_id_of_another_is_refused() -> None:
    def swap(sheet: Worksheet) -> None:
        fill(sheet, {**ABOUT, ("governance-led", "C"): "Yes"})
        rows = {cell.value: cell.row for cell in sheet["B"]}
        first, second = (sheet[f"A{rows[name]}"] for name in ("governance-led", "consult-by-survey"))
        first.value, second.value = second.value, first.value

    (problem,) = problems(changed(EMPTY, swap))
    assert "the question here is that of `consult-by-survey`, and the id beside it is `governance-led`" in problem


@pytest.mark.parametrize("name", ["date", "rubric", "id", "note", "answer", "question"])
def test_an_item_may_be_called_as_a_row_or_a_column_is(name: str) -> None:
    first = next(iter(SPECTRUM.content.items))
    rubric = SPECTRUM.content.changed(indicators=(first.changed(id=name),))
    content = filled(blank(rubric), {**ABOUT, (f"answers/{name}", "C"): "Yes"})
    (read,) = received(content, Sourced(rubric, "rubric.yaml", "0")).views
    assert read.problems == []
    assert read.tree.data["answers"] == {name: {"answer": "yes"}}
