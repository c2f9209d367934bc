"""The rules of `rubric check`: what each asks for, and how much it matters when it is broken."""

from __future__ import annotations

from collections.abc import Iterable

from involve_audit.errors import Problem
from involve_audit.language import N_
from involve_audit.model.finding import Finding, Rule, Severity

VALID = "valid"
RULES = {
    VALID: Rule(Severity.error, N_("The file keeps the format, and what it refers to exists")),
    "stage-in-reach": Rule(Severity.error, N_("Every stage can be reached")),
    "stage-can-be-the-result": Rule(Severity.error, N_("Every stage can be where an audit ends")),
    "gate-can-fail": Rule(Severity.warning, N_("Every gate can fail")),
    "gate-can-decide": Rule(Severity.warning, N_("No gate is made pointless by others")),
    "percentage": Rule(Severity.warning, N_("A percentage is what was meant")),
    "item-used": Rule(Severity.warning, N_("Every question can change a stage")),
    "anti-pattern-limits": Rule(Severity.warning, N_("Every anti-pattern limits what may be claimed")),
    "help": Rule(Severity.warning, N_("Every question comes with help")),
    "source": Rule(Severity.warning, N_("Every question says where it comes from")),
    "id-without-stage": Rule(Severity.warning, N_("An id still fits when its question moves to another stage")),
    "questions-differ": Rule(Severity.warning, N_("No two questions use nearly the same words")),
    "readable": Rule(Severity.warning, N_("The words can be read by somebody who is tired")),
    "found-by-id": Rule(Severity.warning, N_("The file is named after its id, so that it is found")),
}
NEED_A_VALID_FILE = frozenset(
    {
        "stage-in-reach",
        "stage-can-be-the-result",
        "gate-can-fail",
        "gate-can-decide",
        "percentage",
        "item-used",
        "found-by-id",
    }
)


def finding(rule: str, problem: Problem) -> Finding:
    """A finding by one of the rules."""
    return Finding(rule, RULES[rule].severity, problem)


def unsettled(rule: str, problem: Problem) -> Finding:
    """What has to be said where the search that a rule needs was cut off."""
    return Finding(rule, Severity.unsettled, problem)


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one file from its top to its end, each once."""
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda one: (one.problem.line or 0, one.problem.column or 0, one.rule)))
