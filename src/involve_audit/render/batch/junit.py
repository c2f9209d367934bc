"""The run as a test report in JUnit's XML: one test case an audit, which fails on the gates that were asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from involve_audit.errors import Problem
from involve_audit.render.batch.findings import why
from involve_audit.render.batch.outcome import Outcome, Scored
from involve_audit.render.batch.run import Run
from involve_audit.render.batch.setting import Setting
from involve_audit.render.escaping import clean

_SUITE = "involve-audit"
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def row(outcome: Outcome, setting: Setting) -> str:
    """One test case: an error where the audit could not be assessed, a failure with every gate that failed."""
    scored = outcome.scored
    named = {"classname": outcome.files[0] if outcome.files else _SUITE, "name": outcome.id}
    inside = _failure(scored, setting) if scored else _error(outcome.problems)
    head = f"  <testcase{_attributes(named)}"
    return f"{head}>\n{inside}  </testcase>\n" if inside else f"{head}/>\n"


def document(run: Run, rows: Iterable[str], setting: Setting) -> Iterator[str]:
    """The test suite."""
    numbers = {"tests": run.audits + run.not_scored, "failures": run.failing, "errors": run.not_scored}
    counts = _attributes({"name": _SUITE, **{name: str(number) for name, number in numbers.items()}})
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites{counts}>\n <testsuite{counts}>\n'
    yield from rows
    yield " </testsuite>\n</testsuites>\n"


def _failure(scored: Scored, setting: Setting) -> str:
    """One element for all gates: there are readers of this format that look at no second one."""
    said = [f"{found.check}: {why(scored, found, setting.checks.fail_under)}" for found in scored.failed]
    return _element("failure", ", ".join(found.check for found in scored.failed), said) if said else ""


def _error(problems: tuple[Problem, ...]) -> str:
    return _element("error", "problem", [str(problem) for problem in problems])


def _element(name: str, kind: str, said: list[str]) -> str:
    attributes = _attributes({"type": kind, "message": "; ".join(said)[:1000]})
    return f"   <{name}{attributes}>{escape(_text(chr(10).join(said)))}</{name}>\n"


def _attributes(values: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(_text(value))}" for name, value in values.items())


def _text(text: str) -> str:
    """Text with nothing that XML cannot hold."""
    lines = text.splitlines()
    return _NOT_XML.sub("\ufffd", "\n".join(str(clean(line)) for line in lines))
