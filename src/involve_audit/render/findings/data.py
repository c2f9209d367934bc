"""Findings as JSON, for other programs."""

from __future__ import annotations

import json
from typing import Any

from involve_audit import __version__
from involve_audit.escaping import json_text
from involve_audit.model.finding import Checked, Finding, Findings, Severity

FORMAT = "involve-audit/findings@1"


def render(found: Findings) -> str:
    """The findings as JSON, with whether each file passes."""
    data = {
        "format": FORMAT,
        "tool": {"version": __version__},
        "strict": found.strict,
        "passes": all(one.passes(found.strict) for one in found.files),
        "files": [_file(one, found.strict) for one in found.files],
    }
    return json_text(json.dumps(data, indent=2, ensure_ascii=False)) + "\n"


def _file(checked: Checked, strict: bool) -> dict[str, Any]:
    return {
        "file": checked.file,
        "passes": checked.passes(strict),
        "counts": {severity.value: checked.count(severity) for severity in Severity},
        "left_out": [name for name in checked.rules if name in checked.left_out],
        "notes": list(checked.notes),
        "findings": [_finding(finding) for finding in checked.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    problem = finding.problem
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "file": problem.path,
        "line": problem.line,
        "column": problem.column,
        "what": problem.what,
        "hint": problem.hint,
        "text": problem.text,
    }
