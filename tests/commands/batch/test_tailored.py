"""A tailored rubric is never silent: the overviews say what was changed, and where audits would be without it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BEST = {"survey": "yes", "agenda": "yes", "board": "yes", "ignored": "no", "token": "no"}
TAILORED = """\
format: involve-audit/overlay@1
id: strict
version: 1.0.0
extends: small@1
title: A strict rubric
because: We were told to be.
add:
  gates:
    high:
      - id: high-asked
        items: {ids: [survey]}
        measure: lowest
        at_least: "yes"
        because: Everybody is asked.
"""


@pytest.fixture
def tailored(here: Path, view: Callable[..., Path]) -> None:
    """Three audits: high, high only under the original, and too little known."""
    (here / "rubrics").mkdir()
    (here / "rubrics/small.yaml").write_bytes((here / "small.yaml").read_bytes())
    (here / "rubrics/strict.yaml").write_text(TAILORED, encoding="utf-8")
    view("in/a.yaml", audit="all", answers=BEST)
    view("in/b.yaml", audit="most", answers=BEST | {"survey": "no"})
    view("in/c.yaml", audit="open")


SENTENCES = (
    "“A strict rubric” 1.0.0 is “A small rubric” 1.0.0, tailored: 1 condition added.",
    "Why: We were told to be.",
    "Under the original rubric, the same answers come to this. “High”: 2; Too little known: 1.",
)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_the_overview_says_it_first_and_counts_stages_under_the_original(run: Any, tailored: None, form: str) -> None:
    text = " ".join(run("batch", "-r", "strict", "--jobs", "2", "in", "--format", form).stdout.split())
    places = [text.index(sentence) for sentence in SENTENCES]
    assert sorted(places) == places
    assert text.index(SENTENCES[-1]) < text.index("No stage named: not enough is known")


def test_the_data_has_it_for_each_audit_and_for_all(run: Any, tailored: None) -> None:
    data = json.loads(run("batch", "-r", "strict", "in", "--format", "json").stdout)
    assert data["overviews"][0]["under_original"] == {
        "rubric": {"id": "small", "version": "1.0.0"},
        "stages": [{"stage": "low", "audits": 0}, {"stage": "high", "audits": 2}],
        "little_known": 1,
    }
    assert [(row["stage"]["floor"], row["under_original"]["floor"]) for row in data["audits"]] == [
        ("high", "high"),
        ("low", "high"),
        ("low", "low"),
    ]


def test_results_for_sharing_say_it_too_and_break_nothing_down(run: Any, tailored: None) -> None:
    text = run("batch", "-r", "strict", "in", "--publish", "--format", "markdown").stdout
    assert SENTENCES[0] in text
    assert "Under the original rubric" not in text


def test_a_rubric_that_is_not_tailored_says_nothing_of_it(run: Any, tailored: None) -> None:
    data = json.loads(run("batch", "-r", "small", "in", "--format", "json").stdout)
    assert "under_original" not in data["overviews"][0] | data["audits"][0]
