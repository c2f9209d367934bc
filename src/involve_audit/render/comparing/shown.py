"""One round of a comparison in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from involve_audit.engine.comparing.round import People, Round
from involve_audit.engine.score import DOCUMENTS
from involve_audit.language import day, number, short_day
from involve_audit.model.record import RubricUsed
from involve_audit.model.rubric import Rubric
from involve_audit.render.titles import Given, LadderStep, Titles
from involve_audit.words.comparing import CHANGE_HEADLINES, COMPARING, COUNTED_CHANGES
from involve_audit.words.reports import PUBLISHING, WORDS


class ShownRound:
    """The words for one round."""

    def __init__(self, read: Round, titles: Titles | None = None) -> None:
        """`titles` are those of the round's rubric, where they are there already."""
        self.read = read
        self.score = read.score
        self.titles = titles or Titles(read.rubric.content)

    @cached_property
    def day(self) -> str:
        return day(self.read.date)

    @cached_property
    def short_day(self) -> str:
        """The day in less room."""
        return short_day(self.read.date)

    @property
    def version(self) -> str:
        """The version of the rubric that the audit was made with; of a tailored one with its id."""
        return self._used.version if len(self.read.lineage) == 1 else f"{self._used.version} ({self._used.id})"

    @property
    def rubric(self) -> str:
        """The title and version of that rubric."""
        return f"{self._used.title} {self._used.version}"

    @property
    def _used(self) -> RubricUsed | Rubric:
        return self.read.record.rubric if self.read.record else self.read.rubric.content

    @property
    def rubric_used(self) -> str:
        """The exact rubric: its title, version, id and digest."""
        return self._rubric_used(self.read.fingerprint[:1])

    @property
    def rubric_used_in_full(self) -> str:
        """The same, with the digests of all that it was made of."""
        return self._rubric_used(self.read.fingerprint)

    def _rubric_used(self, digests: Sequence[str]) -> str:
        return f"{self.rubric} ({self.read.rubric.content.id}), SHA-256 {', '.join(digests)}"

    def stage_title(self, stage: str) -> str:
        """A stage's title, or its id where the rubric at hand does not have it."""
        return self.titles.stages.get(stage, stage)

    @property
    def floor(self) -> str:
        return self.stage_title(self.score.floor)

    @property
    def range(self) -> str:
        """How much higher it could be, or that not enough is known; empty where the stage is settled."""
        ceiling = self.stage_title(self.score.ceiling)
        if not self.score.enough_known:
            return CHANGE_HEADLINES["little_known"].format(floor=self.floor, ceiling=ceiling)
        return "" if self.score.floor == self.score.ceiling else CHANGE_HEADLINES["range"].format(ceiling=ceiling)

    @property
    def known(self) -> str:
        """How many questions have a known answer."""
        total = len(self.score.rubric.items)
        return COUNTED_CHANGES.of("known", total, known=number(self.score.known))

    @property
    def ladder(self) -> list[LadderStep]:
        """Every stage, lowest first."""
        return self.titles.ladder(self.score.floor, self.score.ceiling, self.score.enough_known)

    def given(self, item: str, answer: str) -> Given:
        """An answer to one of the round's items, and how it counts for it."""
        return self.titles.given(item, answer)

    def perspective(self, name: str | None) -> str:
        """What to call those who decided; documents are answered by nobody."""
        if name is None:
            return WORDS["nobody_knows"]
        return WORDS["nobody"] if name == DOCUMENTS else self.titles.perspectives.get(name, name)


def rubrics_used(rounds: Sequence[ShownRound]) -> list[str]:
    """The exact rubric of each round: in full where what one was made of changed, and nothing else of it."""
    number_of = Counter(used for used, _fingerprint in {(one.rubric_used, one.read.fingerprint) for one in rounds})
    return [one.rubric_used if number_of[one.rubric_used] == 1 else one.rubric_used_in_full for one in rounds]


def people_in_words(people: People | None) -> str:
    """A number of people, or what is known of it."""
    if people is None:
        return COMPARING["nobody"]
    if people.at_least == people.at_most:
        return number(people.at_least)
    if people.at_least == 1:
        return PUBLISHING["fewer_than"].format(bound=number(people.at_most + 1))
    return COMPARING["several"].format(low=number(people.at_least), high=number(people.at_most))
