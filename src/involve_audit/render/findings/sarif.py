"""Findings as SARIF 2.1.0, which code hosts show beside the lines of a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from involve_audit import __version__
from involve_audit.language import _
from involve_audit.model.finding import Checked, Finding, Rule, Severity
from involve_audit.render.escaping import json_text

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.error: "error", Severity.unsettled: "error", Severity.warning: "warning"}


def render(checked: Sequence[Checked], strict: bool) -> str:
    """The findings as one run. A search that was cut off is an error there: SARIF knows no other word for no pass."""
    rules = {name: rule for one in checked for name, rule in one.rules.items()}
    driver = {"name": "involve-audit", "version": __version__, "rules": [_rule(*named) for named in rules.items()]}
    results = [_result(finding, list(rules)) for one in checked for finding in one.findings]
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
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
    region = {"startLine": problem.line or 1}
    if problem.column:
        region["startColumn"] = problem.column
    place = {"artifactLocation": {"uri": _uri(problem.path)}, "region": region}
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": _LEVELS[finding.severity],
        "message": {"text": " ".join(part for part in (f"{problem.what}.", problem.hint) if part)},
        "locations": [{"physicalLocation": place}],
    }


def _uri(name: str) -> str:
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
