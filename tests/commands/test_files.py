"""`involve-audit files`: what somebody was given is told by what is in it, whatever it is called."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.audits import ROOT

Run = Callable[..., Any]
RIVERSIDE = ROOT / "examples/riverside"
CODE = "-----BEGIN INVOLVE-AUDIT ANSWERS ba369e05-----\nWnWQwW6D\n-----END INVOLVE-AUDIT ANSWERS-----\n"


@pytest.fixture
def given(here: Path, run: Run) -> Path:
    """A folder with a file of every kind, each with a name that says nothing of it."""
    shutil.copy(RIVERSIDE / "staff.yaml", "a.txt")
    shutil.copy("small.yaml", "b.txt")
    run("assess", str(RIVERSIDE), "-o", "c.audit.json")
    run("answers", "new", "-o", "d.html", "-o", "e.xlsx")
    Path("f.txt").write_text(CODE)
    Path("g.txt").write_text("Perspective,Date,Service users lead governance\nStaff,2026-11-20,Yes\n")
    Path("h.txt").write_text("%PDF-1.7\n")
    Path("i.txt").write_text("Dear all,\nhere is what we talked about.\n")
    Path("j.txt").write_text("Service,E-mail\nElmfield,a@example.org\n")
    Path("k.txt").write_text("Kind;Service;Audit\nward;Elmfield;elmfield\n")
    return here


def test_each_kind_is_told_by_its_content(given: Path, run: Run) -> None:
    names = ["a.txt", "b.txt", "c.audit.json", "d.html", "e.xlsx", "f.txt", "g.txt", "h.txt", "i.txt", "j.txt", "k.txt"]
    found = json.loads(run("files", "--format", "json", *names).stdout)
    assert found["format"] == "involve-audit/files@1"
    assert [one["file"] for one in found["files"]] == names
    kinds = [
        "answers",
        "rubric",
        "record",
        "form",
        "response",
        "response",
        "table",
        "other",
        "other",
        "services",
        "services",
    ]
    assert [one["kind"] for one in found["files"]] == kinds


def test_a_person_reads_what_it_is_and_what_can_be_done(given: Path, run: Run) -> None:
    told = run("files", "a.txt", "e.xlsx", "h.txt").stdout
    assert told == (
        "a.txt: these are answers\n"
        "e.xlsx: this is an Excel file\n"
        "    If it holds answers, `involve-audit answers read` makes an answers file of it.\n"
        "h.txt: this is a PDF\n"
        "    Nothing is read out of it. Type the text into a file, and give that one.\n"
    )


def test_what_is_too_large_for_everything_is_said(here: Path, run: Run) -> None:
    Path("large.yaml").write_bytes(b"a: b\n" * 10_000_001)
    assert run("files", "large.yaml").stdout == "large.yaml: this file is larger than 50 MB\n"


def test_what_is_not_there_is_said(here: Path, run: Run) -> None:
    told = run("files", "small.yaml", "gone.yaml")
    assert told.exit_code == 2
    assert told.stderr.startswith("gone.yaml: there is no such file")
