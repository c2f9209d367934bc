"""One rule, two engines: all that the kernel works out of columns is what the engine makes of each audit by itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from tests.unit.engine.building import gate, item, small
from tests.unit.engine.strategies import promise, tables

from involve_audit.engine import measures
from involve_audit.engine.assessment import VIEW, decided_by, readings_of
from involve_audit.engine.checks import ANTI_PATTERN, concerns
from involve_audit.engine.compiled import CompiledRubric, CompiledView
from involve_audit.engine.score import Score
from involve_audit.errors import InputError
from involve_audit.tables.columns import ViewColumns
from involve_audit.tables.kernel import Kernel, Scores

ANY = {"high": [gate("share", ["a"], at_least="50%")]}
Audits = Sequence[Sequence[CompiledView]]


def columns_of(rubric: CompiledRubric, audits: Audits) -> ViewColumns:
    views = [view for audit in audits for view in audit]
    places = range(len(rubric.perspectives))
    return ViewColumns(
        codes=np.array([view.answers for view in views], np.uint8).reshape(-1, len(rubric.items)).T,
        present=np.array([[place in view.present for view in views] for place in places], bool).reshape(
            len(places), len(views)
        ),
        evidenced=np.array([view.evidenced for view in views], bool).reshape(-1, len(rubric.items)).T,
        starts=np.cumsum([0, *map(len, audits)])[:-1],
    )


def by_columns(rubric: CompiledRubric, audits: Audits) -> list[dict[str, Any]]:
    """What the kernel makes of each audit."""
    scores = Scores(Kernel(rubric), columns_of(rubric, audits))
    items, perspectives = [one.id for one in rubric.items], rubric.perspectives
    values = [None, *scores.kernel.values[1:].tolist()]
    counts, back, readings = list(scores.counts), list(scores.held_back_by), list(scores.readings)
    deciding, missing = scores.decided_by

    def chosen(flags: np.ndarray, n: int, names: Sequence[str] = items) -> tuple[str, ...]:
        return tuple(name for name, flag in zip(names, flags[:, n], strict=True) if flag)

    return [
        {
            "answers": scores.answers[:, n].tolist(),
            "evidenced": scores.resolved.evidenced[:, n].tolist(),
            "heard": chosen(scores.heard, n, perspectives),
            "heard on": [chosen(scores.heard_on(place), n) for place in range(len(perspectives))],
            "own values": [values[level] for level in scores.own_levels[:, n]],
            "floor values": [values[level] for level in scores.floor_levels[:, n]],
            "ceiling values": [values[level] for level in scores.ceiling_levels[:, n]],
            "stages": (scores.floor[n], scores.ceiling[n]),
            "known": (scores.known[n], scores.enough_known[n]),
            "counts": [int(number[n]) for number in counts],
            "gates": [
                (one.gate.id, None if math.isnan(one.figures[n]) else one.figures[n], bool(one.holds[n]))
                for gates in scores.gates
                for one in gates
            ],
            "held back by": tuple(one.gate.id for one, flags in back if flags[n]),
            "decided by": (chosen(deciding, n), chosen(missing, n, perspectives)),
            "disagreements": chosen(scores.disagreements, n),
            "unevidenced": chosen(scores.unevidenced, n),
            "anti-patterns": chosen(scores.anti_patterns, n, [items[place] for place in rubric.anti_patterns]),
            "readings": {name: rubric.stages[stages[n]] for name, stages in readings if stages[n] >= 0},
            "own is enough": [
                bool(is_enough[n]) for stages, is_enough in scores.own_stages if stages[n] >= 0
            ],
        }
        for n in range(len(audits))
    ]  # fmt: skip


def by_itself(rubric: CompiledRubric, audit: Sequence[CompiledView]) -> dict[str, Any]:
    """What the engine makes of one audit."""
    score = Score(rubric, audit)
    there = {one.check: one.items for one in concerns(score)}
    own = Score(replace(rubric, readings=frozenset({"view"})), audit)
    return {
        "answers": list(score.resolved.answers),
        "evidenced": score.resolved.evidenced,
        "heard": tuple(score.heard),
        "heard on": [
            tuple(one.id for one, mask in zip(rubric.items, score.resolved.heard, strict=True) if mask >> place & 1)
            for place in range(len(rubric.perspectives))
        ],
        "own values": score.own_values,
        "floor values": score.standing.floor_values,
        "ceiling values": score.standing.ceiling_values,
        "stages": (score.standing.floor, score.standing.ceiling),
        "known": (score.known, score.enough_known),
        "counts": list(score.counts.values()),
        "gates": [(one.id, one.figure, one.holds) for one in score.gates],
        "held back by": score.held_back_by,
        "decided by": decided_by(score),
        "disagreements": tuple(one.item for one in score.disagreements),
        "unevidenced": tuple(rubric.items[place].id for place in score.unevidenced),
        "anti-patterns": tuple(there.get(ANTI_PATTERN, ())),
        "readings": {one.id: one.stage for one in readings_of(score) if one.id not in ("floor", "ceiling")},
        "own is enough": [one.is_enough for one in readings_of(own) if one.id.startswith(VIEW)],
    }


@promise(200)
@given(table=tables())
def test_the_kernel_gives_what_the_engine_gives(table: tuple[CompiledRubric, Audits]) -> None:
    rubric, audits = table
    for found, audit in zip(by_columns(rubric, audits), audits, strict=True):
        assert found == by_itself(rubric, audit)


def test_no_audits_give_no_results() -> None:
    rubric = small([item("a")], ANY)
    assert by_columns(rubric, []) == []


def test_every_measure_has_a_column_form() -> None:
    assert [row.name for row in measures.MEASURES.values() if row.of_columns is None] == []


def test_a_measure_without_a_column_form_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rubric = small([item("a")], ANY)
    monkeypatch.setitem(measures.MEASURES, "share", measures.MEASURES["share"]._replace(of_columns=None))
    with pytest.raises(InputError, match="“share” of this rubric cannot be worked out for a table"):
        Kernel(rubric)


def test_a_reading_without_a_column_form_is_refused() -> None:
    rubric = replace(small([item("a")], ANY), readings=frozenset({"view", "by-moonlight"}))
    with pytest.raises(InputError, match="“by-moonlight” of this rubric cannot be worked out for a table"):
        Kernel(rubric)
