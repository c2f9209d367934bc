"""A comparison as test cases: one for each question, and one for each thing that `--fail-on` can ask for.

What it asks for, and nothing else, is a failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from involve_audit.engine.comparing.comparison import NOT_COMPARABLE, REGRESSION, UNHEARD, Failure
from involve_audit.render import junit
from involve_audit.words.comparing import CLASSES, FAILURES

if TYPE_CHECKING:
    from involve_audit.engine.comparing.changes import ItemChange
    from involve_audit.render.comparing.diff_page import DiffPage

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render(report: DiffPage) -> str:
    """The comparison as one test suite."""
    return junit.document([(report.title, list(_cases(report)))], _DECLARATION)


def _cases(report: DiffPage) -> Iterator[junit.Case]:
    yield _case("diff", FAILURES["case_stage"], report.headline, Failure(REGRESSION) in report.failed)
    failed = {name: words for name, words, _hint in report.failures}
    for name in (UNHEARD, NOT_COMPARABLE):
        yield _case("diff", FAILURES[f"case_{name}"], failed.get(name, ""), name in failed)
    lost = {change.item for failure in report.failed for change in failure.items}
    for change in report.comparison.items:
        yield _item_case(report, change, change.item in lost)


def _item_case(report: DiffPage, change: ItemChange, fails: bool) -> junit.Case:
    line = report.lines.line(change)
    said = f"{CLASSES[change.kind]}: {report.lines.move(change)}. {line.why}".strip()
    return _case(report.lines.theme(change), f"{report.lines.numbered(change)} ({change.item})", said, fails)


def _case(group: str, name: str, said: str, fails: bool) -> junit.Case:
    told = junit.Told(junit.FAILURE, said, said) if fails else junit.Told(junit.SAID, said)
    return junit.Case(group, name, (told,) if said else ())
