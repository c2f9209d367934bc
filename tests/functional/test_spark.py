"""Tables on a real Spark, with two workers on this machine: what comes out is what comes out of one process."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from tests.browser.installed import absent, program
from tests.program import run_in

from involve_audit import spark, tables

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests/cases/valid/rubric-small.yaml"
ITEMS = ["survey", "agenda", "board", "ignored", "token"]
WIDE = ["audit", "subject", "date", "perspective", *ITEMS, "evidence.board", "email"]
LONG = ["audit", "view", "perspective", "item", "answer"]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """One session of Spark for all tests here: its start is what takes long. Coverage does not look at its workers."""
    if importlib.util.find_spec("pyspark") is None:
        absent("PySpark")
    program("java")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        with spark.session("local[2]") as session:
            session.conf.set("spark.sql.shuffle.partitions", "4")
            yield session


def wide_rows() -> list[list[str | None]]:
    """Audits of one to four views, whose rows stand anywhere, and rows with all that can be wrong."""
    chance = random.Random(19)
    answers = ["yes", "Yes", "partly", "no", "unknown", "", None]
    rows = [
        [name, "Riverside", "2026-11-22", chance.choice(["members", "staff", "members; staff", None])]
        + [chance.choice(answers) for _item in ITEMS]
        + [chance.choice(["x", None]), "who@example.org"]
        for name in [*(f"a{n % 40}" for n in range(80)), *("b  1", " b 1", "b\u20031", "b\x1f1")]
    ]
    fine = ["Riverside", "2026-11-22", "members", *["yes"] * 6, None]
    wrong = [[None, *fine], ["no answer", *fine], ["no answer", *fine], ["two subjects", *fine]]
    wrong += [["two subjects", "Hillside", *fine[1:]], ["no day", "Riverside", "soon", *fine[2:]]]
    wrong[1][4] = "perhaps"
    rows += wrong
    chance.shuffle(rows)
    return rows


def long_rows() -> list[list[str | None]]:
    """Views of two audits an answer a row, and an audit in which an item comes twice."""
    views = [("a", "1", "members"), ("b", "1", "staff"), ("b", "2", "members"), ("c", "1", "staff")]
    rows: list[list[str | None]] = [[*view, item, "yes"] for view in views for item in ITEMS]
    rows.append(["c", "1", "staff", "board", "no"])
    random.Random(19).shuffle(rows)
    return rows


def split(scored: Any) -> tuple[Any, dict[str | None, str]]:
    """The results of Spark in the order of audits, and what it says of audits that it did not score."""
    table = scored.toArrow()
    fine = pc.is_null(table["problems"])
    wrong = table.filter(pc.invert(fine))
    told = dict(zip(wrong["audit"].to_pylist(), wrong["problems"].to_pylist(), strict=True))
    return table.filter(fine).drop_columns("problems").sort_by("audit"), told


@pytest.mark.parametrize(("headings", "rows"), [(WIDE, wide_rows()), (LONG, long_rows())], ids=["wide", "long"])
def test_results_are_those_of_one_process(session: Any, headings: list[str], rows: list[list[str | None]]) -> None:
    given = pa.table({name: list(cells) for name, cells in zip(headings, zip(*rows, strict=True), strict=True)})
    expected = tables.score(SMALL, given, details=True)
    frame = session.createDataFrame(list(map(tuple, rows)), schema=", ".join(f"`{name}` string" for name in headings))
    found, told = split(spark.score(frame, SMALL, details=True))
    assert found.equals(expected.results.sort_by("audit"))
    assert found.num_rows > 1
    problems = expected.problems.to_pylist()
    assert set(told) == {problem["audit"] or None for problem in problems}
    assert all(problem["hint"] in told[problem["audit"] or None] for problem in problems)


def test_the_command_scores_parquet_with_a_session_of_its_own(session: Any, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    rows = [["a", "yes"], ["b", "no"], ["c", "perhaps"], ["b", "yes"]]
    for place in range(2):
        some = zip(*rows[2 * place : 2 * place + 2], strict=True)
        pq.write_table(
            pa.table(dict(zip(["audit", "survey"], map(list, some), strict=True))), tmp_path / f"in/{place}.parquet"
        )
    out = tmp_path / "out.parquet"  # Java keeps to the folder in which the session began
    words = ("table", "--spark", "local[2]", "-r", SMALL, "-o", out, tmp_path / "in")
    done = run_in(tmp_path, *words)
    assert done.exit_code == 2
    assert "c: row" in done.stderr
    assert "`perhaps` is not an answer to `survey`" in done.stderr
    assert f"{out}: 1 could not be assessed" in done.stderr
    assert sorted(pq.read_table(out)["audit"].to_pylist()) == ["a", "b", "c"]
    again = run_in(tmp_path, *words)
    assert again.exit_code == 2
    assert "already exists" in again.stderr
    assert "Traceback" not in again.stderr
