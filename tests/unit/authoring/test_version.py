"""The version number of a rubric, held against what the rubric was earlier."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.unit.authoring.conftest import SOUND, edited

from involve_audit.authoring.check import check, check_all, held_against_earlier
from involve_audit.authoring.manuscript import VERSION, manuscript
from involve_audit.errors import AuditError, InputError, UsageError
from involve_audit.loading.files import FileContent
from involve_audit.loading.rubric import read_rubric
from involve_audit.model.finding import Checked, Finding
from involve_audit.versions.earlier import earlier_by

FIRST = "version: 1.0.0"
EASIER = ("at_least: 2/3", "at_least: 1/2")
OTHER_WORDS = ("title: The place", "title: The house")
GONE = ("id: cold-store", "id: colder-store")
WELSH = """\
format: involve-audit/overlay@1
id: kitchen-cy
version: 1.0.0
extends: ready-to-open@1
language: cy
texts:
  rubric: {title: Cegin}
"""


def version(number: str, *edits: tuple[str, str]) -> str:
    return edited((FIRST, f"version: {number}"), *edits)


def held(text: str, earlier: str | None) -> Checked:
    """A rubric's text, checked, its version number held against an earlier text."""
    written = manuscript(read_rubric(text.encode(), "now.yaml"))
    kept = None if earlier is None else FileContent("then.yaml", earlier.encode())
    return held_against_earlier(check(written), written, lambda _file: kept)


def of_the_number(checked: Checked) -> list[Finding]:
    return [found for found in checked.findings if found.rule == VERSION]


@pytest.mark.parametrize(
    ("now", "what", "hint"),
    [
        (
            version("1.0.0", EASIER),
            "the version is still 1.0.0, and what changed makes this a new minor",
            "Make it 1.1.0.",
        ),
        (version("1.0.1", EASIER), "the version was 1.0.0, and what changed makes this a new minor", "Make it 1.1.0."),
        (version("1.4.0", GONE), "the version was 1.0.0, and what changed makes this a new major", "Make it 2.0.0."),
        (version("1.0.0", OTHER_WORDS), "the version is still 1.0.0, and what changed", "Make it 1.0.1."),
        (version("0.9.0"), "the version went back from 1.0.0", "It must never get smaller."),
        (
            edited(("id: ready-to-open", "id: ready-to-close")),
            "the earlier file is another rubric, `ready-to-open`",
            "Stored answers to it are not found under another id.",
        ),
    ],
)
def test_a_number_that_is_not_as_it_should_be_fails_and_the_right_one_is_named(now: str, what: str, hint: str) -> None:
    checked = held(now, SOUND)
    (found,) = of_the_number(checked)
    assert what in found.problem.what
    assert found.problem.hint.startswith(hint)
    assert (found.problem.path, found.problem.line) == ("now.yaml", 4 if "version" in what else 3)
    assert not checked.passes(strict=False)


@pytest.mark.parametrize(
    "now", [SOUND, version("1.1.0", EASIER), version("2.0.0", GONE), version("1.0.1", OTHER_WORDS), version("3.0.0")]
)
def test_a_number_that_is_as_it_should_be_passes(now: str) -> None:
    checked = held(now, SOUND)
    assert of_the_number(checked) == []
    assert VERSION in checked.rules
    assert checked.notes == ()


def test_a_file_that_is_new_passes_and_that_nothing_was_looked_at_is_said() -> None:
    checked = held(SOUND, None)
    assert of_the_number(checked) == []
    assert checked.notes == ("The file was not there earlier, so its version number was not looked at.",)


def test_an_earlier_file_that_is_not_valid_is_no_pass() -> None:
    checked = held(SOUND, SOUND.replace("limit_to: ", "limits_to: "))
    (found,) = of_the_number(checked)
    assert found.problem.what.startswith("what this rubric was earlier is not valid: then.yaml:")


def test_a_file_that_is_not_valid_is_not_looked_at() -> None:
    checked = held(SOUND.replace('limit_to: "no"', "limit_to: on"), SOUND)
    assert VERSION in checked.left_out
    assert of_the_number(checked) == []


def test_a_translation_is_held_to_its_own_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rubrics").mkdir()
    Path("rubrics/ready-to-open.yaml").write_text(SOUND, encoding="utf-8")
    changed = WELSH.replace("Cegin", "Y gegin")
    (found,) = of_the_number(held(changed, WELSH))
    assert found.problem.hint.startswith("Make it 1.0.1.")
    assert (found.problem.path, found.problem.line) == ("now.yaml", 3)
    assert of_the_number(held(changed.replace(FIRST, "version: 1.0.1"), WELSH)) == []


# What a file was earlier


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose one commit holds the sound rubric, which is easier by now; and a rubric that is new."""
    monkeypatch.chdir(tmp_path)
    Path("ready-to-open.yaml").write_text(SOUND, encoding="utf-8")
    person = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "--quiet"], ["add", "."], [*person, "commit", "--quiet", "--message=one"]):
        subprocess.run(["git", *words], check=True)
    Path("ready-to-open.yaml").write_text(version("1.0.0", EASIER), encoding="utf-8")
    Path("new.yaml").write_text(edited(("id: ready-to-open", "id: new")), encoding="utf-8")
    return tmp_path


def test_every_file_is_held_against_itself_in_git(repository: Path) -> None:
    files = ["ready-to-open.yaml", "new.yaml"]
    changed, new = check_all(files, earlier_of=earlier_by(files, None, "HEAD"))
    assert [found.rule for found in changed.findings] == [VERSION]
    assert new.findings == ()
    assert len(new.notes) == 1


def test_a_file_can_be_held_against_another(repository: Path) -> None:
    Path("then.yaml").write_text(SOUND, encoding="utf-8")
    (found,) = check_all(["ready-to-open.yaml"], earlier_of=earlier_by(["ready-to-open.yaml"], "then.yaml", None))
    assert [finding.rule for finding in found.findings] == [VERSION]


@pytest.mark.parametrize(
    ("files", "named", "revision", "error", "what"),
    [
        (["ready-to-open.yaml"], None, "no-such", UsageError, "there is no version `no-such` in this repository"),
        (["ready-to-open.yaml"], "new.yaml", "HEAD", UsageError, "--earlier goes with one rubric, and without --git"),
        (["ready-to-open.yaml", "new.yaml"], "new.yaml", None, UsageError, "--earlier goes with one rubric"),
        (["ready-to-open.yaml"], "no-such.yaml", None, InputError, "there is no such file"),
        (["co-production-steps"], None, "HEAD", UsageError, "this rubric comes with the program, and not from git"),
    ],
)
def test_what_cannot_be_found_is_said(
    repository: Path, files: list[str], named: str | None, revision: str | None, error: type[AuditError], what: str
) -> None:
    with pytest.raises(error) as raised:
        check_all(files, earlier_of=earlier_by(files, named, revision))
    assert what in raised.value.problems[0].what
