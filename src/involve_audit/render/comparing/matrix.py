"""Every answer of a series as a matrix: rounds across, questions down by theme, a sign for each answer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.language import number
from involve_audit.render.comparing.rounds import people_in_words
from involve_audit.render.titles import OPEN, SIGNS, Titles
from involve_audit.words.comparing import COMPARING, COUNTED_COURSE, MATRIX

if TYPE_CHECKING:
    from involve_audit.engine.comparing.course import AnswerRow
    from involve_audit.engine.comparing.trend import Trend
    from involve_audit.render.comparing.rounds import ShownRound
    from involve_audit.render.titles import Given

ON_PAPER = 12
"""How many rounds stand side by side on a sheet of A4."""
MOST_ROUNDS, MOST_CELLS = 48, 6_000
"""The latest rounds that are shown, fewer where there are very many questions."""
MOST_LOST = 50
"""Of questions that are not as they should be any more, the latest so many are told."""


class Figure(NamedTuple):
    """A figure in little room, the same in words, and whether it is another one than the round before had.

    `is_none` says of people that nobody answered.
    """

    figure: str
    said: str
    is_changed: bool = False
    is_none: bool = False


class Sign(NamedTuple):
    """An answer in one round, and whether it is another one than the round before had."""

    given: Given
    is_changed: bool

    @property
    def said(self) -> str:
        """What a screen reader reads in place of the sign."""
        return MATRIX["changed"].format(said=self.given.said) if self.is_changed else self.given.said


class QuestionLine(NamedTuple):
    """One question and its answers; None in a round that did not ask it."""

    title: str
    answers: list[Sign | None]


class ThemeLines(NamedTuple):
    """The questions of one theme."""

    title: str
    lines: list[QuestionLine]


class MatrixSheet(NamedTuple):
    """So many rounds as stand side by side. `stages` and each of `people` have a cell for each round."""

    caption: str
    rounds: list[str]
    stages: list[Figure]
    people: list[tuple[str, list[Figure]]]
    themes: list[ThemeLines]


class LostLine(NamedTuple):
    """A question whose answer was as it should be once: when last, and what it is now."""

    title: str
    last_right: str
    now: Given


def in_sheets(count: int, most: int = ON_PAPER) -> list[slice]:
    """Which rounds stand together on a sheet, of so many: as evenly as can be."""
    sheets = -(-count // most)
    ends = [count * place // sheets for place in range(sheets + 1)]
    return [slice(start, end) for start, end in itertools.pairwise(ends)]


def without_room(rounds: int, rows: int) -> int:
    """How many of these rounds, the first ones, a table of so many rows has no room for."""
    return max(0, rounds - min(MOST_ROUNDS, max(ON_PAPER // 2, MOST_CELLS // max(1, rows))))


class Matrix:
    """The words of all answers of a series. `labels` are what to call each round."""

    def __init__(self, shown: Sequence[ShownRound], trend: Trend, labels: Sequence[str]) -> None:
        self.shown = shown
        self.trend = trend
        self.labels = labels
        self._given = cache(Titles.given)

    @cached_property
    def sheets(self) -> list[MatrixSheet]:
        """All rounds that are shown, the earliest first."""
        parts = in_sheets(len(self.shown) - self.not_shown)
        return [self._sheet(slice(part.start + self.not_shown, part.stop + self.not_shown)) for part in parts]

    @property
    def not_shown(self) -> int:
        """How many rounds, the first ones, there is no room for."""
        return without_room(len(self.shown), len(self.trend.rows))

    @property
    def left_out(self) -> str:
        """What is not in it; empty where all is."""
        return COUNTED_COURSE.of("not_shown", self.not_shown) if self.not_shown else ""

    @property
    def tones(self) -> list[str]:
        """How the answers that are shown count: what a legend has to explain."""
        places = range(self.not_shown, len(self.shown))
        rows = self.trend.rows
        return list({given.tone for row in rows for at in places if (given := self._given_in(row, at))})

    @property
    def stages(self) -> list[str]:
        """The stages of the latest rubric, lowest first, with the numbers that stand for them."""
        return [f"{step.number} {step.title}".lstrip() for step in self.shown[-1].ladder]

    @cached_property
    def lost(self) -> list[LostLine]:
        """What was as it should be once, and is not now; of very much the latest."""
        lost = [row for row in self.trend.rows if row.lost_after is not None]
        latest = {row.item for row in nlargest(MOST_LOST, lost, key=lambda row: row.lost_after or 0)}
        return [
            LostLine(self._title(row), self.labels[row.lost_after], now)
            for row in lost
            if row.item in latest and row.lost_after is not None and (now := self._given_in(row, len(self.shown) - 1))
        ]

    def _sheet(self, part: slice) -> MatrixSheet:
        names = self.labels[part]
        titles = self.shown[-1].titles.perspectives
        return MatrixSheet(
            caption=MATRIX["caption"].format(first=names[0], last=names[-1]),
            rounds=list(names),
            stages=[self._stage(at) for at in range(part.start, part.stop)],
            people=[
                (
                    MATRIX["who"].format(who=titles[name]),
                    [self._people(at, name) for at in range(part.start, part.stop)],
                )
                for name in self.trend.asked_for
            ],
            themes=list(self._themes(part)),
        )

    def _stage(self, at: int) -> Figure:
        """The number of the stage on the ladder of its round, and its name."""
        figure, said = self._place(at), self.shown[at].stage_in_words
        is_changed = at > 0 and figure != self._place(at - 1)
        return Figure(figure, MATRIX["changed"].format(said=said) if is_changed else said, is_changed)

    def _place(self, at: int) -> str:
        """The number of the stage, or its short name where stages have numbers in these; else its id."""
        shown, score = self.shown[at], self.shown[at].score
        if not score.enough_known:
            return SIGNS[OPEN]
        steps = dict(zip(shown.titles.stages, shown.ladder, strict=True))
        place = steps[score.floor].number or steps[score.floor].short if score.floor in steps else score.floor
        return place if score.floor == score.ceiling else MATRIX["or_higher"].format(place=place)

    def _people(self, at: int, name: str) -> Figure:
        """How many answered."""
        people = self.shown[at].read.people.get(name)
        if name not in self.trend.points[at].heard:
            return Figure(MATRIX["none"], COMPARING["nobody"], is_none=True)
        if people is None:
            return Figure(MATRIX["some"], MATRIX["some"])
        if people.at_least == people.at_most:
            return Figure(number(people.at_least), people_in_words(people))
        few = MATRIX["between"].format(low=number(people.at_least), high=number(people.at_most))
        return Figure(few, people_in_words(people))

    def _themes(self, part: slice) -> Iterator[ThemeLines]:
        """The questions of the latest rubric by theme, in its order, and last those that it does not ask."""
        titles = self.shown[-1].titles
        themes: dict[str, list[QuestionLine]] = {title: [] for title in titles.themes.values()}
        for row in self.trend.rows:
            asked = row.items[-1]
            theme = titles.theme(titles.items[asked]) if asked else MATRIX["gone"]
            places = range(part.start, part.stop)
            answers = [Sign(given, at in row.changed) if (given := self._given_in(row, at)) else None for at in places]
            if asked or any(answers):
                themes.setdefault(theme, []).append(QuestionLine(self._title(row), answers))
        yield from (ThemeLines(title, lines) for title, lines in themes.items() if lines)

    def _title(self, row: AnswerRow) -> str:
        """The title of a question in the latest rubric that asks it."""
        return next(
            shown.titles.numbered(item)
            for shown, item in zip(reversed(self.shown), reversed(row.items), strict=True)
            if item is not None
        )

    def _given_in(self, row: AnswerRow, at: int) -> Given | None:
        item, answer = row.items[at], row.answers[at]
        return None if item is None or answer is None else self._given(self.shown[at].titles, item, answer)
