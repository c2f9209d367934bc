"""Audits made from text by the real loader and the real engine, ready to be written in any format."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests import audits
from tests.audits import EXAMPLES, ROOT, Case

from involve_audit.model.view import Audit

ALL_BEST = {"survey": "yes", "agenda": "yes", "board": "yes", "ignored": "no", "token": "no"}


@pytest.fixture(scope="session", autouse=True)
def compiled_anew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No template that an earlier run compiled is used again."""
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path_factory.mktemp("compiled"))
    yield
    tempfile.tempdir = before


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def assess_audit() -> Callable[[Audit], Case]:
    """The case of an audit that was made by hand."""
    return audits.assessed


@pytest.fixture(scope="session")
def riverside() -> Case:
    """Two views that differ."""
    return audits.example("riverside")


@pytest.fixture(scope="session", params=EXAMPLES)
def example(request: pytest.FixtureRequest) -> Case:
    """Each of the shipped examples."""
    return audits.example(request.param)


@pytest.fixture
def small_rubric() -> dict[str, Any]:
    """The rubric `small` as plain data, to be changed at will."""
    return audits.small_rubric()


@pytest.fixture(scope="session")
def all_best() -> dict[str, str]:
    """Answers to the rubric `small` that reach its highest stage."""
    return dict(ALL_BEST)


@pytest.fixture
def small(tmp_path: Path, small_rubric: dict[str, Any]) -> Callable[..., Case]:
    """An audit with the rubric `small`: answers and the view's other lines; or several `views`, by file name."""

    def build(
        answers: dict[str, Any] | None = None,
        *,
        views: dict[str, dict[str, Any]] | None = None,
        rubric: dict[str, Any] | None = None,
        beside: dict[str, str] | None = None,
        folder: str = "audit",
        **lines: Any,
    ) -> Case:
        chosen = rubric or small_rubric
        given = views or {"view.yaml": {"answers": answers or {}, **lines}}
        return audits.made(chosen, given, tmp_path, beside=beside, folder=folder)

    return build
