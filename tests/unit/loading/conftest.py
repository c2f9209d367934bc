"""Files to load, made where a test wants them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from involve_audit.errors import InputError, Problem

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 23)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def small_rubric() -> str:
    return (ROOT / "tests/cases/valid/rubric-small.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def answers() -> Callable[..., str]:
    """The text of an answers file for the rubric `small`, its lines changed or added by name."""

    def text(**lines: str) -> str:
        head = {
            "format": "involve-audit/answers@1",
            "rubric": "small@1.0.0",
            "subject": "{name: Riverside}",
            "date": "2026-11-22",
        }
        return "".join(f"{name}: {value}\n" for name, value in (head | lines).items())

    return text


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_rubric: str) -> Path:
    """An empty working folder that has the rubric `small` in `rubrics/small.yaml`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics/small.yaml").write_text(small_rubric, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def problems_of() -> Callable[..., tuple[Problem, ...]]:
    """The problems with which a call refuses its input."""

    def problems(call: Callable[..., object], *arguments: object) -> tuple[Problem, ...]:
        with pytest.raises(InputError) as caught:
            call(*arguments)
        return caught.value.problems

    return problems
