"""Section 4 of method.md once more, written straight from the page and from the rubric's model.

Slow, in exact fractions, and sharing no code with the engine, so that both are unlikely to err alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from involve_audit.model.rubric import Gate, Item, Rubric

LOWER = ("deficit", "anti-pattern")
Values = dict[str, Fraction | None]


def _number(rubric: Rubric, written: str) -> Fraction:
    named = {option.id: Fraction(option.value) for option in rubric.scale}
    if written in named:
        return named[written]
    return Fraction(written[:-1]) / 100 if written.endswith("%") else Fraction(written)


def _settled(rubric: Rubric, item: Item, answer: str, at_best: bool) -> Fraction | None:
    if answer == "not-applicable":
        return None
    if answer in ("unknown", "unanswered"):
        return Fraction(at_best != (item.kind in LOWER))
    return next(Fraction(option.value) for option in rubric.scale if option.id == answer)


def counts(rubric: Rubric, answers: Mapping[str, str], at_best: bool) -> Values:
    """What each item counts as after limits and implications."""
    own = {item.id: _settled(rubric, item, answers[item.id], at_best) for item in rubric.items}
    values = dict(own)
    for item in rubric.items:
        for target in item.limits:
            if own[item.id] == 1 and own[target] is not None:
                values[target] = min(values[target], _number(rubric, rubric.limit_to))
    while True:
        before = dict(values)
        for item in rubric.items:
            for target in item.implies:
                if values[item.id] is not None and values[target] is not None:
                    values[target] = max(values[target], values[item.id])
        if values == before:
            return values


def _holds(rubric: Rubric, gate: Gate, values: Values, heard: Mapping[str, set[str]] | None) -> bool:
    chosen = [item.id for item in rubric.items if gate.items.selects(item, item.stage)]
    present = [value for name in chosen if (value := values[name]) is not None]
    if gate.measure == "heard":
        if heard is None:
            return True
        asked = [gate.perspective in heard[name] for name in chosen if values[name] is not None]
        return not asked or Fraction(sum(asked), len(asked)) >= _number(rubric, gate.at_least or "")
    threshold = _number(rubric, gate.at_least or gate.at_most or "")
    figures: dict[str, Fraction | None] = {
        "share": Fraction(sum(present)) / len(present) if present else None,
        "points": Fraction(sum(present)),
        "lowest": min(present, default=None),
        "highest": max(present, default=Fraction(0)),
        "not-applicable": Fraction(len(chosen) - len(present), len(chosen)),
    }
    figure = figures[gate.measure]
    return figure is not None and (figure >= threshold if gate.at_least is not None else figure <= threshold)


def stage(rubric: Rubric, answers: Mapping[str, str], heard: Mapping[str, set[str]] | None, at_best: bool) -> str:
    """The highest stage whose gates and those of every stage below it hold; `heard` None: they hold."""
    values = counts(rubric, answers, at_best)
    reached = rubric.stages[0].id
    for one in rubric.stages:
        if not all(_holds(rubric, gate, values, heard) for gate in one.gates):
            break
        reached = one.id
    return reached
