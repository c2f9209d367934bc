"""Many views of the same perspectives as one, added up as they come (docs/collecting.md, "Putting many people's answers
together").

Only numbers are kept of them: how many gave each answer to each item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from involve_audit.engine.compiled import CompiledRubric, CompiledView
from involve_audit.engine.resolve import middle, rank, settled


class Voices:
    """How many views of the same perspectives gave each answer to each item: `said` by the answer's code."""

    def __init__(self, rubric: CompiledRubric, present: tuple[int, ...]) -> None:
        self.rubric = rubric
        self.present = present
        self.number = 0
        self.said: list[Counter[int]] = [Counter() for _ in rubric.items]

    def add(self, view: CompiledView) -> None:
        """Add a view; one that was put together counts as all that it was made of, each of which gave its answer where
        it does not say what they gave."""
        self.number += view.responses
        if not view.tallies:
            for said, code in zip(self.said, view.answers, strict=True):
                said[code] += view.responses
            return
        for said, tally in zip(self.said, view.tallies, strict=True):
            said.update(dict(tally))
            said[self.rubric.unanswered] += view.responses - sum(count for _code, count in tally)

    @property
    def answers(self) -> list[int]:
        """What they say together, item by item, as views of one rank do (method.md, 3.3)."""
        return [middle(self.rubric, place, +said) for place, said in enumerate(self.said)]


def not_the_same(rubric: CompiledRubric, groups: Sequence[Voices]) -> list[str]:
    """The items that views come to another answer to once those of the same perspectives are put together.

    That can be where views of different perspectives have one rank: alone each counts as one of them, together not.
    """
    scopes = [None, *range(len(rubric.perspectives))]
    taking_part = [[group for group in groups if who is None or who in group.present] for who in scopes]
    mixed = [ranked for ranked in map(_by_rank, taking_part) if any(len(alike) > 1 for alike in ranked)]
    together = {id(group): group.answers for group in groups} if mixed else {}
    differing = {place for ranked in mixed for place in _differing(rubric, ranked, together)}
    return [rubric.items[place].id for place in sorted(differing)]


def _by_rank(groups: Iterable[Voices]) -> list[list[Voices]]:
    found: dict[int, list[Voices]] = {}
    for group in groups:
        found.setdefault(rank(group.rubric, group.present), []).append(group)
    return [found[place] for place in sorted(found)]


def _differing(
    rubric: CompiledRubric, ranked: Sequence[Sequence[Voices]], together: Mapping[int, Sequence[int]]
) -> list[int]:
    """The places of the items to which these groups give another answer alone than put together."""
    alone = ([group.said for group in alike] for alike in ranked)
    as_one = ([[Counter([code]) for code in together[id(group)]] for group in alike] for alike in ranked)
    one, other = (settled(rubric, (_middles(rubric, said) for said in ranks)) for ranks in (alone, as_one))
    return [place for place, codes in enumerate(zip(one, other, strict=True)) if codes[0] != codes[1]]


def _middles(rubric: CompiledRubric, groups: Sequence[Sequence[Counter[int]]]) -> list[int]:
    """What groups of one rank say together, by how many of each gave each answer to each item."""
    return [middle(rubric, place, sum(said, Counter())) for place, said in enumerate(zip(*groups, strict=True))]
