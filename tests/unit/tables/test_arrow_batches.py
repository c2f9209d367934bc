"""Batches of rows that stand together come to what the same table comes to as a whole, wherever they are cut."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from involve_audit.errors import InputError
from involve_audit.loading.responses.mapping import NO_MAPPING
from involve_audit.loading.rubric import load_rubric
from involve_audit.loading.rubrics import made_ready
from involve_audit.model.record import MOST_VIEWS
from involve_audit.tables import score
from involve_audit.tables.arrow_batches import BatchWork
from involve_audit.tables.arrow_results import ResultArrays
from involve_audit.tables.cells import Vocabulary
from involve_audit.tables.layout import layout_of
from involve_audit.tables.problems import MOST_TOLD

SMALL = Path(__file__).parents[2] / "cases/valid/rubric-small.yaml"
AUDITS = ["a", "b", "b", "c", "c", None, "d"]
ANSWERS = ["yes", "no", "yes", "perhaps", "yes", "yes", "partly"]


def work() -> BatchWork:
    """The work on a table of two columns, as another process has it."""
    ready = made_ready(load_rubric(str(SMALL)))
    layout = layout_of("", ["audit", "survey"], ready, NO_MAPPING)
    made = BatchWork(Vocabulary(ready, date(2026, 11, 28)), layout, ResultArrays(ready))
    return pickle.loads(pickle.dumps(made))


def rows(audits: list[str | None], answers: list[str]) -> Any:
    return pa.table({"audit": audits, "survey": answers, "number": range(100, 100 + len(audits))})


@pytest.mark.parametrize("most", [1, 2, 3, 100])
def test_batches_come_to_what_the_whole_comes_to(most: int) -> None:
    table, this = rows(AUDITS, ANSWERS), work()
    found = pa.Table.from_batches(this.scored(table.to_batches(most)), this.schema_for(table.schema))
    fine = pc.is_null(found["problems"])
    assert found.filter(fine).drop_columns("problems").equals(score(SMALL, table.drop_columns("number")).results)
    wrong = found.filter(pc.invert(fine)).select(["audit", "stage", "problems"]).to_pylist()
    told = {row["audit"]: row["problems"].partition(".")[0] for row in wrong if row["stage"] is None}
    assert told == {
        "c": "row 103, column “survey”: `perhaps` is not an answer to `survey`",
        None: "row 105, column “audit”: this row does not say of which audit it is",
    }


def test_of_very_many_problems_of_one_audit_the_first_are_told() -> None:
    number = 3 * MOST_TOLD
    (batch,) = work().scored(rows(["a"] * number, ["perhaps"] * number).to_batches())
    lines = batch.column("problems")[0].as_py().splitlines()
    assert len(lines) == MOST_TOLD + 1
    assert lines[-1] == f"… and at least {number - MOST_TOLD} more problems."


def test_an_audit_of_too_many_rows_to_be_kept_is_not_scored_by_the_last_of_them() -> None:
    number = 3 * MOST_VIEWS
    batches = rows(["a"] * number + ["b"], ["yes"] * number + ["no"]).to_batches(MOST_VIEWS + 1)
    found = pa.Table.from_batches(work().scored(batches)).select(["audit", "stage"]).to_pylist()
    assert found == [{"audit": "a", "stage": None}, {"audit": "b", "stage": "low"}]


def test_columns_that_hold_no_text_are_refused_before_any_work() -> None:
    nested = pa.schema([("audit", pa.string()), ("survey", pa.list_(pa.string())), ("number", pa.int64())])
    with pytest.raises(InputError, match="survey"):
        work().schema_for(nested)
