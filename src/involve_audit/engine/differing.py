"""Where the groups' own answers differ, what matters most first, and what that comes to (method.md, section 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from involve_audit.engine.resolve import Disagreement
from involve_audit.engine.score import Score

_PLACES = 9


class Difference(NamedTuple):
    """An item on which voices differ by at least a half.

    `answers` are the own answers of all voices, `stands` how good each is that can be compared: from 0, not as it
    should be, to 1, as it should be. Of a practice, where an answer is neither (`is_neutral`), it is what the answer is
    worth. `gap` is how far apart they are, above 0 and at most 1; `is_next` whether the item is one of the next steps.
    It `is_opposite` where to some all is as it should be, and to others nothing is, nor planned.
    """

    item: str
    answers: Mapping[str, str]
    stands: Mapping[str, float]
    gap: float
    is_neutral: bool
    is_next: bool
    is_opposite: bool

    @property
    def worst(self) -> tuple[str, ...]:
        """The voices whose answer is the worst."""
        return self._at(min(self.stands.values()))

    @property
    def best(self) -> tuple[str, ...]:
        """The voices whose answer is the best."""
        return self._at(max(self.stands.values()))

    def _at(self, value: float) -> tuple[str, ...]:
        return tuple(voice for voice, stand in self.stands.items() if stand == value)


class Differing(NamedTuple):
    """All differences in the order in which they are told.

    First comes what lies farthest apart; of what lies as far apart, what is one of the next steps; then what the rubric
    has first. Practices come last, in the same order. `worst` and `best` say on how many of the others each voice gives
    the worst and the best answer, alone or with others; `opposite` on how many of them the answers are opposite.
    `compared` is on how many items two voices or more gave an answer that can be compared.
    """

    told: tuple[Difference, ...]
    worst: Mapping[str, int]
    best: Mapping[str, int]
    opposite: int
    compared: int


def differing(score: Score, voices: Sequence[str], next_steps: Collection[str]) -> Differing:
    """Where `voices` differ, each called by the first of its perspectives. `next_steps` are the items of these."""
    found = (_difference(score, voices, one, one.item in next_steps) for one in score.disagreements)
    told = sorted(found, key=lambda one: (one.is_neutral, -one.gap, not one.is_next))
    judged = [one for one in told if not one.is_neutral]
    return Differing(
        told=tuple(told),
        worst=_counted(voices, (voice for one in judged for voice in one.worst)),
        best=_counted(voices, (voice for one in judged for voice in one.best)),
        opposite=sum(one.is_opposite for one in judged),
        compared=sum(1 for valued in _valued(score, voices) if valued > 1),
    )


def _valued(score: Score, voices: Sequence[str]) -> Iterator[int]:
    """How many voices answered each item with an option of the scale."""
    answers = [said.answers for voice, said in score.own if voice in voices]
    yield from (sum(code < score.rubric.not_applicable for code in codes) for codes in zip(*answers, strict=True))


def _counted(voices: Sequence[str], found: Iterable[str]) -> Mapping[str, int]:
    """How often each voice was found, in the voices' order."""
    counts = Counter(found)
    return {voice: counts[voice] for voice in voices}


def _difference(score: Score, voices: Sequence[str], found: Disagreement, is_next: bool) -> Difference:
    place, rubric, said = score.places[found.item], score.rubric, dict(score.own)
    item = rubric.items[place]
    codes = {voice: said[voice].answers[place] for voice in voices}
    values = {voice: rubric.values[code] for voice, code in codes.items() if code < rubric.not_applicable}
    stands = {voice: round(1 - value if item.lower_is_better else value, _PLACES) for voice, value in values.items()}
    said_plainly = {stands[voice] for voice in stands if rubric.if_done[codes[voice]] == codes[voice]}
    return Difference(
        item=found.item,
        answers={voice: rubric.word(code) for voice, code in codes.items()},
        stands=stands,
        gap=round(max(stands.values()) - min(stands.values()), _PLACES),
        is_neutral=not (item.is_achievement or item.lower_is_better),
        is_next=is_next,
        is_opposite=said_plainly >= {0, 1},
    )
