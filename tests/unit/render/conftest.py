"""Audits made from text by the real loader and the real engine, ready to be written in any format."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from involve_audit.engine.assessment import Assessment, assess
from involve_audit.engine.compiled import compile_rubric, compile_view
from involve_audit.loading.audit import load_audit
from involve_audit.loading.tree import parse_tree
from involve_audit.model.audit import Audit
from involve_audit.render.formats import format_named
from involve_audit.render.options import Options
from involve_audit.render.report import Report

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 23)
ALL_BEST = {"survey": "yes", "agenda": "yes", "board": "yes", "ignored": "no", "token": "no"}


@dataclass(frozen=True)
class Case:
    """An audit and what follows from it."""

    audit: Audit
    assessment: Assessment

    @property
    def report(self) -> Report:
        return self.report_with()

    def report_with(self, **options: Any) -> Report:
        return Report(self.audit, self.assessment, Options(**options))

    def text(self, format_name: str, **options: Any) -> str:
        found = format_named(format_name)
        assert found is not None
        return found.render(self.audit, self.assessment, Options(**options))


def assessed(audit: Audit) -> Case:
    compiled = compile_rubric(audit.rubric.content)
    return Case(audit, assess(compiled, [compile_view(compiled, view.content) for view in audit.views]))


def loaded(paths: Sequence[Path], rubric: Path | None = None) -> Case:
    return assessed(load_audit([str(path) for path in paths], TODAY, str(rubric) if rubric else None))


def as_yaml(data: dict[str, Any]) -> str:
    """A mapping as YAML: each key on a line of its own, each value in double quotes with its escapes."""
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in data.items())


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
    return assessed


@pytest.fixture(scope="session")
def riverside() -> Case:
    """Two views that differ."""
    return loaded([ROOT / "examples/riverside"])


@pytest.fixture(scope="session", params=["riverside", "norfolk", "west-sussex"])
def example(request: pytest.FixtureRequest) -> Case:
    """Each of the shipped examples."""
    return loaded([ROOT / "examples" / request.param])


@pytest.fixture
def small_rubric() -> dict[str, Any]:
    """The rubric `small` as plain data, to be changed at will."""
    file = ROOT / "tests/cases/valid/rubric-small.yaml"
    data: dict[str, Any] = parse_tree(file.read_bytes(), str(file)).data
    return data


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
        head = {
            "format": "involve-audit/answers@1",
            "rubric": f"{chosen['id']}@{chosen['version']}",
            "audit": "spring",
            "subject": {"name": "Riverside"},
            "date": "2026-11-22",
        }
        inside = tmp_path / folder
        inside.mkdir()
        for name, view in (views or {"view.yaml": {"answers": answers or {}, **lines}}).items():
            (inside / name).write_text(as_yaml(head | view), encoding="utf-8")
        for name, text in (beside or {}).items():
            (inside / name).write_text(text, encoding="utf-8")
        rubric_file = tmp_path / "rubric.yaml"
        rubric_file.write_text(as_yaml(chosen), encoding="utf-8")
        return loaded([inside], rubric_file)

    return build
