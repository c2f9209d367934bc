"""Several views of one audit to one answer for each item (method.md, section 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from involve_audit.engine.compiled import Codes, CompiledRubric, CompiledView

DISAGREEMENT = 0.5
_FEWEST_TO_SORT = 2


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
    answers = settled(rubric, (_together(rubric, group) for group in groups))
    sources = [
        _source(groups, item, code) if code <= rubric.not_applicable else None for item, code in enumerate(answers)
    ]
    evidenced = [
        any(view.evidenced[item] and view.answers[item] == code for view in views) for item, code in enumerate(answers)
    ]
    return Resolved(answers, _heard(rubric, views), sources, evidenced)


def _alone(rubric: CompiledRubric, view: CompiledView) -> Resolved:
    """What one view says, which is what most audits of many consist of."""
    last, mask = rubric.not_applicable, _mask(view)
    return Resolved(
        answers=view.answers,
        heard=[mask if code <= last else 0 for code in view.answers],
        sources=[0 if code <= last else None for code in view.answers],
        evidenced=list(view.evidenced),
    )


Ranked = list[list[tuple[int, CompiledView]]]


def _by_rank(rubric: CompiledRubric, views: Sequence[CompiledView]) -> Ranked:
    ranked: dict[int, list[tuple[int, CompiledView]]] = {}
    for place, view in enumerate(views):
        ranked.setdefault(rank(rubric, view.present), []).append((place, view))
    return [ranked[rank] for rank in sorted(ranked)]


def rank(rubric: CompiledRubric, present: Sequence[int]) -> int:
    """How views of these perspectives rank: the least comes first (method.md, 3.1)."""
    if not present:
        return len(rubric.perspectives)
    return -1 if present[0] == 0 and len(present) > 1 else present[0]


def _together(rubric: CompiledRubric, group: Sequence[tuple[int, CompiledView]]) -> Codes:
    """What the views of one rank answer; mostly it is one view, and nothing has to be counted."""
    if len(group) == 1:
        return group[0][1].answers
    said = zip(*(view.answers for _place, view in group), strict=True)
    return [middle(rubric, item, Counter(codes)) for item, codes in enumerate(said)]


def _source(groups: Ranked, item: int, code: int) -> int | None:
    """The place of the first view, the best rank first, that gave this answer."""
    for group in groups:
        for place, view in group:
            if view.answers[item] == code:
                return place
    return None


def settled(rubric: CompiledRubric, ranks: Iterable[Codes]) -> list[int]:
    """The answer to each item out of those of the ranks, the best rank first: that of the first that knows one."""
    last = rubric.not_applicable
    found = [rubric.unanswered] * len(rubric.items)
    for answers in ranks:
        found = [code if code <= last else min(code, other) for code, other in zip(found, answers, strict=True)]
        if max(found, default=0) <= last:
            break
    return found


def middle(rubric: CompiledRubric, item: int, said: Mapping[int, int]) -> int:
    """The answer to an item of all who have the same rank, by how many of them gave each answer (method.md, 3.3)."""
    valued = [code for code in said if code < rubric.not_applicable]
    if len(valued) < _FEWEST_TO_SORT:
        return valued[0] if valued else min(said)  # not-applicable stands before unknown, and that before unanswered
    sign = -1 if rubric.items[item].lower_is_better else 1
    valued.sort(key=lambda code: (sign * rubric.values[code], code != rubric.if_done[code], code))
    left = (sum(said[code] for code in valued) - 1) // 2
    return next(
        code for code, upto in zip(valued, accumulate(said[code] for code in valued), strict=True) if upto > left
    )


def _heard(rubric: CompiledRubric, views: Sequence[CompiledView]) -> list[int]:
    heard = [0] * len(rubric.items)
    last = rubric.not_applicable
    for view in views:
        if mask := _mask(view):
            for item, code in enumerate(view.answers):
                if code <= last:
                    heard[item] |= mask
    return heard


def _mask(view: CompiledView) -> int:
    """Who is present in a view, a bit for each perspective."""
    return sum([1 << perspective for perspective in view.present])


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
