"""What a comparison says of each question, gate and action, and of what flatters and what fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.actions import LATE
from involve_audit.engine.comparing.actions import AGREED_NOW, NOT_MENTIONED
from involve_audit.engine.comparing.changes import (
    ANSWER,
    EVIDENCE,
    GATE_KINDS,
    GONE,
    IMPROVED,
    ITEM_KINDS,
    NEW,
    NEWLY_KNOWN,
    NO_LONGER_KNOWN,
    SAME,
    UNCHANGED,
    WHO,
)
from involve_audit.engine.comparing.comparison import REGRESSION
from involve_audit.engine.comparing.flattery import NOT_ASKED_AGAIN, PLANNED_AGAIN
from involve_audit.language import in_short, ngettext, number
from involve_audit.render.agreed import due_in_words, stands_in_words
from involve_audit.render.comparing.rounds import moved
from involve_audit.render.entries import gate_line, voice_names
from involve_audit.words.comparing import (
    CAUSES,
    CLASSES,
    COMPARING,
    FAILURES,
    FLATTERS,
    GATE_CLASSES,
)
from involve_audit.words.reports import SIDES

if TYPE_CHECKING:
    from involve_audit.engine.comparing.changes import GateChange, ItemChange
    from involve_audit.engine.comparing.comparison import Comparison, Failure
    from involve_audit.engine.comparing.flattery import Flattering
    from involve_audit.engine.score import GateResult
    from involve_audit.model.view import Evidence
    from involve_audit.render.comparing.rounds import ShownRound
    from involve_audit.render.titles import Given


class Remark(NamedTuple):
    """What one view said beside an answer."""

    who: str
    text: str
    evidence: tuple[Evidence, ...]


class ItemLine(NamedTuple):
    """One question and what became of it. `mark` is the name of its class; an answer is None where it was not asked."""

    id: str
    title: str
    mark: str
    what: str
    why: str
    then: Given | None
    now: Given | None
    who_then: str
    who_now: str
    evidence: str
    said_then: tuple[Remark, ...]
    said_now: tuple[Remark, ...]

    @property
    def move(self) -> str:
        """From which answer to which."""
        return moved(self.then, self.now)


class SameLine(NamedTuple):
    """One question that did not move, and its answer; both answers where they are other words for the same."""

    title: str
    answer: str


class ThemeGroup(NamedTuple):
    """The questions of one theme that moved, the worst first, and how many of it did not."""

    title: str
    items: list[ItemLine]
    unchanged: int


class FlatLine(NamedTuple):
    """One thing that flatters: what it is, what it is about, and the stage without it."""

    mark: str
    title: str
    entries: list[str]
    otherwise: str


class GateLine(NamedTuple):
    """One gate that changed; `mark` is the name of how."""

    mark: str
    because: str
    stage: str
    what: str
    asked_then: str
    asked_now: str
    found_then: str
    found_now: str


class ActionLine(NamedTuple):
    """One action. `moved` is empty where it is about no question."""

    what: str
    owner: str
    due: str
    state: str
    is_late: bool
    moved: str


class ItemLines:
    """Makes the line of each item of a comparison."""

    def __init__(self, then: ShownRound, now: ShownRound, comparison: Comparison) -> None:
        self.then = then
        self.now = now
        self.comparison = comparison

    def numbered(self, change: ItemChange) -> str:
        """What to call an item: as the later rubric does, if it asks it, with its number there."""
        titles, item = (self.now.titles, change.after) if change.after else (self.then.titles, change.before)
        return titles.numbered(item or "")

    def themes(self) -> Iterator[ThemeGroup]:
        """The items that moved, theme by theme, the worst theme first."""
        groups: dict[str, list[ItemChange]] = {}
        for change in self.comparison.items:
            groups.setdefault(self.theme(change), []).append(change)
        for title, changes in sorted(groups.items(), key=lambda group: _weight(group[1])):
            others = [change for change in changes if change.kind != UNCHANGED]
            others.sort(key=lambda change: ITEM_KINDS.index(change.kind))
            if others:
                yield ThemeGroup(title, [self.line(change) for change in others], len(changes) - len(others))

    def theme(self, change: ItemChange) -> str:
        """The title of the theme that an item stands in, now or last."""
        titles = (self.now if change.after else self.then).titles
        item = titles.items.get(change.item)
        return titles.themes.get(item.theme, item.theme) if item and item.theme else titles.words["anti_patterns"]

    def line(self, change: ItemChange) -> ItemLine:
        """One item in words."""
        then, now = self._given(change)
        return ItemLine(
            id=change.item,
            title=self.numbered(change),
            mark=change.kind,
            what=CLASSES[change.kind],
            why=self.why(change),
            then=then,
            now=now,
            who_then=self.then.perspective(change.decided_then) if change.then and not change.then.is_open else "",
            who_now=self.now.perspective(change.decided_now) if change.now and not change.now.is_open else "",
            evidence=self._evidence(change),
            said_then=tuple(_remarks(self.then, change.before)),
            said_now=tuple(_remarks(self.now, change.after)),
        )

    def _given(self, change: ItemChange) -> tuple[Given | None, Given | None]:
        """The answers then and now, None where it was not asked."""
        then = self.then.titles.given(change.before, change.then.answer) if change.before and change.then else None
        now = self.now.titles.given(change.after, change.now.answer) if change.after and change.now else None
        return then, now

    def _evidence(self, change: ItemChange) -> str:
        """Whether what got better has evidence; empty for everything else."""
        if change.after is None or not (change.gains or change.kind == IMPROVED):
            return ""
        shown = self.comparison.after.resolved.evidenced[self.comparison.after.places[change.after]]
        return COMPARING["evidence_yes" if shown else "evidence_no"]

    def same(self, change: ItemChange) -> SameLine:
        """An item that did not move."""
        then, now = self._given(change)
        is_same = then and now and then.words == now.words
        return SameLine(self.numbered(change), now.said if now and is_same else moved(then, now))

    def move(self, change: ItemChange) -> str:
        """An item with its answers, on one line."""
        if change.kind == UNCHANGED and change.then and change.now and change.then.answer == change.now.answer:
            return COMPARING["did_not_move"].format(item=self.numbered(change))
        return COMPARING["move_of"].format(item=self.numbered(change), move=moved(*self._given(change)))

    def answers(self, change: ItemChange) -> dict[str, str]:
        """The answers `then` and, with what it means, `now`; or that it was not asked."""
        then, now = self._given(change)
        not_asked = COMPARING["not_asked"]
        return {"then": then.words if then else not_asked, "now": now.said if now else not_asked}

    def why(self, change: ItemChange) -> str:
        """What moved an item, in a sentence; empty where nothing moved it."""
        then, now = self.then.perspective(change.decided_then), self.now.perspective(change.decided_now)
        if change.cause is None:
            return ""
        if change.cause == ANSWER:
            return CAUSES["answer"].format(now=then if change.kind == NO_LONGER_KNOWN else now)
        if change.cause == WHO:
            name = {NEWLY_KNOWN: "who_new", NO_LONGER_KNOWN: "who_left"}.get(change.kind, "who")
            return CAUSES[name].format(then=then, now=now)
        if change.cause == EVIDENCE:
            return CAUSES["evidence_new" if change.kind == IMPROVED else "evidence_gone"]
        return self._why_the_rubric(change)

    def _why_the_rubric(self, change: ItemChange) -> str:
        if change.kind in (NEW, GONE):
            return CAUSES["rubric_new" if change.kind == NEW else "rubric_gone"]
        if change.before != change.after:
            return CAUSES["rubric_replaced"].format(item=self.then.titles.item(change.before or ""))
        return CAUSES["rubric_scale"]


def _weight(changes: list[ItemChange]) -> list[int]:
    """How a theme compares with others: by its worst item, then by how many there are of each kind."""
    kinds = [change.kind for change in changes]
    return [min(map(ITEM_KINDS.index, kinds)), *(-kinds.count(kind) for kind in ITEM_KINDS)]


def _remarks(side: ShownRound, item: str | None) -> Iterator[Remark]:
    """What the views of one round said beside their answers to an item."""
    audit = side.read.audit
    for who, view in zip(voice_names(side.titles, audit), audit.views, strict=True):
        given = view.content.answers.get(item or "")
        if given and (given.note or given.reason or given.evidence):
            yield Remark(who, " ".join(filter(None, (given.reason, given.note))), given.evidence)


def gate_lines(lines: ItemLines) -> Iterator[GateLine]:
    """Each gate that changed, what matters most first."""
    changed = [change for change in lines.comparison.gates if change.kind != SAME]
    for change in sorted(changed, key=lambda change: GATE_KINDS.index(change.kind)):
        asked_then, found_then = _asked_and_found(lines.then, change.then)
        asked_now, found_now = _asked_and_found(lines.now, change.now)
        yield GateLine(
            mark=change.kind,
            because=_because(lines, change),
            stage=(lines.now if change.now else lines.then).stage_title(change.stage),
            what=GATE_CLASSES[change.kind],
            asked_then=asked_then,
            asked_now=asked_now,
            found_then=found_then,
            found_now=found_now,
        )


def _because(lines: ItemLines, change: GateChange) -> str:
    """The reason that the gate gives, or its id where the rubric at hand does not have it."""
    gates = (lines.now if change.now else lines.then).titles.gates
    return gates[change.id].because if change.id in gates else change.id


def _asked_and_found(shown: ShownRound, gate: GateResult | None) -> tuple[str, str]:
    """What a gate asked for and what was found, in one round."""
    if gate is None:
        return COMPARING["not_asked"], COMPARING["not_asked"]
    if shown.score.is_recorded or gate.id not in shown.titles.gates:
        asked = SIDES[gate.side].format(threshold=number(gate.threshold))
        return asked, "" if gate.figure is None else number(gate.figure)
    line = gate_line(shown.titles, {item.id: item for item in shown.score.items}, gate)
    return line.asked_for, line.found


def flat_lines(lines: ItemLines) -> list[FlatLine]:
    """Each thing that flatters, with all that it is about."""
    return [
        FlatLine(
            mark=flat.kind,
            title=FLATTERS[flat.kind],
            entries=list(_entries(lines, flat)),
            otherwise=COMPARING["otherwise"].format(stage=lines.now.stage_title(flat.otherwise))
            if flat.otherwise
            else "",
        )
        for flat in lines.comparison.flattering
    ]


def _entries(lines: ItemLines, flat: Flattering) -> Iterator[str]:
    for gate in flat.gates:
        then, now = _asked_and_found(lines.then, gate.then)[0], _asked_and_found(lines.now, gate.now)[0]
        yield COMPARING["was_gate"].format(because=_because(lines, gate), then=then, now=now)
    for change in flat.items:
        if flat.kind == NOT_ASKED_AGAIN:
            deciders = {
                "who_then": lines.then.perspective(change.decided_then),
                "who_now": lines.now.perspective(change.decided_now),
            }
            yield COMPARING["move_by"].format(item=lines.numbered(change), **lines.answers(change), **deciders)
        else:
            yield lines.numbered(change) if flat.kind == PLANNED_AGAIN else lines.move(change)
    for action in flat.actions:
        became = lines.move(action.moved) if action.moved else ""
        yield COMPARING["action_moved"].format(what=action.action.what, moved=became)


def action_lines(lines: ItemLines) -> Iterator[tuple[ActionLine, bool]]:
    """Each action, and whether it was agreed only in the later audit."""
    for change in sorted(lines.comparison.actions, key=lambda change: change.standing.order):
        is_new = change.state == AGREED_NOW
        line = ActionLine(
            what=change.action.what,
            owner=change.action.owner or "",
            due=due_in_words(change.due, change.action.due, change.due_moved),
            state=stands_in_words(change.standing, lines.now.read.date, change.state == NOT_MENTIONED),
            is_late=change.standing.state == LATE,
            moved=lines.move(change.moved) if change.moved and (change.is_done or not is_new) else "",
        )
        yield line, is_new


def failure_in_words(lines: ItemLines, failure: Failure) -> tuple[str, str]:
    """What failed, and what to do about it; nothing to do where that goes without saying."""
    if failure.check == REGRESSION and failure.items:
        count = len(failure.items)
        words = ngettext(
            "{count} question is worse than before, or not known any more: {list}",
            "{count} questions are worse than before, or not known any more: {list}",
            count,
        )
        return words.format(count=number(count), list=in_short(lines.numbered(change) for change in failure.items)), ""
    if failure.check == REGRESSION:
        step = lines.comparison.split.organisation
        under = lines.now if lines.comparison.split.under_new else lines.then
        then, now = (under.stage_title(step.then), under.stage_title(step.now)) if step else ("", "")
        return FAILURES["fell"].format(then=then, now=now), ""
    return FAILURES[failure.check], FAILURES[f"{failure.check}-hint"]
