"""How the stage went over a series, and every question in every round (docs/comparing.md, "A series: `trend`")."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from involve_audit.engine.comparing.comparison import Split, apart
from involve_audit.engine.comparing.correspondence import Correspondence
from involve_audit.engine.measures import TOLERANCE
from involve_audit.engine.score import Score

FIRST, NOT_KNOWN, NOT_COMPARABLE, OTHER_LADDER = "first", "not-known", "not-comparable", "other-ladder"
SAME, UP, DOWN, UP_BY_RUBRIC, DOWN_BY_RUBRIC = "same", "up", "down", "up-by-rubric", "down-by-rubric"
NOT_TOLD = "not-told"
"""What is open in one of two spells leaves possible that the stage did not change, or went the other way."""
BEGINNINGS = (
    *(FIRST, SAME, UP, DOWN, UP_BY_RUBRIC, DOWN_BY_RUBRIC),
    *(OTHER_LADDER, NOT_COMPARABLE, NOT_KNOWN, NOT_TOLD),
)
"""How a spell begins: what became of the stage since the one before, and whose doing it was."""


class Spell(NamedTuple):
    """Rounds in a row at one stage, from the place `first` to `last`, the last of them.

    `stage` is None where not enough is known to name one; `is_settled` says that in none of them it could be higher.
    `began` is one of `BEGINNINGS`.
    """

    first: int
    last: int
    stage: str | None
    is_settled: bool
    began: str

    @property
    def rounds(self) -> int:
        """How many rounds it lasted."""
        return self.last - self.first + 1


def spells(scores: Sequence[Score], splits: Sequence[Split]) -> tuple[Spell, ...]:
    """The whole series, spell by spell. What cannot be compared never makes one spell."""
    found: list[Spell] = []
    for at, (score, parts) in enumerate(zip(scores, (None, *splits), strict=True)):
        stage, is_settled = score.floor if score.enough_known else None, score.floor == score.ceiling
        before = found[-1] if found else None
        if before and parts and stage == before.stage and (stage is None or parts.reason is None):
            found[-1] = before._replace(last=at, is_settled=before.is_settled and is_settled)
        else:
            found.append(Spell(at, at, stage, is_settled, FIRST))
    later = (now._replace(began=_began(then, now, scores, splits[now.first - 1])) for then, now in pairwise(found))
    return (*found[:1], *later)


def _began(then: Spell, now: Spell, scores: Sequence[Score], parts: Split) -> str:
    if then.stage is None or now.stage is None:
        return NOT_KNOWN
    if parts.reason is not None:
        return NOT_COMPARABLE
    whole = _direction(then, now, scores)
    if whole is None:
        return OTHER_LADDER
    return _moved(whole, {parts.organisation.direction} if parts.organisation else set()) if whole else NOT_TOLD


def _direction(then: Spell, now: Spell, scores: Sequence[Score]) -> int | None:
    """Which way the stage went, for sure, from any audit of one spell to any of the other."""
    before, after = (scores[spell.first : spell.last + 1] for spell in (then, now))
    return apart(before, after)


def _moved(whole: int, own: Container[int | None]) -> str:
    """The way in which the stage went; `own` are the ways in which the organisation did."""
    if whole > 0:
        return UP if 1 in own else UP_BY_RUBRIC
    return DOWN if -1 in own else DOWN_BY_RUBRIC


def since_first(found: Sequence[Spell], scores: Sequence[Score], splits: Sequence[Split]) -> str | None:
    """How the last stage stands to the first, one of `BEGINNINGS` or `SAME`.

    None where they cannot be compared, or where what is open leaves more than one of these possible.
    """
    first, last = found[0], found[-1]
    broken = any(parts.reason is not None for parts in splits) or OTHER_LADDER in [spell.began for spell in found]
    if broken or first.stage is None or last.stage is None:
        return None
    if first.stage == last.stage:
        return SAME if first.is_settled and last.is_settled else None
    whole = _direction(first, last, scores)
    return _moved(whole, {parts.organisation.direction for parts in splits if parts.organisation}) if whole else None


class AnswerRow(NamedTuple):
    """One question in every round, followed through its replacements.

    `items` are its ids, `answers` the answers and `right` whether these are as they should be, round by round; None
    where it was not asked, and `right` also where it has no known answer or is neither good nor bad. `changed` are the
    places of rounds with another answer than the one before them, or where evidence came or went.
    """

    items: tuple[str | None, ...]
    answers: tuple[str | None, ...]
    right: tuple[bool | None, ...]
    changed: frozenset[int]

    @property
    def item(self) -> str:
        """The id that it has now, or had last."""
        return next(item for item in reversed(self.items) if item is not None)

    @property
    def is_gained(self) -> bool:
        """Whether it is as it should be now, and is known not to have been at first."""
        return self.right[0] is False and self.right[-1] is True

    @property
    def lost_after(self) -> int | None:
        """The last round in which it was as it should be, where it is known not to be now; else None."""
        if self.right[-1] is not False:
            return None
        return max((at for at, right in enumerate(self.right) if right), default=None)


def rows(scores: Sequence[Score], steps: Iterable[Correspondence]) -> tuple[AnswerRow, ...]:
    """Every question of every round, in the order of the last rubric; those that it does not ask come last."""
    return tuple(_row(scores, items) for items in _followed(scores, steps))


def _followed(scores: Sequence[Score], steps: Iterable[Correspondence]) -> Iterator[list[str | None]]:
    """The ids of each question, round by round."""
    asked: dict[str, list[str | None]] = {item.id: [item.id] for item in scores[0].rubric.items}
    gone: dict[str, list[str | None]] = {}
    left: list[list[str | None]] = []
    for at, correspondence in enumerate(steps, 1):
        gone |= {pair.before: asked[pair.before] for pair in correspondence.pairs if not pair.after and pair.before}
        if not correspondence.is_related:
            left += gone.values()
            gone = {}
        now: dict[str, list[str | None]] = {}
        for before, after in correspondence.pairs:
            if after is not None:
                ids = asked[before] if before else gone.pop(after, [])
                ids += [None] * (at - len(ids))
                now[after] = [*ids, after]
        asked = now
    for ids in (*asked.values(), *left, *gone.values()):
        yield ids + [None] * (len(scores) - len(ids))


def _row(scores: Sequence[Score], items: Sequence[str | None]) -> AnswerRow:
    places = [None if item is None else score.places[item] for item, score in zip(items, scores, strict=True)]
    found = list(zip(scores, places, strict=True))
    right = tuple(None if place is None else _is_right(score, place) for score, place in found)
    said = [
        None
        if place is None
        else (score.rubric.word(score.resolved.answers[place]), bool(is_right) and _shown(score, place))
        for (score, place), is_right in zip(found, right, strict=True)
    ]
    pairs = enumerate(pairwise(said), 1)
    return AnswerRow(
        items=tuple(items),
        answers=tuple(answer and answer[0] for answer in said),
        right=right,
        changed=frozenset(at for at, (then, now) in pairs if then and now and then != now),
    )


def _shown(score: Score, place: int) -> bool:
    """Whether a full yes has evidence, which makes a difference for an achievement."""
    return score.rubric.items[place].is_achievement and score.resolved.evidenced[place]


def _is_right(score: Score, place: int) -> bool | None:
    """Whether an answer is the best that there is; None where none is known.

    Practices have no such answer: they are neither good nor bad.
    """
    rubric, item, code = score.rubric, score.rubric.items[place], score.resolved.answers[place]
    if code >= rubric.not_applicable or not (item.is_achievement or item.lower_is_better):
        return None
    best = 0 if item.lower_is_better else 1
    return not score.is_planned(place) and abs(rubric.values[code] - best) <= TOLERANCE
