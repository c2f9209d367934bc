"""Tables in memory, and what is read from them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from involve_audit.errors import InputError
from involve_audit.loading.files import FileContent
from involve_audit.loading.responses.received import Assumed
from involve_audit.loading.responses.table import read
from involve_audit.loading.rubric import load_rubric
from involve_audit.loading.view import answer_rules
from involve_audit.model.view import View

ROOT = Path(__file__).parents[1]
SMALL = load_rubric(str(ROOT / "tests/cases/valid/rubric-small.yaml"))
ASSUMED = Assumed(date(2026, 11, 28), SMALL, subject="Riverside", perspective="members")


class Gave(NamedTuple):
    """What reading a table gave: views, what is wrong, and what was told."""

    views: list[View]
    problems: list[str]
    told: list[str]


def table_of(*rows: Sequence[str], separator: str = ",", **how: Any) -> bytes:
    """A CSV with these rows."""
    written = StringIO()
    csv.writer(written, delimiter=separator, lineterminator=how.get("ends", "\n")).writerows(rows)
    return written.getvalue().encode(how.get("encoding", "utf-8"))


def gave(*rows: Any, file: str = "export.csv", **assumed: Any) -> Gave:
    """What a table gives: rows, or the bytes of a file. Refused as a whole, it gives problems alone."""
    content = rows[0] if isinstance(rows[0], bytes) else table_of(*rows)
    rules = answer_rules(assumed.get("rubric") or SMALL)
    try:
        got = read(FileContent(file, content), replace(ASSUMED, **assumed))
        views = list(got.views)
    except InputError as error:
        return Gave([], [str(problem) for problem in error.problems], [])
    problems = [str(problem) for view in views for problem in (*view.problems, *rules.problems(view.tree))]
    return Gave([view.source.content for view in views if view.source], problems, got.told)
