"""Findings in each format: for a person, for other programs, for code hosts and for a CI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from involve_audit import __version__
from involve_audit.errors import MOST_PROBLEMS
from involve_audit.escaping import as_json, clean
from involve_audit.language import _, in_short, listed, ngettext, number
from involve_audit.model.finding import ALLOW, Checked, Finding, Findings, Severity
from involve_audit.words.reports import SEVERITIES

FORMAT = "involve-audit/findings@1"
_MOST_LEFT_OUT = 10


def as_text(findings: Findings) -> str:
    """The findings as text, file by file, each file with a line that sums it up."""
    return "\n".join(line for checked in findings.files for line in _lines(checked))


def _lines(checked: Checked) -> Iterator[str]:
    for finding in checked.findings:
        yield from _finding_lines(finding)
        yield ""
    yield clean(summary(checked))
    yield from map(clean, _allowed(checked))
    yield from map(clean, checked.notes)
    if len(checked.left_out) > _MOST_LEFT_OUT:
        yield _("Nothing else was looked at until the file is valid.")
    elif checked.left_out:
        yield clean(_("Not looked at until the file is valid: {rules}.").format(rules=_asked(checked)))
    yield ""


def _allowed(checked: Checked) -> Iterator[str]:
    """How many findings of which rules the author allows, and of what, a line for each reason, and which could be."""
    counts = Counter((finding.rule, because) for finding, because in checked.allowed)
    for (rule, because), count in counts.items():
        alike = [finding for finding, why in checked.allowed if (finding.rule, why) == (rule, because)]
        about = in_short(dict.fromkeys(f"`{name}`" for finding in alike for _section, name in finding.about[-1:]))
        words = ngettext(
            "Allowed by its author: {count} warning of {rule}. Why: {because}",
            "Allowed by its author: {count} warnings of {rule}. Why: {because}",
            count,
        )
        named = f"`{rule}` ({about})" if about else f"`{rule}`"
        yield words.format(count=number(count), rule=named, because=" ".join(because.split()))
    warned = dict.fromkeys(finding.rule for finding in checked.findings if finding.severity is Severity.warning)
    if warned and ALLOW in checked.rules:
        yield _("Rules, as `allow` names them: {rules}.").format(rules=listed(f"`{rule}`" for rule in warned))


def _finding_lines(finding: Finding) -> Iterator[str]:
    first, *others = str(finding.problem).split("\n")
    yield clean(f"{SEVERITIES[finding.severity]}: {first}")
    yield from map(clean, others)


def _asked(checked: Checked) -> str:
    return listed(f"“{_(rule.asks)}”" for name, rule in checked.rules.items() if name in checked.left_out)


def summary(checked: Checked) -> str:
    """How many findings of each kind a file has, in one line."""
    errors, unsettled, warnings = (checked.count(severity) for severity in Severity)
    told = ngettext("{count} error", "{count} errors", errors)
    if errors > MOST_PROBLEMS:  # no more were looked for
        told, errors = _("more than {count} errors"), MOST_PROBLEMS
    parts = [
        told.format(count=number(errors)) if errors else "",
        ngettext("{count} search cut off", "{count} searches cut off", unsettled).format(count=number(unsettled))
        if unsettled
        else "",
        ngettext("{count} warning", "{count} warnings", warnings).format(count=number(warnings)) if warnings else "",
    ]
    said = listed(part for part in parts if part) or _("nothing to put right")
    return f"{checked.file}: {said}."


def as_data(findings: Findings) -> str:
    """The findings as JSON, with whether each file passes."""
    strict = findings.strict
    data = {
        "format": FORMAT,
        "tool": {"version": __version__},
        "strict": strict,
        "passes": all(checked.passes(strict) for checked in findings.files),
        "files": [_file(checked, strict) for checked in findings.files],
    }
    return as_json(data, indent=2) + "\n"


def _file(checked: Checked, strict: bool) -> dict[str, Any]:
    return {
        "file": checked.file,
        "passes": checked.passes(strict),
        "counts": {severity.value: checked.count(severity) for severity in Severity},
        "left_out": [name for name in checked.rules if name in checked.left_out],
        "notes": list(checked.notes),
        "findings": [_finding(finding) for finding in checked.findings],
        "allowed": [{**_finding(finding), "because": because} for finding, because in checked.allowed],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    about = {"rule": finding.rule, "severity": finding.severity.value}
    return {**about, **finding.problem.as_data(), "text": finding.problem.text}


def as_sarif(findings: Findings) -> str:
    """The findings as one run. A search that was cut off is an error there: SARIF knows no other word for no pass."""
    from involve_audit.render import sarif

    def level(severity: Severity) -> str:
        return sarif.WARNING if severity is Severity.warning else sarif.ERROR

    rules = {name: rule for checked in findings.files for name, rule in checked.rules.items()}
    results = (
        sarif.Result(
            finding.rule,
            level(finding.severity),
            problem.sentences,
            (problem.path, problem.line, problem.column),
            allowed_because=because,
        )
        for checked in findings.files
        for finding, because in (*((finding, "") for finding in checked.findings), *checked.allowed)
        for problem in [finding.problem]
    )
    told = [sarif.RuleTold(name, _(rule.asks), level(rule.severity)) for name, rule in rules.items()]
    return sarif.document(told, results)


def as_junit(findings: Findings) -> str:
    """The findings as test suites, a file each. Whatever does not pass is a failure; a rule left out is skipped."""
    from involve_audit.render import junit

    def told(checked: Checked, rule: str) -> Iterator[junit.Told]:
        if rule in checked.left_out:
            yield junit.Told(junit.SKIPPED, short=_("not looked at until the file is valid"))
        broken = [finding for finding in checked.findings if finding.rule == rule]
        for finding in broken:
            if finding.fails(findings.strict):
                problem = finding.problem
                yield junit.Told(junit.FAILURE, str(problem), problem.in_short, finding.severity)
        said = [str(finding.problem) for finding in broken if not finding.fails(findings.strict)]
        why = _("Allowed by its author. Why: {because}")
        for finding, because in checked.allowed:
            said += [f"{finding.problem}\n    {why.format(because=because)}"] if finding.rule == rule else []
        if said:
            yield junit.Told(junit.SAID, "\n".join(said))

    return junit.document(
        (
            checked.file,
            [
                junit.Case(checked.file, f"{name}: {_(rule.asks)}", tuple(told(checked, name)))
                for name, rule in checked.rules.items()
            ],
        )
        for checked in findings.files
    )
