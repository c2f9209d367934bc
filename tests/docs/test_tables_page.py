"""docs/tables.md names what there is: columns of results, names of columns that are read, and bounds."""

from __future__ import annotations

import re
from ast import literal_eval
from pathlib import Path
from typing import Any

import pytest
from tests.tables import SMALL

from involve_audit.loading.rubrics import made_ready
from involve_audit.tables import parquet
from involve_audit.tables.layout import Layout, layout_of, mapping_for
from involve_audit.tables.results import COUNT, FIGURE, TRUTH, audit_columns
from involve_audit.tables.rows import SUFFIXES

PAGE = (Path(__file__).parents[2] / "docs/tables.md").read_text(encoding="utf-8")
READ = PAGE.partition("## How to lay out a table")[2].partition("### In other words")[0]


def test_it_names_every_column_of_results() -> None:
    named = set(re.findall(r"`([a-z_.]+)[^`]*`", PAGE.partition("## What is written")[2]))
    for column in audit_columns(made_ready(SMALL).compiled, details=True):
        assert column.name in named or f"{column.name.partition('.')[0]}." in {
            name[: name.find(".") + 1] for name in named
        }


@pytest.mark.parametrize(
    "name", ["audit", "subject", "kind", "date", "perspective", "view", "rubric", "evidence", "reason"]
)
def test_it_names_the_columns_that_are_read(name: str) -> None:
    assert f"`{name}`" in READ

    def laid_out(*headings: str) -> Layout:
        rubric = made_ready(SMALL)
        return layout_of("t.csv", headings, rubric, mapping_for(None, rubric.source.content))

    assert laid_out("audit", "item", "answer", *({name} - {"audit"})).at(name) >= 0


def test_the_notebook_gives_what_it_shows() -> None:
    names: dict[str, Any] = {}
    page = PAGE.partition("## In a notebook")[2].partition("\n## ")[0]
    begin, *steps = re.findall(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", page, re.DOTALL)
    exec(begin[0], names)
    assert len(steps) == 2
    for written, shown in steps:
        assert eval(written, names) == [literal_eval(line) for line in shown.splitlines()]


def test_it_says_what_the_columns_of_results_on_spark_hold() -> None:
    said = PAGE.partition("**The columns of the result**")[2].partition("\n\n")[0]
    for kind, word in {COUNT: "int", TRUTH: "boolean", FIGURE: "double"}.items():
        named = said.partition(f"`{word}`:")[2].partition(";")[0]
        for column in audit_columns(made_ready(SMALL).compiled, details=True):
            name = re.sub(r"^(count|gate)\.[a-z-]+", r"\1.…", column.name)
            assert (f"`{name}`" in named) == (column.holds == kind)


def test_it_names_every_ending_that_is_read() -> None:
    for suffix in (*SUFFIXES, *parquet.SUFFIXES):
        assert f"`{suffix.removesuffix('.gz')}`" in PAGE
