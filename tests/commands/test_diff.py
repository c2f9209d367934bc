"""`involve-audit diff`."""

from __future__ import annotations

import json
import os
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
WriteView = Callable[..., Path]
THEN = {"survey": "yes", "agenda": "no", "board": "no", "ignored": "no", "token": "no"}
NOW = {"survey": "yes", "agenda": "yes", "board": "no", "ignored": "partly", "token": "no"}


@pytest.fixture
def before(view: WriteView) -> Path:
    return view("2024.yaml", audit="one", date="2024-02-29", answers=THEN)


@pytest.fixture
def after(view: WriteView) -> Path:
    return view("2025.yaml", audit="two", date="2025-02-28", answers=NOW)


@pytest.fixture
def diff(run: Run) -> Run:
    """Runs `diff` with the rubric `small`."""

    def invoke(*words: object) -> Any:
        return run("diff", "-r", "small.yaml", *words)

    return invoke


# What is compared with what


def test_one_screen_comes_first_and_then_every_change(diff: Run, before: Path, after: Path) -> None:
    result = diff(before, after)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:3] == [
        "What changed: Riverside",
        "From 29 February 2024 to 28 February 2025",
        "Stage: up from “Low” to “High”.",
    ]
    end = lines.index("Every change, with its cause, follows below. As a page: -o diff.html")
    assert end < 23
    assert "  - Worse: 4. Ignored: from No to Partly – partly a problem" in lines[end:]
    assert "\x1b" not in result.stdout


def test_every_mixture_of_files_folders_and_records_comes_to_the_same(
    diff: Run, assess: Run, view: WriteView, here: Path, before: Path, after: Path
) -> None:
    for path in (before, after):
        assert assess(path, "-o", here / f"{path.stem}.audit.json").exit_code == 0
        (here / path.stem).mkdir()
        (here / path.stem / path.name).write_bytes(path.read_bytes())
    found = []
    for then in ("2024.yaml", "2024", "2024.audit.json"):
        for now in ("2025.yaml", "2025", "2025.audit.json"):
            result = diff(then, now, "--format", "json")
            assert result.exit_code == 0
            data = json.loads(result.stdout)
            found.append({key: value for key, value in data.items() if key not in ("before", "after")})
    assert all(one == found[0] for one in found)


def test_records_need_no_rubric(run: Run, assess: Run, here: Path, before: Path, after: Path) -> None:
    for path in (before, after):
        assess(path, "-o", here / f"{path.stem}.audit.json")
    (here / "small.yaml").unlink()
    result = run("diff", "2024.audit.json", "2025.audit.json", "--format", "json")
    assert json.loads(result.stdout)["stage"] == {"then": "low", "now": "high", "direction": "up"}


def test_dates_the_wrong_way_round_are_said_and_compared(diff: Run, before: Path, after: Path) -> None:
    result = diff(after, before)
    assert result.exit_code == 0
    assert "Stage: down from “High” to “Low”." in result.stdout
    assert "The second audit (29 February 2024) is older than the first" in " ".join(result.stdout.split())


def test_one_file_twice_is_said_and_nothing_changed(diff: Run, before: Path) -> None:
    result = diff(before, before, "--format", "json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data["notes"] == ["Both sides are made from the very same answers files, so nothing can have changed."]
    assert (data["counts"]["unchanged"], data["flattering"], data["people"]) == (5, [], [])
    assert {gate["class"] for gate in data["gates"]} == {"unchanged"}


def test_a_gate_between_a_file_and_itself_is_refused(diff: Run, before: Path, here: Path) -> None:
    (here / "link.yaml").symlink_to(before)
    result = diff(before, "link.yaml", "--fail-on", "regression")
    assert result.exit_code == 2
    assert "--fail-on could never fail" in result.stderr


def test_other_subjects_are_refused_unless_that_is_asked_for(diff: Run, view: WriteView, before: Path) -> None:
    other = view("other.yaml", subject={"name": "Lakeside"}, date="2025-02-28", answers=NOW)
    result = diff(before, other)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("these audits are of different subjects: ")
    assert "--any-subject" in result.stderr
    allowed = diff(before, other, "--any-subject")
    assert allowed.exit_code == 0
    assert "two different subjects: “Riverside” and “Lakeside”" in " ".join(allowed.stdout.split())


def test_a_name_with_other_space_and_case_is_one_subject(diff: Run, view: WriteView, before: Path) -> None:
    other = view("other.yaml", subject={"name": "riverside "}, date="2025-02-28", answers=NOW)
    assert diff(before, other).exit_code == 0


def test_both_sides_problems_are_told_at_once(diff: Run, here: Path) -> None:
    (here / "future.audit.json").write_text('{"format": "involve-audit/record@9"}', encoding="utf-8")
    result = diff("no-such.yaml", "neither.yaml")
    assert result.exit_code == 2
    assert result.stderr.count("there is no such file") == 2
    future = diff("future.audit.json", "future.audit.json")
    assert future.exit_code == 2
    assert "this file is of another version: `involve-audit/record@9`" in future.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "no audits were named"),
        (["2024.yaml"], "`diff` compares two audits"),
        (["2024.yaml", "2025.yaml", "2024.yaml"], "`diff` compares two audits"),
        (["--git", "HEAD", "2024.yaml", "2025.yaml"], "--git REVISION goes with one file or folder"),
        (["2024.yaml", "2025.yaml", "--fail-on", "worse"], "--fail-on: `worse` is nothing to fail on"),
        (["2024.yaml", "2025.yaml", "-o", "x.pdf"], "x.pdf: its ending does not say which format to write"),
        (["2024.yaml", "2025.yaml", "--format", "csv"], "there is no format `csv`"),
        (["2024.yaml", "2025.yaml", "-o", "no/x.md"], "its folder does not exist"),
        (["2024.yaml", "2025.yaml", "-o", "2024.yaml"], "2024.yaml: its ending does not say"),
        (["2024.yaml", "2025.yaml", "--template", "."], "--template goes with a page"),
        (["2024.yaml", "2025.yaml", "-r", "no-such.yaml"], "there is no such file"),
    ],
)
def test_wrong_words_are_refused_in_words(diff: Run, before: Path, after: Path, words: list[str], message: str) -> None:
    result = diff(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_an_input_is_never_written_over(diff: Run, assess: Run, before: Path, after: Path, here: Path) -> None:
    assess(before, "-o", "old.audit.json")
    kept = (here / "old.audit.json").read_bytes()
    result = diff("old.audit.json", after, "-o", "old.audit.json")
    assert result.exit_code == 2
    assert "this file was read as input" in result.stderr
    assert (here / "old.audit.json").read_bytes() == kept


# A tailored rubric

EASIER = """
format: involve-audit/overlay@1
id: easier
version: 1.0.0
extends: small@1
title: Easier
because: It was too hard.
switch_off:
  items: {token: We have no committee.}
thresholds:
  high-share: {at_least: 25%, because: Half was too much.}
"""


@pytest.fixture
def tailored(here: Path, view: WriteView, run: Run) -> tuple[Path, Path]:
    """The same answers twice: to the rubric `small`, and to an easier one that was made of it; and their records."""
    (here / "rubrics").mkdir()
    (here / "small.yaml").rename(here / "rubrics/small.yaml")
    (here / "rubrics/easier.yaml").write_text(EASIER, encoding="utf-8")
    answers = THEN | {"agenda": "partly"}
    found = (
        view("2024.yaml", audit="one", answers=answers),
        view("2025.yaml", audit="two", date="2025-02-28", rubric="easier@1.0.0", answers=answers),
    )
    for path in found:
        assert run("assess", path, "-o", path.with_suffix(".audit.json")).exit_code == 0
    return found


@pytest.mark.parametrize("ending", [".yaml", ".audit.json"])
def test_what_was_reached_by_tailoring_the_rubric_is_what_the_rubric_did(
    run: Run, here: Path, tailored: tuple[Path, Path], ending: str
) -> None:
    if ending == ".audit.json":
        (here / "rubrics").rename(here / "gone")
    result = run("diff", *(path.with_suffix(ending) for path in tailored))
    assert result.exit_code == 0, result.stderr
    said = " ".join(result.stdout.split())
    assert "Stage: up from “Low” to “High”. " in said
    assert "What the organisation did, under version 1.0.0 (easier) alone: no change (“High”)." in said
    assert "What the rubric did: up from “Low” to “High”." in said
    assert "one tailored from the other or both from a third: “A small rubric 1.0.0” then, “Easier 1.0.0” now." in said
    assert "A stage reached only because the rubric changed. Half was too much." in said
    assert "Gone from the rubric: 5. Token: from No to not asked" in said


def test_an_overlay_whose_original_changed_is_another_rubric(run: Run, here: Path, tailored: tuple[Path, Path]) -> None:
    original = here / "rubrics/small.yaml"
    original.write_text(original.read_text("utf-8").replace("at_least: 1/3", "at_least: 1/2"), encoding="utf-8")
    result = run("diff", "2025.audit.json", "2025.yaml")
    said = " ".join(result.stdout.split())
    assert "The rubric changed, although its version number (1.0.0 (easier)) did not." in said


# What is written


def test_each_output_is_written_in_the_format_of_its_suffix(diff: Run, before: Path, after: Path, here: Path) -> None:
    names = ["a.html", "b.md", "c.txt", "d.json", "junit.xml"]
    result = diff(before, after, *(word for name in names for word in ("-o", name)))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [f"Written: {name}" for name in names]
    starts = [(here / name).read_text(encoding="utf-8").partition("\n")[0] for name in names]
    assert starts == [
        "<!DOCTYPE html>",
        "## What changed: Riverside",
        "What changed: Riverside",
        "{",
        '<?xml version="1.0" encoding="UTF-8"?>',
    ]


def test_the_same_input_gives_the_same_bytes(diff: Run, before: Path, after: Path, here: Path) -> None:
    names = ["a.html", "b.md", "c.txt", "d.json", "junit.xml"]
    words = [word for name in names for word in ("-o", name)]
    written = []
    for _round in range(2):
        diff(before, after, *words)
        written.append([(here / name).read_bytes() for name in names])
    assert written[0] == written[1]


def test_a_template_of_ones_own_is_taken(diff: Run, before: Path, after: Path, here: Path) -> None:
    (here / "ours").mkdir()
    (here / "ours/diff.md.j2").write_text("{# Ours #}Ours: {{ report.headline }}", encoding="utf-8")
    result = diff(before, after, "--format", "markdown", "--template", "ours")
    assert result.stdout == "Ours: Stage: up from “Low” to “High”."


# Checks


@pytest.mark.parametrize(
    ("checks", "code", "message"),
    [
        (
            ["regression"],
            1,
            "--fail-on regression: 1 question is worse than before, or not known any more: 4. Ignored\n",
        ),
        (["unheard"], 0, ""),
        (["not-comparable"], 0, ""),
        (["unheard", "regression", "regression"], 1, "--fail-on regression: 1 question is worse"),
    ],
)
def test_a_check_that_fails_is_named_with_what_failed_it(
    diff: Run, before: Path, after: Path, here: Path, checks: list[str], code: int, message: str
) -> None:
    words = [word for check in checks for word in ("--fail-on", check)]
    result = diff(before, after, "-o", "a.md", *words)
    assert result.exit_code == code
    assert result.stderr.partition("Written: a.md\n")[2].startswith(message)
    assert (here / "a.md").exists()


def test_a_lower_stage_is_a_regression(diff: Run, before: Path, after: Path) -> None:
    result = diff(after, before, "--fail-on", "regression")
    assert result.exit_code == 1
    assert "--fail-on regression: the stage fell from “High” to “Low”" in result.stderr


def test_an_audit_without_those_who_come_first_is_unheard(diff: Run, view: WriteView, before: Path) -> None:
    staff = view("staff.yaml", date="2025-02-28", respondents={"staff": 2}, answers=NOW)
    result = diff(before, staff, "--fail-on", "unheard")
    assert result.exit_code == 1
    assert "--fail-on unheard: the people who come first in the rubric did not answer" in result.stderr


def test_other_rubrics_are_not_comparable_and_no_regression(run: Run, view: WriteView, here: Path, after: Path) -> None:
    text = (here / "small.yaml").read_text(encoding="utf-8")
    (here / "other.yaml").write_text(text.replace("id: small", "id: other", 1), encoding="utf-8")
    before = view("old.yaml", rubric="other@1", date="2024-02-29", answers=THEN)
    words = ["diff", before, after, "-r", "small.yaml", "-r", "other.yaml", "--fail-on", "regression"]
    assert run(*words).exit_code == 0
    result = run(*words, "--fail-on", "not-comparable", "-o", "junit.xml")
    assert result.exit_code == 1
    assert "--fail-on not-comparable: the stages cannot be compared" in result.stderr
    suite = ET.parse(here / "junit.xml").getroot()[0]
    assert [case.get("name") for case in suite if case.find("failure") is not None] == ["The stages can be compared"]


def test_junit_fails_what_was_asked_for_and_nothing_else(diff: Run, before: Path, after: Path, here: Path) -> None:
    diff(before, after, "-o", "junit.xml")
    suite = ET.parse(here / "junit.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("8", "0")
    diff(before, after, "-o", "junit.xml", "--fail-on", "regression")
    suite = ET.parse(here / "junit.xml").getroot()[0]
    failed = [case.get("name") for case in suite if case.find("failure") is not None]
    assert (suite.get("failures"), failed) == ("1", ["4. Ignored (ignored)"])


# With git


def test_a_file_is_compared_with_itself_in_git(
    diff: Run, run: Run, view: WriteView, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL"):
        monkeypatch.setenv(f"GIT_{name}", "x@example.org")
    view("audit/staff.yaml", date="2024-02-29", answers=THEN)
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message=x"], ["tag", "v1"]):
        subprocess.run(["git", *words], cwd=here, check=True)
    view("audit/staff.yaml", date="2025-02-28", answers=NOW)
    one = diff("--git", "v1", "audit/staff.yaml", "--format", "json")
    folder = diff("--git", "v1", "audit", "--format", "json")
    monkeypatch.chdir(here / "audit")
    bare = run("diff", "-r", "../small.yaml", "--git", "v1", "--format", "json")
    assert (one.exit_code, folder.exit_code) == (0, 0)
    assert json.loads(one.stdout)["before"]["file"] == "v1:audit/staff.yaml"
    assert json.loads(one.stdout)["stage"]["direction"] == "up"
    assert json.loads(folder.stdout)["counts"] == json.loads(one.stdout)["counts"]
    assert json.loads(bare.stdout)["counts"] == json.loads(one.stdout)["counts"]


def test_outside_of_a_repository_git_is_refused_politely(diff: Run, before: Path) -> None:
    assert not os.environ.get("GIT_DIR")
    result = diff("--git", "HEAD", before)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "this folder is not in a git repository" in result.stderr
