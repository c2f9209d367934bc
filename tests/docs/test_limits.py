"""docs/limits.md says what each limit is, where it stands and which test goes past it."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/limits.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*`.*\|$", PAGE, re.MULTILINE)
]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_limit_is_the_number_that_the_program_has(row: list[str]) -> None:
    _what, most, place, _past, _test = row
    module, _dot, name = place.strip("`").rpartition(".")
    figures = {float(figure.replace(",", "")) for figure in re.findall(r"\d[\d,.]*\d|\d", most)}
    assert getattr(import_module(f"involve_audit.{module}"), name) in figures


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_limit_has_the_test_that_is_named(row: list[str]) -> None:
    file, _colons, name = row[4].strip("`").partition("::")
    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")
