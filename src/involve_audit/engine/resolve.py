"""Several views of one audit to one answer for each item (method.md, section 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from involve_audit.engine.compiled import Codes, CompiledRubric, CompiledView

DISAGREEMENT = 0.5


class Resolved(NamedTuple):
    """What the views say together, item by item.

    `heard` holds a bit for each perspective (1 << its place). `sources` is the place of the view whose answer
    was taken, None where no view has a known one. `evidenced` is true where a view that gave this same answer
    gave evidence for it.
    """

    answers: Codes
    heard: list[int]
    sources: list[int | None]
    evidenced: list[bool]


class Disagreement(NamedTuple):
    """An item on which perspectives' own answers differ by at least a half: each perspective's answer."""

    item: str
    answers: Mapping[str, str]


def resolve(rubric: CompiledRubric, views: Sequence[CompiledView]) -> Resolved:
    """Combine views by rank; the order in which they are given never matters for the answers."""
    if len(views) == 1:
        return _alone(rubric, views[0])
    groups = _by_rank(rubric, views)
    answers: list[int] = []
    sources: list[int | None] = []
    evidenced: list[bool] = []
    for item in range(len(rubric.items)):
        code, source = _answer(rubric, groups, item)
        answers.append(code)
        sources.append(source)
        evidenced.append(any(view.evidenced[item] and view.answers[item] == code for view in views))
    return Resolved(answers, _heard(rubric, views), sources, evidenced)


def _alone(rubric: CompiledRubric, view: CompiledView) -> Resolved:
    """What one view says, which is what most audits of many consist of."""
    last = rubric.not_applicable
    return Resolved(
        answers=view.answers,
        heard=_heard(rubric, [view]),
        sources=[0 if code <= last else None for code in view.answers],
        evidenced=list(view.evidenced),
    )


Ranked = list[list[tuple[int, CompiledView]]]


def _by_rank(rubric: CompiledRubric, views: Sequence[CompiledView]) -> Ranked:
    ranked: dict[int, list[tuple[int, CompiledView]]] = {}
    for place, view in enumerate(views):
        ranked.setdefault(_rank(rubric, view), []).append((place, view))
    return [ranked[rank] for rank in sorted(ranked)]


def _rank(rubric: CompiledRubric, view: CompiledView) -> int:
    if not view.present:
        return len(rubric.perspectives)
    return -1 if view.present[0] == 0 and len(view.present) > 1 else view.present[0]


def _answer(rubric: CompiledRubric, groups: Ranked, item: int) -> tuple[int, int | None]:
    open_code = rubric.unanswered
    for group in groups:
        known = []
        for place, view in group:
            code = view.answers[item]
            if code <= rubric.not_applicable:
                known.append((code, place))
            elif code < open_code:
                open_code = code
        if known:
            return known[0] if len(known) == 1 else _lower_middle(rubric, item, known)
    return open_code, None


def _lower_middle(rubric: CompiledRubric, item: int, known: list[tuple[int, int]]) -> tuple[int, int]:
    valued = [(code, place) for code, place in known if code != rubric.not_applicable]
    if not valued:
        return known[0]
    sign = -1 if rubric.items[item].lower_is_better else 1
    valued.sort(key=lambda answer: (sign * rubric.values[answer[0]], answer[0] != rubric.if_done[answer[0]], answer))
    code, _ = valued[(len(valued) - 1) // 2]
    return next(answer for answer in known if answer[0] == code)


def _heard(rubric: CompiledRubric, views: Sequence[CompiledView]) -> list[int]:
    heard = [0] * len(rubric.items)
    for view in views:
        mask = sum(1 << perspective for perspective in view.present)
        if mask:
            for item, code in enumerate(view.answers):
                if code <= rubric.not_applicable:
                    heard[item] |= mask
    return heard


def disagreements(rubric: CompiledRubric, own: Sequence[tuple[str, Resolved]]) -> tuple[Disagreement, ...]:
    """The items on which two perspectives' own answers differ by at least a half."""
    differing = []
    for number, item in enumerate(rubric.items):
        given = [(name, said.answers[number]) for name, said in own]
        valued = [(name, code) for name, code in given if code < rubric.not_applicable]
        values = [rubric.values[code] for _, code in valued]
        if values and max(values) - min(values) >= DISAGREEMENT - 1e-9:
            differing.append(Disagreement(item.id, {name: rubric.word(code) for name, code in valued}))
    return tuple(differing)
