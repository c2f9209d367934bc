"""Whole outputs, read by a person before they were kept. `UPDATE_GOLDEN=1 pytest tests/golden` writes them anew."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from tests.comparisons import diff, trend, written

from involve_audit.engine.assessment import assess_audit
from involve_audit.engine.checks import FAIL_ON_CHANGE
from involve_audit.loading.audit import load_audit
from involve_audit.render.formats import ASSESSMENT
from involve_audit.render.options import Options
from involve_audit.render.report import ReportPage

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
NAMES = {"txt": "text", "md": "markdown", "html": "html", "json": "json", "xml": "junit"}


@pytest.mark.parametrize(
    "name", ["norfolk.md", "norfolk.txt", "riverside.md", "riverside.txt", "riverside.html", "riverside.audit.json"]
)
def test_an_output_is_as_it_was_read(name: str) -> None:
    form = ASSESSMENT.of_file(name)
    assert form
    audit = load_audit([str(EXAMPLES / name.partition(".")[0])], date(2026, 11, 23))
    text = str(form.render(ReportPage(audit, assess_audit(audit), Options(width=80))))
    is_kept(name, text)


def is_kept(name: str, text: str) -> None:
    """Asserts that a text is the one that was kept under this name."""
    kept = HERE / name
    if "UPDATE_GOLDEN" in os.environ:
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["diff.txt", "diff.md", "diff.html", "diff.json", "diff.xml"])
def test_a_comparison_of_two_rounds_is_as_it_was_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES.parent)
    report = diff("examples/riverside-2025", "examples/riverside", checks=FAIL_ON_CHANGE)
    is_kept(f"riverside-{name}", written(report, NAMES[name.partition(".")[2]]))


@pytest.mark.parametrize("name", ["trend.txt", "trend.md", "trend.html", "trend.json"])
def test_a_series_of_three_rounds_is_as_it_was_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES.parent)
    report = trend([f"examples/{folder}" for folder in ("riverside-2024", "riverside-2025", "riverside")])
    is_kept(f"riverside-{name}", written(report, NAMES[name.partition(".")[2]]))
