"""What `table --spark` says where there is no Spark, or what was asked for is not for Spark."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.program import run_in

WORDS = ("table", "--spark", "local[2]", "-r", "small.yaml", "-o", "out.parquet", "in.parquet")


def test_without_java_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run_in(tmp_path, *WORDS)
    assert done.exit_code == 2
    assert "Spark needs Java, and there is none here" in done.stderr


def test_without_pyspark_it_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, "py4j.protocol", None)
    done = run_in(tmp_path, *WORDS)
    assert done.exit_code == 2
    assert "Spark's library for Python is not installed" in done.stderr
    assert "pyspark[sql]" in done.stderr


def test_what_is_not_for_spark_is_refused_at_once(tmp_path: Path) -> None:
    more = ("--group", "region", "--long", "--publish", "--problems", "p.csv")
    done = run_in(tmp_path, "table", "--spark", "local[2]", "-o", "out.csv", "in.parquet", *more)
    assert done.exit_code == 2
    for option in ("--group", "--long", "--publish", "--problems"):
        assert f"{option} does not go with --spark" in done.stderr
    assert "Name it: -r RUBRIC." in done.stderr
    assert "Name it: -o FOLDER.parquet." in done.stderr
