"""Whole outputs, read by a person before they were kept. `UPDATE_GOLDEN=1 pytest tests/golden` writes them anew."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from involve_audit.engine.assessment import assess
from involve_audit.engine.compiled import compile_rubric, compile_view
from involve_audit.loading.audit import load_audit
from involve_audit.render.formats import format_of_file
from involve_audit.render.options import Options

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"


@pytest.mark.parametrize(
    "name", ["norfolk.md", "norfolk.txt", "riverside.md", "riverside.txt", "riverside.html", "riverside.audit.json"]
)
def test_an_output_is_as_it_was_read(name: str) -> None:
    form = format_of_file(name)
    assert form
    audit = load_audit([str(EXAMPLES / name.partition(".")[0])], date(2026, 11, 23))
    rubric = compile_rubric(audit.rubric.content)
    found = assess(rubric, [compile_view(rubric, view.content) for view in audit.views])
    text = form.render(audit, found, Options(width=80))
    kept = HERE / name
    if "UPDATE_GOLDEN" in os.environ:
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")
