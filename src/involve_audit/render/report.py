"""An assessed audit in words: everything that its first page (`first_page`) rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.assessment import VIEW
from involve_audit.language import day, first_of, listed
from involve_audit.model.reference import Reference
from involve_audit.model.rubric import READING_NAMES, Planning, Position, Rubric, Sourced, layers, original
from involve_audit.render.differing import DifferenceLine, Differences, SplitLine, split_finding, split_lines
from involve_audit.render.entries import MARKS, Entries, Entry, GateInWords, gate_line, voice_names
from involve_audit.render.first_page import FirstPage
from involve_audit.render.options import SHORT
from involve_audit.render.publishing import left_out, spreads_to_show
from involve_audit.render.tailoring import based_on, changes, made_of, tailored, tailored_in_short
from involve_audit.render.titles import ASIDE, BEST, OPEN, titles_of
from involve_audit.resources import rubric_digest
from involve_audit.words.reports import CHOICES, READINGS, WARNINGS, WORDS

if TYPE_CHECKING:
    from involve_audit.engine.assessment import Assessment, GivenTogether, Reading
    from involve_audit.engine.score import GateResult
    from involve_audit.engine.spread import Spread
    from involve_audit.model.view import Audit

_MOST_APART = 6
"""How many files, and how many items, are named where files differ; each item's entry has all of them."""


class Voice(NamedTuple):
    """One view: its file, and who answered it: `name` without numbers, `who` with, `total` for several perspectives."""

    file: str
    name: str
    who: str
    total: str
    date: str
    method: str
    sha256: str


class ReadingLine(NamedTuple):
    """One reading in words; `differs` where its stage is not the floor."""

    words: str
    stage: str
    differs: bool


class ReadingGroup(NamedTuple):
    """All the readings that come to one stage; `differs` where it is not the floor."""

    stage: str
    differs: bool
    readings: tuple[str, ...]


class Choice(NamedTuple):
    """Which items to show: those with a mark, or all; and how many these are."""

    id: str
    words: str
    number: int


class OpenQuestion(NamedTuple):
    """One item without a known answer, whom to ask, and whether it is one of those that decide the range."""

    id: str
    title: str
    state: str
    ask: str
    decides: bool


@dataclass(frozen=True)
class ReportPage(FirstPage):
    """The words of one report, part by part."""

    stem = "report"

    @property
    def template(self) -> str:
        return SHORT if self.style == SHORT else self.stem

    @property
    def words(self) -> Mapping[str, str]:
        return self._titles.words

    @property
    def language(self) -> str:
        """The language that most of the page is in: the rubric's."""
        return self.rubric.language

    @cached_property
    def tailored(self) -> list[str]:
        """That the rubric is tailored, why, and what the answers come to under the original; else nothing."""
        return tailored(self.audit, self.assessment)

    @property
    def tailored_in_short(self) -> list[str]:
        return tailored_in_short(self.audit, self.assessment)

    @cached_property
    def holds_back(self) -> list[GateInWords]:
        """The gates of the stage above the floor that do not hold."""
        found = self.assessment
        return self._gate_lines(gate for gate in found.gates if gate.id in found.held_back_by)

    @property
    def keeps_from(self) -> str:
        """The heading of what keeps the audit from the next stage."""
        return WORDS["keeps_from"].format(stage=self.next_stage)

    @cached_property
    def voices(self) -> list[Voice]:
        """Who took part, view by view."""
        names = voice_names(self._titles, self.audit)
        return [
            Voice(
                file=view.file,
                name=name,
                who=self._titles.who(view.content),
                total=self._titles.total(view.content) if len(view.content.present) > 1 else "",
                date=day(view.content.date),
                method=view.content.method or "",
                sha256=view.sha256,
            )
            for name, view in zip(names, self.audit.views, strict=True)
        ]

    @cached_property
    def readings(self) -> list[ReadingLine]:
        """Every reading in words. Those of perspectives that always answered together are one."""
        stages, floor = self._titles.stages, self.assessment.floor
        return [ReadingLine(words, stages[reading.stage], reading.stage != floor) for reading, words in self._readings]

    @cached_property
    def holds_up(self) -> list[ReadingGroup]:
        """The readings by the stage they come to: first the floor, then every other stage, lowest first.

        Where all answered together, that the view of all comes to the floor says nothing more than the floor does.
        """
        floor = self.assessment.floor
        told = [
            (reading, words)
            for reading, words in self._readings
            if not (self._one_view and reading.id.startswith(VIEW) and reading.stage == floor)
        ]
        return [
            ReadingGroup(self._titles.stages[stage], stage != floor, found)
            for stage in sorted(self._titles.stages, key=lambda stage: stage != floor)
            if (found := tuple(words for reading, words in told if reading.stage == stage))
        ]

    @property
    def readings_left_out(self) -> str:
        """Which readings the rubric leaves out; empty where it has all. Few rubrics place questions alternatively."""
        names = [name for name in READING_NAMES[2:] if name not in (*self.rubric.readings, "alternative-placement")]
        said = listed(READINGS[name] for name in names)
        return WORDS["readings_left_out"].format(readings=said) if said else ""

    @cached_property
    def _readings(self) -> list[tuple[Reading, str]]:
        words = {one.perspectives[0]: self._words_for(one) for one in self.assessment.together}
        readings = ((reading, reading.id.partition(":")) for reading in self.assessment.readings)
        told = ((reading, words.get(who, "") if colon else READINGS[kind]) for reading, (kind, colon, who) in readings)
        return [(reading, said) for reading, said in told if said]

    def _words_for(self, shared: GivenTogether) -> str:
        """The reading of those views that some perspectives took part in."""
        form = "view:together" if len(shared.perspectives) > 1 and not shared.others else "view:"
        return READINGS[form].format(perspective=self._voice(shared))

    @cached_property
    def warnings(self) -> list[str]:
        return list(_warnings(self.audit, self.assessment))

    @cached_property
    def left_out(self) -> list[str]:
        """What a report made for sharing does not show, and what to think of before it is shared."""
        return left_out(self.audit)

    # What was found

    @cached_property
    def entries(self) -> list[Entry]:
        """Every item, in the order of the numbers."""
        return [self._entries.entry(self._results[item.id]) for item in self.rubric.items]

    @property
    def choices(self) -> list[Choice]:
        """Which of the items a reader may want to see alone, and how many there are of each sort: first all."""
        marks = [mark for entry in self.entries for mark in entry.marks]
        counted = [("all", len(self.entries)), *((mark, marks.count(mark)) for mark in MARKS)]
        return [Choice(name, CHOICES[name], count) for name, count in counted]

    @cached_property
    def anti_patterns(self) -> list[Entry]:
        """The items that no column of the grid holds."""
        return self.entries[len(self.rubric.indicators) :]

    @cached_property
    def found_anti_patterns(self) -> list[Entry]:
        """Those of them that apply and were not answered with a clear no."""
        return [entry for entry in self.anti_patterns if entry.answer.tone not in (BEST, ASIDE)]

    @cached_property
    def themes(self) -> list[tuple[str, list[Entry]]]:
        """The indicators, theme by theme."""
        by_theme: dict[str, list[Entry]] = {theme.id: [] for theme in self.rubric.themes}
        for item, entry in zip(self.rubric.indicators, self.entries, strict=False):
            by_theme[item.theme].append(entry)
        return [(self._titles.themes[theme], entries) for theme, entries in by_theme.items()]

    @cached_property
    def differ(self) -> Differences:
        """Where perspectives differ, and what that comes to."""
        voices = {one.perspectives[0]: self._voice(one) for one in self.assessment.together}
        return Differences(self._titles, self.assessment.differing, voices)

    @property
    def disagreements(self) -> list[DifferenceLine]:
        """Items on which perspectives differ, what matters most first."""
        return self.differ.lines

    @cached_property
    def spreads(self) -> tuple[Spread, ...]:
        """How the answers of one group's people are spread, as far as that may be shown."""
        return spreads_to_show(self.assessment.spreads, self.audit.fewer_than)

    @cached_property
    def split(self) -> list[SplitLine]:
        """The items on which the people of one group are split, with what they said."""
        return split_lines(self._titles, self.spreads)

    @property
    def split_finding(self) -> list[str]:
        """On how many items the people of each group are split."""
        return split_finding(self._titles, self.spreads)

    @property
    def no_disagreements(self) -> str:
        """Why there is nothing to show where views could differ."""
        heard = len(self.assessment.together)
        if self._one_view or self.files_differ:
            return " ".join(filter(None, [self.together, self.files_differ]))
        if heard > 1 and not self.assessment.differing.compared:
            return WORDS["none_compared"]
        return WORDS["no_disagreements" if heard > 1 else "one_voice" if heard else "no_voice"]

    @cached_property
    def files_differ(self) -> str:
        """Which views differ by as much as perspectives may, where what the perspectives say does not show it."""
        names, apart = voice_names(self._titles, self.audit), self.assessment.apart
        files = first_of(
            (names[place] for place in sorted({place for one in apart for place in one.views})), _MOST_APART
        )
        items = first_of((self._titles.numbered(one.item) for one in apart), _MOST_APART)
        return WORDS["files_differ"].format(files="; ".join(files), items="; ".join(items)) if apart else ""

    @cached_property
    def open_questions(self) -> list[OpenQuestion]:
        """Each item without a known answer."""
        deciding = self.assessment.decided_by.items
        answers = (
            (self._titles.items[one.id], self._titles.given(one.id, one.answer)) for one in self.assessment.items
        )
        return [
            OpenQuestion(
                item.id, self._titles.numbered(item.id), given.words, listed(item.who_to_ask), item.id in deciding
            )
            for item, given in answers
            if given.tone == OPEN
        ]

    @property
    def planning(self) -> Planning | None:
        return self.rubric.planning

    # How it was worked out, and from what

    @property
    def gates(self) -> list[tuple[str, list[GateInWords]]]:
        """Every gate of every stage."""
        gates = self.assessment.gates
        return [
            (stage.title, self._gate_lines(gate for gate in gates if gate.stage == stage.id))
            for stage in self.rubric.stages
        ]

    @cached_property
    def counts(self) -> list[tuple[str, int]]:
        """How many items have each answer."""
        return [(self._titles.answers[word], count) for word, count in self.assessment.counts.items()]

    @cached_property
    def tailoring(self) -> list[str]:
        """Every change that a tailored rubric makes."""
        return changes(self.audit.rubric)

    @property
    def provenance(self) -> list[tuple[str, str]]:
        """Label and value of what this result was made from."""
        rubric = self.audit.rubric
        lines = [
            (WORDS["rubric"], f"{rubric.content.title} ({rubric.content.id}), {rubric.content.version}"),
            (WORDS["rubric_hash"], rubric.sha256),
            *made_of(rubric),
            *based_on(rubric),
            self.written_by,
        ]
        files = ((view.file, view.sha256) for view in self.audit.views if view.sha256)
        lines += [(WORDS["file_hash"].format(file=file), digest) for file, digest in files]
        return [*lines, *self.written_when]

    def source(self, position: Position | None) -> str:
        """Where something stands in the rubric's sources."""
        return self._titles.source(position)

    # What the parts above are made of

    @cached_property
    def _entries(self) -> Entries:
        differing = [item for item, _answers in self.assessment.disagreements]
        split = [spread.item for spread in self.spreads if spread.is_split]
        return Entries(self._titles, self.audit, self.spreads, [*differing, *split])

    def _gate_lines(self, gates: Iterable[GateResult]) -> list[GateInWords]:
        return [gate_line(self._titles, self._results, gate) for gate in gates]


def _warnings(audit: Audit, assessment: Assessment) -> Iterator[str]:
    """Each thing to note, most important first."""
    rubric = audit.rubric.content
    titles = titles_of(rubric)
    if missing := audit.unheard:
        yield WARNINGS["unheard"].format(perspective=missing)
    for view in audit.views:
        if not view.content.present and rubric.perspectives:
            yield WARNINGS["no_respondents"].format(file=view.file)
        named, wanted = Reference.of(view.content.rubric)
        used = _versions(audit.rubric).get(named, wanted)
        if wanted.count(".") == 2 and wanted != used:
            yield WARNINGS["older"].format(file=view.file, wanted=wanted, used=used)
    if _passes_for_shipped(audit):
        yield WARNINGS["not_the_shipped"]
    for item in assessment.items:
        for limit in item.limited_by:
            yield WARNINGS["contradiction"].format(item=titles.numbered(item.id), limit=titles.numbered(limit))
    yield from audit.about_files


def _versions(rubric: Sourced[Rubric]) -> dict[str, str]:
    """The version of the rubric and of all that overlays made it of, by id."""
    below = {layer.base.content.id: layer.base.content.version for layer in layers(rubric)}
    translations = {layer.overlay.id: layer.overlay.version for layer in layers(rubric)}
    return {**below, **translations, rubric.content.id: rubric.content.version}


def _passes_for_shipped(audit: Audit) -> bool:
    """Whether the rubric, below all overlays, has the id of a shipped one and another text."""
    found = original(audit.rubric)
    shipped = rubric_digest(found.content.id)
    return shipped is not None and shipped != found.sha256
