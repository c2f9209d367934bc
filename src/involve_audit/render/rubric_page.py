"""A rubric in words: all its questions, theme by theme, and its rule.

Everything here is text of the rubric or of the vocabulary, not yet escaped. The formats only lay it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.language import listed, number
from involve_audit.model.threshold import threshold_value
from involve_audit.render.item_help import HelpPart, help_parts
from involve_audit.render.options import Labels, Options, Page
from involve_audit.render.rule_words import Condition, conditions
from involve_audit.render.tailoring import about, based_on, changes, made_of
from involve_audit.render.titles import Titles
from involve_audit.words.reports import WORDS
from involve_audit.words.rubrics import KIND_PLURALS, RUBRIC_PAGE

if TYPE_CHECKING:
    from involve_audit.model.rubric import Item, Option, Rubric, Sourced, Stage


class StageRule(NamedTuple):
    """One stage and what it asks for beyond those below it."""

    title: str
    summary: str
    lead: str
    conditions: list[Condition]
    source: str


class QuestionEntry(NamedTuple):
    """One question with everything that belongs to it.

    `direction` says what a yes to it means, and `about` are sentences on how it counts.
    """

    id: str
    title: str
    ask: str
    number: int
    direction: str
    wordings: list[tuple[str, str]]
    help: list[HelpPart]
    next_step: str
    about: list[str]
    source: str


@dataclass(frozen=True)
class RubricPage(Page):
    """The words of one rubric, part by part."""

    found: Sourced[Rubric]
    options: Options

    stem = "rubric"

    @property
    def rubric(self) -> Rubric:
        return self.found.content

    @property
    def title(self) -> str:
        return self.rubric.title

    @property
    def words(self) -> Mapping[str, str]:
        return self._titles.words

    @cached_property
    def labels(self) -> Labels:
        """The words that a page of a rubric has and a report has not."""
        return Labels(**RUBRIC_PAGE)

    @property
    def language(self) -> str:
        """The language that most of the page is in: the rubric's."""
        return self.rubric.language

    @property
    def about(self) -> str:
        """Its id, version and size."""
        count = sum(1 for _item in self.rubric.items)
        return RUBRIC_PAGE["about"].format(id=self.rubric.id, version=self.rubric.version, count=number(count))

    @cached_property
    def tailored(self) -> list[str]:
        """What was tailored, in numbers, and why; nothing where the rubric is not tailored."""
        return about(self.found)

    @cached_property
    def tailoring(self) -> list[str]:
        """Every change that a tailored rubric makes."""
        return changes(self.found)

    @property
    def numbers_stages(self) -> bool:
        """Whether stages are counted: not where their names have numbers."""
        return not self._titles.has_own_numbers

    @property
    def stages(self) -> list[StageRule]:
        """Every stage, lowest first, with its rule."""
        return [self._stage(stage) for stage in self.rubric.stages]

    def _stage(self, stage: Stage) -> StageRule:
        asked = conditions(self.rubric, stage)
        lead = RUBRIC_PAGE["to_be" if asked else "starts_here"].format(stage=stage.short)
        return StageRule(stage.title, stage.summary, lead, asked, self._titles.source(stage.source))

    @property
    def counting(self) -> list[str]:
        """How answers and open questions count."""
        kinds = dict.fromkeys(item.kind for item in self.rubric.items)
        most, value = self._titles.answers[self.rubric.limit_to], self._titles.value
        return [
            *(RUBRIC_PAGE[f"is_{kind}"].format(full=value(1, kind), none=value(0, kind)) for kind in kinds),
            RUBRIC_PAGE["worth"],
            RUBRIC_PAGE["unknown"],
            *self._minimum,
            *([RUBRIC_PAGE["limits"].format(answer=most)] if self._limits else []),
        ]

    @property
    def _minimum(self) -> list[str]:
        """How many questions have to be answered before a stage is named; nothing where none have to."""
        written, scale = self.rubric.minimum_answered, self.rubric.scale
        share = threshold_value(written, {option.id: option.value for option in scale})
        return [RUBRIC_PAGE["minimum"].format(share=self._titles.proportion(written, share))] if share else []

    @property
    def _limits(self) -> bool:
        return any(item.limits for item in self.rubric.items)

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Each answer, what it is worth, and what else may be typed for it."""
        return [(option.title, self._worth(option)) for option in self.rubric.scale]

    def _worth(self, option: Option) -> str:
        worth = number(option.value)
        kinds = listed(KIND_PLURALS[kind] for kind in option.for_kinds)
        worth = RUBRIC_PAGE["worth_for"].format(worth=worth, kinds=kinds) if kinds else worth
        also = listed((f"“{name}”" for name in option.also), "or")
        return RUBRIC_PAGE["worth_also"].format(worth=worth, also=also) if also else worth

    @cached_property
    def perspectives(self) -> list[str]:
        """Whose answers are told apart, in order of precedence."""
        return list(self._titles.perspectives.values())

    @cached_property
    def questions(self) -> list[QuestionEntry]:
        """Every question, in the order of the numbers."""
        return [self._question(item) for item in self.rubric.items]

    @cached_property
    def themes(self) -> list[tuple[str, list[QuestionEntry]]]:
        """The indicators, theme by theme."""
        by_theme: dict[str, list[QuestionEntry]] = {theme.id: [] for theme in self.rubric.themes}
        for item, question in zip(self.rubric.indicators, self.questions, strict=False):
            by_theme[item.theme].append(question)
        return [(self._titles.themes[theme], questions) for theme, questions in by_theme.items() if questions]

    @cached_property
    def anti_patterns(self) -> list[QuestionEntry]:
        """The questions that stand outside themes and stages."""
        return self.questions[len(self.rubric.indicators) :]

    def _question(self, item: Item) -> QuestionEntry:
        return QuestionEntry(
            id=item.id,
            title=self._titles.numbered(item.id),
            ask=item.ask,
            number=self._titles.numbers[item.id],
            direction=self._titles.direction(item),
            wordings=[(self._put_to(name), text) for name, text in item.wording.items()],
            help=list(help_parts(self._titles, item)),
            next_step=item.next_step,
            about=list(self._about(item)),
            source=self._titles.item_sources[item.id],
        )

    def _put_to(self, perspective: str) -> str:
        return RUBRIC_PAGE["for_perspective"].format(perspective=self._titles.perspectives[perspective])

    def _about(self, item: Item) -> Iterator[str]:
        if item.stage is not None:
            yield RUBRIC_PAGE["at_stage"].format(stage=self._titles.stages[item.stage])
        if item.limits:
            yield RUBRIC_PAGE["item_limits"].format(items=self._named(item.limits))
        if item.implies:
            yield RUBRIC_PAGE["item_implies"].format(items=self._named(item.implies))

    def _named(self, ids: tuple[str, ...]) -> str:
        return listed(f"“{self._titles.numbered(item)}”" for item in ids)

    @property
    def provenance(self) -> list[tuple[str, str]]:
        """Label and value of what this page was made from."""
        return [
            (WORDS["rubric"], f"{self.rubric.id} {self.rubric.version}"),
            (WORDS["rubric_hash"], self.found.sha256),
            *made_of(self.found),
            *based_on(self.found),
            self.written_by,
        ]

    @cached_property
    def _titles(self) -> Titles:
        return Titles(self.rubric)
