"""Every format works for rubrics of any shape, and for audits of several rubrics at once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from involve_audit.loading.rubric import load_rubric
from involve_audit.render.formats import MANY_AUDITS

ROOT = Path(__file__).parents[3]
SHAPES = sorted((ROOT / "tests/shapes").glob("*.yaml"))


@pytest.fixture
def answered(here: Path) -> Path:
    """A folder with two audits for each rubric of another shape, and one for a shipped rubric."""
    (here / "rubrics").mkdir()
    for shape in SHAPES:
        rubric = load_rubric(str(shape)).content
        shutil.copy(shape, here / f"rubrics/{rubric.id}.yaml")
        for place, option in enumerate(rubric.scale[:2]):
            answers = {item.id: option.id for item in rubric.items if option.is_for(item.kind)}
            lines = {
                "format": "involve-audit/answers@1",
                "rubric": f"{rubric.id}@{rubric.version}",
                "audit": f"{rubric.id}-{place}",
                "subject": {"name": "Somewhere"},
                "date": "2024-02-29",
                "answers": answers,
            }
            path = here / f"answers/{rubric.id}-{place}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in lines.items()), encoding="utf-8")
    shutil.copytree(ROOT / "examples/riverside", here / "answers/riverside")
    return here / "answers"


@pytest.mark.parametrize("format_name", [entry.name for entry in MANY_AUDITS.formats])
def test_every_format_says_something_of_every_rubric(run: Callable[..., Any], answered: Path, format_name: str) -> None:
    done = run("batch", "answers", "--format", format_name, "--fail-on", "unheard", "--fail-on", "unevidenced")
    assert done.exit_code == 1, done.output
    rubrics = [load_rubric(str(shape)).content for shape in SHAPES]
    assert len(rubrics) >= 2
    if format_name in ("text", "markdown", "html"):
        for rubric in rubrics:
            assert f"{rubric.title} {rubric.version}: 2 audits" in done.stdout
    elif format_name not in ("sarif", "github"):  # these speak only of what was found
        for rubric in rubrics:
            assert f"{rubric.id}-1" in done.stdout


def test_a_rubric_without_perspectives_leaves_nobody_unheard(run: Callable[..., Any], answered: Path) -> None:
    rows = [json.loads(line) for line in run("batch", "answers", "--format", "jsonl").stdout.splitlines()]
    without = {rubric.id for shape in SHAPES if not (rubric := load_rubric(str(shape)).content).perspectives}
    assert without
    for row in rows:
        if row["rubric"]["id"] in without:
            assert "unheard" not in row["findings"]


def test_a_stage_that_only_one_rubric_has_fails_the_audits_of_the_others(
    run: Callable[..., Any], answered: Path
) -> None:
    done = run("batch", "answers", "--format", "jsonl", "--fail-under", "beginnings")
    rows = {row["audit"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert done.exit_code == 1
    assert rows["riverside-2026-11"]["failed"] == []
    others = [row for name, row in rows.items() if name != "riverside-2026-11"]
    assert {row["failed"][0]["why"] for row in others} == {"its rubric has no stage `beginnings`"}
