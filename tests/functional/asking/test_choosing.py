"""Choosing what to ask, last time's answers, other views, and where nobody can be asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.functional.asking.conftest import Saved, Start
from tests.functional.asking.session import PERSPECTIVES, ROOT, TODAY

GOVERNANCE = ("--theme", "governance-and-policy")
FIRST, SECOND, THIRD = "influence-on-governance", "governance-led", "policy-development-led"
FILE = f"blue-house-{TODAY}.yaml"
LAST = f"""\
format: involve-audit/answers@1
rubric: service-user-leadership-spectrum@1.0.0
subject: {{name: Blue House}}
date: 2025-11-20
respondents: {{service-users: 2}}
answers:
  {FIRST}: {{answer: partly, note: Only sometimes., evidence: [{{text: Old minutes}}]}}
  {SECOND}: no
  {THIRD}: yes
"""


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (["--theme", "community"], 1),
        (["--theme", "community", "--theme", "governance-and-policy"], 4),
        (["--stage", "good"], 7),
        (["--stage", "good", "--theme", "capacity-and-independence"], 2),
    ],
)
def test_theme_and_stage_choose_what_is_asked(start: Start, arguments: list[str], count: int) -> None:
    shown = start(*arguments).begin()
    assert f"(1 of {count} asked today)" in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--theme", "comunity"], "Did you mean `community`?"),
        (["--stage", "goood"], "Did you mean `good`?"),
        (["--theme", "Leadership and vision"], "Did you mean `leadership-and-vision`?"),
    ],
)
def test_an_unknown_theme_or_stage_is_refused_with_a_suggestion(
    start: Start, arguments: list[str], message: str
) -> None:
    session = start(*arguments)
    shown = session.end()
    assert session.code == 2
    assert "of this rubric" in shown
    assert message in shown


def test_only_unanswered_leaves_out_what_has_an_answer(start: Start, saved: Saved, tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(LAST.replace(f"  {SECOND}: no\n", ""))
    session = start(*GOVERNANCE, "--only-unanswered", "--resume", "ours.yaml")
    session.prompt("These answers are of 20 November 2025. Here were: People who use the service: 2.")
    session.type("1", "(1 of 1 asked today)")
    session.end("planned")
    assert session.code == 0
    assert {item: answer.answer for item, answer in saved().answers.items()} == {
        FIRST: "partly",
        SECOND: "planned",
        THIRD: "yes",
    }


def test_last_times_answers_are_shown_confirmed_or_changed_and_never_taken_over(
    start: Start, saved: Saved, tmp_path: Path
) -> None:
    (tmp_path / "last").mkdir()
    (tmp_path / "last" / "year.yaml").write_text(LAST)
    session = start(*GOVERNANCE, "--from", "last/year.yaml")
    shown = session.begin()
    assert "Last time (2025-11-20): Partly. Type c to confirm it" in shown
    assert "Last time's note: Only sometimes." in shown
    assert "Last time's evidence: Old minutes" in shown
    session.type("", "Type a number, or h")
    session.type("c", "Keep last time's note and evidence too? 1 Yes, 2 No: ")
    session.type("1", "Last time (2025-11-20): No.")
    session.type("yes", "Last time (2025-11-20): Yes.")
    session.type("", "Type a number, or h")
    session.type("s", "still open")
    session.end("2")
    answers = saved(tmp_path / FILE).answers
    assert THIRD not in answers
    first, second = answers[FIRST], answers[SECOND]
    assert (first.answer, first.note, first.last_time) == ("partly", "Only sometimes.", "confirmed")
    assert [evidence.text for evidence in first.evidence] == ["Old minutes"]
    assert (second.answer, second.last_time) == ("yes", "changed")
    assert (tmp_path / "last" / "year.yaml").read_text() == LAST


def test_confirming_does_not_take_over_the_note_unasked(start: Start, saved: Saved, tmp_path: Path) -> None:
    (tmp_path / "last").mkdir()
    (tmp_path / "last" / "year.yaml").write_text(LAST)
    session = start(*GOVERNANCE, "--from", "last/year.yaml")
    session.begin()
    session.type("c", "Keep last time's note")
    session.type("2", "(2 of 3 asked today)")
    session.type("b", "(1 of 3 asked today)")
    session.type("c", "Keep last time's note")
    session.type("b")
    session.end("q")
    first = saved(tmp_path / FILE).answers[FIRST]
    assert (first.answer, first.note, first.evidence, first.last_time) == ("partly", None, (), "confirmed")


def test_the_file_of_last_time_is_not_offered_to_go_on_with(start: Start, tmp_path: Path) -> None:
    (tmp_path / "last-year.yaml").write_text(LAST)
    start(*GOVERNANCE, "--from", "last-year.yaml").prompt("What is looked at?")


def test_with_other_views_of_the_audit_the_end_shows_where_they_differ(start: Start, tmp_path: Path) -> None:
    theirs = LAST.replace("service-users", "staff").replace(f"{THIRD}: yes", f"{THIRD}: no")
    (tmp_path / "staff.yaml").write_text(theirs)
    (tmp_path / "elsewhere.yaml").write_text(LAST.replace("Blue House", "Red House"))
    session = start(*GOVERNANCE)
    session.prompt("1 Red House, 20 November 2025 (elsewhere.yaml)")
    session.type("2", "staff.yaml: Blue House, 20 November 2025. Here were: Staff: 2.")
    shown = session.type("2", "On what day")
    assert "The line `audit: blue-house-2025-11-20` was added to staff.yaml" in " ".join(shown.split())
    for typed in ("", "3", *[""] * (PERSPECTIVES - 1), "yes", "yes"):
        session.type(typed)
    shown = session.end("yes")
    assert session.code == 0
    assert "Where views differ" in shown
    assert "talk about where views differ" in shown
    differing = " ".join(shown.partition("Where views differ")[2].split())
    assert "(People who use the service)" in differing
    assert "(Staff)" in differing


@pytest.mark.parametrize("options", [[], ["--save", "ours.yaml"], ["--theme", "community"]])
def test_a_pipe_of_answers_is_no_terminal(tmp_path: Path, options: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "involve_audit", "assess", *options],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
        input="Blue House\n\n3\n",
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "What is looked at?" not in done.stderr
    assert ("involve-audit assess FOLDER" in done.stderr) or ("only on a terminal" in done.stderr)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", [["--save", "ours.yaml"], ["--theme", "community"], ["--only-unanswered"]])
def test_options_of_asking_beside_answers_files_are_refused(start: Start, tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "theirs.yaml").write_text(LAST)
    session = start("theirs.yaml", *options)
    assert options[0] in session.end()
    assert session.code == 2


@pytest.mark.parametrize(
    ("options", "saying"),
    [
        (["-o", "no-such-folder/report.html"], "its folder does not exist"),
        (["-o", "report.html", "--template", "no-such-folder"], "there is no such folder"),
        (["-o", "report.html", "--style", "shrot"], "Did you mean `short`?"),
        (["--format", "pdf"], "a terminal cannot show a file of the format pdf"),
    ],
)
def test_a_report_that_could_not_be_written_is_said_before_anything_is_asked(
    start: Start, options: list[str], saying: str
) -> None:
    session = start(*options)
    shown = session.end()
    assert session.child.exitstatus == 2
    assert saying in shown
    assert "Welcome" not in shown
