"""Each question in words: what became of it, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from involve_audit.engine.comparing.actions import ACTION_STATES, AGREED_NOW, ActionChange
from involve_audit.engine.comparing.comparison import REGRESSION, Comparison, Failure
from involve_audit.engine.comparing.flattery import NOT_ASKED_AGAIN, PLANNED_AGAIN, Flattering
from involve_audit.engine.comparing.gates import GATE_KINDS, SAME, GateChange
from involve_audit.engine.comparing.items import (
    ANSWER,
    EVIDENCE,
    GONE,
    IMPROVED,
    KINDS,
    NEW,
    NEWLY_KNOWN,
    NO_LONGER_KNOWN,
    UNCHANGED,
    WHO,
    ItemChange,
)
from involve_audit.engine.score import GateResult
from involve_audit.language import day, listed, ngettext, number
from involve_audit.render import gate_lines as single
from involve_audit.render.comparing.parts import ActionLine, FlatLine, GateLine, ItemLine, Remark, SameLine, ThemeGroup
from involve_audit.render.comparing.shown import ShownRound
from involve_audit.render.entries import voice_names
from involve_audit.render.titles import Given
from involve_audit.words.comparing import (
    ACTIONS,
    CAUSES,
    CLASSES,
    COMPARING,
    COUNTED_CHANGES,
    FAILURES,
    FLATTERS,
    GATE_CLASSES,
)
from involve_audit.words.reports import SIDES, WORDS


class ItemLines:
    """Makes the line of each item of a comparison."""

    def __init__(self, then: ShownRound, now: ShownRound, comparison: Comparison) -> None:
        self.then = then
        self.now = now
        self.comparison = comparison

    def title(self, change: ItemChange) -> str:
        """What to call an item: as the later rubric does, if it asks it."""
        return self.now.titles.item(change.after) if change.after else self.then.titles.item(change.before or "")

    def themes(self) -> list[ThemeGroup]:
        """The items that moved, theme by theme, the worst theme first."""
        groups: dict[str, list[ItemChange]] = {}
        for change in self.comparison.items:
            groups.setdefault(self.theme(change), []).append(change)
        found = [(_worst_first(changes), title) for title, changes in groups.items()]
        moved = [(changes, title) for changes, title in found if changes[0].kind != UNCHANGED]
        return [
            ThemeGroup(title, [self.line(one) for one in changes if one.kind != UNCHANGED], _unchanged(changes))
            for changes, title in sorted(moved, key=lambda group: _weight(group[0]))
        ]

    def theme(self, change: ItemChange) -> str:
        """The title of the theme that an item stands in, now or last."""
        side, item = (self.now, change.after) if change.after else (self.then, change.before)
        found = side.titles.items.get(item or "")
        return side.titles.themes.get(found.theme, found.theme) if found and found.theme else WORDS["anti_patterns"]

    def line(self, change: ItemChange) -> ItemLine:
        """One item in words."""
        return ItemLine(
            id=change.item,
            title=self.title(change),
            mark=change.kind,
            what=CLASSES[change.kind],
            why=self.why(change),
            then=self._given(self.then, change.before, change.then and change.then.answer),
            now=self._given(self.now, change.after, change.now and change.now.answer),
            who_then=self.then.perspective(change.decided_then) if change.then and not change.then.is_open else "",
            who_now=self.now.perspective(change.decided_now) if change.now and not change.now.is_open else "",
            evidence=self._evidence(change),
            said_then=tuple(_remarks(self.then, change.before)),
            said_now=tuple(_remarks(self.now, change.after)),
        )

    @staticmethod
    def _given(side: ShownRound, item: str | None, answer: str | None) -> Given | None:
        return None if item is None or answer is None else side.given(item, answer)

    def _evidence(self, change: ItemChange) -> str:
        """Whether what got better has evidence; empty for everything else."""
        if change.after is None or not (change.gains or change.kind == IMPROVED):
            return ""
        shown = self.comparison.after.resolved.evidenced[self.comparison.after.places[change.after]]
        return COMPARING["evidence_yes" if shown else "evidence_no"]

    def same(self, change: ItemChange) -> SameLine:
        """An item that did not move."""
        then, now = self.answer_then(change), self.answer_now(change)
        return SameLine(self.title(change), now if then == now else COMPARING["answers"].format(then=then, now=now))

    def move(self, change: ItemChange) -> str:
        """An item with its answers, on one line."""
        if change.kind == UNCHANGED and change.then and change.now and change.then.answer == change.now.answer:
            return COMPARING["did_not_move"].format(item=self.title(change))
        return COMPARING["move"].format(
            item=self.title(change), then=self.answer_then(change), now=self.answer_now(change)
        )

    def answer_then(self, change: ItemChange) -> str:
        given = self._given(self.then, change.before, change.then and change.then.answer)
        return given.words if given else COMPARING["not_asked"]

    def answer_now(self, change: ItemChange) -> str:
        given = self._given(self.now, change.after, change.now and change.now.answer)
        return given.words if given else COMPARING["not_asked"]

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


def _worst_first(changes: list[ItemChange]) -> list[ItemChange]:
    return sorted(changes, key=lambda change: KINDS.index(change.kind))


def _weight(changes: list[ItemChange]) -> list[int]:
    """How a theme compares with others: by its worst item, then by how many there are of each kind."""
    kinds = [KINDS.index(change.kind) for change in changes]
    return [min(kinds), *(-kinds.count(kind) for kind in range(len(KINDS)))]


def _unchanged(changes: list[ItemChange]) -> int:
    return sum(change.kind == UNCHANGED for change in changes)


def _remarks(side: ShownRound, item: str | None) -> Iterator[Remark]:
    """What the views of one round said beside their answers to an item."""
    audit = side.read.audit
    for who, view in zip(voice_names(side.titles, audit), audit.views, strict=True):
        given = view.content.answers.get(item or "")
        if given and (given.note or given.reason or given.evidence):
            yield Remark(who, " ".join(filter(None, (given.reason, given.note))), given.evidence)


def gate_lines(then: ShownRound, now: ShownRound, changes: Sequence[GateChange]) -> Iterator[GateLine]:
    """Each gate that changed, what matters most first."""
    changed = [change for change in changes if change.kind != SAME]
    for change in sorted(changed, key=lambda change: GATE_KINDS.index(change.kind)):
        asked_then, found_then = asked_and_found(then, change.then)
        asked_now, found_now = asked_and_found(now, change.now)
        yield GateLine(
            mark=change.kind,
            because=because(then, now, change),
            stage=(now if change.now else then).stage_title(change.stage),
            what=GATE_CLASSES[change.kind],
            asked_then=asked_then,
            asked_now=asked_now,
            found_then=found_then,
            found_now=found_now,
        )


def because(then: ShownRound, now: ShownRound, change: GateChange) -> str:
    """The reason that the gate gives, or its id where the rubric at hand does not have it."""
    titles = (now if change.now else then).titles
    return titles.gates[change.id].because if change.id in titles.gates else change.id


def asked_and_found(side: ShownRound, gate: GateResult | None) -> tuple[str, str]:
    """What a gate asked for and what was found, in one round."""
    if gate is None:
        return COMPARING["not_asked"], COMPARING["not_asked"]
    if side.score.is_recorded or gate.id not in side.titles.gates:
        asked = SIDES[gate.side].format(threshold=number(gate.threshold))
        return asked, "" if gate.figure is None else number(gate.figure)
    results = {item.id: item for item in side.score.items}
    line = single.gate_line(side.titles, results, gate)
    return line.asked_for, line.found


def flat_lines(lines: ItemLines, then: ShownRound, now: ShownRound, comparison: Comparison) -> list[FlatLine]:
    """Each thing that flatters, with all that it is about."""
    return [
        FlatLine(
            mark=found.kind,
            title=FLATTERS[found.kind],
            entries=list(_entries(lines, then, now, found)),
            otherwise=COMPARING["otherwise"].format(stage=now.stage_title(found.otherwise)) if found.otherwise else "",
        )
        for found in comparison.flattering
    ]


def _entries(lines: ItemLines, then: ShownRound, now: ShownRound, found: Flattering) -> Iterator[str]:
    for gate in found.gates:
        asked_then, asked_now = asked_and_found(then, gate.then)[0], asked_and_found(now, gate.now)[0]
        yield COMPARING["was_gate"].format(because=because(then, now, gate), then=asked_then, now=asked_now)
    for change in found.items:
        if found.kind == NOT_ASKED_AGAIN:
            yield _with_deciders(lines, then, now, change)
        else:
            yield lines.title(change) if found.kind == PLANNED_AGAIN else lines.move(change)
    for action in found.actions:
        moved = lines.move(action.moved) if action.moved else ""
        yield COMPARING["action_moved"].format(what=action.action.what, moved=moved)


def _with_deciders(lines: ItemLines, then: ShownRound, now: ShownRound, change: ItemChange) -> str:
    return COMPARING["move_by"].format(
        item=lines.title(change),
        then=lines.answer_then(change),
        who_then=then.perspective(change.decided_then),
        now=lines.answer_now(change),
        who_now=now.perspective(change.decided_now),
    )


def action_lines(lines: ItemLines, changes: Sequence[ActionChange], on: date) -> Iterator[tuple[ActionLine, bool]]:
    """Each action, and whether it was agreed only in the later audit. `on` is the day of that audit."""
    for change in sorted(changes, key=lambda change: ACTION_STATES.index(change.state)):
        is_new = change.state == AGREED_NOW
        late = COUNTED_CHANGES.of("late", change.overdue, day=day(on))
        line = ActionLine(
            what=change.action.what,
            owner=change.action.owner or "",
            due=_due(change),
            state="" if is_new and not change.is_done else ACTIONS["done" if change.is_done else change.state],
            late=late if change.overdue else "",
            moved=lines.move(change.moved) if change.moved and (change.is_done or not is_new) else "",
        )
        yield line, is_new


def _due(change: ActionChange) -> str:
    """When it is due, and when it first was where that was put off."""
    first, last = change.action.due, change.now.due if change.now else None
    if first and last and first != last:
        return COMPARING["put_off"].format(then=day(first), now=day(last))
    due = first or last
    return day(due) if due else ""


def failure_in_words(failure: Failure, lines: ItemLines) -> tuple[str, str]:
    """What failed, and what to do about it; nothing to do where that goes without saying."""
    if failure.check == REGRESSION and failure.items:
        count = len(failure.items)
        what = ngettext(
            "{count} question is worse than before, or not known any more: {list}",
            "{count} questions are worse than before, or not known any more: {list}",
            count,
        )
        return what.format(count=number(count), list=listed(lines.title(change) for change in failure.items)), ""
    if failure.check == REGRESSION:
        step = lines.comparison.split.organisation
        then, now = (step.then, step.now) if step else ("", "")
        shown = lines.now if lines.comparison.split.under_new else lines.then
        return FAILURES["fell"].format(then=shown.stage_title(then), now=shown.stage_title(now)), ""
    return FAILURES[failure.check], FAILURES[f"{failure.check}-hint"]
