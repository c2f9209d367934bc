"""What can be said about an answers file before it is assessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from involve_audit.authoring.manuscript import RULES, not_valid
from involve_audit.errors import InputError, Problem
from involve_audit.language import _, number
from involve_audit.loading.audit import load_audit
from involve_audit.loading.files import is_folder
from involve_audit.model.finding import DOUBT, VALID, Checked, Finding, Severity

_RULES = {rule: RULES[rule] for rule in (VALID, DOUBT)}


def check_answers(files: Iterable[str], today: date, rubric: str | None = None) -> list[Checked]:
    """Every answers file of these, checked against `rubric`, or else against the rubric that it names."""
    return [_check(file, today, rubric) for file in dict.fromkeys(files)]


def _check(file: str, today: date, rubric: str | None) -> Checked:
    try:
        if is_folder(Path(file)):
            raise InputError(Problem(file, _("this is a folder"), _("Name the answers files in it.")))
        audit = load_audit([file], today, rubric)
    except InputError as error:
        return Checked(file, not_valid(error.problems), _RULES)
    findings = tuple(Finding(DOUBT, Severity.warning, replace(doubt, path=file)) for doubt in audit.doubts)
    items = [item.id for item in audit.rubric.content.items]
    given = audit.views[0].content.answers
    known = sum(item in given and given[item].answer is not None for item in items)
    note = _("{known} of {count} questions have an answer.").format(known=number(known), count=number(len(items)))
    return Checked(file, findings, _RULES, notes=(note,))
