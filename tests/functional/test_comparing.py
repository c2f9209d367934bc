"""The installed program compares rounds, carries answers over, and runs in a git repository."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.comparisons import CHAIN, club_round
from tests.functional.conftest import ROOT, Run

ROUNDS = ("riverside-2024", "riverside-2025", "riverside")
FIRST, SECOND, THIRD = (str(path) for path in CHAIN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the rounds of the example, far from the checkout."""
    for name in ROUNDS:
        shutil.copytree(ROOT / "examples" / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("zipped", [False, True], ids=["installed", "zipped"])
def test_rounds_are_compared_in_every_format(
    copied: Run, folder: Path, installed: Path, built: Path, zipped: bool
) -> None:
    where = built if zipped else installed
    pages = ["d.html", "d.md", "d.json", "d.xml", "d.txt"]
    words = [word for name in pages for word in ("-o", name)]
    done = copied("diff", "riverside-2025", "riverside", *words, cwd=folder, where=where)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [f"Written: {name}" for name in pages]
    assert json.loads((folder / "d.json").read_text(encoding="utf-8"))["counts"]["worse"] == 1
    done = copied("trend", *ROUNDS, "-o", "t.html", "-o", "t.json", cwd=folder, where=where)
    assert (done.returncode, done.stderr) == (0, "Written: t.html\nWritten: t.json\n")
    assert len(json.loads((folder / "t.json").read_text(encoding="utf-8"))["audits"]) == 3


def test_outputs_are_the_same_bytes_in_every_process(run: Run, folder: Path) -> None:
    for seed in "12":
        words = [word for ending in ("html", "md", "json", "xml") for word in ("-o", f"{seed}.{ending}")]
        run("diff", "riverside-2025", "riverside", *words, cwd=folder, PYTHONHASHSEED=seed)
    for ending in ("html", "md", "json", "xml"):
        assert (folder / f"1.{ending}").read_bytes() == (folder / f"2.{ending}").read_bytes()


def test_a_check_in_a_repository_fails_with_1_on_what_got_worse(copied: Run, folder: Path) -> None:
    person = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "--quiet"], ["add", "."], [*person, "commit", "--quiet", "--message=one"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    check = ["diff", "--git", "HEAD", "riverside", "--fail-on", "regression", "-o", "d.md"]
    assert copied(*check, cwd=folder).returncode == 0
    people = folder / "riverside/service-users.yaml"
    text = people.read_text(encoding="utf-8")
    people.write_text(text.replace("answer: yes", "answer: no"), encoding="utf-8")
    done = copied(*check, cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert "--fail-on regression: " in done.stderr


def test_answers_are_carried_along_the_chain_of_versions(copied: Run, tmp_path: Path) -> None:
    file = club_round(tmp_path, "1.0.0", "2026-01-31")
    head, _answers, _rest = file.read_text(encoding="utf-8").partition("answers: {")
    file.write_text(f"{head}answers:\n  agenda: yes # since the spring\n  minutes: no\n", encoding="utf-8")
    to = ["answers", "migrate", file.name]
    shown = copied(*to, "--to", "1.1.0", "-r", FIRST, "-r", SECOND, cwd=tmp_path)
    assert shown.returncode == 0
    assert "club@1.0.0" in file.read_text(encoding="utf-8")
    for version in ("1.1.0", "2.0.0"):
        done = copied(*to, "--to", version, "-r", FIRST, "-r", SECOND, "-r", THIRD, "--write", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert f"club@{version}" in file.read_text(encoding="utf-8")
    assert "agenda-together: yes # since the spring\n" in file.read_text(encoding="utf-8")
    back = copied(*to, "--to", "1.1.0", "-r", SECOND, "-r", THIRD, "--write", cwd=tmp_path)
    assert (back.returncode, back.stdout) == (2, "")
    assert "Answers are carried forward only." in back.stderr
