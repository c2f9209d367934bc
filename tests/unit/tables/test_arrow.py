"""Tables in Arrow's memory: scored by columns, they give what their rows give one by one, and the same problems."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from involve_audit.errors import InputError
from involve_audit.loading.responses.mapping import NO_MAPPING
from involve_audit.loading.rubric import load_rubric
from involve_audit.loading.rubrics import Ready, made_ready
from involve_audit.tables import score
from involve_audit.tables.arrow import ArrowRows, ArrowScorer
from involve_audit.tables.arrow_results import ResultArrays
from involve_audit.tables.cells import Vocabulary
from involve_audit.tables.layout import layout_of
from involve_audit.tables.problems import RowProblem
from involve_audit.tables.results import Results
from involve_audit.tables.scoring import RowReader, Scoring

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 28)
SPECTRUM = "service-user-leadership-spectrum"
SHAPES = sorted(str(path) for path in (ROOT / "tests/shapes").glob("*.yaml"))
Row = dict[str, Any]


@cache
def ready(rubric: str) -> Ready:
    return made_ready(load_rubric(rubric))


def answers_of(rubric: str, given: random.Random, dirt: float) -> Row:
    """An answer to each item, of which some may be none."""
    row: Row = {}
    compiled = ready(rubric).compiled
    for item in compiled.items:
        words = [*map(compiled.word, item.options), "", "unknown"]
        row[item.id] = "not-applicable" if item.may_be_set_aside and given.random() < 0.2 else given.choice(words)
        if given.random() < dirt:
            row[item.id] = given.choice(["maybe", " no ", None, "not-applicable"])
    return row


def wide(rubric: str, given: random.Random, dirt: float = 0.0, audits: int = 40) -> list[Row]:
    """Rows that are views."""
    perspectives, rows = ready(rubric).compiled.perspectives, []
    for audit in range(audits):
        for view in range(given.choice((1, 1, 2, 3))):
            row: Row = {"audit": f"a {audit}", "subject": f"Service {audit}", "kind": given.choice(["ward", ""])}
            row |= {"date": f"2026-0{given.randint(1, 9)}-11", "view": f"v{view}"}
            row["perspective"] = given.choice(["", *perspectives, "; ".join(perspectives[:2])])
            for name, answer in answers_of(rubric, given, dirt).items():
                row |= {name: answer, f"evidence.{name}": given.choice(["", "seen", "no"])}
                row[f"reason.{name}"] = given.choice(["because", "", " "]) if given.random() < dirt else "because"
            spoiled: Row = {"date": "2026-13-01", "audit": "a 1", "subject": "", "view": "v0", "perspective": "cooks"}
            row |= {name: value for name, value in spoiled.items() if given.random() < dirt}
            row["audit"] = given.choice(["", " a 2", "x\u200by"]) if given.random() < dirt / 4 else row["audit"]
            rows.append(row)
    return rows


def long(rubric: str, given: random.Random, dirt: float = 0.0, audits: int = 12) -> list[Row]:
    """The same with a row for each answer, those of a view not always together."""
    rows = []
    for view in wide(rubric, given, dirt, audits):
        about = {name: view[name] for name in ("audit", "subject", "kind", "date", "view", "perspective")}
        for item in (item.id for item in ready(rubric).compiled.items if view[item.id]):
            more = {"item": item, "answer": view[item], "evidence": view[f"evidence.{item}"]}
            row = about | more | {"reason": view[f"reason.{item}"]}
            rows.append(row | ({"item": "tea", "kind": "team"} if given.random() < dirt / 4 else {}))
    if given.random() < 0.5:
        rows.sort(key=lambda row: (row["audit"], row["item"]))
    return rows


def by_columns(rubric: str, table: pa.Table, at_once: int = 0) -> tuple[list[Row], list[RowProblem]]:
    problems = list[RowProblem]()
    layout = layout_of("t", table.schema.names, ready(rubric), NO_MAPPING)
    results = ResultArrays(ready(rubric), details=True)
    scorer = ArrowScorer(Vocabulary(ready(rubric), TODAY), layout, results, problems.append)
    rows = ArrowRows(table, np.arange(1, len(table) + 1), "t", table.schema.names)
    if not at_once:
        return scorer.score_whole(rows).to_pylist(), problems
    pieces = [rows.some(slice(start, start + at_once)) for start in range(0, len(table), at_once)]
    found = [scorer.score(piece, is_last=piece is pieces[-1]) for piece in pieces]
    return pa.concat_tables(found).to_pylist(), problems


def by_rows(rubric: str, table: pa.Table) -> tuple[list[Row], list[RowProblem]]:
    problems = list[RowProblem]()
    layout = layout_of("t", table.schema.names, ready(rubric), NO_MAPPING)
    words, results = Vocabulary(ready(rubric), TODAY), Results(ready(rubric), details=True)
    rows = ArrowRows(table, np.arange(1, len(table) + 1), "t", table.schema.names)
    found = Scoring([RowReader(rows, layout, words)], words, problems.append).put_together()
    names = [column.name for column in results.columns]
    values = [row for audit in found for row in results.audit(audit.about, audit.score)]
    return [dict(zip(names, row, strict=True)) for row in values], problems


@pytest.mark.parametrize("dirt", [0.0, 0.02])
@pytest.mark.parametrize("made", [wide, long])
@pytest.mark.parametrize("rubric", [SPECTRUM, *SHAPES[:3]], ids=lambda rubric: Path(rubric).stem)
def test_columns_give_what_rows_give(rubric: str, made: Callable[..., list[Row]], dirt: float) -> None:
    table = pa.Table.from_pylist(made(rubric, random.Random(7), dirt))
    (results, problems), (wanted, told) = by_columns(rubric, table), by_rows(rubric, table)
    assert results == wanted
    assert sorted(problems) == sorted(told)
    assert results
    assert bool(problems) == bool(dirt)


def test_where_a_batch_ends_makes_no_difference() -> None:
    table = pa.Table.from_pylist(wide(SPECTRUM, random.Random(3)))
    assert by_columns(SPECTRUM, table, at_once=7) == by_columns(SPECTRUM, table)


def test_a_column_may_be_of_any_type_that_a_cell_can_be() -> None:
    rows = wide(SPECTRUM, random.Random(5), audits=5)
    texts = pa.Table.from_pylist(rows)
    plain, _none = by_columns(SPECTRUM, texts)
    days = pa.array([date.fromisoformat(row["date"]) for row in rows])
    for other in (days, days.cast(pa.timestamp("ms")), days.cast(pa.timestamp("us", "UTC"))):
        assert by_columns(SPECTRUM, texts.set_column(3, "date", other))[0] == plain
    for kind in (pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())):
        cast = pa.schema(
            [(name, kind if name == "kind" or "-" in name else pa.string()) for name in texts.schema.names]
        )
        columns = [
            column.combine_chunks().dictionary_encode()
            if pa.types.is_dictionary(field.type)
            else column.cast(field.type)
            for column, field in zip(texts.columns, cast, strict=True)
        ]
        assert by_columns(SPECTRUM, pa.table(columns, texts.schema.names))[0] == plain


def test_a_table_without_rows_has_results_without_rows() -> None:
    empty = pa.Table.from_pylist(wide(SPECTRUM, random.Random(5), audits=1)).slice(0, 0)
    found = score(SPECTRUM, empty)
    assert (found.results.num_rows, found.problems.num_rows) == (0, 0)
    assert found.results.schema.names[:3] == ["audit", "subject", "kind"]


def test_a_column_of_lists_is_refused_with_its_name() -> None:
    item = ready(SPECTRUM).compiled.items[0].id
    table = pa.table({"audit": ["a"], item: pa.array([["yes", "no"]])})
    with pytest.raises(InputError, match=f"the column “{item}” holds `list<"):
        score(SPECTRUM, table)


def test_a_column_that_is_there_twice_is_refused() -> None:
    item = ready(SPECTRUM).compiled.items[0].id
    with pytest.raises(InputError, match=item):
        score(SPECTRUM, pa.table([["a"], ["yes"], ["no"]], ["audit", item, item]))


class DataFrame:
    """What gives its rows by Arrow's C stream interface, as those of pandas and polars do."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


def test_anything_that_speaks_arrow_is_scored_and_reads_the_results() -> None:
    table = pa.Table.from_pylist(wide(SPECTRUM, random.Random(5), audits=3))
    found = score(SPECTRUM, DataFrame(table))
    assert found.results == score(SPECTRUM, table).results
    assert pa.table(found) == found.results
