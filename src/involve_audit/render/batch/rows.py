"""One audit as data: the row of the JSON outputs, and what a later run reads as its baseline (docs/batch.md)."""

from __future__ import annotations

import json
from typing import Any

from involve_audit.engine.checks import ANTI_PATTERN, Concern
from involve_audit.engine.score import Score
from involve_audit.errors import Problem
from involve_audit.escaping import json_text
from involve_audit.render.batch.findings import why
from involve_audit.render.batch.outcome import Outcome, Scored, Setting

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
FORMAT = "involve-audit/batch@1"


def row_of(outcome: Outcome, setting: Setting) -> dict[str, Any]:
    """Everything that a row says, in the order in which it says it."""
    row: dict[str, Any] = {"format": FORMAT, "audit": outcome.id, "files": list(outcome.files)}
    if outcome.scored is None:
        return row | {"problems": [_problem(problem) for problem in outcome.problems]}
    row |= _came_to(outcome.scored)
    row["failed"] = [_failed(outcome.scored, finding, setting) for finding in outcome.scored.failed]
    if setting.has_baseline:
        row["baseline"] = _since(outcome.scored)
    if outcome.report:
        row["report"] = setting.link(outcome.report)
    return row


def as_line(row: dict[str, Any]) -> str:
    """A row as one line of JSON."""
    text = _ENCODER.encode(row)
    return (text if text.isprintable() else json_text(text)) + "\n"


def _came_to(scored: Scored) -> dict[str, Any]:
    audit, score = scored.audit, scored.score
    rubric = audit.rubric.content
    return {
        "subject": {"name": audit.subject.name, "kind": audit.subject.kind},
        "date": audit.date.isoformat(),
        "rubric": {"id": rubric.id, "version": rubric.version, "sha256": audit.rubric.sha256},
        "stage": _stage(score),
        "known": score.known,
        "of": len(score.rubric.items),
        "counts": score.counts,
        "heard": score.heard,
        "held_back_by": list(score.held_back_by),
        "anti_patterns": [item for found in scored.concerns if found.check == ANTI_PATTERN for item in found.items],
        "disagreements": [found.item for found in score.disagreements],
        "evidence_only": score.evidence_only,
        "unevidenced": [score.rubric.items[place].id for place in score.unevidenced],
        **({"under_original": _stage(scored.below)} if scored.below else {}),
        "findings": [found.check for found in scored.concerns],
        "answers": scored.words_by_item(),
    }


def _stage(score: Score) -> dict[str, Any]:
    return {"floor": score.floor, "ceiling": score.ceiling, "enough_known": score.enough_known}


def _failed(scored: Scored, finding: Concern, setting: Setting) -> dict[str, Any]:
    said = why(scored, finding, setting.checks.fail_under)
    return {"gate": finding.check, "why": said, "items": list(finding.items)}


def _since(scored: Scored) -> dict[str, Any]:
    found = scored.since
    if found is None:
        return {"compared": False, "why": scored.not_compared}
    lost = [{"item": moved.item, "before": moved.before, "after": moved.after} for moved in found.lost]
    return {"compared": True, "stage": found.before, "worse": lost}


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.path,
        "line": problem.line,
        "column": problem.column,
        "what": problem.what,
        "hint": problem.hint,
    }
