"""What the people of one group said, where many of them answered each for themselves (method.md, section 5).

A response is what one person, or one group together, sent in: a view of its own, or a voice in the tallies of a view
that was combined from several. The spread moves no stage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from involve_audit.engine.compiled import CompiledRubric, CompiledView
from involve_audit.engine.measures import TOLERANCE
from involve_audit.engine.resolve import DISAGREEMENT

FEWEST_RESPONSES = 5
"""Of fewer responses than this nothing is counted: it would say what single people answered."""


class Spread(NamedTuple):
    """How many of a group's `responses` gave each answer to an item, in the order of the scale; the rest gave none.

    `perspectives` are those of the group: all that took part in each of its responses. `is_split` says that at least
    a third of the answers and another third lie a half or more apart.
    """

    item: str
    perspectives: tuple[str, ...]
    answers: Mapping[str, int]
    responses: int
    is_split: bool

    @property
    def unanswered(self) -> int:
        """How many of the responses gave no answer."""
        return self.responses - sum(self.answers.values())

    def is_told(self, bound: int) -> bool:
        """Whether no number in it, but 0, is below a bound."""
        return all(not count or count >= bound for count in (*self.answers.values(), self.unanswered))


def spreads(rubric: CompiledRubric, views: Sequence[CompiledView]) -> Iterator[Spread]:
    """The spread of each item within each group, by item and then as the perspectives stand in the rubric.

    A group is all views with the very same perspectives. Where one of them is combined and keeps no tally, nothing can
    be counted of its group.
    """
    groups: dict[tuple[int, ...], list[CompiledView]] = {}
    for view in views:
        if view.present:
            groups.setdefault(view.present, []).append(view)
    counted = [(sum(view.responses for view in groups[present]), present) for present in sorted(groups)]
    counted = [
        group for group in counted if group[0] >= FEWEST_RESPONSES and all(map(_can_be_counted, groups[group[1]]))
    ]
    for place, item in enumerate(rubric.items if counted else ()):
        for responses, present in counted:
            counts = _counts(rubric, groups[present], place)
            if any(counts):
                answers = {rubric.word(code): count for code, count in enumerate(counts) if count}
                names = tuple(rubric.perspectives[number] for number in present)
                yield Spread(item.id, names, answers, responses, _is_split(rubric, counts))


def _can_be_counted(view: CompiledView) -> bool:
    return view.responses == 1 or bool(view.tallies)


def _counts(rubric: CompiledRubric, group: Sequence[CompiledView], item: int) -> list[int]:
    """How many responses of a group gave each answer, by its code, up to the last that somebody can give."""
    counts = [0] * rubric.unanswered
    for view in group:
        given = view.tallies[item] if view.tallies else ((view.answers[item], 1),)
        for code, number in given:
            if code < rubric.unanswered:
                counts[code] += number
    return counts


def _is_split(rubric: CompiledRubric, counts: Sequence[int]) -> bool:
    """Whether a third of the answers that have a value and another third lie at least a half apart."""
    values = [value for value, count in zip(rubric.values, counts, strict=False) for _response in range(count)]
    values.sort()
    third = -(-len(values) // 3)
    return len(values) >= FEWEST_RESPONSES and values[-third] - values[third - 1] >= DISAGREEMENT - TOLERANCE
