"""Earlier versions of a file, from a repository of git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from involve_audit.errors import InputError, Problem, UsageError
from involve_audit.loading.git import file_in_git, material_in_git

Problems = Callable[..., tuple[Problem, ...]]
ANSWERS = "format: involve-audit/answers@1\naudit: one\n"


def git(folder: Path, *words: str) -> None:
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    person = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", *words], cwd=folder, env={**os.environ, **plain, **person}, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one commit, tagged `first`, and changes after it."""
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    inside = tmp_path / "audits with spaces"
    inside.mkdir()
    (inside / "staff.yaml").write_text(f"{ANSWERS}date: 2025-01-31\n", encoding="utf-8")
    (inside / "other.yaml").write_text("a: b\n", encoding="utf-8")
    (inside / "link.yaml").symlink_to("staff.yaml")
    (tmp_path / "top.yaml").write_text(ANSWERS, encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message=first")
    git(tmp_path, "tag", "first")
    (inside / "staff.yaml").write_text(f"{ANSWERS}date: 2026-01-31\n", encoding="utf-8")
    (inside / "new.yaml").write_text(ANSWERS, encoding="utf-8")
    return inside


def test_a_file_is_read_as_it_was(repository: Path) -> None:
    found = material_in_git("first", str(repository / "staff.yaml"))
    assert found.name == f"first:{repository / 'staff.yaml'}"
    assert found.files[0].content == f"{ANSWERS}date: 2025-01-31\n".encode()


@pytest.mark.parametrize("path", ["audits with spaces", "./audits with spaces/", "../{name}/audits with spaces"])
def test_a_folder_is_its_answers_as_they_were(repository: Path, path: str) -> None:
    found = material_in_git("HEAD", path.format(name=repository.parent.name))
    assert [Path(file.file).name for file in found.files] == ["staff.yaml"]


def test_a_link_in_a_folder_is_what_it_led_to(repository: Path, problems_of: Problems) -> None:
    (repository.parent / "top.yaml").write_text(f"{ANSWERS}date: 2024-01-31\n", encoding="utf-8")
    (repository / "away.yaml").symlink_to("../top.yaml")
    git(repository.parent, "add", ".")
    git(repository, "commit", "--quiet", "--message=second")
    files = material_in_git("HEAD", "audits with spaces").files
    assert [Path(file.file).name for file in files] == ["away.yaml", "new.yaml", "staff.yaml"]
    assert files[0].content == f"{ANSWERS}date: 2024-01-31\n".encode()
    (repository / "gone.yaml").symlink_to("nowhere.yaml")
    git(repository.parent, "add", ".")
    git(repository, "commit", "--quiet", "--message=third")
    (problem,) = problems_of(material_in_git, "HEAD", "audits with spaces")
    assert (problem.path, problem.what) == (
        "HEAD:audits with spaces/gone.yaml",
        "this link led to no file of that version",
    )


def test_the_top_of_a_repository_is_a_folder_like_others(repository: Path) -> None:
    assert [file.file for file in material_in_git("main", ".").files] == ["main:top.yaml"]


def test_a_file_of_this_folder_needs_no_folder(repository: Path) -> None:
    assert file_in_git("first", "top.yaml").content == ANSWERS.encode()


@pytest.mark.parametrize(
    ("revision", "path", "message"),
    [
        ("no-such", "top.yaml", "there is no version `no-such` in this repository"),
        ("first:top.yaml", "top.yaml", "there is no version `first:top.yaml` in this repository"),
        ("first", "no-such.yaml", "this file is not in the version `first`"),
        ("first", "audits with spaces/new.yaml", "this file is not in the version `first`"),
        ("first", "audits with spaces/link.yaml", "this file is not in the version `first`"),
        ("first", "no-such/x.yaml", "there is no such folder"),
    ],
)
def test_what_is_not_there_is_told(
    repository: Path, revision: str, path: str, message: str, problems_of: Problems
) -> None:
    (problem,) = problems_of(material_in_git, revision, path)
    assert problem.what == message


@pytest.mark.parametrize("revision", ["--output=x", "-h", " ", ""])
def test_a_version_that_reads_like_an_option_is_refused(repository: Path, revision: str) -> None:
    with pytest.raises(UsageError):
        material_in_git(revision, "top.yaml")
    assert not (repository.parent / "x").exists()


def test_outside_of_a_repository_it_is_refused_politely(tmp_path: Path, problems_of: Problems) -> None:
    (tmp_path / "a.yaml").write_text(ANSWERS, encoding="utf-8")
    (problem,) = problems_of(material_in_git, "HEAD", str(tmp_path / "a.yaml"))
    assert problem.what == "this folder is not in a git repository"
    assert problem.hint == "Name the earlier file or record instead."


def test_without_git_it_is_refused_politely(
    repository: Path, monkeypatch: pytest.MonkeyPatch, problems_of: Problems
) -> None:
    monkeypatch.setenv("PATH", str(repository))
    (problem,) = problems_of(material_in_git, "HEAD", "top.yaml")
    assert problem.what == "git is not installed on this computer"


def test_a_git_that_does_not_answer_is_waited_for_so_long_and_no_longer(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problems_of: Problems
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    (tmp_path / "bin/git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    monkeypatch.setattr("involve_audit.loading.git._SECONDS", 0.1)
    (problem,) = problems_of(material_in_git, "HEAD", "top.yaml")
    assert problem.what == "git gives no answer"


def test_a_folder_without_answers_in_that_version_is_refused(repository: Path, problems_of: Problems) -> None:
    (repository.parent / "later").mkdir()
    (repository.parent / "later/a.yaml").write_text(ANSWERS, encoding="utf-8")
    (problem,) = problems_of(material_in_git, "first", "later")
    assert problem.what == "there are no answers files and no record in this folder"


def test_a_broken_repository_is_told_in_gits_words(repository: Path) -> None:
    (repository.parent / ".git/HEAD").write_text("nonsense", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        material_in_git("HEAD", "top.yaml")
    assert caught.value.problems[0].what.startswith(("git says: ", "this folder is not in a git repository"))
