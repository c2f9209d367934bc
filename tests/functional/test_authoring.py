"""Rubrics are written with the installed program, from any folder, from a zipped wheel too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.functional.conftest import Run

TAILORED = """\
format: involve-audit/overlay@1
extends: service-user-leadership-spectrum@1.0.0
id: our-thresholds
version: 1.0.0
title: Our thresholds
because: We are a small group.
switch_off:
  items:
    hosted-to-independence: Nobody is hosted here.
"""


@pytest.fixture(params=["installed", "zipped"])
def where(request: pytest.FixtureRequest, installed: Path, built: Path) -> Path:
    """Where the program is: in a folder, or in its wheel."""
    return installed if request.param == "installed" else built


def test_a_rubric_from_nothing_to_an_assessment(copied: Run, where: Path, tmp_path: Path) -> None:
    environment = {"XDG_DATA_HOME": str(tmp_path / "data")}

    def did(*words: str) -> str:
        done = copied(*words, cwd=tmp_path, where=where, **environment)
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout

    (tmp_path / "rubrics").mkdir()
    did("rubric", "new", "our-ladder", "-o", "rubrics/our-ladder.yaml")
    did("rubric", "check", "--strict", "rubrics/our-ladder.yaml")
    did("rubric", "test", "--strict", "rubrics/our-ladder.yaml")
    listed = did("rubric", "list")
    assert all(one in listed for one in ("our-ladder", "service-user-leadership-spectrum", "co-production-steps"))
    assert "<!DOCTYPE html>" in did("rubric", "show", "our-ladder", "--format", "html")
    did("answers", "new", "our-ladder", "-o", "answers.yaml")
    text = (tmp_path / "answers.yaml").read_text(encoding="utf-8")
    (tmp_path / "answers.yaml").write_text(text.replace("  name:\n", "  name: Our service\n"), encoding="utf-8")
    did("assess", "answers.yaml", "-o", "our.audit.json")
    record = json.loads((tmp_path / "our.audit.json").read_text(encoding="utf-8"))
    assert record["rubric"]["id"] == "our-ladder"


def test_an_overlay_over_a_shipped_rubric(copied: Run, where: Path, tmp_path: Path) -> None:
    (tmp_path / "tailored.yaml").write_text(TAILORED, encoding="utf-8")
    environment = {"XDG_DATA_HOME": str(tmp_path / "data")}
    assert copied("rubric", "check", "tailored.yaml", cwd=tmp_path, where=where, **environment).returncode == 0
    form = copied("answers", "new", "tailored.yaml", cwd=tmp_path, where=where, **environment).stdout
    (tmp_path / "answers.yaml").write_text(form.replace("  name:\n", "  name: Our service\n"), encoding="utf-8")
    done = copied("assess", "-r", "tailored.yaml", "answers.yaml", cwd=tmp_path, where=where, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Tailored rubric: “Our thresholds”" in done.stdout
    assert "Under the original rubric" in done.stdout
