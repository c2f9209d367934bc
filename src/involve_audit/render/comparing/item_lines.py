"""Each question in words: what became of it, and why."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.engine.comparing.comparison import Comparison
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
from involve_audit.render.comparing.parts import ItemLine, Remark, SameLine, ThemeGroup
from involve_audit.render.comparing.shown import ShownRound
from involve_audit.render.comparing.vocabulary import CAUSES, CLASSES, COMPARING
from involve_audit.render.entries import voice_names
from involve_audit.render.parts import Given
from involve_audit.render.vocabulary import WORDS


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
