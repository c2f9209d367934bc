"""What the columns of a table of audits hold, by their headings or by what somebody said of them."""

from __future__ import annotations

import pytest
from tests.tables import SMALL

from involve_audit.errors import InputError
from involve_audit.loading.responses.columns import Meaning
from involve_audit.loading.responses.mapping import NO_MAPPING, ColumnMap
from involve_audit.loading.rubrics import made_ready
from involve_audit.loading.tree import Tree
from involve_audit.tables.layout import Layout, layout_of

RUBRIC = made_ready(SMALL)


def laid_out(*headings: str, group: str | None = None, **said: str) -> Layout:
    mapped = ColumnMap(Tree("map.yaml"), {heading: Meaning(*held.split("/")) for heading, held in said.items()})
    return layout_of("audits.csv", headings, RUBRIC, mapped if said else NO_MAPPING, group)


def refused(*headings: str, group: str | None = None) -> str:
    with pytest.raises(InputError) as error:
        laid_out(*headings, group=group)
    return str(error.value)


def test_a_wide_table_has_a_column_for_each_item_in_any_order() -> None:
    layout = laid_out("board", "audit", "respondents.staff", "Survey", "evidence.board", "reason.agenda", "agenda")
    assert not layout.is_long
    assert [layout.at("answer", item) for item in ("survey", "agenda", "board", "token")] == [3, 6, 0, -1]
    assert (layout.at("audit"), layout.at("evidence", "board"), layout.at("reason", "agenda")) == (1, 4, 5)
    assert layout.people == {"staff": 2}


def test_a_long_table_has_a_row_for_each_answer() -> None:
    layout = laid_out("item", "answer", "view", "audit", "evidence", "perspective", "_submission_time")
    assert layout.is_long
    assert [layout.at(part) for part in ("audit", "item", "answer", "evidence")] == [3, 0, 1, 4]
    assert (layout.viewed, layout.dated) == (2, 6)


def test_what_somebody_says_of_a_column_goes_before_what_it_is_called() -> None:
    layout = laid_out("audit", "Q1", "board", Q1="answer/board", board="nothing")
    assert layout.at("answer", "board") == 1


def test_what_is_not_read_is_told() -> None:
    told = " ".join(laid_out("audit", "region", "email", "survey").told)
    assert "“region”" in told
    assert "1 column can tell who somebody is" in told
    assert "4 of 5 questions have no column" in told
    assert "nobody counts as heard" in told
    assert "“region”" not in " ".join(laid_out("audit", "region", "survey", group="Region").told)


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (("audit", "audit", "board"), "two columns hold the same, `audit`"),
        (("audit", "board", "Are members on the board?"), "two columns hold the same, `board`"),
        (("audit", "item", "answer", "board"), "a column for items, `item`, and columns that are items: “board”"),
        (("item", "evidence"), "a row for each answer, and no column for: “audit” and “answer”"),
        (("audit", "region"), "no column of this table holds an item"),
        (("audit", "answer"), "no column of this table holds an item"),
    ],
)
def test_what_keeps_every_row_from_being_read_is_refused(headings: tuple[str, ...], words: str) -> None:
    assert words in refused(*headings)


def test_audits_are_grouped_by_a_column_that_is_there_and_that_tells_nobody() -> None:
    assert laid_out("audit", "board", "Region", group="region").group == 2
    assert "no column is called “regoin”\n    Did you mean `region`?" in refused("board", "region", group="regoin")
    assert "tells who somebody is" in refused("board", "email", group="email")
