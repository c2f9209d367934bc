"""Many audits for the rubric `small`, in the working folder."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FINE = {"survey": "yes", "agenda": "yes", "board": "yes", "ignored": "no", "token": "no"}


@pytest.fixture
def batch(run: Callable[..., Any]) -> Callable[..., Any]:
    """Runs `batch` with the rubric `small`, in one process."""

    def invoke(*words: object) -> Any:
        return run("batch", "-r", "small.yaml", "--jobs", "1", *words)

    return invoke


@pytest.fixture
def audits(view: Callable[..., Path]) -> Path:
    """A folder with four audits: two views that differ, one as good as can be, one open, one that is not valid."""
    view("all/a/members.yaml", audit="both", respondents={"members": 2}, answers=FINE | {"board": "no"})
    view("all/b/staff.yaml", audit="both", respondents={"staff": 2}, answers=FINE)
    evidence = {"answer": "yes", "evidence": [{"text": "seen"}]}
    view("all/fine.yaml", audit="fine", answers=FINE | {"agenda": evidence, "board": evidence})
    view("all/open.yaml", audit="open", respondents={}, answers={"token": "partly"})
    return view("all/wrong.yaml", audit="wrong", answers={"board": "pary"}).parent


@pytest.fixture
def rows(here: Path) -> Callable[[str], list[dict[str, Any]]]:
    """The rows of a file of lines of JSON, or of comma-separated values."""

    def read(name: str) -> list[dict[str, Any]]:
        text = (here / name).read_text(encoding="utf-8-sig")
        if name.endswith(".csv"):
            return list(csv.DictReader(text.splitlines()))
        return [json.loads(line) for line in text.splitlines()]

    return read
