"""The run as JSON (docs/batch.md): a line for each audit, which a later run can read as its baseline, by itself or
after what all have in common."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from involve_audit import __version__
from involve_audit.engine.checks import ANTI_PATTERN, Concern
from involve_audit.escaping import as_json, json_text
from involve_audit.model.rubric import Rubric, Sourced, original
from involve_audit.render.batch.outcome import Awaited, Outcome, Run, Scored, Setting, why

if TYPE_CHECKING:
    from involve_audit.engine.overview import Answered, Overview
    from involve_audit.engine.score import Score

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
FORMAT = "involve-audit/batch@1"


def head(setting: Setting) -> str:
    """Nothing: every line stands by itself."""
    return ""


def row(outcome: Outcome, setting: Setting) -> str:
    """One audit as a line of JSON."""
    text = _ENCODER.encode(row_of(outcome, setting))
    return (text if text.isprintable() else json_text(text)) + "\n"


def row_of(outcome: Outcome, setting: Setting) -> dict[str, Any]:
    """Everything that a row says, in the order in which it says it."""
    row: dict[str, Any] = {"format": FORMAT, "audit": outcome.id, "files": list(outcome.files)}
    if outcome.scored is None:
        return row | {"problems": [problem.as_data() for problem in outcome.problems]}
    row |= _came_to(outcome.scored)
    row["failed"] = [_failed(outcome.scored, concern, setting) for concern in outcome.scored.failed]
    if setting.has_baseline:
        row["baseline"] = _since(outcome.scored)
    if outcome.report:
        row["report"] = setting.link(outcome.report)
    return row


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
        "anti_patterns": [
            item for concern in scored.concerns if concern.check == ANTI_PATTERN for item in concern.items
        ],
        "disagreements": [disagreement.item for disagreement in score.disagreements],
        "evidence_only": score.evidence_only or None,
        "unevidenced": [score.rubric.items[place].id for place in score.unevidenced],
        **({"under_original": _stage(scored.below)} if scored.below else {}),
        "findings": [concern.check for concern in scored.concerns],
        "answers": scored.words_by_item(),
    }


def _stage(score: Score) -> dict[str, Any]:
    return {"floor": score.floor, "ceiling": score.ceiling, "enough_known": score.enough_known}


def _failed(scored: Scored, concern: Concern, setting: Setting) -> dict[str, Any]:
    said = why(scored, concern, setting.checks.fail_under)
    return {"gate": concern.check, "why": said, "items": list(concern.items)}


def _since(scored: Scored) -> dict[str, Any]:
    found = scored.since
    if found is None:
        return {"compared": False, "why": scored.not_compared}
    lost = [{"item": moved.item, "before": moved.before, "after": moved.after} for moved in found.lost]
    return {"compared": True, "stage": found.before, "worse": lost}


def document(run: Run, rows: Iterable[str], setting: Setting) -> Iterator[str]:
    """The document. Each audit keeps a line of its own, so that two runs can be compared line by line."""
    yield as_json(_head(run, setting), indent=2).removesuffix("\n}") + ',\n  "audits": ['
    separator = "\n"
    for line in rows:
        yield separator + line.rstrip("\n")
        separator = ",\n"
    yield "\n  ]\n}\n"


def _head(run: Run, setting: Setting) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "tool": {"version": __version__},
        "assessed": run.audits,
        "not_assessed": run.not_scored,
        "files": run.files,
        "other_files": run.others,
        **({} if setting.fewer_than is not None else {"left_alone": run.left_alone, "about_files": run.about_files}),
        "failed": dict(run.failed),
        "overviews": [overview_data(source, overview, setting.fewer_than) for source, overview in run.overviews],
        **({"expected": _awaited(run.awaited)} if run.awaited else {}),
        "baseline": run.baseline and run.baseline._asdict(),
    }


def _awaited(awaited: Awaited) -> dict[str, Any]:
    data: dict[str, Any] = awaited._asdict()
    return {
        name: [{"service": service, "audit": audit or None} for service, audit in told]
        if isinstance(told, tuple)
        else told
        for name, told in data.items()
    }


def overview_data(source: Sourced[Rubric], overview: Overview, fewer_than: int | None) -> dict[str, Any]:
    """What the audits for count rubric have in common, as data; only their number where they are too few to share."""
    rubric = source.content
    data: dict[str, Any] = {"rubric": {"id": rubric.id, "version": rubric.version}, "audits": overview.audits}
    if fewer_than is not None and overview.audits < fewer_than:
        return data | {"broken_down": False}
    if overview.under_original:
        data["under_original"] = _under_original(original(source).content, overview.under_original)
    return data | {
        "broken_down": True,
        "stages": [at._asdict() for at in overview.stages],
        "little_known": overview.little_known,
        "differing": overview.differing,
        "holding_back": [count._asdict() for count in overview.holding_back],
        "unheard_holding_back": dict(overview.unheard_holding_back),
        "split": [count._asdict() for count in overview.split],
        "anti_patterns": [_present(count) for count in overview.anti_patterns],
        "heard": dict(overview.heard),
        "unheard": dict(overview.unheard),
        "answers": [count._asdict() for count in overview.answers],
        "grid": [{"theme": theme, "cells": [cell._asdict() for cell in cells]} for theme, cells in overview.grid],
    }


def _present(count: Answered) -> dict[str, Any]:
    return {"item": count.item, "wholly": count.worst, "in_part": count.part, "not_known": count.not_known}


def _under_original(rubric: Rubric, counts: tuple[int, ...]) -> dict[str, Any]:
    stages = [{"stage": stage.id, "audits": count} for stage, count in zip(rubric.stages, counts, strict=False)]
    return {"rubric": {"id": rubric.id, "version": rubric.version}, "stages": stages, "little_known": counts[-1]}
