"""The whole run as one JSON document: the overview, and after it a line for each audit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from involve_audit import __version__
from involve_audit.engine.overview import Overview
from involve_audit.escaping import json_text
from involve_audit.model.rubric import Rubric, Sourced, original
from involve_audit.render.batch.outcome import Outcome, Run, Setting
from involve_audit.render.batch.rows import FORMAT, as_line, row_of


def row(outcome: Outcome, setting: Setting) -> str:
    """One line, as in the streamed format."""
    return as_line(row_of(outcome, setting))


def document(run: Run, rows: Iterable[str], setting: Setting) -> Iterator[str]:
    """The document. Each audit keeps a line of its own, so that two runs can be compared line by line."""
    head = json.dumps(_head(run, setting), ensure_ascii=False, indent=2)
    yield json_text(head).removesuffix("\n}") + ',\n  "audits": ['
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
        "failed": dict(run.failed),
        "overviews": [overview_data(source, found, setting.fewer_than) for source, found in run.overviews],
        "baseline": run.baseline and {name: list(audits) for name, audits in run.baseline._asdict().items()},
    }


def overview_data(source: Sourced[Rubric], found: Overview, fewer_than: int | None) -> dict[str, Any]:
    """What the audits for one rubric have in common, as data; only their number where they are too few to share."""
    rubric = source.content
    data: dict[str, Any] = {"rubric": {"id": rubric.id, "version": rubric.version}, "audits": found.audits}
    if fewer_than is not None and found.audits < fewer_than:
        return data | {"broken_down": False}
    if found.under_original:
        data["under_original"] = _under_original(original(source).content, found.under_original)
    return data | {
        "broken_down": True,
        "stages": [at._asdict() for at in found.stages],
        "little_known": found.little_known,
        "differing": found.differing,
        "holding_back": [one._asdict() for one in found.holding_back],
        "unheard_holding_back": dict(found.unheard_holding_back),
        "anti_patterns": [one._asdict() for one in found.anti_patterns],
        "heard": dict(found.heard),
        "grid": [{"theme": theme, "cells": [cell._asdict() for cell in cells]} for theme, cells in found.grid],
    }


def _under_original(rubric: Rubric, counts: tuple[int, ...]) -> dict[str, Any]:
    stages = [{"stage": stage.id, "audits": count} for stage, count in zip(rubric.stages, counts, strict=False)]
    return {"rubric": {"id": rubric.id, "version": rubric.version}, "stages": stages, "little_known": counts[-1]}
