"""`answers new -o form.xlsform.xlsx`: a form for survey tools, with what is filled in, in every language at hand."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from tests import audits, program
from tests.unit.loading.test_overlay import WELSH
from tests.unit.render.forms.test_xlsform import converted, sheets


def test_a_form_has_the_languages_that_are_at_hand_and_what_was_filled_in(tmp_path: Path) -> None:
    (tmp_path / "rubrics").mkdir()
    shutil.copy(audits.ROOT / "tests/cases/valid/rubric-small.yaml", tmp_path / "rubrics/small.yaml")
    (tmp_path / "rubrics/small-cy.yaml").write_text(WELSH, encoding="utf-8")
    words = ["--subject", "The Old Mill", "--audit", "mill-1", "--for", "members"]
    done = program.run_in(tmp_path, "answers", "new", "small", *words, "-o", "form.xlsform.xlsx")
    assert (done.exit_code, done.stderr) == (0, "Written: form.xlsform.xlsx\n")
    content = (tmp_path / "form.xlsform.xlsx").read_bytes()
    converted(content)
    read: dict[str, Any] = sheets(content)
    (board,) = [row for row in read["survey"] if row.get("name") == "q_board"]
    assert {column.partition("::")[2] for column in board if column.startswith("label")} == {
        "English (en)",
        "Cymraeg (cy)",
    }
    assert board["label::Cymraeg (cy)"].endswith("A oes aelodau ar y bwrdd?")
    assert read["settings"][0]["form_id"] == "small_mill_1"
