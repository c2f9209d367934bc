"""What a file says that is likely to be a slip is taken as it stands, and asked about in every command."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from involve_audit.model.view import is_unlikely

Run = Callable[..., Any]
WriteView = Callable[..., Path]

LONG_AGO = {"answer": "yes", "evidence": [{"text": "Minutes", "date": "0206-03-01"}]}
SLIPS = {
    "date": ({"date": "1026-11-22"}, "5:7: `1026-11-22` is long ago. Is the year right?"),
    "evidence": ({"answers": {"board": LONG_AGO}}, "7:79: `0206-03-01` is long ago. Is the year right?"),
    "due": (
        {"actions": [{"what": "Write to all", "due": "2206-12-01"}]},
        "7:43: `2206-12-01` is more than a year from today. Is the year right?",
    ),
}

FORMATS = {"assess": "record", "batch": "jsonl"}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_day_that_is_likely_to_be_a_slip_is_asked_about(run: Run, view: WriteView, slip: str) -> None:
    lines, said = SLIPS[slip]
    view("a/a.yaml", **lines)
    view("b/b.yaml", audit="other", date="2025-02-28")
    checked = run("answers", "check", "-r", "small.yaml", "a/a.yaml")
    assert checked.exit_code == 0
    assert checked.stdout.startswith(f"warning: a/a.yaml:{said.partition('. ')[0]}\n")
    assert "a/a.yaml: 1 warning." in checked.stdout
    commands = {
        "assess": ["a", "--format", "record"],
        "batch": ["a", "--format", "jsonl"],
        "diff": ["a", "b", "--format", "json"],
        "trend": ["a", "b", "--format", "json"],
    }
    for command, words in commands.items():
        result = run(command, "-r", "small.yaml", *words)
        assert result.exit_code == 0
        assert f"a.yaml:{said}" in result.stdout + result.stderr, command


def test_text_that_is_cut_short_by_a_comment_is_told_by_every_command(run: Run, view: WriteView) -> None:
    for name, audit in (("a/a.yaml", "one"), ("b/b.yaml", "two")):
        file = view(name, audit=audit)
        file.write_text(file.read_text(encoding="utf-8") + "method: Ask Ann #2\n", encoding="utf-8")
    said = "a.yaml:7:17: `Ask Ann` is kept, and `#2` is not: it is taken for a comment."
    checked = run("answers", "check", "-r", "small.yaml", "a/a.yaml")
    assert said.removesuffix(".") in checked.stdout
    assert 'Put quotes around it: `method: "Ask Ann #2"`.' in checked.stdout
    for words in (["assess", "a"], ["batch", "a"], ["diff", "a", "b"], ["trend", "a", "b"]):
        result = run(words[0], "-r", "small.yaml", *words[1:], "--format", FORMATS.get(words[0], "json"))
        assert said in " ".join((result.stdout + result.stderr).split()), words


def test_nothing_is_asked_about_in_what_is_shared(run: Run, view: WriteView) -> None:
    view("a.yaml", date="1026-11-22", answers={"survey": "yes"})
    shared = run("assess", "-r", "small.yaml", "a.yaml", "--publish", "--format", "record")
    assert json.loads(shared.stdout)["warnings"] == []


@pytest.mark.parametrize("today", [date(2026, 11, 27), date(2028, 2, 29)])
def test_a_year_from_today_is_the_last_day_that_is_not_asked_about(today: date) -> None:
    last = date(2027, 11, 27) if today.year == 2026 else date(2029, 2, 28)
    assert not is_unlikely(last, today)
    assert is_unlikely(last + timedelta(days=1), today)
    assert not is_unlikely(date(1900, 1, 1), today)
    assert is_unlikely(date(1899, 12, 31), today)


@pytest.fixture
def renamed(here: Path) -> Path:
    """The rubric `small` as version 1.1.0, in which `board` took the place of `seats`, and two others of `talks`."""
    rubric = (here / "small.yaml").read_text(encoding="utf-8").replace("version: 1.0.0", "version: 1.1.0")
    for item, old in (("board", "seats"), ("survey", "talks"), ("agenda", "talks")):
        rubric = rubric.replace(f"- id: {item}\n", f"- id: {item}\n    replaces: [{old}]\n")
    path = here / "small.yaml"
    path.write_text(rubric, encoding="utf-8")
    return path


COMMANDS = (["answers", "check"], ["assess"], ["batch"])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_question_that_was_renamed_is_told_with_the_command_that_carries_it_over(
    run: Run, view: WriteView, renamed: Path, command: list[str]
) -> None:
    view("v.yaml", answers={"seats": "yes"}, actions=[{"item": "seats", "what": "Fill them"}])
    done = run(*command, "-r", "small.yaml", "v.yaml")
    said = done.stdout + done.stderr
    assert done.exit_code == 2
    assert said.count("`seats` is not asked any more: it is now called `board`") == 2
    assert "`involve-audit answers migrate FILE --to 1.1.0` carries it over." in said
    carried = run("answers", "migrate", "v.yaml", "--to", "1.1.0", "-r", "small.yaml", "--write")
    assert carried.exit_code == 0
    assert "board" in (renamed.parent / "v.yaml").read_text(encoding="utf-8")


def test_a_question_that_several_took_the_place_of_is_told_with_all_of_them(
    run: Run, view: WriteView, renamed: Path
) -> None:
    view("v.yaml", answers={"talks": "yes"})
    said = run("answers", "check", "-r", "small.yaml", "v.yaml").stdout
    assert "`talks` is not asked any more: in its place are `survey` and `agenda`\n" in said


def test_where_nothing_can_be_carried_over_it_is_said_what_to_write(run: Run, view: WriteView, renamed: Path) -> None:
    view("v.yaml", rubric="small@1.1.0", answers={"seats": "yes"})
    said = run("answers", "check", "-r", "small.yaml", "v.yaml").stdout
    assert "it is now called `board`" in said
    assert "Write that in its place." in said
    assert "migrate" not in said
