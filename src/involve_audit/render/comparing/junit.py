"""A comparison as test cases: one for each question, and one for each thing that `--fail-on` can ask for.

What it asks for, and nothing else, is a failure.
"""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.engine.comparing.comparison import NOT_COMPARABLE, REGRESSION, UNHEARD
from involve_audit.engine.comparing.items import ItemChange
from involve_audit.render import junit
from involve_audit.render.comparing.report import DiffPage
from involve_audit.words.comparing import CLASSES, FAILURES

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render(report: DiffPage) -> str:
    """The comparison as one test suite."""
    return junit.document([(report.title, list(_cases(report)))], _DECLARATION)


def _cases(report: DiffPage) -> Iterator[junit.Case]:
    fell = REGRESSION in report.checks and report.comparison.fell
    yield _case("diff", FAILURES["case_stage"], report.headline, fell)
    failed = {name: what for name, what, _hint in report.failures}
    for name in (UNHEARD, NOT_COMPARABLE):
        yield _case("diff", FAILURES[f"case_{name}"], failed.get(name, ""), name in failed)
    for change in report.comparison.items:
        yield _item_case(report, change)


def _item_case(report: DiffPage, change: ItemChange) -> junit.Case:
    line = report.lines.line(change)
    said = f"{CLASSES[change.kind]}: {report.lines.move(change)}. {line.why}".strip()
    fails = REGRESSION in report.checks and change.is_regression
    return _case(report.lines.theme(change), f"{line.title} ({change.item})", said, fails)


def _case(group: str, name: str, said: str, fails: bool) -> junit.Case:
    told = junit.Told(junit.FAILURE, said, said) if fails else junit.Told(junit.SAID, said)
    return junit.Case(group, name, (told,) if said else ())
