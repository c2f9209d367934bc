"""Findings as JUnit XML, which nearly every CI shows: one test case for each rule and file."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from involve_audit.escaping import xml_text
from involve_audit.language import _
from involve_audit.model.finding import Checked, Finding, Findings, Severity


def render(found: Findings) -> str:
    """The findings as test suites, a file each. Whatever does not pass is a failure; a rule left out is skipped."""
    suites = ET.Element("testsuites")
    for one in found.files:
        suites.append(_suite(one, found.strict))
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _suite(checked: Checked, strict: bool) -> ET.Element:
    cases = [_case(checked, name, strict) for name in checked.rules]
    suite = ET.Element(
        "testsuite",
        name=xml_text(checked.file),
        tests=str(len(cases)),
        failures=str(sum(case.find("failure") is not None for case in cases)),
        errors="0",
        skipped=str(sum(case.find("skipped") is not None for case in cases)),
    )
    suite.extend(cases)
    return suite


def _case(checked: Checked, name: str, strict: bool) -> ET.Element:
    case = ET.Element("testcase", classname=xml_text(checked.file), name=xml_text(f"{name}: {_said(checked, name)}"))
    if name in checked.left_out:
        ET.SubElement(case, "skipped", message=_("not looked at until the file is valid"))
    passed_over = []
    for finding in (one for one in checked.findings if one.rule == name):
        if strict or finding.severity is not Severity.warning:
            _fail(case, finding)
        else:
            passed_over.append(str(finding.problem))
    if passed_over:
        ET.SubElement(case, "system-out").text = xml_text("\n".join(passed_over))
    return case


def _said(checked: Checked, name: str) -> str:
    return _(checked.rules[name].asks)


def _fail(case: ET.Element, finding: Finding) -> None:
    where, what = finding.problem.where, finding.problem.what
    message = xml_text(f"{where}: {what}" if where else what)
    ET.SubElement(case, "failure", type=finding.severity.value, message=message).text = xml_text(str(finding.problem))
