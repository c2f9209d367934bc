"""Rubrics to check: sound ones of several shapes, and the same with one thing wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from involve_audit.authoring.check import check
from involve_audit.authoring.manuscript import manuscript
from involve_audit.loading.rubric import read_rubric
from involve_audit.model.finding import Checked, Finding

SHAPES = Path(__file__).parents[2] / "shapes"
SOUND = (SHAPES / "ready-to-open.yaml").read_text(encoding="utf-8")
Edited = Callable[..., str]
Findings = Callable[..., list[Finding]]


def edited(*edits: tuple[str, str], text: str = SOUND) -> str:
    """The text with each passage, which has to be there once, replaced."""
    for passage, other in edits:
        assert text.count(passage) == 1, passage
        text = text.replace(passage, other)
    return text


def findings(text: str, **more: int) -> list[Finding]:
    """What is found about a rubric named after its id."""
    return list(checked(text, **more).findings)


def checked(text: str, name: str = "ready-to-open.yaml", **more: int) -> Checked:
    """A rubric's text, checked."""
    return check(manuscript(read_rubric(text.encode(), name)), **more)


@pytest.fixture(scope="session")
def large() -> str:
    from tests.shapes.large import large_rubric

    return large_rubric()
