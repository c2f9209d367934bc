"""Names of columns in survey tools lead there and back, and no two questions share one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from involve_audit.model.columns import AUDIT, PARTS, PEOPLE, PERSPECTIVE, RUBRIC, SUBJECT, column_of, name_of

IDS = st.lists(st.text("abq019", min_size=1, max_size=4), min_size=1, max_size=4).map("-".join)
COLUMN = re.compile(rf"q_([a-z0-9]+(?:_[a-z0-9]+)*)(?:__({'|'.join(PARTS)}))?")
NAME_IN_XML = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def item_of(column: str) -> tuple[str, str] | None:
    """The only question that a column can belong to, and the part of its answer; None where it is no such column."""
    found = COLUMN.fullmatch(column)
    return (found[1].replace("_", "-"), found[2] or "") if found else None


@given(IDS, st.sampled_from(["", *PARTS]))
def test_a_column_leads_back_to_its_question(item_id: str, part: str) -> None:
    column = column_of(item_id, part)
    assert item_of(column) == (item_id, part)
    assert NAME_IN_XML.fullmatch(column)


@given(IDS, IDS)
def test_no_two_questions_share_a_column(first: str, second: str) -> None:
    def own(item_id: str) -> set[str]:
        return {column_of(item_id, part) for part in ("", *PARTS)}

    assert first == second or not own(first) & own(second)


@pytest.mark.parametrize("id_", ["note", "x-note", "q-x", "1", "1-2", "ia-audit", "reason"])
def test_ids_that_look_like_a_part_are_told_apart(id_: str) -> None:
    assert item_of(column_of(id_)) == (id_, "")
    assert item_of(column_of(id_, "note")) == (id_, "note")


@each("column", [RUBRIC, AUDIT, PERSPECTIVE, PEOPLE, SUBJECT, "q_", "q_x__", "q_x__other", "Q_x", "q_a-b", "q_x\n"])
def test_what_is_no_question_is_none(column: str) -> None:
    assert item_of(column) is None


def test_words_have_no_hyphen() -> None:
    assert name_of("not-applicable") == "not_applicable"
