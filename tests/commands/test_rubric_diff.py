"""`involve-audit rubric diff`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.comparisons import CHAIN, club_round

Run = Callable[..., Any]
FIRST, SECOND, THIRD = CHAIN


@pytest.fixture
def diff(run: Run) -> Run:
    def invoke(*words: object) -> Any:
        return run("rubric", "diff", *words)

    return invoke


def test_it_says_whether_the_number_was_raised_as_it_should_be(diff: Run) -> None:
    result = diff(FIRST, SECOND)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[:4] == [
        "club: from 1.0.0 to 1.1.0",
        "The version number was raised as it should be (minor).",
        "What changed",
        "  - The question `budget` is new (minor)",
    ]
    assert "No stored answer is touched." in result.stdout


def test_it_says_which_stored_answers_are_touched_and_how_to_carry_them_over(diff: Run, here: Path) -> None:
    (here / "answers").mkdir()
    club_round(here / "answers", "1.1.0", "2026-01-31", {"agenda": "yes", "accounts": "planned"})
    club_round(here / "answers", "1.1.0", "2025-01-31", {"survey": "yes"})
    result = diff(SECOND, THIRD, "--answers", "answers")
    assert "  - `board`: to be asked again, as `board-seat` and `board-vote`\n" in result.stdout
    assert "In answers/2025-01-31.yaml: no answer is touched.\n" in result.stdout
    assert "In answers/2026-01-31.yaml\n  - `agenda`, answer `yes`: renamed to `agenda-together`\n" in result.stdout
    assert "Carry them over with: involve-audit answers migrate FILE --to 2.0.0" in " ".join(result.stdout.split("\n"))


def test_the_data_says_the_same(diff: Run, here: Path) -> None:
    result = diff(SECOND, THIRD, "-o", "changes.json", "-o", "changes.txt")
    assert result.stderr == "Written: changes.json\nWritten: changes.txt\n"
    data = json.loads((here / "changes.json").read_text(encoding="utf-8"))
    assert (data["verdict"], data["needed"], data["before"]["version"]) == ("as-needed", "major", "1.1.0")
    assert {"item": "minutes", "answer": None, "fate": "dropped", "now": [], "why": None} in data["touched"]


def test_a_shipped_rubric_can_be_named_by_its_id(diff: Run, here: Path, root: Path) -> None:
    name = "service-user-leadership-spectrum"
    text = (root / f"rubrics/{name}.yaml").read_text(encoding="utf-8")
    (here / "own.yaml").write_text(text.replace("at_least: 50%", "at_least: 60%", 1), encoding="utf-8")
    result = diff(name, "own.yaml")
    assert "The version number was not raised. These changes make it a new minor version." in result.stdout


def test_two_rubrics_are_not_two_versions(diff: Run, here: Path) -> None:
    result = diff(FIRST, "small.yaml")
    assert "These are two different rubrics, not two versions of one." in result.stdout


def test_new_words_are_shown_for_a_person_to_judge(diff: Run, here: Path) -> None:
    text = FIRST.read_text(encoding="utf-8").replace("Is there a survey?", "Is there a yearly survey?")
    (here / "new.yaml").write_text(text.replace("version: 1.0.0", "version: 1.0.1"), encoding="utf-8")
    found = diff(FIRST, "new.yaml").stdout
    assert "The version number was raised as it should be (patch)." in found
    assert "cannot tell whether new words still ask the same" in found


def test_a_file_is_compared_with_itself_in_git(diff: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL"):
        monkeypatch.setenv(f"GIT_{name}", "x@example.org")
    (here / "club.yaml").write_bytes(FIRST.read_bytes())
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message=x"]):
        subprocess.run(["git", *words], cwd=here, check=True)
    (here / "club.yaml").write_bytes(SECOND.read_bytes())
    result = diff("--git", "HEAD", "club.yaml")
    assert result.stdout.startswith("club: from 1.0.0 to 1.1.0\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([FIRST], "`rubric diff` compares two versions"),
        (["--git", "HEAD", FIRST, SECOND], "--git REVISION goes with one rubric file"),
        ([FIRST, "no-such.yaml"], "there is no such file"),
        ([FIRST, SECOND, "--answers", "no-such.yaml"], "there is no such file"),
        ([FIRST, SECOND, "-o", "x.html"], "its ending does not say which format to write"),
    ],
)
def test_wrong_words_are_refused_in_words(diff: Run, words: list[object], message: str) -> None:
    result = diff(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
