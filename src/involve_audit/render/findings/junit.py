"""Findings as JUnit XML, which nearly every CI shows: one test case for each rule and file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from involve_audit.language import _
from involve_audit.model.finding import Checked, Finding, Severity
from involve_audit.render.escaping import xml_text


def render(checked: Sequence[Checked], strict: bool) -> str:
    """The findings as test suites, a file each. Whatever does not pass is a failure; a rule left out is skipped."""
    suites = [line for one in checked for line in _suite(one, strict)]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *suites, "</testsuites>", ""])


def _suite(checked: Checked, strict: bool) -> Iterator[str]:
    by_rule = {name: [finding for finding in checked.findings if finding.rule == name] for name in checked.rules}
    failing = sum(any(_fails(finding, strict) for finding in found) for found in by_rule.values())
    counts = f'tests="{len(by_rule)}" failures="{failing}" errors="0" skipped="{len(checked.left_out)}"'
    yield f"  <testsuite name={_attribute(checked.file)} {counts}>"
    for name, found in by_rule.items():
        yield from _case(checked, name, found, strict)
    yield "  </testsuite>"


def _case(checked: Checked, name: str, found: list[Finding], strict: bool) -> Iterator[str]:
    title = f"{name}: {_(checked.rules[name].asks)}"
    head = f"    <testcase classname={_attribute(checked.file)} name={_attribute(title)}"
    inside = []
    if name in checked.left_out:
        inside.append(f"      <skipped message={_attribute(_('not looked at until the file is valid'))}/>")
    for finding in found:
        if _fails(finding, strict):
            text = escape(xml_text(str(finding.problem)))
            inside.append(
                f"      <failure type={_attribute(finding.severity.value)} message={_said(finding)}>{text}</failure>"
            )
    passed_over = [str(finding.problem) for finding in found if not _fails(finding, strict)]
    if passed_over:
        inside.append(f"      <system-out>{escape(xml_text(chr(10).join(passed_over)))}</system-out>")
    yield from [f"{head}>", *inside, "    </testcase>"] if inside else [f"{head}/>"]


def _fails(finding: Finding, strict: bool) -> bool:
    return strict or finding.severity is not Severity.warning


def _said(finding: Finding) -> str:
    where, what = finding.problem.where, finding.problem.what
    return _attribute(f"{where}: {what}" if where else what)


def _attribute(text: str) -> str:
    return quoteattr(xml_text(text))
