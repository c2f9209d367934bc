"""What the text of a cell stands for: one answer, day, number or group, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.tables import SMALL

from involve_audit.loading.rubrics import made_ready
from involve_audit.model.base import Refused
from involve_audit.tables.cells import LONGEST_ID, MOST_WORDED, Vocabulary

KNOWN = Vocabulary(made_ready(SMALL), date(2026, 11, 28))
SURVEY, AGENDA = 0, 1


def word(item: int, text: str, **more: Any) -> str:
    return KNOWN.compiled.word(KNOWN.answer(item, text, **more))


def refused(call: Callable[..., object], *given: object) -> str:
    with pytest.raises(Refused) as error:
        call(*given)
    return f"{error.value.what} | {error.value.hint}"


def test_an_answer_is_its_id_or_its_title_and_an_empty_cell_is_none() -> None:
    assert [word(AGENDA, text) for text in ("yes", " Partly ", "PLANNED", "“No”", "Not known", "", " ")] == [
        *("yes", "partly", "planned", "no", "unknown", "unanswered", "unanswered"),
    ]


@pytest.mark.parametrize("text", ["1", "0.5", "true", "pary", "planned", "nan", "unanswered", "=1+1", "yes\0"])
def test_what_is_no_answer_to_an_item_is_never_taken_for_one(text: str) -> None:
    assert "is not an answer to `survey`" in refused(KNOWN.answer, SURVEY, text)


def test_very_many_different_wrong_answers_are_all_refused_the_first_of_them_with_what_was_meant() -> None:
    words = Vocabulary(made_ready(SMALL), date(2026, 11, 28))
    said = [refused(words.answer, SURVEY, text) for text in ("yess", *map("no-{}".format, range(MOST_WORDED)), "pary")]
    assert "Did you mean" in said[0]
    assert said[-1] == "`pary` is not an answer to `survey` | It can be `yes`, `partly`, `no` or `unknown`."
    assert refused(words.answer, SURVEY, "yess") == said[0]
    assert words.compiled.word(words.answer(SURVEY, "Partly")) == "partly"
    assert "without a reason" in refused(words.answer, AGENDA, "not-applicable", False)


def test_what_does_not_apply_has_to_be_allowed_and_to_have_a_reason() -> None:
    assert word(AGENDA, "not-applicable") == "not-applicable"
    assert "without a reason | Reasons have a column of their own" in refused(
        KNOWN.answer, AGENDA, "not-applicable", False
    )
    assert "`survey` cannot be not-applicable" in refused(KNOWN.answer, SURVEY, "not-applicable")


def test_who_answers_is_named_by_ids_or_titles_one_or_several() -> None:
    assert [KNOWN.present(text) for text in ("members", "Staff", "staff; Members", "")] == [(0,), (1,), (0, 1), ()]
    assert "`carers` is not a perspective" in refused(KNOWN.present, "members; carers")


@pytest.mark.parametrize("text", ["1,5", "1,0", "-1", "many", "1e3", "=2"])
def test_a_number_of_people_is_a_whole_number(text: str) -> None:
    assert (KNOWN.people("3"), KNOWN.people("3.0"), KNOWN.people("")) == (3, 3, 0)
    assert "is not a number of people" in refused(KNOWN.people, text)


def test_any_text_is_evidence_but_one_that_says_no() -> None:
    assert all(map(KNOWN.evidence, ("yes", "1", "true", "minutes of May")))
    assert not any(map(KNOWN.evidence, ("", "no", "0", "FALSE", "-")))


def test_a_day_is_written_in_any_way_that_can_be_one_day_only() -> None:
    texts = ("2026-11-22", "2026-11-22 00:00:00", "2026-11-22T10:00:00Z", "22/11/2026", "22 November 2026")
    assert {KNOWN.day(text) for text in texts} == {"2026-11-22"}
    assert KNOWN.day("") == ""
    assert "can be two days | Say it in the file of --columns" in refused(KNOWN.day, "3/4/2026")
    assert "is not a date" in refused(KNOWN.day, "2026-02-30")
    assert "is in the future" in refused(KNOWN.day, "2027-11-22")


def test_a_row_is_for_the_rubric_at_hand_or_an_earlier_version_of_it() -> None:
    for text in ("", "small", "small@1.0.0", "small@1"):
        KNOWN.require_rubric(text)
    for text in ("small@2.0.0", "other@1.0.0", "other", "small@1.1.0"):
        assert f"this row is for `{text}`; the rubric at hand is `small@1.0.0`" in refused(KNOWN.require_rubric, text)


def test_the_name_of_an_audit_is_short_and_can_be_seen() -> None:
    assert KNOWN.audit("  Hillside  2026 ") == "Hillside 2026"
    assert KNOWN.audit("=1+1") == "=1+1"
    assert "does not say of which audit" in refused(KNOWN.audit, " ")
    assert "cannot be seen" in refused(KNOWN.audit, "hill\u200bside")
    assert "cannot be seen" in refused(KNOWN.audit, "hill\x1bside")
    assert "more than 200 characters" in refused(KNOWN.audit, "a" * (LONGEST_ID + 1))
