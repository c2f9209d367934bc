"""Where views differ in words: what it comes to, each question on which they do, and opinions within one group.

What is told, in which order, comes from the engine (`engine/differing.py`). Nothing here is escaped yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.language import in_short, listed, number
from involve_audit.model.view import UNANSWERED
from involve_audit.render.entries import spread_line
from involve_audit.render.titles import ASIDE, BEST, OPEN, PART, PLAIN, PLANNED, WORST
from involve_audit.words.differing import DIFFERING, FINDING

if TYPE_CHECKING:
    from involve_audit.engine.differing import Difference, Differing
    from involve_audit.engine.spread import Spread
    from involve_audit.render.titles import Given, Titles

MOST_DRAWN = 12
"""A picture of more differences than this is too long to be looked at; the table has all of them."""
_MOST_NAMED = 3
_TWO = 2
_WHOLE = 100
_FROM_THE_WORST = (WORST, PLANNED, PART, BEST, PLAIN, ASIDE, OPEN)


class DrawnAnswer(NamedTuple):
    """One answer in the picture and all who gave it. `at` is where it stands: from 0, not as it should be, to 100.

    `is_first` where those whose word comes first are among them, `is_left` where it is in the worse half.
    """

    who: str
    answer: Given
    at: float
    is_first: bool

    @property
    def is_left(self) -> bool:
        return self.at < _WHOLE / _TWO


class DifferenceLine(NamedTuple):
    """One item on which voices differ: the answer of each, in the order of `Differences.voices`, None for none.

    `marks` are the different answers that can be compared, from the worst; none where none is good or bad.
    """

    id: str
    title: str
    answers: tuple[Given | None, ...]
    marks: tuple[DrawnAnswer, ...]
    is_next: bool


class SplitPart(NamedTuple):
    """How many of a group gave one answer: their number, and their share in per cent."""

    answer: Given
    people: str
    share: float


class SplitGroup(NamedTuple):
    """What one group said to an item: in a sentence, and answer by answer, the worst first."""

    words: str
    portions: tuple[SplitPart, ...]


class SplitLine(NamedTuple):
    """An item on which the people of one group are split, with every group of which numbers are told."""

    id: str
    title: str
    groups: tuple[SplitGroup, ...]


class Differences:
    """Where the voices of an audit differ. `voices` are their titles by the first of their perspectives."""

    def __init__(self, titles: Titles, found: Differing, voices: Mapping[str, str]) -> None:
        self._titles = titles
        self._found = found
        self._voices = voices

    @property
    def voices(self) -> list[str]:
        """What to call each voice, in the rubric's order."""
        return [*self._voices.values()]

    @cached_property
    def lines(self) -> list[DifferenceLine]:
        """Each difference, in the order of the engine."""
        return [self._line(one) for one in self._found.told]

    @property
    def drawn(self) -> list[DifferenceLine]:
        """Those that a picture shows."""
        return [line for line in self.lines if line.marks][:MOST_DRAWN]

    @property
    def not_drawn(self) -> str:
        """That there are more than the picture shows; empty where there are not."""
        left = len(self._judged) - MOST_DRAWN
        return FINDING.of("not_drawn", left) if left > 0 else ""

    @cached_property
    def finding(self) -> list[str]:
        """What the differences come to, the most telling sentence first; nothing where there are none."""
        told = [*self._lights(), *self._opposite(), *self._the_others()] if self._judged else []
        return [*told, *self._neutral()]

    @cached_property
    def _judged(self) -> list[Difference]:
        return [one for one in self._found.told if not one.is_neutral]

    def _lights(self) -> Iterator[str]:
        """Who sees things in a better light."""
        total = number(len(self._found.told))
        if len(self._voices) == _TWO:
            yield from self._of_two(total)
        elif len(self._found.told) == 1:
            (one,) = self._judged
            yield DIFFERING["one"].format(worst=self._called(one.worst), best=self._called(one.best))
        else:
            told = [
                *self._most_often("worst", self._found.worst, total),
                *self._most_often("best", self._found.best, total),
            ]
            yield from told or [FINDING.of("even", len(self._found.told))]

    def _of_two(self, total: str) -> Iterator[str]:
        more, fewer = (self._found.best[voice] for voice in self._by_light)
        form = "half" if more == fewer else "each" if more == len(self._found.told) else "most"
        yield FINDING.of(form, more, total=total, **self._the_two)

    def _the_others(self) -> Iterator[str]:
        """Of two groups: what looks better to the one to whom most things look worse."""
        if len(self._voices) == _TWO:
            better, worse = self._by_light
            items = [self._titles.item(one.item) for one in self._judged if worse in one.best]
            if 0 < len(items) < self._found.best[better]:
                yield FINDING.of("others", len(items), items=self._listed(items), **self._the_two)

    @property
    def _by_light(self) -> list[str]:
        """The voices, first those to whom most things look better."""
        return sorted(self._voices, key=lambda voice: -self._found.best[voice])

    @property
    def _the_two(self) -> dict[str, str]:
        better, worse = self._by_light
        return {"better": self._voices[better], "worse": self._voices[worse]}

    def _most_often(self, form: str, counts: Mapping[str, int], total: str) -> Iterator[str]:
        """Whose answer is most often the worst, or the best; nothing where that holds for all alike."""
        most = max(counts.values())
        who = [voice for voice in counts if counts[voice] == most]
        if len(who) < len(counts):
            form = f"{form}_all" if most == len(self._found.told) else form if len(who) == 1 else f"{form}_each"
            yield FINDING.of(form, most, who=self._called(who), total=total)

    def _opposite(self) -> Iterator[str]:
        count = self._found.opposite
        if count and count == len(self._found.told):
            yield DIFFERING["one_opposite" if count == 1 else "all_opposite"]
        elif count:
            yield FINDING.of("opposite", count)

    def _neutral(self) -> Iterator[str]:
        told = [one for one in self._found.told if one.is_neutral]
        if told:
            form = "neutral" if self._judged else "only_neutral"
            yield FINDING.of(form, len(told), items=self._listed(map(self._with_answers, told)))

    def _with_answers(self, one: Difference) -> str:
        answers = dict.fromkeys(self._titles.answers[one.answers[voice]] for voice in one.stands)
        return DIFFERING["answers"].format(item=self._titles.item(one.item), answers=" / ".join(answers))

    @staticmethod
    def _listed(titles: Iterable[str]) -> str:
        return in_short(titles, _MOST_NAMED)

    def _called(self, voices: Sequence[str]) -> str:
        return listed(self._voices[voice] for voice in voices)

    def _line(self, one: Difference) -> DifferenceLine:
        def given(voice: str) -> Given | None:
            word = one.answers[voice]
            return None if word == UNANSWERED else self._titles.given(one.item, word)

        marks = () if one.is_neutral else tuple(self._marks(one))
        title = self._titles.numbered(one.item)
        return DifferenceLine(one.item, title, tuple(map(given, self._voices)), marks, one.is_next)

    def _marks(self, one: Difference) -> Iterator[DrawnAnswer]:
        first = next(iter(self._voices))
        said: dict[tuple[float, str], list[str]] = {}
        for voice, at in one.stands.items():
            said.setdefault((at, one.answers[voice]), []).append(voice)
        for (at, word), voices in sorted(said.items(), key=lambda each: each[0][0]):
            answer = self._titles.given(one.item, word)
            yield DrawnAnswer(self._called(voices), answer, at * _WHOLE, first in voices)


def split_lines(titles: Titles, spreads: Sequence[Spread]) -> list[SplitLine]:
    """The items on which the people of one group are split, of the spreads that may be shown, in their order."""
    found: dict[str, list[Spread]] = {spread.item: [] for spread in spreads if spread.is_split}
    for spread in spreads:
        if spread.item in found:
            found[spread.item].append(spread)
    return [
        SplitLine(item, titles.numbered(item), tuple(_group(titles, spread) for spread in groups))
        for item, groups in found.items()
    ]


def split_finding(titles: Titles, spreads: Iterable[Spread]) -> list[str]:
    """Of each group whose people are split on something: on how many items."""
    counts = Counter(spread.perspectives for spread in spreads if spread.is_split)
    return [
        FINDING.of("split", count, who=listed(titles.perspectives[name] for name in who))
        for who, count in counts.items()
    ]


def _group(titles: Titles, spread: Spread) -> SplitGroup:
    counts = {word: count for word, count in {**spread.answers, UNANSWERED: spread.unanswered}.items() if count}
    portions = (
        SplitPart(titles.given(spread.item, word), number(count), count * _WHOLE / spread.responses)
        for word, count in counts.items()
    )
    told = sorted(portions, key=lambda portion: _FROM_THE_WORST.index(portion.answer.tone))
    return SplitGroup(spread_line(titles, spread), tuple(told))
