"""The hooks for pre-commit, run by pre-commit itself in a repository on this machine.

Only how the program is installed is left out: it is on PATH already, as on a machine without a network.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.functional.batch.conftest import ANSWERS, ROOT

CONFIG = """\
repos:
  - repo: {hooks}
    rev: {rev}
    hooks:
      - {{id: involve-audit-answers, language: system}}
      - {{id: involve-audit-rubrics, language: system}}
"""
GOOD, BAD = ANSWERS.format(number=1, answer="yes"), ANSWERS.format(number=2, answer="pary")


@pytest.fixture
def git(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """An environment in which git and pre-commit know nothing of this machine's settings."""
    who = {f"GIT_{role}_{what}": "test@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    alone = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "PRE_COMMIT_HOME": str(tmp_path / "cache")}
    return {**environment, **who, **alone, "HOME": str(tmp_path), "NO_COLOR": "1"}


@pytest.fixture
def repository(git: dict[str, str], tmp_path: Path) -> Path:
    """A repository that uses our hooks from another one."""
    hooks, here = tmp_path / "hooks", tmp_path / "here"
    for folder in (hooks, here):
        folder.mkdir()
        subprocess.run(["git", "init", "--quiet", "--initial-branch", "main"], cwd=folder, env=git, check=True)
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    subprocess.run(["git", "add", "."], cwd=hooks, env=git, check=True)
    subprocess.run(["git", "commit", "--quiet", "-m", "Hooks"], cwd=hooks, env=git, check=True)
    rev = subprocess.run(["git", "rev-parse", "HEAD"], cwd=hooks, env=git, check=True, capture_output=True, text=True)
    (here / ".pre-commit-config.yaml").write_text(CONFIG.format(hooks=hooks, rev=rev.stdout.strip()), encoding="utf-8")
    return here


def committed(repository: Path, git: dict[str, str], **files: str) -> tuple[bool, str]:
    """Whether a commit of these files passes the hooks, and what was said."""
    for name, text in files.items():
        path = repository / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    subprocess.run(["git", "add", "."], cwd=repository, env=git, check=True)
    subprocess.run(["pre-commit", "install"], cwd=repository, env=git, check=True, capture_output=True)
    command = ["git", "commit", "-m", "Answers"]
    done = subprocess.run(command, cwd=repository, env=git, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def test_a_commit_without_answers_or_rubrics_passes(repository: Path, git: dict[str, str]) -> None:
    passes, said = committed(repository, git, other="a: b\n")
    assert passes, said


def test_a_commit_of_good_answers_passes(repository: Path, git: dict[str, str]) -> None:
    passes, said = committed(repository, git, answers__good=GOOD, other="a: b\n")
    assert passes, said
    assert "check answers files" in said


def test_a_commit_of_bad_answers_is_stopped_at_their_line(repository: Path, git: dict[str, str]) -> None:
    passes, said = committed(repository, git, answers__good=GOOD, answers__bad=BAD)
    assert not passes
    assert "answers/bad.yaml:8:19: `pary` is not an answer to `governance-led`" in said
    assert "Did you mean `partly`?" in said


def test_a_commit_of_a_bad_rubric_is_stopped(repository: Path, git: dict[str, str]) -> None:
    rubric = (ROOT / "rubrics/service-user-leadership-spectrum.yaml").read_text(encoding="utf-8")
    own = rubric.replace("id: service-user-leadership-spectrum", "id: own", 1)
    passes, said = committed(repository, git, rubrics__own=own.replace("limit_to: partly", "limit_to: party"))
    assert not passes
    assert "`party`" in said
