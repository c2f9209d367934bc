"""What tables cost: the rule over columns against the engine, and whole runs against reading the same table alone.

Each figure is a ratio within one run, or CPU an audit; the sides of a ratio take turns. Exits with 1 where a target is
missed. `python bench/tables.py 10` makes the tables ten times smaller.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from targets import PROGRAM, Figure, ratio

from involve_audit.engine.compiled import CompiledRubric, CompiledView, compile_rubric
from involve_audit.engine.score import Score
from involve_audit.loading.rubric import load_rubric
from involve_audit.tables.columns import ViewColumns
from involve_audit.tables.kernel import Kernel, Scores
from many import cost_of

SPECTRUM = "service-user-leadership-spectrum"
AT_ONCE, ALONE = 65_536, 400
ROUNDS = 5


def main(smaller: int) -> int:
    """Print every figure. Returns the exit code."""
    rubric, missed = compile_rubric(load_rubric(SPECTRUM).content), 0
    with tempfile.TemporaryDirectory() as name:
        for part in (by_columns(rubric), whole_runs(rubric, Path(name), 1_000_000 // smaller)):
            for figure in part:
                print(figure, flush=True)
                missed += not figure.is_met
    print(f"Targets missed: {missed or 'none'}.")
    return 1 if missed else 0


def by_columns(rubric: CompiledRubric) -> Iterator[Figure]:
    """Floor and ceiling of an audit, by columns and by itself."""
    for views in (1, 3):
        columns, kernel = _columns(rubric, AT_ONCE, views), Kernel(rubric)
        audits = _audits(columns, ALONE, views)

        def of_columns(columns: ViewColumns = columns, kernel: Kernel = kernel) -> object:
            scores = Scores(kernel, columns)
            return scores.floor, scores.ceiling

        def alone(audits: list[list[CompiledView]] = audits) -> object:
            return [Score(rubric, audit).standing for audit in audits]

        what = f"an audit of {views} by columns / by the engine, floor and ceiling"
        yield Figure(what, ratio(_timed(of_columns, AT_ONCE), _timed(alone, ALONE), ROUNDS), 0.1)


def whole_runs(rubric: CompiledRubric, folder: Path, audits: int) -> Iterator[Figure]:
    """The command, against pyarrow that reads the table and does nothing."""
    table, more, text = folder / "in.parquet", folder / "more.parquet", folder / "in.csv"
    _write(rubric, table, audits)
    _write(rubric, more, audits * 10)
    words = [PROGRAM, "table", "-r", SPECTRUM, "-q", "-o", str(folder / "out.parquet")]
    read = [sys.executable, "-c", f"import pyarrow.parquet as p; p.read_table({str(table)!r})"]
    idle, nothing = [sys.executable, "-c", "import pyarrow.parquet"], [*words, str(folder / "none.parquet")]
    _write(rubric, folder / "none.parquet", 1)

    def beyond(command: list[str], start: list[str]) -> Callable[[], float]:
        return lambda: cost_of(command).cpu - cost_of(start).cpu

    what = f"{audits:,} audits, Parquet to Parquet / reading them, both without the start"
    yield Figure(what, ratio(beyond([*words, str(table)], nothing), beyond(read, idle), 3), 4)
    memory = cost_of([*words, str(more)]).memory / cost_of([*words, str(table)]).memory
    yield Figure(f"memory of {audits * 10:,} audits / of {audits:,}", memory, 1.3)
    some = audits // 10
    _as_text(table, text, some)
    _as_text(table, folder / "none.csv", 1)
    words = [PROGRAM, "table", "-r", SPECTRUM, "-q", "-o", str(folder / "out.csv")]
    run = cost_of([*words, str(text)]).cpu - cost_of([*words, str(folder / "none.csv")]).cpu
    yield Figure(f"{some:,} audits of a CSV, CPU of each without the start", run / some * 1e6, 40, "µs")


def _timed(call: Callable[[], object], audits: int) -> Callable[[], float]:
    def cost() -> float:
        begin = time.process_time()
        call()
        return (time.process_time() - begin) / audits

    return cost


def _columns(rubric: CompiledRubric, audits: int, views: int) -> ViewColumns:
    """Any answers that the items may have."""
    given, rows = np.random.default_rng(1), audits * views
    codes = [given.choice([*item.options, rubric.unknown], rows) for item in rubric.items]
    present = given.random((len(rubric.perspectives), rows)) < 0.3
    evidenced = given.random((len(rubric.items), rows)) < 0.5
    return ViewColumns(np.array(codes, np.uint8), present, evidenced, np.arange(0, rows, views))


def _audits(columns: ViewColumns, audits: int, views: int) -> list[list[CompiledView]]:
    """The first of them, each by itself."""
    made = [
        CompiledView(
            tuple(np.flatnonzero(columns.present[:, place]).tolist()),
            tuple(columns.codes[:, place].tolist()),
            tuple(columns.evidenced[:, place].tolist()),
        )
        for place in range(audits * views)
    ]
    return [made[start : start + views] for start in columns.starts[:audits].tolist()]


def _write(rubric: CompiledRubric, file: Path, audits: int) -> None:
    """A wide table of audits of one view each."""
    given, writer = np.random.default_rng(1), None
    days = np.array([f"2026-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 29)])
    for begin in range(0, audits, 100_000):
        number = min(100_000, audits - begin)
        columns: dict[str, object] = {
            "audit": [f"audit-{place:09}" for place in range(begin, begin + number)],
            "subject": [f"Service {place}" for place in range(begin, begin + number)],
            "date": given.choice(days, number),
            "perspective": given.choice(rubric.perspectives, number),
        }
        for item in rubric.items:
            columns[item.id] = given.choice([*map(rubric.word, item.options), "unknown", ""], number)
        table = pa.table(columns)
        writer = writer or pq.ParquetWriter(file, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def _as_text(table: Path, file: Path, audits: int) -> None:
    """The first audits of a table as comma-separated values."""
    columns = pq.read_table(table).slice(0, audits).to_pydict()
    lines = [",".join(columns), *map(",".join, zip(*columns.values(), strict=True))]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
