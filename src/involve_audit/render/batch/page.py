"""A whole run in words: what the overviews say, whatever their format. Text to lay out, not yet escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.language import current, first_of, listed, number, percent
from involve_audit.model.rubric import Rubric, Sourced, original
from involve_audit.render.options import Options, Page
from involve_audit.render.tailoring import about
from involve_audit.render.titles import Titles
from involve_audit.words.many import BATCH, COUNTED_BATCH

if TYPE_CHECKING:
    from involve_audit.engine.overview import Answered, Heat, HoldingBack, Overview
    from involve_audit.render.batch.listing import Listing
    from involve_audit.render.batch.outcome import FollowUp, Run, Setting

AUDITS_HERE = "<!--audits-->"
"""Where a template wants the rows of the audits; no text that is put into it can look like this."""

MOST_HOLDING_BACK = 10
MOST_OF_BASELINE = 100
MOST_AWAITED = 500
_HEAT_LEVELS = 4
_MOST_APART = 4
SEGMENTS = ("best", "part", "worst", "open", "aside")
"""What each question is counted by: how it is as it should be, what is not known, and what was set aside."""


class ListedAudit(NamedTuple):
    """One audit: the link leads to its own report and is empty where there is none.

    `name` is what it is about, or its id where that cannot be read.
    """

    id: str
    link: str
    name: str
    stage: str
    why: str


class StageCount(NamedTuple):
    """A stage, how many audits are at it, and a remark on how many could be higher."""

    title: str
    audits: int
    remark: str


class Figures(NamedTuple):
    """A title and figures about it."""

    title: str
    figures: tuple[int, ...]


class CountedItem(NamedTuple):
    """One question over all audits: how many it holds back, in how many of these it is not known, and how many there
    are of each of `SEGMENTS`."""

    title: str
    held_back: int
    not_known: int
    counts: tuple[int, ...]
    is_anti_pattern: bool


class HeatCell(NamedTuple):
    """One cell of the grid in words, and how dark it is from 0 to 4; empty where the source has nothing.

    `share` is its percentage and `of` what it is of, where it has one: the same as the words, to be shown apart.
    """

    words: str
    level: int = 0
    share: str = ""
    of: str = ""


class NamedAudits(NamedTuple):
    """A heading and whom it is about: the first of them by name, and how many `more` there are."""

    heading: str
    names: list[str]
    more: int


class Section(NamedTuple):
    """What the audits for one rubric have in common. Where they are too few to be broken down, `too_few` says so.

    `finding` is what comes first: the audits by stage, then what bears on that, a sentence each. `tailored` is what has
    to be known first about a tailored rubric, a sentence each.
    """

    title: str
    audits: str
    number: int
    tailored: tuple[str, ...]
    too_few: str
    finding: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    stages: tuple[StageCount, ...] = ()
    remarks: tuple[str, ...] = ()
    holding_back: tuple[CountedItem, ...] = ()
    split: tuple[Figures, ...] = ()
    anti_patterns: tuple[CountedItem, ...] = ()
    heard: tuple[Figures, ...] = ()
    grid_stages: tuple[str, ...] = ()
    grid: tuple[tuple[str, tuple[HeatCell, ...]], ...] = ()

    @property
    def in_the_way(self) -> tuple[CountedItem, ...]:
        """The questions that hold back most, without those about anti-patterns, which stand apart."""
        return tuple(item for item in self.holding_back if not item.is_anti_pattern)[:MOST_HOLDING_BACK]

    @property
    def more_in_the_way(self) -> str:
        """How many more of these there are; empty where there are none."""
        left = sum(not item.is_anti_pattern for item in self.holding_back) - MOST_HOLDING_BACK
        return COUNTED_BATCH.of("more_questions", left) if left > 0 else ""


@dataclass(frozen=True)
class OverviewPage(Page):
    """The words of an overview, part by part."""

    run: Run
    setting: Setting
    lists_audits: bool = True
    listing: Listing | None = None
    options: Options = field(default_factory=Options)

    stem = "overview"
    segments = SEGMENTS

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The words of an overview, as its rubric has them; where there are several, as the interface does."""
        rubrics = [source.content for source, _ in self.run.overviews]
        return rubrics[0].words.put_into(BATCH) if len(rubrics) == 1 else BATCH

    @property
    def language(self) -> str:
        """The language of the page: that of its rubric, or of the interface where there are several."""
        languages = {source.content.language for source, _ in self.run.overviews}
        return languages.pop() if len(languages) == 1 else current().tag

    @property
    def title(self) -> str:
        return self.words["overview_title"]

    @property
    def summary(self) -> list[str]:
        """How many audits and files there were, and how many could not be assessed."""
        run = self.run
        read = COUNTED_BATCH.of("rows", run.rows) if run.rows else COUNTED_BATCH.of("files", run.files)
        found = [COUNTED_BATCH.of("assessed", run.audits, files=read)]
        if run.awaited:
            there = number(run.awaited.expected - len(run.awaited.missing) - len(run.awaited.unreadable))
            found.append(COUNTED_BATCH.of("have_answered", run.awaited.expected, there=there))
        if run.not_scored:
            found.append(COUNTED_BATCH.of("not_scored", run.not_scored))
        return found

    @cached_property
    def checks(self) -> list[Figures]:
        """Each check that was asked for, and how many audits failed it."""
        return [Figures(check, (self.run.failed[name],)) for check, name in self.setting.checks.asked_for()]

    @cached_property
    def follow_ups(self) -> list[ListedAudit]:
        """The most urgent audits."""
        return [listed_audit(found, self.setting) for found in self.run.follow_ups]

    @property
    def follow_ups_by_name(self) -> list[ListedAudit]:
        """The same, each by its name alone, and with its id where several have this name."""
        number_of = Counter(line.name for line in self.follow_ups)
        return [line._replace(name=with_id(line.name, line.id, number_of[line.name])) for line in self.follow_ups]

    @property
    def no_follow_up(self) -> str:
        """That there is nothing to follow up: of those who answered, where answers are missing."""
        is_missing = self.run.awaited and self.run.awaited.missing
        return BATCH["no_follow_up_of_those" if is_missing else "no_follow_up"]

    @property
    def more_follow_ups(self) -> str:
        """How many more there are to follow up than these; empty where there are none."""
        left = self.run.to_follow_up - len(self.run.follow_ups)
        return COUNTED_BATCH.of("more", left) if left > 0 else ""

    @cached_property
    def sections(self) -> list[Section]:
        """The audits by rubric, and then by group."""
        bound = self.setting.fewer_than
        sections = [_section(source, found, bound) for source, found in self.run.overviews]
        for source, _all in self.run.overviews[:1]:
            sections += [_section(source, found, bound)._replace(title=title) for title, found in self.run.groups]
        return sections

    @cached_property
    def baseline(self) -> list[NamedAudits]:
        """What there is to say of audits that cannot be compared with the baseline."""
        met = self.run.baseline
        if met is None:
            return []
        named = (("gone", met.gone, 0), ("new", met.new, 0), ("not_comparable", met.not_comparable, met[-1]))
        return [
            NamedAudits(BATCH[name], list(map(self._baseline_name, told)), more) for name, told, more in named if told
        ]

    @property
    def baseline_in_short(self) -> list[tuple[str, list[str]]]:
        """The same, of very many audits the first."""
        return [(told.heading, first_of(told.names, MOST_OF_BASELINE, told.more)) for told in self.baseline]

    @cached_property
    def awaited(self) -> list[NamedAudits]:
        """Whose answers are missing, and what else is to be said of those expected."""
        found = self.run.awaited
        if found is None:
            return []
        parts = {name: getattr(found, name) for name in ("missing", "unreadable", "unheard", "unexpected")}
        number_of = Counter(name for services in parts.values() for name, _audit in services)
        names = {
            part: [with_id(name, audit, number_of[name] if audit else 1) for name, audit in services]
            for part, services in parts.items()
        }
        more = {"unexpected": found.more_unexpected}
        first = self.first_voices
        return [
            NamedAudits(BATCH[f"services_{part}"].format(perspective=first), said, more.get(part, 0))
            for part, said in names.items()
            if said
        ]

    @property
    def first_voices(self) -> str:
        """What to call those who should be heard first, of all rubrics."""
        voices = (voice.title for source, _ in self.run.overviews for voice in source.content.perspectives[:1])
        return listed(dict.fromkeys(voices))

    @property
    def awaited_in_short(self) -> list[tuple[str, list[str]]]:
        """The same, of very many services the first."""
        return [(told.heading, first_of(told.names, MOST_AWAITED, told.more)) for told in self.awaited]

    def _baseline_name(self, audit: str) -> str:
        return with_id(self.run.names.get(audit, audit), audit, 2)

    @property
    def about_files(self) -> list[tuple[str, tuple[str, ...]]]:
        """What there is to say of files, a heading and entries each; nothing in results for sharing."""
        run, named = self.run, self.setting.fewer_than is None
        told = (("about_files", run.about_files), ("files_left_alone", run.left_alone))
        return [(BATCH[name], entries) for name, entries in told if entries and named]

    @property
    def left_out(self) -> str:
        """What a reader of results for sharing has to know; empty for any others."""
        bound = self.setting.fewer_than
        return BATCH["for_sharing"].format(bound=number(bound)) if bound is not None else ""


def listed_audit(found: FollowUp, setting: Setting) -> ListedAudit:
    """One audit as an overview lists it."""
    link = setting.link(found.report) if found.report else ""
    reasons = (reason for reason in found.reasons if reason.casefold() != found.stage.casefold())  # said once
    return ListedAudit(found.id, link, found.subject or found.id, found.stage, "; ".join(reasons))


def with_id(name: str, audit: str, number_of: int) -> str:
    """An audit by name and, where others have the same name, its id too."""
    return BATCH["name_and_id"].format(name=name, id=audit) if number_of > 1 and name != audit else name


def _section(source: Sourced[Rubric], overview: Overview, fewer_than: int | None) -> Section:
    rubric, tailored = source.content, tuple(about(source))
    title, audits = f"{rubric.title} {rubric.version}", COUNTED_BATCH.of("audits", overview.audits)
    if fewer_than is not None and overview.audits < fewer_than:
        too_few = BATCH["not_broken_down"].format(bound=number(fewer_than))
        return Section(title, audits, overview.audits, tailored, too_few)
    titles = Titles(rubric)
    answers = {count.item: count for count in overview.answers}
    held_back = {count.item: count for count in overview.holding_back}
    return Section(
        title=title,
        audits=audits,
        number=overview.audits,
        tailored=(*tailored, *_under_original(source, overview)),
        too_few="",
        finding=(tuple(_where(titles, overview)), tuple(_bearing(titles, overview))),
        stages=tuple(_stages(titles, overview)),
        remarks=tuple(_remarks(titles, overview)),
        holding_back=tuple(_counted(titles, answers[count.item], count) for count in overview.holding_back),
        split=tuple(
            Figures(titles.numbered(count.item), (count.audits, count.of))
            for count in overview.split[:MOST_HOLDING_BACK]
        ),
        anti_patterns=tuple(_counted(titles, count, held_back.get(count.item)) for count in overview.anti_patterns),
        heard=tuple(Figures(titles.perspectives[name], (count,)) for name, count in overview.heard),
        grid_stages=tuple(_column(titles, cell.stage) for cell in overview.grid[0][1]) if overview.grid else (),
        grid=tuple((titles.themes[theme], tuple(map(_cell, cells))) for theme, cells in overview.grid),
    )


def _counted(titles: Titles, count: Answered, held_back: HoldingBack | None) -> CountedItem:
    audits, not_known = (held_back.audits, held_back.not_known) if held_back else (0, 0)
    is_anti_pattern = titles.items[count.item].kind == "anti-pattern"
    return CountedItem(titles.numbered(count.item), audits, not_known, count[1:], is_anti_pattern)


def _where(titles: Titles, overview: Overview) -> Iterator[str]:
    """How many audits are at each stage, most first, of how many none is named, and that none is at the highest.

    Where they are at many stages, up to which most of them are.
    Where all that are at a stage could be higher, that stage is the least that is known, and nothing is said of it.
    """
    says = {stage.id: stage.says for stage in titles.rubric.stages}
    reached = sorted((at for at in overview.stages if at.audits), key=lambda at: -at.audits)
    if len(reached) > _MOST_APART:
        yield from _where_most(titles, overview)
        reached = []
    for place, at in enumerate(reached):
        form = "at_another" if place else "at_stage_saying" if says[at.stage] else "at_stage"
        if at.could_be_higher == at.audits:
            form = "another_or_higher" if place else "or_higher"
        words = {"stage": titles.shorts[at.stage], "says": (says[at.stage] or "").removesuffix(".")}
        yield COUNTED_BATCH.of(form, at.audits, of=number(overview.audits), **words)
    if overview.little_known:
        yield COUNTED_BATCH.of("no_stage", overview.little_known, of=number(overview.audits))
    is_settled = not overview.little_known and not any(at.could_be_higher for at in overview.stages)
    if not overview.stages[-1].audits:
        yield BATCH["none_at" if is_settled else "none_known_at"].format(stage=titles.shorts[overview.stages[-1].stage])


def _where_most(titles: Titles, overview: Overview) -> Iterator[str]:
    """Of audits at many stages, up to which of them half of those with a stage are, and the ends."""
    reached = [at for at in overview.stages if at.audits]
    total = sum(at.audits for at in reached)
    for at, count in zip(reached, accumulate(at.audits for at in reached), strict=True):
        if 2 * count >= total:
            yield COUNTED_BATCH.of("at_or_lower", count, of=number(overview.audits), stage=titles.shorts[at.stage])
            break
    low, high = (titles.shorts[at.stage] for at in (reached[0], reached[-1]))
    yield BATCH["from_to"].format(low=low, high=high)


def _bearing(titles: Titles, overview: Overview) -> Iterator[str]:
    """How many could be higher, and in how many those were not heard who have to be."""
    if higher := sum(at.could_be_higher for at in overview.stages):
        yield COUNTED_BATCH.of("higher", higher)
    for name, count in overview.unheard:
        if count:
            yield COUNTED_BATCH.of("nobody_heard", count, perspective=titles.perspectives[name])


def _column(titles: Titles, stage: str) -> str:
    """A stage above its column of the grid; where all that counts in it is bad, that it is about being free of it."""
    judged = [item for item in titles.rubric.indicators if item.stage == stage and item.kind != "practice"]
    free = judged and all(item.lower_is_better for item in judged)
    return BATCH["free_of"].format(stage=titles.shorts[stage]) if free else titles.shorts[stage]


def _under_original(source: Sourced[Rubric], overview: Overview) -> Iterator[str]:
    """How many audits would be at each stage of the rubric that this one was tailored from."""
    if overview.under_original:
        stages = (f"“{title}”" for title in Titles(original(source).content).stages.values())
        counts = zip((*stages, BATCH["little_known_here"]), overview.under_original, strict=True)
        parts = [f"{title}: {number(count)}" for title, count in counts if count]
        yield BATCH["under_original"].format(stages="; ".join(parts))


def _stages(titles: Titles, overview: Overview) -> list[StageCount]:
    lines = [
        StageCount(
            titles.stages[at.stage],
            at.audits,
            COUNTED_BATCH.of("could_be_higher", at.could_be_higher) if at.could_be_higher else "",
        )
        for at in overview.stages
    ]
    little_known = StageCount(BATCH["little_known"], overview.little_known, "")
    return [*lines, *([little_known] if overview.little_known else [])]


def _remarks(titles: Titles, overview: Overview) -> list[str]:
    unheard = [
        COUNTED_BATCH.of("unheard_holding_back", count, perspective=titles.perspectives[name])
        for name, count in overview.unheard_holding_back
    ]
    return [*unheard, *([COUNTED_BATCH.of("differing", overview.differing)] if overview.differing else [])]


def _cell(cell: Heat) -> HeatCell:
    if cell.items == cell.neutral:
        return HeatCell(BATCH["neutral"] if cell.items else "")
    if cell.share is None:
        return HeatCell(BATCH["nothing_known"])
    share, of = percent(cell.share), number(cell.known)
    words = BATCH["share_known"].format(percent=share, known=of)
    words = BATCH["share_open"].format(share=words, open=number(cell.not_known)) if cell.not_known else words
    return HeatCell(words, round(cell.share * _HEAT_LEVELS), share, BATCH["of_them"].format(count=of))
