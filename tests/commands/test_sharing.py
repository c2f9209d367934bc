"""`--publish` and `--fewer-than`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
WriteView = Callable[..., Path]
SECRET = "jane-hidden"
ANSWERS = {"board": {"answer": "yes", "note": SECRET, "evidence": [{"text": SECRET}]}, "survey": "no"}
OUTPUTS = ["a.html", "a.md", "a.txt", "a.audit.json"]


@pytest.fixture
def path(view: WriteView) -> Path:
    return view(f"{SECRET}.yaml", answers=ANSWERS, respondents={"members": 6, "staff": 2})


def test_every_output_is_made_for_sharing(assess: Run, path: Path, here: Path) -> None:
    result = assess(path, "--publish", *(word for name in OUTPUTS for word in ("-o", name)), "-o", "-")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [f"Written: {name}" for name in OUTPUTS]
    for text in (result.stdout, *((here / name).read_text(encoding="utf-8") for name in OUTPUTS)):
        assert "Riverside" in text
        assert SECRET not in text


def test_without_the_option_nothing_is_left_out(assess: Run, path: Path) -> None:
    text = assess(path, "--format", "record").stdout
    assert SECRET in text
    assert json.loads(text)["published"] is None


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ([], {"members": 6, "staff": {"fewer_than": 5}}),
        (["--fewer-than", "5"], {"members": 6, "staff": {"fewer_than": 5}}),
        (["--fewer-than", "6"], {"members": 6, "staff": {"fewer_than": 6}}),
        (["--fewer-than", "10"], {"members": {"fewer_than": 10}, "staff": {"fewer_than": 10}}),
    ],
)
def test_the_bound_is_5_or_the_one_that_was_given(
    words: list[str], people: dict[str, Any], assess: Run, path: Path
) -> None:
    record = json.loads(assess(path, "--publish", *words, "--format", "record").stdout)
    assert record["views"][0]["respondents"] == people


def test_the_gate_is_that_of_all_answers(assess: Run, path: Path) -> None:
    shared, full = (assess(path, "--fail-under", "high", *words) for words in (["--publish"], []))
    assert shared.exit_code == full.exit_code
    assert shared.stderr == full.stderr


@pytest.mark.parametrize("bound", ["4", "1", "0", "-5", "5.5", "five", "", "1e1", "٧", "10000000"])
def test_a_bound_that_is_no_whole_number_of_at_least_5_is_refused(
    bound: str, assess: Run, path: Path, here: Path
) -> None:
    result = assess(path, "--publish", f"--fewer-than={bound}", "-o", "a.md")
    assert result.exit_code == 2
    assert f"--fewer-than: `{bound}` is not a whole number of at least 5" in result.stderr
    assert not (here / "a.md").exists()


def test_a_bound_without_publish_is_refused(assess: Run, path: Path, here: Path) -> None:
    result = assess(path, "--fewer-than", "10", "-o", "a.md")
    assert result.exit_code == 2
    assert "--fewer-than goes with --publish" in result.stderr
    assert not (here / "a.md").exists()


def test_an_input_is_still_not_written_over(assess: Run, path: Path, here: Path) -> None:
    path.rename(here / "answers.md")
    before = (here / "answers.md").read_bytes()
    assert assess("answers.md", "--publish", "-o", "answers.md").exit_code == 2
    assert (here / "answers.md").read_bytes() == before
