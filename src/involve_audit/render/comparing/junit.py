"""A comparison as JUnit XML, which nearly every CI shows: a test case for each question, and one for each gate.

What `--fail-on` asks for, and nothing else, is a failure.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from involve_audit.engine.comparing.comparison import NOT_COMPARABLE, REGRESSION, UNHEARD
from involve_audit.engine.comparing.items import ItemChange
from involve_audit.escaping import xml_text
from involve_audit.render.comparing.report import DiffPage
from involve_audit.words.comparing import CLASSES, FAILURES


def render(report: DiffPage) -> str:
    """The comparison as one test suite."""
    cases = list(_cases(report))
    suite = ET.Element(
        "testsuite",
        name=xml_text(report.title),
        tests=str(len(cases)),
        failures=str(sum(case.find("failure") is not None for case in cases)),
        errors="0",
        skipped="0",
    )
    suite.extend(cases)
    suites = ET.Element("testsuites")
    suites.append(suite)
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _cases(report: DiffPage) -> Iterator[ET.Element]:
    failed = {name: what for name, what, _hint in report.failures if name != REGRESSION}
    yield _case("diff", FAILURES["case_stage"], report.headline, _stage_failure(report))
    for name in (UNHEARD, NOT_COMPARABLE):
        yield _case("diff", FAILURES[f"case_{name}"], "", failed.get(name, ""))
    for change in report.comparison.items:
        yield _item_case(report, change)


def _stage_failure(report: DiffPage) -> str:
    is_asked = REGRESSION in report.checks
    return report.headline if is_asked and report.comparison.fell else ""


def _item_case(report: DiffPage, change: ItemChange) -> ET.Element:
    line = report.lines.line(change)
    said = f"{CLASSES[change.kind]}: {report.lines.move(change)}. {line.why}".strip()
    fails = REGRESSION in report.checks and change.is_regression
    return _case(report.lines.theme(change), f"{line.title} ({change.item})", said, said if fails else "")


def _case(group: str, name: str, said: str, failure: str) -> ET.Element:
    case = ET.Element("testcase", classname=xml_text(group), name=xml_text(name))
    if failure:
        ET.SubElement(case, "failure", message=xml_text(failure)).text = xml_text(failure)
    elif said:
        ET.SubElement(case, "system-out").text = xml_text(said)
    return case
