"""`involve-audit table` with Parquet: read and written by columns, it gives what any other table gives."""

from __future__ import annotations

import json
import random
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.program import run_in
from tests.unit.tables.test_arrow import SPECTRUM, wide

from involve_audit.tables import columns_run, parquet
from involve_audit.tables.parquet import NamesBegun


def scored(folder: Path, *words: str) -> Any:
    return run_in(folder, "table", *words, "-r", SPECTRUM)


def results(file: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(file).to_pylist()
    return rows


def as_rows(folder: Path, *words: str) -> list[dict[str, Any]]:
    """The results of the same run as text, and its problems in `rows.problems.csv`."""
    scored(folder, *words, "-o", "rows.jsonl")
    return [json.loads(line) for line in (folder / "rows.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("most", [10, 1_000])
@pytest.mark.parametrize("at_once", [7, 65_536])
@pytest.mark.parametrize("is_mixed", [False, True])
@pytest.mark.parametrize("dirt", [0.0, 0.02])
def test_parquet_gives_what_rows_give(
    tmp_path, monkeypatch, dirt: float, is_mixed: bool, at_once: int, most: int
) -> None:
    monkeypatch.setattr(parquet, "ROWS_AT_ONCE", at_once)
    monkeypatch.setattr(columns_run, "MOST_IN_MEMORY", most)
    rows = wide(SPECTRUM, random.Random(11), dirt, audits=20)
    if is_mixed:
        random.Random(1).shuffle(rows)
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "in.parquet", row_group_size=13)
    ran = scored(tmp_path, "in.parquet", "-o", "out.parquet", "--details")
    assert results(tmp_path / "out.parquet") == as_rows(tmp_path, "in.parquet", "--details")
    assert ran.exit_code == (2 if dirt else 0)
    found, wanted = (tmp_path / f"{name}.problems.csv" for name in ("out", "rows"))
    assert sorted(found.read_text(encoding="utf-8").splitlines()) == sorted(
        wanted.read_text(encoding="utf-8").splitlines()
    )


def test_rows_of_a_csv_may_become_parquet_item_by_item(tmp_path) -> None:
    rows = wide(SPECTRUM, random.Random(11), audits=4)
    lines = [",".join(rows[0]), *(",".join(f'"{value}"' for value in row.values()) for row in rows)]
    (tmp_path / "in.csv").write_text("\n".join(lines), encoding="utf-8")
    assert scored(tmp_path, "in.csv", "-o", "out.parquet", "--long").exit_code == 0
    assert results(tmp_path / "out.parquet") == as_rows(tmp_path, "in.csv", "--long")


def test_a_folder_with_partitions(tmp_path) -> None:
    rows = wide(SPECTRUM, random.Random(11), audits=6)
    for kind in ("north", "south"):
        named = [row | {"audit": f"{kind} {row['audit']}"} for row in rows]
        (tmp_path / f"data/kind={kind}").mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(named).drop_columns(["kind"]), tmp_path / f"data/kind={kind}/part.parquet")
    assert scored(tmp_path, "data", "-o", "out.parquet").exit_code == 0
    assert results(tmp_path / "out.parquet") == as_rows(tmp_path, "data")
    assert {row["kind"] for row in results(tmp_path / "out.parquet")} == {"north", "south"}


def test_a_file_that_is_cut_off_is_told_and_the_others_are_scored(tmp_path) -> None:
    whole = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(wide(SPECTRUM, random.Random(11), audits=3)), whole)
    (tmp_path / "b.parquet").write_bytes(whole.read_bytes()[:-900])
    ran = scored(tmp_path, "a.parquet", "b.parquet", "-o", "out.parquet")
    assert ran.exit_code == 2
    assert "b.parquet: this is no whole file of Parquet" in ran.stderr
    assert len(results(tmp_path / "out.parquet")) == 3


def test_without_the_library_it_is_said_how_to_get_it(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(parquet, "find_spec", lambda name: None)
    (tmp_path / "in.parquet").write_bytes(b"PAR1")
    ran = scored(tmp_path, "in.parquet")
    assert ran.exit_code == 2
    assert "Parquet needs PyArrow, and that is not installed" in ran.stderr
    assert f"{sys.executable} -m pip install" in ran.stderr


def test_names_that_begin_twice_are_found_in_any_pass(monkeypatch) -> None:
    monkeypatch.setattr(parquet, "_NAMES_AT_ONCE", 10)
    begun = NamesBegun(BytesIO())
    for start in range(0, 100, 20):
        begun.add(pa.array([f"audit {n}" for n in range(start, start + 20)]))
    assert not begun.come_again()
    begun.add(pa.array(["audit 7"]))
    assert begun.come_again()


def test_of_an_audit_with_very_many_rows_little_is_kept(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_AT_ONCE", 400)
    row = wide(SPECTRUM, random.Random(1), audits=1)[0] | {"view": ""}
    pq.write_table(pa.Table.from_pylist([row] * 2_500 + [row | {"audit": "other"}]), tmp_path / "in.parquet")
    ran = scored(tmp_path, "in.parquet", "-o", "out.parquet")
    assert ran.exit_code == 2
    assert "this audit has more than 1,000 views" in ran.stderr
    assert [row["audit"] for row in results(tmp_path / "out.parquet")] == ["other"]


def test_a_column_of_lists_is_refused_where_it_is_read_and_left_alone_where_it_is_not(tmp_path) -> None:
    table = pa.Table.from_pylist(wide(SPECTRUM, random.Random(11), audits=3))
    lists = pa.array([["yes"]] * len(table))
    pq.write_table(table.append_column("tags", lists), tmp_path / "beside.parquet")
    pq.write_table(table.set_column(1, "subject", lists), tmp_path / "read.parquet")
    for output in ("out.parquet", "out.csv"):
        assert scored(tmp_path, "beside.parquet", "-o", output).exit_code == 0
        ran = scored(tmp_path, "read.parquet", "-o", output)
        assert ran.exit_code == 2
        assert "the column “subject” holds `list<" in ran.stderr
