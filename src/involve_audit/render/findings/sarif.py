"""Findings as SARIF 2.1.0, which code hosts show beside the lines of a file."""

from __future__ import annotations

import json
from typing import Any

from involve_audit.escaping import json_text
from involve_audit.language import _
from involve_audit.model.finding import Finding, Findings, Rule, Severity
from involve_audit.render.sarif import SCHEMA, location, tool

_LEVELS = {Severity.error: "error", Severity.unsettled: "error", Severity.warning: "warning"}


def render(found: Findings) -> str:
    """The findings as one run. A search that was cut off is an error there: SARIF knows no other word for no pass."""
    rules = {name: rule for one in found.files for name, rule in one.rules.items()}
    results = [_result(finding, list(rules)) for one in found.files for finding in one.findings]
    about = tool([_rule(*named) for named in rules.items()])
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": about, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json_text(json.dumps(log, indent=2, ensure_ascii=False)) + "\n"


def _rule(name: str, rule: Rule) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": _(rule.asks)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, rules: list[str]) -> dict[str, Any]:
    problem = finding.problem
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": _LEVELS[finding.severity],
        "message": {"text": " ".join(part for part in (f"{problem.what}.", problem.hint) if part)},
        "locations": [location(problem.path, problem.line, problem.column)],
    }
