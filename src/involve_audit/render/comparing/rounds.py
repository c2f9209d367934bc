"""The rounds of a comparison in words: each by itself, and what a reader has to know of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from involve_audit.engine.score import DOCUMENTS
from involve_audit.language import day, in_short, number, short_day
from involve_audit.model.names import distinct, look_alikes
from involve_audit.render.titles import Titles
from involve_audit.words.comparing import CHANGE_HEADLINES, COMPARING, COUNTED_CHANGES, NOTES, TREND
from involve_audit.words.reports import PUBLISHING, WORDS

if TYPE_CHECKING:
    from involve_audit.engine.comparing.round import People, Round
    from involve_audit.errors import Problem
    from involve_audit.model.record import RubricUsed
    from involve_audit.model.rubric import Rubric
    from involve_audit.render.titles import Given, LadderStep

_MOST_UNREAD = 20


def moved(then: Given | None, now: Given | None) -> str:
    """From which answer to which, and what that means; or that it is the same one. None was not asked."""
    if then and now and then.words == now.words:
        return COMPARING["same_answer"].format(answer=now.said)
    before, after = then.words if then else COMPARING["not_asked"], now.said if now else COMPARING["not_asked"]
    return COMPARING["answer_moved"].format(then=before, now=after)


class ShownRound:
    """The words for one round."""

    def __init__(self, read: Round, titles: Titles) -> None:
        self.read = read
        self.score = read.score
        self.titles = titles

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
    def stage(self) -> str:
        return self.stage_title(self.score.floor)

    @property
    def stands(self) -> str:
        """The stage, and how much higher it could be, in a sentence; where not enough is known, that and no stage."""
        form = "settled" if self.score.floor == self.score.ceiling else "range"
        if not self.score.enough_known:
            form = "settled_little_known" if form == "settled" else "little_known"
        return CHANGE_HEADLINES[form].format(floor=self.stage, ceiling=self.stage_title(self.score.ceiling))

    @property
    def stage_in_words(self) -> str:
        """The stage, or its range, or that not enough is known."""
        score = self.score
        ceiling = self.stage_title(score.ceiling)
        if score.enough_known and score.floor == score.ceiling:
            return self.stage
        form = "range"
        if not score.enough_known:
            form = "settled_little_known" if score.floor == score.ceiling else "little_known"
        return TREND[form].format(floor=self.stage, ceiling=ceiling)

    @property
    def known(self) -> str:
        """How many questions have a known answer."""
        total = len(self.score.rubric.items)
        return COUNTED_CHANGES.of("known", total, known=number(self.score.known))

    @property
    def ladder(self) -> list[LadderStep]:
        """Every stage, lowest first."""
        return self.titles.ladder(self.score.floor, self.score.ceiling, self.score.enough_known)

    @property
    def strip(self) -> str:
        """What to call the strip of all stages, for those who do not see it."""
        return COMPARING["strip"].format(day=self.day)

    def perspective(self, name: str | None) -> str:
        """What to call those who decided; documents are answered by nobody."""
        if name is None:
            return WORDS["nobody_knows"]
        return WORDS["nobody"] if name == DOCUMENTS else self.titles.perspectives.get(name, name)


def shown_rounds(rounds: Sequence[Round]) -> list[ShownRound]:
    """The words for each round; what has the same rubric has the same titles."""
    rubrics = {id(read.rubric): read.rubric.content for read in rounds}
    titles = {key: Titles(rubric) for key, rubric in rubrics.items()}
    return [ShownRound(read, titles[id(read.rubric)]) for read in rounds]


def rubrics_used(rounds: Sequence[ShownRound]) -> list[str]:
    """The exact rubric of each round: in full where what one was made of changed, and nothing else of it."""
    exactly = {(shown.rubric_used, shown.read.fingerprint) for shown in rounds}
    number_of = Counter(used for used, _fingerprint in exactly)
    return [shown.rubric_used if number_of[shown.rubric_used] == 1 else shown.rubric_used_in_full for shown in rounds]


def people_in_words(people: People | None) -> str:
    """A number of people, or what is known of it."""
    if people is None:
        return COMPARING["nobody"]
    if people.at_least == people.at_most:
        return number(people.at_least)
    if people.at_least == 1:
        return PUBLISHING["fewer_than"].format(bound=number(people.at_most + 1))
    return COMPARING["several"].format(low=number(people.at_least), high=number(people.at_most))


def notes_on_two(then: ShownRound, now: ShownRound) -> Iterator[str]:
    """What a reader has to know about what was compared with what, most important first."""
    yield from _pairing(then, now)
    yield from notes_on_each((then, now))


def _pairing(then: ShownRound, now: ShownRound) -> Iterator[str]:
    before, after = then.read, now.read
    names = [before.subject.name, after.subject.name]
    if len(distinct(names)) > 1:
        yield NOTES["other_subject"].format(then=names[0], now=names[1])
        yield from filter(None, [look_alikes(names)])
    if after.date < before.date:
        yield NOTES["backwards"].format(then=then.day, now=now.day)
    if _fingerprints(then) == _fingerprints(now) != []:
        yield NOTES["same_answers"]
    same_id = before.rubric.content.id == after.rubric.content.id
    if not same_id and not before.lineage.isdisjoint(after.lineage):
        yield NOTES["tailored"].format(then=then.rubric, now=now.rubric)
    if same_id and then.version == now.version and not before.shares_rubric_with(after):
        yield NOTES["same_number"].format(version=now.version)


def _fingerprints(shown: ShownRound) -> list[str]:
    """What the files of a round are known by, as far as they are told."""
    return sorted(view.sha256 for view in shown.read.audit.views if view.sha256)


def _about(shown: ShownRound) -> Iterator[str]:
    """What is special about one round."""
    read = shown.read
    yield from read.audit.about_files
    if read.restated:
        said = shown.stage_title(read.restated)
        yield NOTES["restated"].format(file=read.name, said=said, found=shown.stage)
    if read.score.is_recorded:
        version, other = shown.version, read.rubric.content.version
        yield NOTES["stand_in"].format(file=read.name, version=version, other=other)
    if read.not_shown:
        yield NOTES["not_shown"].format(file=read.name, list=in_short(read.not_shown))
    if read.audit.fewer_than is not None:
        yield NOTES["published"].format(file=read.name)


def notes_on_subjects(rounds: Sequence[ShownRound]) -> Iterator[str]:
    """That a series is about several subjects, where it is."""
    names = distinct(shown.read.subject.name for shown in rounds)
    if len(names) > 1:
        yield NOTES["subjects"].format(list=in_short(names))
        yield from filter(None, [look_alikes(names)])


def what_was_taken(unread: Sequence[Problem], audits: int) -> str:
    """How many audits a page is made of, and how many files and folders were left out."""
    files = len({problem.path for problem in unread})
    return COUNTED_CHANGES.of("unread", files, audits=COUNTED_CHANGES.of("audits", audits))


def notes_on_unread(unread: Sequence[Problem], audits: int) -> Iterator[str]:
    """What is left out of so many audits, because it could not be read: the first problem of each file."""
    first_of = {problem.path: problem for problem in reversed(unread)}
    named = list(reversed(first_of.values()))
    if named:
        yield what_was_taken(unread, audits)
    yield from (NOTES["unread"].format(problem=problem.in_short) for problem in named[:_MOST_UNREAD])
    if more := len(named[_MOST_UNREAD:]):
        yield COUNTED_CHANGES.of("unread_more", more)


def notes_on_each(rounds: Sequence[ShownRound]) -> Iterator[str]:
    """Whom no view of a round includes, and what else is special about each round, every sentence once."""
    silent: dict[str, dict[str, None]] = {}
    for shown in rounds:
        if missing := shown.read.audit.unheard:
            silent.setdefault(missing, {})[shown.day] = None
    yield from (NOTES["unheard"].format(date=in_short(days), perspective=name) for name, days in silent.items())
    yield from dict.fromkeys(note for shown in rounds for note in _about(shown))
