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


def test_no_persons_own_answers_are_in_what_is_shared(assess: Run, run: Run, view: WriteView) -> None:
    """Views of the same people are published as one, which comes to the same."""
    words = ["yes", "partly", "no", "yes", "no", "partly"]
    for place in range(len(words)):
        answers = {"board": words[place], "survey": words[-place], "ignored": "no" if place % 2 else "yes"}
        view(f"in/{SECRET}-{place}.yaml", respondents={"members": 1}, answers=answers, date=f"2024-02-{10 + place}")
    full, shared = (json.loads(assess("in", "--format", "record", *more).stdout) for more in ((), ("--publish",)))
    assert len(full["views"]) == len(words)
    (only,) = shared["views"]
    assert (only["respondents"], only["date"], only["file"]) == ({"members": 6}, "2024-02-15", "view-1")
    assert only["answers"] == {item["id"]: item["answer"] for item in full["items"] if item["answer"] != "unanswered"}
    for part in ("stage", "readings", "gates", "counts", "disagreements", "next_steps"):
        assert shared[part] == full[part]
    rows = run("batch", "in", "-r", "small.yaml", "--publish", "--format", "csv").stdout
    assert "Members: 6" in rows
    run(
        "batch",
        "in",
        "-r",
        "small.yaml",
        "--publish",
        "--reports",
        "out",
        "--report-format",
        "record",
        "--format",
        "csv",
    )
    assert json.loads(Path("out/spring.audit.json").read_text(encoding="utf-8"))["views"] == shared["views"]


def test_numbers_of_a_group_are_shared_only_where_none_is_small(assess: Run, view: WriteView) -> None:
    for place in range(11):
        survey = {"answer": "yes" if place else "no", "note": f"{place}"}
        answers = {"board": "yes" if place < 6 else "no", "survey": survey}
        view(f"in/{place}.yaml", respondents={"members": 1}, answers=answers)
    shared = json.loads(assess("in", "--format", "record", "--publish").stdout)["spread"]
    hidden = json.loads(assess("in", "--format", "record", "--publish").stdout)["published"]["left_out"]
    assert "spreads" in hidden
    assert "how many gave which answer" in assess("in", "--format", "markdown", "--publish").stdout
    assert [(found["item"], found["answers"]) for found in shared] == [("board", {"yes": 6, "no": 5})]
    assert json.loads(assess("in", "--format", "record", "--publish", "--fewer-than", "6").stdout)["spread"] == []


def test_where_one_person_answered_alone_it_is_said(assess: Run, view: WriteView) -> None:
    view("in/a.yaml", respondents={"members": 6}, answers={"board": "yes"})
    view("in/b.yaml", respondents={"staff": 1}, answers={"board": "no"})
    result = assess("in", "--format", "record", "--publish")
    assert "b.yaml: one person gave these answers" in result.stderr
    assert "a.yaml" not in result.stderr
    assert "one person" not in assess("in", "--format", "record").stderr
