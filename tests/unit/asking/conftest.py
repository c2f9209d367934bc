"""The rubrics that the questions come from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from involve_audit.loading.rubric import load_rubric_by_id, parse_rubric
from involve_audit.loading.tree import parse_tree
from involve_audit.model.rubric import Rubric

ROOT = Path(__file__).parents[3]
SMALL = ROOT / "tests/cases/valid/rubric-small.yaml"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def small() -> Rubric:
    """The rubric `small`: five questions, two perspectives."""
    return parse_rubric(SMALL.read_bytes(), "small.yaml").content


@pytest.fixture
def small_data() -> dict[str, Any]:
    """The rubric `small` as plain data, to be changed at will."""
    data: dict[str, Any] = parse_tree(SMALL.read_bytes(), "small.yaml").data
    return data


@pytest.fixture(scope="session")
def bundled() -> Rubric:
    """The rubric that comes with the program."""
    return load_rubric_by_id("service-user-leadership-spectrum").content
