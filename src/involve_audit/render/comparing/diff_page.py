"""A comparison of two audits in words: what every diff says, whatever its format.

Everything here is text of the rubrics, of the answers or of the vocabulary, not yet escaped. The formats only lay it
out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.comparing.changes import (
    BECAME_NOT_APPLICABLE,
    GONE,
    IMPROVED,
    ITEM_KINDS,
    NEW,
    NEWLY_KNOWN,
    NO_LONGER_KNOWN,
    UNCHANGED,
    WORSE,
)
from involve_audit.language import day, listed, number
from involve_audit.render.comparing.lines import ItemLines, action_lines, failure_in_words, flat_lines, gate_lines
from involve_audit.render.comparing.rounds import notes_on_two, people_in_words, rubrics_used, shown_rounds
from involve_audit.render.comparing.split_words import SplitWords
from involve_audit.render.options import Labels, Options, Page
from involve_audit.words.comparing import CLASSES, COMPARING, COUNTED_CHANGES, FLATTERS, PEOPLE
from involve_audit.words.reports import WORDS

if TYPE_CHECKING:
    from involve_audit.engine.comparing.comparison import Comparison, Failure
    from involve_audit.engine.comparing.round import Round
    from involve_audit.render.comparing.lines import ActionLine, FlatLine, GateLine, ItemLine, SameLine, ThemeGroup
    from involve_audit.render.comparing.rounds import ShownRound

_MOST_IN_SHORT = 100


class CountLine(NamedTuple):
    """How many questions moved in one way; `mark` is the name of the way."""

    title: str
    number: int
    mark: str


@dataclass(frozen=True)
class DiffPage(Page):
    """The words of one comparison, part by part. `failed` are the checks that were asked for and failed."""

    before: Round
    after: Round
    comparison: Comparison
    options: Options
    failed: tuple[Failure, ...] = ()

    stem = "diff"

    @cached_property
    def labels(self) -> Labels:
        """The words around the parts, for templates."""
        return Labels(**COMPARING)

    @property
    def language(self) -> str:
        """The language that most of the page is in: the later rubric's."""
        return self.after.rubric.content.language

    # First of all

    @property
    def title(self) -> str:
        return COMPARING["title"].format(name=self.after.subject.name)

    @property
    def span(self) -> str:
        return COMPARING["from_to"].format(then=day(self.before.date), now=day(self.after.date))

    @property
    def headline(self) -> str:
        """The stage then and now, or why the two cannot be compared."""
        return self._split.headline(self.comparison.counts)

    @property
    def more(self) -> list[str]:
        """What belongs to the headline: what still can be compared, or whose doing the change is."""
        return self._split.sentences

    @property
    def stages(self) -> list[ShownRound]:
        """Where each audit stood."""
        return self._shown

    @cached_property
    def counts(self) -> list[CountLine]:
        """How many questions moved in which way; ways in which none did are left out."""
        counts = self.comparison.counts
        return [CountLine(CLASSES[kind], counts[kind], kind) for kind in ITEM_KINDS if counts[kind]]

    @property
    def asked(self) -> str:
        """How many questions were asked: the number that the counts add up to, or both numbers."""
        counts, total = self.comparison.counts, len(self.comparison.items)
        then, now = total - counts[NEW], total - counts[GONE]
        if then == now == total:
            return COUNTED_CHANGES.of("asked", total)
        return COUNTED_CHANGES.of("asked_twice", now, then=number(then))

    @property
    def counted(self) -> str:
        """The counts in a sentence."""
        return f"{self.asked} {'; '.join(f'{line.title}: {number(line.number)}' for line in self.counts)}."

    @cached_property
    def notes(self) -> list[str]:
        """What a reader has to know first about what was compared with what."""
        return list(notes_on_two(self._then, self._now))

    @property
    def flattering(self) -> list[FlatLine]:
        """What looks better than it is."""
        return flat_lines(self.lines)

    @property
    def looked_for(self) -> str:
        """Everything that flatters, whether it was found or not."""
        return COMPARING["looked_for"].format(list=listed(FLATTERS.values()))

    @cached_property
    def people(self) -> list[str]:
        """Perspectives whose numbers differ much, one sentence each."""
        return [
            PEOPLE[change.kind].format(
                who=self._who(change.perspective),
                then=people_in_words(change.then),
                now=people_in_words(change.now),
            )
            for change in self.comparison.people
        ]

    @property
    def who_answered(self) -> list[tuple[str, str, str]]:
        """Each perspective, and how many people answered then and now."""
        names = dict.fromkeys((*self.after.people, *self.before.people))
        return [
            (
                self._who(name),
                people_in_words(self.before.people.get(name)),
                people_in_words(self.after.people.get(name)),
            )
            for name in names
        ]

    def _who(self, perspective: str) -> str:
        """A perspective as the later rubric calls it, or else the earlier."""
        return self._now.titles.perspectives.get(perspective) or self._then.perspective(perspective)

    # All of it

    @property
    def split(self) -> SplitWords | None:
        """What the organisation did and what the rubric did; None where the rubric did not change."""
        return self._split if self._split.is_told_apart else None

    @cached_property
    def themes(self) -> list[ThemeGroup]:
        """The questions that moved, the worst theme first and in it the worst question first."""
        return list(self.lines.themes())

    @cached_property
    def themes_in_short(self) -> list[ThemeGroup]:
        """The first of them, as many as a comment on a pull request can hold."""
        left, themes = _MOST_IN_SHORT, []
        for theme in self.themes:
            if left > 0:
                themes.append(theme._replace(items=theme.items[:left]))
            left -= len(theme.items)
        return themes

    @cached_property
    def left_out_in_short(self) -> int:
        """How many questions that moved are not among them."""
        return sum(len(theme.items) for theme in self.themes) - sum(len(theme.items) for theme in self.themes_in_short)

    @cached_property
    def worse(self) -> list[ItemLine]:
        """The questions that are worse, not known or set aside, the worst first."""
        return self.moved(WORSE, NO_LONGER_KNOWN, BECAME_NOT_APPLICABLE)

    @property
    def better(self) -> list[ItemLine]:
        """The questions that are better, or known now."""
        return self.moved(IMPROVED, NEWLY_KNOWN)

    def moved(self, *kinds: str) -> list[ItemLine]:
        """The questions that moved in these ways."""
        return [item for kind in kinds for theme in self.themes for item in theme.items if item.mark == kind]

    @cached_property
    def unchanged(self) -> list[SameLine]:
        """The questions that did not move."""
        return [self.lines.same(change) for change in self.comparison.items if change.kind == UNCHANGED]

    @cached_property
    def gates(self) -> list[GateLine]:
        """The conditions that changed."""
        return list(gate_lines(self.lines))

    @cached_property
    def actions(self) -> list[ActionLine]:
        """What was agreed last time, and what became of it."""
        return [line for line, is_new in self._actions if not is_new]

    @cached_property
    def agreed_now(self) -> list[ActionLine]:
        """What was agreed only this time."""
        return [line for line, is_new in self._actions if is_new]

    @cached_property
    def _actions(self) -> list[tuple[ActionLine, bool]]:
        return list(action_lines(self.lines))

    @cached_property
    def failures(self) -> list[tuple[str, str, str]]:
        """Each check that failed: its name, what failed it, and what to do."""
        return [(failure.check, *failure_in_words(self.lines, failure)) for failure in self.failed]

    @property
    def provenance(self) -> list[tuple[str, str]]:
        """Label and value of what this comparison was made from."""
        return list(self._provenance())

    def _provenance(self) -> Iterator[tuple[str, str]]:
        rounds = {COMPARING["then"]: self._then, COMPARING["now"]: self._now}
        for label, shown in rounds.items():
            yield label, f"{shown.read.name}: {shown.read.id}, {shown.day}"
        if self.before.shares_rubric_with(self.after):
            yield WORDS["rubric"], self._now.rubric_used
        else:
            for label, exactly in zip(rounds, rubrics_used(list(rounds.values())), strict=True):
                yield COMPARING["rubric_of"].format(when=label), exactly
        yield self.written_by
        yield from self.written_when

    # What the parts above are made of

    @cached_property
    def _shown(self) -> list[ShownRound]:
        return shown_rounds([self.before, self.after])

    @property
    def _then(self) -> ShownRound:
        return self._shown[0]

    @property
    def _now(self) -> ShownRound:
        return self._shown[1]

    @cached_property
    def lines(self) -> ItemLines:
        """The words for each item."""
        return ItemLines(self._then, self._now, self.comparison)

    @cached_property
    def _split(self) -> SplitWords:
        return SplitWords(self._then, self._now, self.comparison.split)
