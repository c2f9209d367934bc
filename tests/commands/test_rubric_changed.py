"""Whether the rubric changed is decided in one way, by every file that it is made of, whatever tells it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., Any]
WriteView = Callable[..., Path]
OVERLAY = """
format: involve-audit/overlay@1
id: easier
version: 1.0.0
extends: small@1
title: Easier
because: It was too hard.
switch_off:
  items: {token: We have no committee.}
"""
ANSWERS = {"survey": "yes", "agenda": "partly", "board": "no", "ignored": "no"}
OUTPUTS = ("t.txt", "t.md", "t.html", "t.json"), ("d.txt", "d.md", "d.html", "d.json")


@pytest.fixture
def told(run: Run, view: WriteView, here: Path) -> Callable[[str, str], dict[str, str]]:
    """Both commands' outputs, for a record and the answers after it; in between, a text of the original is changed."""

    def tell(text: str, other: str) -> dict[str, str]:
        original = here / "rubrics/small.yaml"
        (here / "rubrics").mkdir()
        (here / "small.yaml").rename(original)
        (here / "rubrics/easier.yaml").write_text(OVERLAY, encoding="utf-8")
        then = view("2024.yaml", audit="one", rubric="easier@1.0.0", answers=ANSWERS)
        now = view("2025.yaml", audit="two", date="2025-02-28", rubric="easier@1.0.0", answers=ANSWERS)
        assert run("assess", then, "-o", "2024.audit.json").exit_code == 0
        assert text in original.read_text(encoding="utf-8")
        original.write_text(original.read_text(encoding="utf-8").replace(text, other), encoding="utf-8")
        for command, names in zip(("trend", "diff"), OUTPUTS, strict=True):
            written = run(command, "2024.audit.json", now, *(word for name in names for word in ("-o", name)))
            assert written.exit_code == 0, written.stderr
        return {name: (here / name).read_text(encoding="utf-8") for names in OUTPUTS for name in names}

    return tell


@pytest.mark.parametrize(
    ("text", "other"),
    [("at_least: 1/3", "at_least: 1/2"), ("title: A small rubric", "title: A smaller rubric")],
    ids=["what it asks for", "its words alone"],
)
def test_a_tailored_rubric_changed_where_its_original_did(
    told: Callable[[str, str], dict[str, str]], text: str, other: str
) -> None:
    found = told(text, other)
    for name in ("t.txt", "t.md", "t.html"):
        assert "Where the rubric changed" in found[name], name
        assert "The rubric changed on the way" in " ".join(found[name].split()), name
    for name in ("d.txt", "d.md", "d.html"):
        assert "What the rubric did" in " ".join(found[name].split()), name
        assert "The rubric changed, although its version number" in " ".join(found[name].split()), name
    trend, diff = json.loads(found["t.json"]), json.loads(found["d.json"])
    assert trend["audits"][0]["split"] is None
    assert trend["audits"][1]["split"] == diff["split"]
    assert diff["split"] is not None
    assert 'class="step dashed"' in found["t.html"]
    small = (ROOT / "tests/cases/valid/rubric-small.yaml").read_text(encoding="utf-8")
    for name in ("t.txt", "t.md", "t.html", "d.txt", "d.md", "d.html"):
        for original in (small, small.replace(text, other)):
            assert hashlib.sha256(original.encode()).hexdigest() in found[name], name


def test_nothing_is_told_where_no_file_of_it_changed(told: Callable[[str, str], dict[str, str]]) -> None:
    found = told("title: A small rubric", "title: A small rubric")
    for name in (name for names in OUTPUTS for name in names if not name.endswith("json")):
        assert "Where the rubric changed" not in found[name], name
        assert "What the rubric did" not in " ".join(found[name].split()), name
    assert json.loads(found["d.json"])["split"] is json.loads(found["t.json"])["audits"][1]["split"] is None
