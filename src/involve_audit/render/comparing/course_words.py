"""How the stage went over a series, as a finding: what a trend is headed with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from involve_audit.engine.comparing.course import BEGINNINGS, DOWN, DOWN_BY_RUBRIC, UP, UP_BY_RUBRIC
from involve_audit.language import number, year
from involve_audit.words.comparing import COUNTED_COURSE, COURSE

if TYPE_CHECKING:
    from involve_audit.engine.comparing.course import Spell
    from involve_audit.engine.comparing.trend import Trend
    from involve_audit.render.comparing.rounds import ShownRound


_MOVED = {
    "rose": {UP},
    "fell": {DOWN},
    "up_and_down": {UP, DOWN},
    "changed": {UP, DOWN, UP_BY_RUBRIC, DOWN_BY_RUBRIC},
    "broken": {*BEGINNINGS},
}
"""What to say of stages that changed more than once, by the ways in which they did: the first that holds them all."""


class CourseWords:
    """The words for the stages of a series. `labels` are what to call each round."""

    def __init__(self, shown: Sequence[ShownRound], trend: Trend) -> None:
        self.shown = shown
        self.trend = trend

    @cached_property
    def labels(self) -> list[str]:
        """What to call each round: by its year where no two are of the same, or else by its day."""
        days = [shown.read.date for shown in self.shown]
        if len({day.year for day in days}) == len(days):
            return [year(day) for day in days]
        return list(self._days())

    def _days(self) -> Iterator[str]:
        """Each day and, where there are several rounds of it, which of them."""
        names = [shown.short_day for shown in self.shown]
        of_a_day, before = Counter(names), Counter[str]()
        for name in names:
            before[name] += 1
            yield COURSE["nth"].format(day=name, place=number(before[name])) if of_a_day[name] > 1 else name

    @property
    def unit(self) -> str:
        """What rounds are counted in: years where there was one in every year, or else audits."""
        years = [shown.read.date.year for shown in self.shown]
        return "years" if all(now - then == 1 for then, now in pairwise(years)) else "audits"

    @property
    def headline(self) -> str:
        """A sentence for what was, and one for what is."""
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        spells = self.trend.spells
        if len(spells) == 1:
            yield self._for(spells[0], "all")
            return
        yield self._before(spells[:-1])
        last = spells[-1]
        form = f"since_{last.began}" if last.stage else "since_little_known"
        yield COURSE[form].format(when=self.labels[last.first], stage=self._stage(last))
        if len(spells) > len(("before", "now")) and self.trend.since_first:
            yield COURSE[f"from_first_{self.trend.since_first}"].format(first=self._stage(spells[0]))

    def _before(self, spells: Sequence[Spell]) -> str:
        if len(spells) == 1:
            return self._for(spells[0], "at")
        began = {spell.began for spell in self.trend.spells[1:]}
        form = next(form for form, kinds in _MOVED.items() if began <= kinds)
        return COUNTED_COURSE.of(form, len(spells), first=self.labels[0], last=self.labels[-1])

    def _for(self, spell: Spell, form: str) -> str:
        """How long it lasted, and where."""
        unit = self.unit if spell.rounds > 1 else "audits"
        form = f"{form}_{unit}" if spell.stage else f"{form}_little_known"
        return COUNTED_COURSE.of(form, spell.rounds, stage=self._stage(spell))

    def _stage(self, spell: Spell) -> str:
        """The stage, and that it could be higher where it could in any round of the spell."""
        if spell.stage is None:
            return ""
        titles = self.shown[spell.last].titles
        name = titles.shorts.get(spell.stage, spell.stage)
        return COURSE["settled" if spell.is_settled else "or_higher"].format(stage=name)
