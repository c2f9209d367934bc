"""Audits made from text by the real loader and the real engine, ready to be written in any format."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from involve_audit.engine.assessment import Assessment, assess_audit
from involve_audit.loading.audit import load_audit
from involve_audit.loading.tree import parse_tree
from involve_audit.model.view import Audit
from involve_audit.render.formats import ASSESSMENT
from involve_audit.render.options import Options
from involve_audit.render.report import ReportPage

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 23)
EXAMPLES = tuple(sorted(folder.name for folder in (ROOT / "examples").iterdir() if folder.is_dir()))


@dataclass(frozen=True)
class Case:
    """An audit and what follows from it."""

    audit: Audit
    assessment: Assessment

    @property
    def report(self) -> ReportPage:
        return self.report_with()

    def report_with(self, **options: Any) -> ReportPage:
        return ReportPage(self.audit, self.assessment, Options(**options))

    def text(self, format_name: str, **options: Any) -> Any:
        return ASSESSMENT.named(format_name).render(self.report_with(**options))


def assessed(audit: Audit) -> Case:
    return Case(audit, assess_audit(audit))


def loaded(paths: Sequence[Path], rubric: Path | None = None) -> Case:
    return assessed(load_audit([str(path) for path in paths], TODAY, str(rubric) if rubric else None))


@cache
def example(name: str) -> Case:
    """One of the shipped examples."""
    return loaded([ROOT / "examples" / name])


def small_rubric() -> dict[str, Any]:
    """The rubric `small` as plain data, to be changed at will."""
    file = ROOT / "tests/cases/valid/rubric-small.yaml"
    data: dict[str, Any] = parse_tree(file.read_bytes(), str(file)).data
    return data


def made(
    rubric: Mapping[str, Any],
    views: Mapping[str, Mapping[str, Any]],
    where: Path,
    *,
    beside: Mapping[str, str] | None = None,
    folder: str = "audit",
) -> Case:
    """An audit with this rubric and these views by file name, written to `where` and read again."""
    head = {
        "format": "involve-audit/answers@1",
        "rubric": f"{rubric['id']}@{rubric['version']}",
        "audit": "spring",
        "subject": {"name": "Riverside"},
        "date": "2026-11-22",
    }
    inside = where / folder
    inside.mkdir()
    for name, view in views.items():
        (inside / name).write_text(as_yaml(head | dict(view)), encoding="utf-8")
    for name, text in (beside or {}).items():
        (inside / name).write_text(text, encoding="utf-8")
    rubric_file = where / "rubric.yaml"
    rubric_file.write_text(as_yaml(rubric), encoding="utf-8")
    return loaded([inside], rubric_file)


def as_yaml(data: Mapping[str, Any]) -> str:
    """A mapping as YAML: each key on a line of its own, each value in double quotes with its escapes."""
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in data.items())
