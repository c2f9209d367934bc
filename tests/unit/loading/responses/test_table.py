"""A table in which each row is a response: what is read of it, what is told, and what is never looked at."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from itertools import product
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from tests.each import each
from tests.tables import SMALL, gave

from involve_audit.loading.document import view_text
from involve_audit.loading.files import FileContent
from involve_audit.loading.responses.columns import MOST_HELD, MOST_NEAR, Headings, columns_of, without_column
from involve_audit.loading.responses.received import Assumed
from involve_audit.loading.responses.table import read
from involve_audit.loading.rubric import load_rubric_by_id
from involve_audit.loading.view import answer_rules, view_of_tree
from involve_audit.model.rubric import Rubric, Sourced

SHIPPED = load_rubric_by_id("service-user-leadership-spectrum")
SHIPPED_ITEMS = list(SHIPPED.content.items)
HEADINGS = ["Is there a survey?", "Do members set the agenda?", "Are members on the board?"]
ROW = ["Yes", "Planned", "no"]


def test_each_row_is_a_view() -> None:
    got = gave(HEADINGS, ROW, ["partly", "", "Not known"])
    first, second = got.views
    assert {item: given.answer for item, given in first.answers.items()} == {
        "survey": "yes",
        "agenda": "planned",
        "board": "no",
    }
    assert {item: given.answer for item, given in second.answers.items()} == {"survey": "partly", "board": "unknown"}
    assert first.respondents == {"members": 1}
    assert (first.subject.name, first.date, first.rubric) == ("Riverside", date(2026, 11, 28), "small@1.0.0")
    assert not got.problems


@pytest.mark.parametrize("word", ["yes", "YES", " Yes ", "“Yes”", "Yes.", "ｙｅｓ"])
def test_an_answer_is_its_id_or_its_title(word: str) -> None:
    (view,) = gave(HEADINGS, [word, "no", ""]).views
    assert view.answers["survey"].answer == "yes"


@pytest.mark.parametrize("word", ["1.0", "-1", "ye", "Yes, mostly", "planned", "=A1"])
def test_no_answer_is_guessed_and_the_cell_is_named(word: str) -> None:
    (problem,) = gave(HEADINGS, ROW, [word, "no", ""]).problems
    assert "export.csv: row 3, column “Is there a survey?”: " in problem
    assert "survey" in problem


def test_what_a_number_stands_for_is_not_guessed_and_told_once() -> None:
    (problem,) = gave(HEADINGS, ROW, ["1", "2", ""], ["3", "", ""]).problems
    assert "row 3, column “Is there a survey?”: a number stands here" in problem
    assert "Export the words of the answers" in problem


def test_what_else_an_option_is_called_is_read_too() -> None:
    rubric = SHIPPED.content
    option = rubric.scale[1].changed(also=("In part", "So-so"))
    changed = replace(SHIPPED, content=rubric.changed(scale=(rubric.scale[0], option, *rubric.scale[2:])))
    (view,) = gave(["consult-by-survey", "ia_perspective"], ["so-so", "Staff"], rubric=changed, perspective=None).views
    assert view.answers["consult-by-survey"].answer == option.id


def test_notes_and_reasons_belong_to_their_question() -> None:
    headings = ["q_survey", "q_survey__note", "g/q_agenda", "g/q_agenda__reason", "1. A note about something"]
    (view,) = gave(headings, ["yes", "=a, note", "not_applicable", "No meetings.", "lost"]).views
    assert view.answers["survey"].note == "=a, note"
    assert (view.answers["agenda"].answer, view.answers["agenda"].reason) == ("not-applicable", "No meetings.")
    assert "lost" not in view_text(view)


def test_a_note_without_an_answer_is_kept() -> None:
    (view,) = gave(["q_survey", "q_survey__note"], ["", "We do not know yet."]).views
    assert (view.answers["survey"].answer, view.answers["survey"].note) == (None, "We do not know yet.")


def test_what_has_no_reason_is_refused() -> None:
    (problem,) = gave(["q_survey", "q_agenda"], ["yes", "Does not apply"]).problems
    assert "row 2, column “q_agenda”" in problem
    assert "`reason of`" in problem


def test_who_answers_stands_in_the_row_or_is_said() -> None:
    headings = [*HEADINGS, "Who answers here?", "ia_people"]
    got = gave(headings, [*ROW, "Staff", "3"], [*ROW, "", ""], [*ROW, "members", ""])
    assert [view.respondents for view in got.views] == [{"staff": 3}, {"members": 1}, {"members": 1}]
    (problem,) = gave(headings, [*ROW, "Staff", "3"], [*ROW, "", ""], perspective=None).problems
    assert "a row does not say who answers (row 3)" in problem
    assert "--perspective" in problem
    (problem,) = gave(headings, [*ROW, "Nobody", "1"]).problems
    assert "row 2, column “Who answers here?”: `Nobody` is not a perspective" in problem
    (problem,) = gave(headings, [*ROW, "staff", "two"]).problems
    assert "row 2, column “ia_people”: `two` is not a number of people" in problem


def test_who_is_said_to_answer_has_to_be_one_of_the_rubrics_groups() -> None:
    (problem,) = gave(HEADINGS, ROW, ROW, perspective="nobody").problems
    assert "`nobody` is not a perspective of this rubric" in problem


def test_a_response_that_was_sent_twice_counts_once_the_latest() -> None:
    headings = ["q_survey", "_uuid", "_submission_time"]
    got = gave(
        headings,
        ["yes", "aaaa", "2026-11-20T10:00:00"],
        ["no", "bbbb", "2026-11-20T10:00:00"],
        ["partly", "aaaa", "2026-11-19T10:00:00+00:00"],
    )
    assert [view.answers["survey"].answer for view in got.views] == ["yes", "no"]
    assert any("sent twice" in line and "row 4" in line for line in got.told)
    assert "aaaa" not in "".join(map(view_text, got.views))


TWICE = ["q_survey", "Timestamp", "_uuid"]


@each(
    ("later", "earlier"),
    [
        ("11/21/2026 10:00:00", "11/20/2026 10:00:00"),
        ("21/11/2026", "20/11/2026"),
        ("21.11.2026 08:00", "20.11.2026 23:00"),
        ("11/20/2026 1:00:00 PM", "11/20/2026 11:59:00 AM"),
        ("2026/11/20 12:01:00 pm GMT", "2026/11/20 12:01:00 am GMT"),
        ("2026/10/25 1:10:00 am GMT", "2026/10/25 1:50:00 am GMT+1"),
        ("13/11/2026 0:05", "01/02/2026 23:00"),
    ],
)
@each("newest_first", [True, False])
def test_the_latest_counts_however_times_are_written(later: str, earlier: str, newest_first: bool) -> None:
    rows = [["yes", later, "a"], ["no", earlier, "a"]]
    (view,) = gave(TWICE, *(rows if newest_first else reversed(rows))).views
    assert view.answers["survey"].answer == "yes"


@pytest.mark.parametrize("times", [("", ""), ("2026-11-20", "2026-11-20"), ("2026-11-20T10:00", "")])
def test_where_nothing_tells_which_is_the_latest_nothing_is_taken(times: tuple[str, str]) -> None:
    (problem,) = gave(TWICE, ["yes", times[0], "a"], ["no", times[1], "a"]).problems
    assert "rows 2 and 3 are one response that was sent again, and nothing tells which of them counts" in problem
    assert len(gave(TWICE, ["yes", times[0], "a"], ["yes", times[0], "a"]).views) == 1


def test_what_somebody_said_when_it_was_sent_orders_it(tmp_path: Path) -> None:
    said = tmp_path / "map.yaml"
    said.write_text('"Number": response\n"At": sent\n')
    rows = [["yes", "11/21/2026 10:00", "a"], ["no", "11/20/2026 10:00", "a"]]
    (view,) = gave(["q_survey", "At", "Number"], *rows, columns=str(said)).views
    assert view.answers["survey"].answer == "yes"


@pytest.mark.parametrize(
    ("heading", "secret"),
    [
        *(("Birth/date", "1970-02-01"), ("Name - subject", "Anna Smith"), ("Email: people", "anna@x.org")),
        *(("Born (date)", "1970-02-01"), ("Patient: audit", "anna-smith"), ("Your name / Perspective", "Anna Smith")),
    ],
)
def test_the_end_of_a_heading_is_no_reason_to_keep_who_somebody_is(heading: str, secret: str) -> None:
    got = gave(["q_survey", heading], ["yes", secret])
    assert secret not in "".join([*map(view_text, got.views), *got.problems, *got.told])
    assert len(got.views) == 1


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-20T23:59:59.123Z", date(2026, 11, 20)),
        ("2026/11/20 9:12:11 am GMT", date(2026, 11, 20)),
        ("", date(2026, 11, 2)),
    ],
)
def test_the_day_is_that_of_the_row_or_else_the_latest_of_the_table(written: str, day: date) -> None:
    first, _second = gave(["Timestamp", *HEADINGS], [written, *ROW], ["2026-11-02", *ROW]).views
    assert first.date == day


def test_a_day_that_can_be_two_is_refused_with_both_unless_another_row_settles_it() -> None:
    (problem,) = gave(["Timestamp", *HEADINGS], ["03/04/2026 10:00", *ROW]).problems
    assert "row 2, column “Timestamp”: `03/04/2026` can be 4 March 2026 or 3 April 2026" in problem
    got = gave(["Timestamp", *HEADINGS], ["03/04/2026 10:00", *ROW], ["25/04/2026 10:00", *ROW])
    assert [view.date for view in got.views] == [date(2026, 4, 3), date(2026, 4, 25)]


@pytest.mark.parametrize(("written", "told"), [("soon", "is not a date"), ("2027-11-20", "is in the future")])
def test_what_is_no_day_of_a_response_is_told_with_its_row(written: str, told: str) -> None:
    (problem,) = gave(["Timestamp", *HEADINGS], [written, *ROW]).problems
    assert f"row 2, column “Timestamp”: `{written}` {told}" in problem


def test_without_a_column_for_the_day_it_is_said() -> None:
    assert "No column says on which day. The answers are dated 28 November 2026." in gave(HEADINGS, ROW).told


def test_a_row_without_a_day_is_told_with_the_day_it_is_given() -> None:
    got = gave(["Timestamp", *HEADINGS], ["", *ROW], ["2026-11-02", *ROW])
    assert [str(view.date) for view in got.views] == ["2026-11-02"] * 2
    assert any("1 row does not say on which day, and is dated 2 November 2026 (row 2)." in line for line in got.told)


def test_the_day_that_stands_for_none_is_none() -> None:
    got = gave(["Date submitted", *HEADINGS], ["1980-01-01 00:00:00", *ROW])
    assert [str(view.date) for view in got.views] == ["2026-11-28"]
    assert "No column says on which day. The answers are dated 28 November 2026." in got.told


def test_rows_of_one_id_that_are_of_different_groups_are_refused() -> None:
    rows = [["yes", "Members", "a", "2026-11-20"], ["no", "Staff", "a", "2026-11-21"]]
    (problem,) = gave(["q_survey", "Perspective", "_uuid", "Timestamp"], *rows).problems
    assert "rows 2 and 3 are one response" in problem


def test_a_key_of_ones_own_is_no_id_of_a_response() -> None:
    assert len(gave(["q_survey", "Key"], ["yes", "K1"], ["no", "K1"]).views) == 2
    rows = [["yes", "uuid:1", "2026-11-20"], ["no", "uuid:1", "2026-11-21"]]
    assert len(gave(["q_survey", "KEY", "SubmissionDate"], *rows).views) == 1


def test_notes_are_left_out_unless_they_are_asked_for_and_that_is_told() -> None:
    rows = [["yes", "written by me"]]
    got = gave(["q_survey", "q_survey__note"], *rows, notes=False)
    assert "written by me" not in "".join(map(view_text, got.views))
    assert any("Notes were left out." in line for line in got.told)
    assert not any("Notes" in line for line in gave(["q_survey", "q_survey__note"], *rows).told)


def sheets(**rows: list[list[str]]) -> bytes:
    book, saved = Workbook(), BytesIO()
    book.remove(book.worksheets[0])
    for name, cells in rows.items():
        sheet = book.create_sheet(name)
        for row in cells:
            sheet.append(row)
    book.worksheets[-1]["B2"].comment = Comment("but only on Mondays", "Anna Smith")
    book.save(saved)
    return saved.getvalue()


def test_one_sheet_is_read_and_what_stands_elsewhere_is_told() -> None:
    table = [["q_survey", "Perspective"], ["yes", "Members"]]
    got = gave(sheets(Data=table, Data2=table))
    assert len(got.views) == 1
    assert "The sheet `Data2` was left alone: one sheet is read, `Data`." in got.told
    got = gave(sheets(Info=[["What the members said"]], Data=table))
    assert len(got.views) == 1
    assert "The sheet `Info` was left alone: one sheet is read, `Data`." in got.told
    assert any("1 comment beside a cell is not read (B2)." in line for line in got.told)


def test_what_stands_right_of_a_table_is_told_with_its_cell() -> None:
    (problem,) = gave(sheets(Data=[["q_survey", "Perspective"], ["yes", "Members", "", "ask Sam"]])).problems
    assert "D2 holds something, and there is no heading above it" in problem


def test_a_workbook_of_ours_that_was_saved_as_a_table_is_told() -> None:
    (problem,) = gave(["Question", "id", "Answer", "Note"], ["Is there a survey?", "survey", "Yes", ""]).problems
    assert "Save it as an Excel workbook (.xlsx)" in problem


def test_a_row_of_another_rubric_is_told_with_the_column_that_says_so() -> None:
    rows = [["service-user-leadership-spectrum@1.1.0", "yes"], ["co-production-steps@1.0.0", "yes"]]
    got = gave(["ia_rubric", "q_consult_by_survey"], *rows, rubric=None, perspective="staff")
    (problem,) = [problem for problem in got.problems if "row 3" in problem]
    assert "row 3, column “ia_rubric”: `co-production-steps@1.0.0` is another rubric" in problem


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("_validation_status", "validation_status_not_approved"),
        ("_validation_status", "Not approved"),
        ("ReviewState", "rejected"),
    ],
)
def test_a_row_that_was_rejected_is_told(heading: str, value: str) -> None:
    got = gave(["q_survey", heading], ["yes", value], ["no", "approved"], ["no", ""])
    assert any(
        line.startswith("1 row is marked as not approved or rejected") and "(row 2)" in line for line in got.told
    )


def test_a_row_of_nobody_is_told() -> None:
    got = gave(["q_survey", "ia_perspective", "ia_people"], ["yes", "staff", "0"], ["yes", "staff", "1"])
    assert any("1 row says that nobody answered (row 2)." in line for line in got.told)


def test_questions_of_the_same_words_are_told_apart_by_their_numbers() -> None:
    first, second, *others = SMALL.content.indicators
    alike = second.changed(ask=first.ask)
    rubric = replace(SMALL, content=SMALL.content.changed(indicators=(first, alike, *others)))
    headings = [f"{place}. {item.ask}" for place, item in enumerate(rubric.content.items, 1)][:2]
    (view,) = gave(headings, ["Yes", "no"], rubric=rubric).views
    assert [view.answers[item.id].answer for item in (first, alike)] == ["yes", "no"]


def test_rows_without_answers_are_told_and_left_out() -> None:
    got = gave([*HEADINGS, "other"], [*ROW, "x"], ["", "", "", "something"], ["", "", "", ""], [*ROW, ""])
    assert len(got.views) == 2
    assert "1 row holds no answer and was left out (row 3)." in got.told
    assert "1 row is empty (row 4)." in got.told
    assert got.told[0].startswith("There are 3 rows.")
    (problem,) = gave([*HEADINGS, "other"], ["", "", "", "something"]).problems
    assert "no row of this table holds an answer" in problem


def test_a_row_that_says_again_what_the_columns_are_is_no_response() -> None:
    assert len(gave(HEADINGS, ["#survey", "#agenda+x", ""], ROW).views) == 1


def test_what_was_read_and_what_was_not_is_told() -> None:
    got = gave([*HEADINGS[:2], "Are members in the board?", "_id"], ["yes", "no", "no", "1"], ["yes", "no", "no", "2"])
    assert got.told[0].startswith("There are 2 rows. Compare this with the number")
    assert "2 columns were left alone: “Are members in the board?” and “_id”." in got.told
    (missing,) = [line for line in got.told if "column." in line]
    assert (
        "questions have no column. Look whether one of these is meant: “Are members in the board?” for `board`."
        in missing
    )


def test_of_many_headings_that_are_like_a_question_some_are_named() -> None:
    like = [f"{SHIPPED_ITEMS[place].ask} {place}" for place in range(5)]
    (problem,) = gave(["x", *like], ["", *["yes"] * 5], rubric=SHIPPED, perspective="staff").problems
    assert "31 of 31 questions have no column. Look whether one of these is meant:" in problem
    assert problem.count("” for `") == MOST_NEAR


def test_of_very_many_headings_the_first_are_held_against_questions() -> None:
    for others, is_named in ((MOST_HELD - 1, True), (MOST_HELD, False)):
        columns = columns_of(
            [*(f"unlike {n}" for n in range(others)), "Are members in the board?"], Headings([SMALL.content], {})
        )
        told = without_column(columns, Headings([SMALL.content], {}))
        assert ("“Are members in the board?” for `board`" in told) == is_named


def test_two_columns_for_one_question_are_refused_with_both() -> None:
    (problem,) = gave(["q_survey", "x", "g/Survey"], ["yes", "", "no"]).problems
    assert "`survey`: column A “q_survey” and column C “g/Survey”" in problem


def test_a_table_on_its_side_is_told() -> None:
    (problem,) = gave(["", "Anna", "Bob"], *([heading, "yes", "no"] for heading in HEADINGS)).problems
    assert "the questions stand in the first column" in problem
    assert "Anna" not in problem


def test_a_table_of_something_else_is_told() -> None:
    (problem,) = gave(["anna@example.org", "Are members in the board"], ["1", "2"]).problems
    assert (
        "questions have no column. Look whether one of these is meant: “Are members in the board” for `board`"
        in problem
    )
    assert "anna" not in problem


def test_a_column_names_the_rubric() -> None:
    reference = SHIPPED.content.reference
    headings = ["g/ia_rubric", "q_consult_by_survey"]
    (view,) = gave(headings, [reference, "yes"], rubric=None, perspective="staff").views
    assert view.rubric == reference
    (problem,) = gave(headings[1:] * 2, ["yes", "no"], rubric=None).problems
    assert "does not say which rubric" in problem


def crossed(first: str, second: str) -> Sourced[Rubric]:
    """The small rubric, in which one group and one answer are titled as others are called by their ids."""
    rubric = SMALL.content
    groups = [rubric.perspectives[0].changed(title=second), *rubric.perspectives[1:]]
    scale = [rubric.scale[0].changed(title=first), *rubric.scale[1:]]
    return replace(SMALL, content=rubric.changed(perspectives=tuple(groups), scale=tuple(scale)))


@pytest.mark.parametrize("row", [["No", "members"], ["no", "Staff"], ["NO", "members"], ["yes", "STAFF"]])
def test_what_two_are_called_by_stands_for_neither(row: list[str]) -> None:
    (problem,) = gave(["q_survey", "ia_perspective"], row, rubric=crossed("No", "Staff"), perspective=None).problems
    assert "row 2, column “" in problem
    assert "two are called so in the rubric, `" in problem


def test_an_id_as_it_is_written_is_that_one() -> None:
    rubric = crossed("No", "Staff")
    (view,) = gave(["q_survey", "ia_perspective"], ["no", "staff"], rubric=rubric, perspective=None).views
    assert (view.answers["survey"].answer, view.respondents) == ("no", {"staff": 1})
    (problem,) = gave(["q_survey", "_id"], ["no", "1"], rubric=crossed("no", "x")).problems
    assert "two are called so in the rubric, `no` and `yes`" in problem


def test_subject_and_audit_stand_in_the_row_or_are_said() -> None:
    headings = [*HEADINGS, "ia_subject", "ia_audit"]
    first, second = gave(headings, [*ROW, "North", "north-1"], [*ROW, "South", ""], subject=None).views
    assert (first.subject.name, first.audit, second.subject.name, second.audit) == ("North", "north-1", "South", None)
    (problem,) = gave(headings, [*ROW, "North", ""], [*ROW, "", ""], subject=None).problems
    assert "a row does not say what is looked at (row 3)" in problem


WHO = {
    "Email Address": "anna.secret@example.org",
    "Name": "Anna Secret",
    "username": "asecret",
    "deviceid": "secret:imei",
    "IP address": "192.0.2.77",
    "_geolocation_latitude": "51.secret",
    "phonenumber": "07700 secret",
}


def test_nothing_of_what_can_tell_who_somebody_is_is_read_kept_or_told() -> None:
    got = gave([*HEADINGS, *WHO], [*ROW, *WHO.values()], [*["maybe"] * 3, *WHO.values()])
    said = "\n".join([*map(view_text, got.views), *got.problems, *got.told])
    assert len(got.problems) == 3
    for value in WHO.values():
        assert value not in said
    (told,) = [line for line in got.told if "who somebody is" in line]
    assert told.startswith("7 columns")
    assert "delete the export" in told


ASSUMED_OF_SHIPPED = Assumed(date(2026, 11, 28), SHIPPED, subject="Riverside")
OPTIONS = ["yes", "Partly", "planned", "No", "unknown", "not-applicable", "maybe", "", "2.0"]


@pytest.mark.parametrize("note", ["", "A note.", "\u200b"])
def test_the_quick_way_comes_to_the_verdict_of_the_rules(note: str) -> None:
    """Whatever stands in a row: its view is the one that its tree stands for, read as an answers file is."""
    items = [item.id for item in SHIPPED.content.items][11:13]
    headings = ["ia_perspective", "_uuid", *items, f"q_{items[0].replace('-', '_')}__note"]
    written = StringIO()
    rows = [["staff", str(place), *row, note] for place, row in enumerate(product(OPTIONS, repeat=2)) if any(row)]
    csv.writer(written).writerows([headings, *rows])
    rules = answer_rules(SHIPPED)
    found = list(read(FileContent("x.csv", written.getvalue().encode()), ASSUMED_OF_SHIPPED).views)
    for view in found:
        slow = view_of_tree(view.tree, "", date(2026, 11, 28))
        assert (view.source and view.source.content) == (slow.source and slow.source.content)
        assert [*view.problems, *rules.problems(view.tree)] == [*slow.problems, *rules.problems(slow.tree)]
    assert len(found) == len(rows)
