"""The run as a test report in JUnit's XML: one test case an audit, which fails on the gates that were asked for."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence

from involve_audit.escaping import xml_text
from involve_audit.render.batch.findings import why
from involve_audit.render.batch.outcome import Outcome, Run, Scored, Setting

_SUITE = "involve-audit"
_LONGEST = 1000


def row(outcome: Outcome, setting: Setting) -> str:
    """One test case: an error where the audit could not be assessed, a failure with every gate that failed."""
    group = outcome.files[0] if outcome.files else _SUITE
    case = ET.Element("testcase", classname=xml_text(group), name=xml_text(outcome.id))
    if outcome.scored is None:
        _add(case, "error", ["problem"], [str(problem) for problem in outcome.problems])
    elif outcome.scored.failed:
        _add(case, "failure", [found.check for found in outcome.scored.failed], _said(outcome.scored, setting))
    return ET.tostring(case, encoding="unicode") + "\n"


def document(run: Run, rows: Iterable[str], setting: Setting) -> Iterator[str]:
    """The test suite."""
    numbers = {"tests": run.audits + run.not_scored, "failures": run.failing, "errors": run.not_scored}
    counts = {"name": _SUITE, **{name: str(number) for name, number in numbers.items()}}
    suites = ET.Element("testsuites", counts)
    ET.SubElement(suites, "testsuite", counts).text = "\n"
    text = ET.tostring(suites, encoding="unicode", xml_declaration=True)
    before, end, after = text.partition("</testsuite>")
    yield before
    yield from rows
    yield f"{end}{after}\n"


def _said(scored: Scored, setting: Setting) -> list[str]:
    return [f"{found.check}: {why(scored, found, setting.checks.fail_under)}" for found in scored.failed]


def _add(case: ET.Element, name: str, kinds: Sequence[str], said: Sequence[str]) -> None:
    """One element for everything: there are readers of this format that look at no second one."""
    found = ET.SubElement(case, name, type=", ".join(kinds), message=xml_text("; ".join(said))[:_LONGEST])
    found.text = xml_text("\n".join(said))
