"""Findings for a person: in the order of the file, each with its place, its line and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.escaping import clean
from involve_audit.language import _, listed, ngettext, number
from involve_audit.model.finding import Checked, Finding, Findings, Severity
from involve_audit.words.reports import SEVERITIES

_MOST_LEFT_OUT = 10


def render(found: Findings) -> str:
    """The findings as text, file by file, each file with a line that sums it up."""
    return "\n".join(line for one in found.files for line in _lines(one))


def _lines(checked: Checked) -> Iterator[str]:
    for finding in checked.findings:
        yield from _finding_lines(finding)
        yield ""
    yield clean(summary(checked))
    yield from map(clean, checked.notes)
    if len(checked.left_out) > _MOST_LEFT_OUT:
        yield _("Nothing else was looked at until the file is valid.")
    elif checked.left_out:
        yield clean(_("Not looked at until the file is valid: {rules}.").format(rules=_asked(checked)))
    yield ""


def _finding_lines(finding: Finding) -> Iterator[str]:
    first, *others = str(finding.problem).split("\n")
    yield clean(f"{SEVERITIES[finding.severity]}: {first}")
    yield from map(clean, others)


def _asked(checked: Checked) -> str:
    return listed(f"“{_(rule.asks)}”" for name, rule in checked.rules.items() if name in checked.left_out)


def summary(checked: Checked) -> str:
    """How many findings of each kind a file has, in one line."""
    errors, unsettled, warnings = (checked.count(severity) for severity in Severity)
    parts = [
        ngettext("{count} error", "{count} errors", errors).format(count=number(errors)) if errors else "",
        ngettext("{count} search cut off", "{count} searches cut off", unsettled).format(count=number(unsettled))
        if unsettled
        else "",
        ngettext("{count} warning", "{count} warnings", warnings).format(count=number(warnings)) if warnings else "",
    ]
    said = listed(part for part in parts if part) or _("nothing to put right")
    return f"{checked.file}: {said}."
