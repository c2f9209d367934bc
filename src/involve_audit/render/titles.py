"""The words that a rubric has for its ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from involve_audit.language import Language, current, listed, number, percent
from involve_audit.model.rubric import Item, Position, Rubric
from involve_audit.model.threshold import threshold_value
from involve_audit.model.view import NOT_APPLICABLE, OPEN_ANSWERS, View
from involve_audit.words.reports import (
    ANSWER_TITLES,
    COUNTED,
    DIRECTIONS,
    HEADLINES,
    LADDER,
    LEGEND,
    MEANS,
    NUMBERED,
    PLACES,
    PUBLISHING,
    SAID,
    WORDS,
)

BEST, PART, WORST, PLANNED, OPEN, ASIDE, PLAIN = TONES = (
    "best",
    "part",
    "worst",
    "planned",
    "open",
    "aside",
    "plain",
)

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_NAMED_BY_NUMBER = re.compile(r"^\d|\s\d+$")


SIGNS = {BEST: "✓", PART: "◐", WORST: "✗", PLANNED: "…", OPEN: "?", ASIDE: "–", PLAIN: "•"}
"""The sign of each tone. It stands beside words and never alone: each has some that a screen reader reads."""
_TELLING = (BEST, PART, WORST, PLANNED)


class Given(NamedTuple):
    """An answer in words. `tone` says how it counts for its item: one of `TONES`; `means` says the same in words.

    `means` is empty where there is nothing to add, as for an answer that is not known.
    """

    words: str
    tone: str
    means: str = ""

    @property
    def said(self) -> str:
        """The answer, and whether that is good or bad: a yes can be either."""
        return SAID["means"].format(answer=self.words, means=self.means) if self.means else self.words

    @property
    def sign(self) -> str:
        return SIGNS[self.tone]


def legend(tones: Iterable[str] = TONES) -> list[Given]:
    """What each sign stands for, in the order of `TONES`."""
    wanted = set(tones)
    return [Given(LEGEND[tone], tone) for tone in TONES if tone in wanted]


class Marker(NamedTuple):
    """Whose answers come to a stage, in words; `is_first` where these are the answers that count first."""

    words: str
    is_first: bool


class LadderStep(NamedTuple):
    """One stage of the ladder; `state` is passed, here, least, possible or empty, `mark` the word for it.

    `number` is its place, from 1; empty where stages have numbers in their names, which need not be their places.
    """

    title: str
    short: str
    summary: str
    state: str
    mark: str
    number: str
    markers: tuple[Marker, ...] = ()

    @property
    def label(self) -> str:
        """The short name with the number."""
        return f"{self.number} {self.short}".lstrip()

    @property
    def is_open(self) -> bool:
        """Whether the stage is an end of a range, or within it."""
        return self.state in ("least", "possible")


def on_one_line(ladder: Sequence[LadderStep]) -> str:
    """All stages, lowest first, with a word for the one that was reached and those that are possible."""
    is_marked = ("here", "least", "possible")
    return "; ".join(f"{step.label} ({step.mark})" if step.state in is_marked else step.label for step in ladder)


class Titles:
    """What to call the items, stages, perspectives, themes and answers of one rubric.

    The number of an item is its place in the rubric, from 1, wherever it is shown (`numbers`).
    Numbers of people below `fewer_than` are not told (`Audit.fewer_than`).
    """

    def __init__(self, rubric: Rubric, fewer_than: int | None = None) -> None:
        self.rubric = rubric
        self.fewer_than = fewer_than or 0
        self.items: dict[str, Item] = {item.id: item for item in rubric.items}
        self.numbers = {name: place for place, name in enumerate(self.items, 1)}
        self.stages = {stage.id: stage.title for stage in rubric.stages}
        self.shorts = {stage.id: stage.short for stage in rubric.stages}
        self.themes = {theme.id: theme.title for theme in rubric.themes}
        self.perspectives = {perspective.id: perspective.title for perspective in rubric.perspectives}
        self.gates = {gate.id: gate for stage in rubric.stages for gate in stage.gates}
        self.sources = {source.id: source.title for source in rubric.sources}
        self.answers = {**ANSWER_TITLES} | {option.id: option.title for option in rubric.scale}
        self.options = {option.id: option for option in rubric.scale}
        self._given: dict[tuple[str, str], Given] = {}

    def item(self, item_id: str) -> str:
        """The short title of an item; its id where a tailored rubric has switched it off."""
        return self.items[item_id].title if item_id in self.items else item_id

    def numbered(self, item_id: str, form: str = "in_front") -> str:
        """The same with its number: in front, or `behind` where the list is numbered itself."""
        if form == "in_front":
            return self._numbered.get(item_id, item_id)
        item = self.items.get(item_id)
        return self.with_number(item, item.title, form) if item else item_id

    @cached_property
    def _numbered(self) -> Mapping[str, str]:
        return {name: self.with_number(item, item.title) for name, item in self.items.items()}

    def with_number(self, item: Item, text: str, form: str = "in_front") -> str:
        """A text about an item with the item's number: in front, or `behind`."""
        return NUMBERED[form].format(number=number(self.numbers[item.id]), text=text)

    def ask(self, item: Item) -> str:
        """The question itself, with its number."""
        return self.with_number(item, item.ask)

    def says(self, stage_id: str) -> str:
        """What follows the short name of a stage: one line, where the rubric has one, or its summary."""
        stage = next(stage for stage in self.rubric.stages if stage.id == stage_id)
        return stage.says or stage.summary

    def do(self, item_id: str) -> str:
        """What to do about an item: one line, where the rubric has one, or all that it says of the next step."""
        item = self.items[item_id]
        return item.do or item.next_step

    def direction(self, item: Item) -> str:
        """What a full yes to this item means, and where it is a problem, which answer is the good one."""
        means = "problem" if item.lower_is_better else item.kind
        return DIRECTIONS[means].format(full=self.value(1, item.kind), none=self.value(0, item.kind))

    @property
    def has_own_numbers(self) -> bool:
        """Whether stages have numbers in their names, which need not be their places."""
        return any(_NAMED_BY_NUMBER.search(stage.short) for stage in self.rubric.stages)

    def ladder(self, floor: str, ceiling: str, enough_known: bool) -> list[LadderStep]:
        """Every stage, lowest first, with where a range stands on the ladder, as far as the rubric has it.

        Where not enough is known to name a stage, none is marked as reached: the whole range is possible.
        """
        ids, stages = list(self.stages), self.rubric.stages
        low = ids.index(floor) if floor in ids else -1
        high = ids.index(ceiling) if ceiling in ids else low
        lowest = "possible" if not enough_known else "here" if low == high else "least"
        states = ["passed"] * low + [lowest] * (low >= 0) + ["possible"] * (high - low)
        states += [""] * (len(ids) - len(states))
        named = self.has_own_numbers
        return [
            LadderStep(stage.title, stage.short, stage.summary, state, LADDER.get(state, ""), "" if named else place)
            for stage, state, place in zip(stages, states, map(number, range(1, len(ids) + 1)), strict=True)
        ]

    def theme(self, item: Item) -> str:
        """The title of an item's theme; that of all anti-patterns for one of these, which stand outside themes."""
        return self.themes[item.theme] if item.theme else self.words["anti_patterns"]

    def threshold(self, written: str) -> str:
        """A threshold as its author wrote it: an option of the scale by its title, a number as one writes it here."""
        return number(float(written)) if _NUMBER.fullmatch(written) else self.answers.get(written, written)

    @staticmethod
    def proportion(written: str, value: float) -> str:
        """A threshold that is a share: as its author wrote it where that reads as one, or else in percent."""
        plain = written.replace(" ", "")
        return plain if plain.endswith("%") or "/" in plain else percent(value, value)

    def answered(self, known: int, total: int) -> str:
        """How many questions have a known answer, and how many have to, where any have."""
        written = self.rubric.minimum_answered
        asked = threshold_value(written, {option.id: option.value for option in self.rubric.scale})
        share = percent(known / total, asked)
        said = COUNTED.form("known", total).format(known=number(known), count=number(total), percent=share)
        return f"{said} {WORDS['stage_needs'].format(asked=self.proportion(written, asked))}" if asked else said

    def value(self, value: float, kind: str) -> str:
        """The answer that is worth so much for items of this kind, or the number where none is."""
        options = [o for o in self.rubric.scale if o.value == value and o.is_for(kind) and not o.if_done]
        return options[0].title if options else number(value)

    def given(self, item_id: str, answer: str) -> Given:
        """An answer to an item, and how it counts for it: a yes can be the best answer or the worst."""
        known = self._given.get((item_id, answer))
        if known is None:
            tone = self._tone(item_id, answer)
            direction = "problem" if self.items[item_id].lower_is_better else "achievement"
            known = Given(self.answers[answer], tone, MEANS[f"{direction} {tone}"] if tone in _TELLING else "")
            self._given[item_id, answer] = known
        return known

    def _tone(self, item_id: str, answer: str) -> str:
        item = self.items[item_id]
        if answer in OPEN_ANSWERS:
            return OPEN
        if answer == NOT_APPLICABLE:
            return ASIDE
        if item.kind == "practice":
            return PLAIN
        option = self.options[answer]
        if option.if_done:
            return PLANNED
        value = 1 - option.value if item.lower_is_better else option.value
        return BEST if value == 1 else WORST if value == 0 else PART

    def perspectives_of(self, view: View) -> str:
        """Which perspectives answered a view, without numbers."""
        return listed(self.perspectives[name] for name in view.present) or self._nobody

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The words of a report, as this rubric has them."""
        return self.rubric.words.put_into(WORDS)

    @property
    def _nobody(self) -> str:
        return WORDS["nobody" if self.rubric.perspectives else "not_asked"]

    def who(self, view: View) -> str:
        """Who answered a view, in numbers."""
        present = [f"{self.perspectives[name]}: {self.people(count)}" for name, count in view.present.items()]
        return "; ".join(present) or self._nobody

    def people(self, count: int) -> str:
        """A number of people of one perspective, or only its bound."""
        if count < self.fewer_than:
            return PUBLISHING["fewer_than"].format(bound=number(self.fewer_than))
        return number(count)

    def total(self, *views: View) -> str:
        """How many people answered these views in all. Where one number in it is not told, neither is the total.

        Somebody who took part in two views counts twice.
        """
        counts = [count for view in views for count in view.present.values()]
        if any(count < self.fewer_than for count in counts):
            return PUBLISHING["no_total"]
        return number(sum(counts))

    def source(self, position: Position | None) -> str:
        """Where something stands in the rubric's sources; empty where it is the rubric's own."""
        if position is None:
            return ""
        return ", ".join([self.sources[position.id], *self._places(position)])

    @cached_property
    def item_sources(self) -> Mapping[str, str]:
        """Where each item stands in its source, and why it could stand elsewhere."""
        judged = {item.id: item.alternative_because for item in self.rubric.indicators}
        return {
            name: ". ".join(filter(None, (self._place(item.source), judged.get(name))))
            for name, item in self.items.items()
        }

    def _place(self, position: Position | None) -> str:
        """Where something stands; the title of the source only where there are several to choose from."""
        if position is None or len(self.sources) > 1:
            return self.source(position)
        return ", ".join(self._places(position)) or self.source(position)

    @staticmethod
    def _places(position: Position) -> list[str]:
        places = position.as_tree()
        return [PLACES[key].format(place) for key, place in places.items() if key != "id"]


MOST_TITLES = 16
_made: dict[tuple[int, int | None, Language], Titles] = {}


def titles_of(rubric: Rubric, fewer_than: int | None = None) -> Titles:
    """The titles of a rubric, made once for all audits that are told of in one language."""
    key = (id(rubric), fewer_than, current())  # no other rubric has this id, as the titles hold on to theirs
    if key not in _made:
        if len(_made) >= MOST_TITLES:
            _made.clear()
        _made[key] = Titles(rubric, fewer_than)
    return _made[key]


def headline(titles: Titles, floor: str, ceiling: str, enough_known: bool) -> str:
    """The sentence for a floor and a ceiling, by their ids."""
    low, high = titles.stages[floor], titles.stages[ceiling]
    form = "settled" if floor == ceiling else "range"
    if not enough_known:
        form = "settled_little_known" if floor == ceiling else "little_known"
    return HEADLINES[form].format(floor=low, ceiling=high)
