"""What comes first in every report: where they are, what to do, who says otherwise, and how sure that is.

Everything here is text of the rubric, of the answers or of the vocabulary, not yet escaped. Formats only lay it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.assessment import VIEW
from involve_audit.language import day, in_short, listed, number
from involve_audit.model.view import OPEN_ANSWERS
from involve_audit.render.agreed import AgreedLine, agreed_lines
from involve_audit.render.entries import Results, voice_names
from involve_audit.render.options import Options, Page
from involve_audit.render.titles import (
    ASIDE,
    OPEN,
    PART,
    PLANNED,
    Given,
    LadderStep,
    Marker,
    Titles,
    headline,
    titles_of,
)
from involve_audit.words.reports import ACTIONS, COUNTED, FIRST_PAGE, TAKEN_ON, TITLE, VOICES, WARNINGS, WORDS

if TYPE_CHECKING:
    from involve_audit.engine.assessment import Assessment, Cell, GivenTogether
    from involve_audit.model.rubric import Rubric
    from involve_audit.model.view import Audit

_MOST_NAMED = 2
_MOST_QUOTED, _LONGEST_QUOTE = 2, 150
_A_BLANK = " "


class ChangeLine(NamedTuple):
    """One thing to do for the next stage: `do` in one line, `how` in full, and what is agreed about it.

    `today` is the question with today's answer, where there is one; `enough` says so where less than the best answer
    would do. `owners` are whoever has taken it on, in short; nobody where it is empty.
    """

    id: str
    title: str
    do: str
    how: str
    today: str
    enough: str
    agreed: tuple[str, ...]
    owners: str


class Quote(NamedTuple):
    """What one view wrote about an item; `is_whole` is false where it goes on in the full answer."""

    who: str
    text: str
    is_whole: bool


class Quoted(NamedTuple):
    """An item that keeps the audit from the next stage, with what was written about it."""

    id: str
    title: str
    quotes: tuple[Quote, ...]


class GridItem(NamedTuple):
    """One item in a cell of the grid."""

    id: str
    title: str
    answer: Given


class GridCell(NamedTuple):
    """What one cell of the grid holds."""

    stage: str
    items: tuple[GridItem, ...]


@dataclass(frozen=True)
class FirstPage(Page):
    """The words of the first page of one report, part by part."""

    audit: Audit
    assessment: Assessment
    options: Options

    @property
    def rubric(self) -> Rubric:
        return self.audit.rubric.content

    @property
    def title(self) -> str:
        """The heading; it says so where the people who should be heard first were not."""
        form = "unheard" if self.audit.unheard else "heard"
        audit, name = self._titles.words["audit_title"], self.audit.subject.name
        return TITLE[form].format(audit=audit, name=name, perspective=self.audit.unheard)

    @cached_property
    def unheard(self) -> str:
        """What it means that the people who should be heard first were not; empty where they were."""
        return WARNINGS["unheard"].format(perspective=self.audit.unheard) if self.audit.unheard else ""

    @property
    def date(self) -> str:
        return day(self.audit.date)

    # Where they are

    @property
    def headline(self) -> str:
        """The stage and what it means; the range where a range is all that can be said (method.md, section 5)."""
        found = self.assessment
        if not found.enough_known:
            return headline(self._titles, found.floor, found.ceiling, found.enough_known)
        says = self._titles.says(found.floor).removesuffix(".")
        return FIRST_PAGE["headline"].format(stage=self._titles.shorts[found.floor], says=says)

    @cached_property
    def beneath_headline(self) -> list[str]:
        """How high it could be, and what it would be by the answers of others alone."""
        found, shorts = self.assessment, self._titles.shorts
        said = []
        if found.enough_known and found.floor != found.ceiling:
            said.append(FIRST_PAGE["could_be"].format(stage=shorts[found.ceiling]))
        apart = {stage: groups for stage, groups in self._own_stages.items() if stage != found.floor}
        for stage, groups in apart.items():
            form = "with" if any(group.others for group in groups) else "alone"
            said.append(FIRST_PAGE[form].format(who=self._named(groups), stage=shorts[stage]))
        first = self._titles.rubric.perspectives[0].id if apart else ""
        if apart and not self.audit.unheard and any(first in group.perspectives for group in found.together):
            said.append(FIRST_PAGE["count_first"].format(who=self._titles.perspectives[first]))
        return said

    @cached_property
    def ladder(self) -> list[LadderStep]:
        """Every stage, lowest first; with who comes to it, where somebody comes to another than the floor."""
        found = self.assessment
        steps = self._titles.ladder(found.floor, found.ceiling, found.enough_known)
        if set(self._own_stages) <= {found.floor}:
            return steps
        by_stage = zip(self._titles.stages, steps, strict=True)
        return [step._replace(markers=tuple(self._markers(stage))) for stage, step in by_stage]

    def _markers(self, stage: str) -> Iterator[Marker]:
        """Who comes to a stage: first those whose answers count first."""
        first = self.rubric.perspectives[0].id
        groups = self._own_stages.get(stage, [])
        counting = [group for group in groups if first in group.perspectives]
        others = [group for group in groups if first not in group.perspectives]
        for found, form in ((counting, "first"), (others, "other")):
            if found:
                shared = any(group.others for group in found)
                words = FIRST_PAGE["views_with" if shared else form].format(who=self._named(found))
                yield Marker(words, found is counting)

    @cached_property
    def _own_stages(self) -> dict[str, list[GivenTogether]]:
        """Who comes to which stage by their own answers alone, as far as these are enough to name a stage; in the
        order of the stages."""
        own = {reading.id: reading.stage for reading in self.assessment.readings if reading.is_enough}
        stages: dict[str, list[GivenTogether]] = {stage: [] for stage in self._titles.stages}
        for group in self.assessment.together:
            stage = own.get(f"{VIEW}{group.perspectives[0]}")
            if stage is not None:
                stages[stage].append(group)
        return {stage: groups for stage, groups in stages.items() if groups}

    def _named(self, groups: list[GivenTogether]) -> str:
        """The perspectives of some groups: a few of them named, the others counted."""
        each = chain.from_iterable(group.perspectives for group in groups)
        return in_short((self._titles.perspectives[name] for name in each), _MOST_NAMED)

    @property
    def answered(self) -> str:
        """How many questions have a known answer, and how many are asked for."""
        return self._titles.answered(self.assessment.known, self.assessment.asked)

    # What to do

    @cached_property
    def next_stage(self) -> str:
        """The title of the stage above the floor; empty at the top."""
        steps = self.assessment.next_steps
        return self._titles.stages[steps.to] if steps else ""

    @property
    def steps_heading(self) -> str:
        """How many things to do would bring the next stage; at the top, and where there are none, a plain heading.

        Where somebody has to be heard first, or too little is known to name a stage, nothing is promised: what is said
        then can speak for a stage or against it.
        """
        steps = self.assessment.next_steps
        count = len(steps.changes) if steps and not steps.hear and self.assessment.enough_known else 0
        return (
            COUNTED.of("things", count, stage=self._titles.shorts[steps.to]) if count and steps else WORDS["next_steps"]
        )

    @cached_property
    def deciding_items(self) -> list[str]:
        """Titles of the open questions that decide the range."""
        return [self._titles.numbered(item) for item in self.assessment.decided_by.items]

    @cached_property
    def deciding_voices(self) -> list[str]:
        """Titles of the perspectives that have to be heard to reach the ceiling."""
        return [self._titles.perspectives[name] for name in self.assessment.decided_by.perspectives]

    @cached_property
    def changes(self) -> list[ChangeLine]:
        """The next steps in order."""
        steps = self.assessment.next_steps
        return [self._change(change.item, change.before, change.after) for change in (steps.changes if steps else ())]

    def _change(self, item: str, before: str, after: str) -> ChangeLine:
        titles, given = self._titles, self._titles.given(item, before)
        agreed = [action for action in self.actions if action.item == item]
        form = given.tone if given.tone in (OPEN, ASIDE) else "do"
        today = FIRST_PAGE["today"].format(title=titles.numbered(item), answer=given.said)
        aim, do = titles.given(item, after), FIRST_PAGE[form].format(title=titles.numbered(item), do=titles.do(item))
        return ChangeLine(
            id=item,
            title=titles.numbered(item),
            do=do,
            how=do if given.tone == ASIDE else titles.items[item].next_step,
            today="" if given.tone == OPEN else today,
            enough=FIRST_PAGE["enough"].format(answer=aim.words) if aim.tone in (PART, PLANNED) else "",
            agreed=(
                *(agreed_line(action) for action in agreed),
                *[FIRST_PAGE["left"]] * bool(agreed and all(action.is_done for action in agreed)),
            ),
            owners=listed(dict.fromkeys(action.owner for action in agreed if action.owner and not action.is_done)),
        )

    @cached_property
    def hear_first(self) -> list[str]:
        """Titles of the perspectives to hear before anything else."""
        steps = self.assessment.next_steps
        return [self._titles.perspectives[name] for name in (steps.hear if steps else ())]

    @property
    def steps_note(self) -> str:
        """What has to be said about the next steps as a whole; empty where nothing has."""
        steps = self.assessment.next_steps
        if steps is None:
            return WORDS["no_next"]
        if not steps.reachable:
            return WORDS["unreachable"]
        if not steps.proven:
            return WORDS["not_proven"]
        if not self.assessment.enough_known:
            return FIRST_PAGE["too_little"]
        return FIRST_PAGE["smallest"] if len(steps.changes) > 1 else ""

    @cached_property
    def actions(self) -> list[AgreedLine]:
        """What the views say was agreed, and where it stood on the day of the audit: late first, done last."""
        each = [view.content.actions for view in self.audit.views]
        found = ((each[one.view][one.action], one.standing) for one in self.assessment.agreed)
        return list(agreed_lines(self._titles, found, self.audit.date))

    @property
    def still_to_do(self) -> list[str]:
        """What was agreed and is not done: first what is late."""
        return [agreed_line(action) for action in self.actions if not action.is_done]

    @cached_property
    def quoted(self) -> list[Quoted]:
        """What was written about the answers that would have to change, where that was written and may be shown."""
        steps = self.assessment.next_steps
        found = (self._quoted(change.item) for change in (steps.changes if steps else ()))
        return [quoted for quoted in found if quoted.quotes]

    def _quoted(self, item: str) -> Quoted:
        """The note of the view whose answer was taken, and that of another one, first of one that answers otherwise.

        Nothing where only those wrote who answer otherwise: that would be the denial, told as the reason.
        """
        source = self._results[item].source
        told = zip(voice_names(self._titles, self.audit), self.audit.views, strict=True)
        notes = [
            (place != source, given.answer == self._results[item].answer, name, given.note)
            for place, (name, view) in enumerate(told)
            if (given := view.content.answers.get(item)) and given.note
        ]
        notes.sort(key=lambda note: note[:2])
        if not any(is_same for _, is_same, _, _ in notes):
            notes = []
        return Quoted(item, self._titles.numbered(item), tuple(_quote(*note[2:]) for note in notes[:_MOST_QUOTED]))

    # All answers at a glance, and how sure it is

    @cached_property
    def grid_stages(self) -> list[str]:
        """Short names of the grid's columns."""
        rows = self.assessment.grid
        return [self._titles.shorts[cell.stage] for cell in rows[0][1]] if rows else []

    @cached_property
    def grid(self) -> list[tuple[str, list[GridCell]]]:
        """Theme by stage: what was found in each cell."""
        return [
            (self._titles.themes[theme], [self._grid_cell(cell) for cell in cells])
            for theme, cells in self.assessment.grid
        ]

    def _grid_cell(self, cell: Cell) -> GridCell:
        return GridCell(self._titles.shorts[cell.stage], tuple(self._grid_item(item) for item in cell.items))

    def _grid_item(self, item: str) -> GridItem:
        return GridItem(item, self._titles.numbered(item), self._titles.given(item, self._results[item].answer))

    @cached_property
    def beside_grid(self) -> list[GridItem]:
        """The items that no column of the grid holds."""
        return [self._grid_item(item.id) for item in self.rubric.anti_patterns]

    @property
    def tones(self) -> set[str]:
        """The tones of all answers."""
        return {self._titles.given(item.id, item.answer).tone for item in self.assessment.items}

    @property
    def at_a_glance(self) -> str:
        """The heading of the grid: how many answers there are."""
        return COUNTED.of("glance", len(self.assessment.items))

    @cached_property
    def sure(self) -> list[str]:
        """How sure it is, in a few sentences: what is known, what could change the stage, what has evidence."""
        found, titles = self.assessment, self._titles
        if not found.enough_known:
            return [*filter(None, [self.answered, self.together])]
        total, left = len(found.items), sum(item.answer in OPEN_ANSWERS for item in found.items)
        said = [COUNTED.form("all_known" if not left else "so_many_known", total)]
        said = [words.format(known=number(found.known), count=number(total)) for words in said]
        if all(item.counts_as is None for item in found.items):
            said.append(FIRST_PAGE["all_aside"])
        if left and found.floor == found.ceiling:
            said.append(COUNTED.of("could_not", left))
        if found.decided_by.items:
            said.append(COUNTED.of("could", len(found.decided_by.items)))
        if found.decided_by.perspectives:
            said.append(FIRST_PAGE["heard_could"].format(who=listed(self.deciding_voices)))
        for reading in found.readings:
            if reading.id == "evidence-only":
                form = "evidence_same" if reading.stage == found.floor else "evidence_other"
                said.append(FIRST_PAGE[form].format(stage=titles.shorts[reading.stage]))
        if "view" not in self.rubric.readings and len(found.together) > 1:
            said.append(FIRST_PAGE["no_views"])
        return [*said, *filter(None, [self.together if self._one_view else ""])]

    @property
    def together(self) -> str:
        """That nobody answered alone, so that no group's view can be read alone; empty where somebody did."""
        if any(one.alone for one in self.assessment.together):
            return ""
        return WORDS["all_together" if self._one_view else "each_together"] if self.assessment.together else ""

    @property
    def perspectives(self) -> list[str]:
        """Titles of the perspectives that answered, in the rubric's order; those that only did so together as one."""
        return [self._voice(one) for one in self.assessment.together]

    def _voice(self, shared: GivenTogether) -> str:
        """Perspectives whose views are the same, and who else took part in some of these."""
        who, others = (
            listed(self._titles.perspectives[name] for name in names) for names in (shared.perspectives, shared.others)
        )
        return VOICES["some" if shared.alone else "others"].format(perspective=who, others=others) if others else who

    @property
    def _one_view(self) -> bool:
        """Whether several perspectives answered, and always all of them together."""
        shared = self.assessment.together
        return len(shared) == 1 and not shared[0].alone

    @cached_property
    def _titles(self) -> Titles:
        return titles_of(self.rubric, self.audit.fewer_than)

    @cached_property
    def _results(self) -> Results:
        return {item.id: item for item in self.assessment.items}


def agreed_line(action: AgreedLine) -> str:
    """What was agreed: where it stands, what it is, who does it and by when, as far as that is said."""
    stands = action.stands if action.is_done or action.is_late else TAKEN_ON["agreed"]
    by = TAKEN_ON["by"].format(due=action.due) if action.due != ACTIONS["ongoing"] else action.due
    form = ("both" if action.owner else "by_then") if action.due else "owner" if action.owner else "bare"
    return TAKEN_ON[form].format(stands=stands, what=action.what, owner=action.owner, by=by)


def _quote(who: str, text: str) -> Quote:
    """A note as page one has room for it: as many whole words of it as fit."""
    words = _A_BLANK.join(text.split())
    if len(words) <= _LONGEST_QUOTE:
        return Quote(who, words, True)
    return Quote(who, f"{words[:_LONGEST_QUOTE].rpartition(_A_BLANK)[0] or words[:_LONGEST_QUOTE]} …", False)
