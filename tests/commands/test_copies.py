"""The same file twice in one audit is taken once, with a warning, by every command; never one of another audit."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
COPY = "view (1).yaml: the very same file as view.yaml, and taken once."


@pytest.fixture
def folder(here: Path, view: Callable[..., Path]) -> Path:
    """Two files of one audit and a copy, beside the same of an earlier audit."""
    view("before/view.yaml", audit="winter", date="2023-02-28", answers={"survey": "no"})
    path = view("round/view.yaml", answers={"survey": "yes"})
    view("round/staff.yaml", respondents={"staff": 1}, answers={"survey": "no"})
    shutil.copyfile(path, path.with_name("view (1).yaml"))
    return path.parent


def test_a_copy_changes_nothing_but_for_the_warning(run: Run, folder: Path) -> None:
    words = ("assess", folder, "-r", "small.yaml", "--format", "record")
    twice = json.loads(run(*words).stdout)
    (folder / "view (1).yaml").unlink()
    once = json.loads(run(*words).stdout)
    assert twice.pop("warnings") == [*once.pop("warnings"), COPY]
    assert twice == once


@pytest.mark.parametrize("files", ["round", "round/*.yaml"])
def test_assess_says_so_on_the_screen_and_on_pages(run: Run, folder: Path, here: Path, files: str) -> None:
    named = [files] if "*" not in files else sorted(map(str, here.glob(files)))
    assert COPY in " ".join(run("assess", *named, "-r", "small.yaml", "--format", "text").stdout.split())
    run("assess", *named, "-r", "small.yaml", "-o", "o.html", "-o", "o.md")
    for name in ("o.html", "o.md"):
        text = (here / name).read_text(encoding="utf-8")
        assert "very same file" in text


@pytest.mark.parametrize("words", ["diff before round", "diff round before", "trend before round"])
def test_comparisons_take_it_once_and_say_so(run: Run, folder: Path, words: str) -> None:
    command = (*words.split(), "-r", "small.yaml", "--format", "json")
    twice = json.loads(run(*command).stdout)
    assert COPY in twice.pop("notes")
    (folder / "view (1).yaml").unlink()
    once = json.loads(run(*command).stdout)
    assert COPY not in once.pop("notes")
    assert twice == once


def test_a_run_over_many_takes_it_once_and_says_so(run: Run, folder: Path, here: Path) -> None:
    command = ("batch", "round", "before", "-r", "small.yaml", "-o", "o.jsonl", "--reports", "reports")
    done = run(*command, "--report-format", "record")
    assert f"spring: {COPY}\n" in done.stderr
    assert COPY in json.loads((here / "reports/spring.audit.json").read_text(encoding="utf-8"))["warnings"]
    twice = [json.loads(line) for line in (here / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    (folder / "view (1).yaml").unlink()
    assert "very same" not in run(*command, "--report-format", "record").stderr
    once = [json.loads(line) for line in (here / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [{**row, "files": None} for row in twice] == [{**row, "files": None} for row in once]


def test_very_many_copies_are_counted(run: Run, folder: Path) -> None:
    for number in range(2, 27):
        shutil.copyfile(folder / "view.yaml", folder / f"view ({number}).yaml")
    said = run("batch", "round", "-r", "small.yaml", "-o", "o.csv").stderr
    assert said.count("very same file") == 20
    assert "… and 6 more" in said


def test_the_same_bytes_in_another_audit_are_no_copy(run: Run, folder: Path, here: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        text = (folder / "view.yaml").read_text(encoding="utf-8").replace('audit: "spring"\n', "")
        (here / name).write_text(text, encoding="utf-8")
    done = run("batch", "a.yaml", "b.yaml", "-r", "small.yaml", "--format", "jsonl")
    assert [json.loads(line)["audit"] for line in done.stdout.splitlines()] == ["a.yaml", "b.yaml"]
    assert "very same" not in done.stderr


def test_what_is_made_for_sharing_names_no_copy(run: Run, folder: Path) -> None:
    done = run("assess", "round", "-r", "small.yaml", "--format", "record", "--publish")
    assert "very same" not in done.stdout
    assert len(json.loads(done.stdout)["views"]) == 2
