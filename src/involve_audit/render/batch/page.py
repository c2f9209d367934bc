"""A whole run in words: what the overviews say, whatever their format. Text to lay out, not yet escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.language import current, first_of, listed, number, percent
from involve_audit.model.rubric import Rubric, Sourced, original
from involve_audit.render.options import Options, Page
from involve_audit.render.tailoring import about
from involve_audit.render.titles import Titles
from involve_audit.words.many import BATCH, COUNTED_BATCH

if TYPE_CHECKING:
    from involve_audit.engine.overview import Heat, Overview
    from involve_audit.render.batch.outcome import FollowUp, Run, Setting

AUDITS_HERE = "<!--audits-->"
"""Where a template wants the rows of the audits; no text that is put into it can look like this."""

MOST_HOLDING_BACK = 10
MOST_OF_BASELINE = 100
MOST_AWAITED = 500
_HEAT_LEVELS = 4


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
    short: str
    audits: int
    remark: str

    @property
    def pair(self) -> tuple[str, int]:
        """What a chart shows of it."""
        return self.short, self.audits


class Figures(NamedTuple):
    """A title and figures about it."""

    title: str
    figures: tuple[int, ...]


class HeatCell(NamedTuple):
    """One cell of the grid: what is known, and how warm it is from 0 to 4; empty where the source has nothing."""

    words: str
    level: int


class Section(NamedTuple):
    """What the audits for one rubric have in common. Where they are too few to be broken down, `too_few` says so.

    `tailored` is what has to be known first about a tailored rubric, a sentence each.
    """

    title: str
    audits: str
    tailored: tuple[str, ...]
    too_few: str
    stages: tuple[StageCount, ...] = ()
    remarks: tuple[str, ...] = ()
    holding_back: tuple[Figures, ...] = ()
    split: tuple[Figures, ...] = ()
    anti_patterns: tuple[Figures, ...] = ()
    heard: tuple[Figures, ...] = ()
    grid_stages: tuple[str, ...] = ()
    grid: tuple[tuple[str, tuple[HeatCell, ...]], ...] = ()


@dataclass(frozen=True)
class OverviewPage(Page):
    """The words of an overview, part by part."""

    run: Run
    setting: Setting
    lists_audits: bool = True
    options: Options = field(default_factory=Options)

    stem = "overview"

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
        found = [COUNTED_BATCH.of("assessed", run.audits, files=COUNTED_BATCH.of("files", run.files))]
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
        return [line._replace(name=_with_id(line.name, line.id, number_of[line.name])) for line in self.follow_ups]

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

    @property
    def sections(self) -> list[Section]:
        """The audits by rubric."""
        return [_section(source, found, self.setting.fewer_than) for source, found in self.run.overviews]

    @cached_property
    def baseline(self) -> list[tuple[str, tuple[str, ...]]]:
        """What there is to say of audits that cannot be compared with the baseline: a heading, and which they are."""
        met = self.run.baseline
        if met is None:
            return []
        named = (("gone", met.gone), ("new", met.new), ("not_comparable", met.not_comparable))
        return [(BATCH[name], tuple(map(self._baseline_name, audits))) for name, audits in named if audits]

    @property
    def baseline_in_short(self) -> list[tuple[str, list[str]]]:
        """The same, of very many audits the first."""
        return [(heading, first_of(audits, MOST_OF_BASELINE)) for heading, audits in self.baseline]

    @cached_property
    def awaited(self) -> list[tuple[str, list[str]]]:
        """Whose answers are missing, and what else is to be said of those expected: a heading, and whom it is about."""
        found = self.run.awaited
        if found is None:
            return []
        parts = {name: getattr(found, name) for name in ("missing", "unreadable", "unheard", "unexpected")}
        number_of = Counter(name for services in parts.values() for name, _audit in services)
        voices = (voice.title for source, _ in self.run.overviews for voice in source.content.perspectives[:1])
        first = listed(dict.fromkeys(voices))
        names = {
            part: [_with_id(name, audit, number_of[name] if audit else 1) for name, audit in services]
            for part, services in parts.items()
        }
        names["unexpected"] += [COUNTED_BATCH.of("more", found.more_unexpected)] if found.more_unexpected else []
        return [(BATCH[f"services_{part}"].format(perspective=first), said) for part, said in names.items() if said]

    @property
    def awaited_in_short(self) -> list[tuple[str, list[str]]]:
        """The same, of very many services the first."""
        return [(heading, first_of(services, MOST_AWAITED)) for heading, services in self.awaited]

    def _baseline_name(self, audit: str) -> str:
        return _with_id(self.run.names.get(audit, audit), audit, 2)

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
    return ListedAudit(found.id, link, found.subject or found.id, found.stage, "; ".join(found.reasons))


def _with_id(name: str, audit: str, number_of: int) -> str:
    """An audit by name and, where others have the same name, its id too."""
    return BATCH["name_and_id"].format(name=name, id=audit) if number_of > 1 and name != audit else name


def _section(source: Sourced[Rubric], overview: Overview, fewer_than: int | None) -> Section:
    rubric, tailored = source.content, tuple(about(source))
    title, audits = f"{rubric.title} {rubric.version}", COUNTED_BATCH.of("audits", overview.audits)
    if fewer_than is not None and overview.audits < fewer_than:
        too_few = BATCH["not_broken_down"].format(bound=number(fewer_than))
        return Section(title, audits, tailored, too_few)
    titles = Titles(rubric)
    return Section(
        title=title,
        audits=audits,
        tailored=(*tailored, *_under_original(source, overview)),
        too_few="",
        stages=tuple(_stages(titles, overview)),
        remarks=tuple(_remarks(titles, overview)),
        holding_back=tuple(
            Figures(titles.numbered(count.item), (count.audits, count.not_known))
            for count in overview.holding_back[:MOST_HOLDING_BACK]
        ),
        split=tuple(
            Figures(titles.numbered(count.item), (count.audits, count.of))
            for count in overview.split[:MOST_HOLDING_BACK]
        ),
        anti_patterns=tuple(
            Figures(titles.numbered(count.item), (count.wholly, count.in_part, count.not_known))
            for count in overview.anti_patterns
        ),
        heard=tuple(Figures(titles.perspectives[name], (count,)) for name, count in overview.heard),
        grid_stages=tuple(titles.stages[cell.stage] for cell in overview.grid[0][1]) if overview.grid else (),
        grid=tuple((titles.themes[theme], tuple(map(_cell, cells))) for theme, cells in overview.grid),
    )


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
            titles.shorts[at.stage],
            at.audits,
            COUNTED_BATCH.of("could_be_higher", at.could_be_higher) if at.could_be_higher else "",
        )
        for at in overview.stages
    ]
    little_known = StageCount(BATCH["little_known"], BATCH["little_known_here"], overview.little_known, "")
    return [*lines, *([little_known] if overview.little_known else [])]


def _remarks(titles: Titles, overview: Overview) -> list[str]:
    unheard = [
        COUNTED_BATCH.of("unheard_holding_back", count, perspective=titles.perspectives[name])
        for name, count in overview.unheard_holding_back
    ]
    return [*unheard, *([COUNTED_BATCH.of("differing", overview.differing)] if overview.differing else [])]


def _cell(cell: Heat) -> HeatCell:
    if not cell.items:
        return HeatCell("", 0)
    if cell.share is None:
        return HeatCell(BATCH["nothing_known"], 0)
    share = BATCH["share_known"].format(percent=percent(cell.share), known=number(cell.known))
    words = BATCH["share_open"].format(share=share, open=number(cell.not_known)) if cell.not_known else share
    return HeatCell(words, round(cell.share * _HEAT_LEVELS))
