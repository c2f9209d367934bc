"""Which question of one rubric is which of another (formats.md, "Version")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from involve_audit.engine.comparing.round import Round
    from involve_audit.model.rubric import Item, Rubric


class Pair(NamedTuple):
    """One question of a comparison, by its id in each rubric; None in a rubric that does not ask it."""

    before: str | None
    after: str | None


class Correspondence:
    """Which item of the earlier rubric is which of the later one: every item of both stands in exactly one pair.

    Items are the same where their ids are, for an id never changes its meaning; and where one alone `replaces` one
    other alone. Where one replaces several, or several one, nobody can tell what was meant: these are not the same.
    Neither are items whose good answers lie at opposite ends. Other rubrics (by their ids) share nothing, unless they
    are `related`: one was made of the other, or both of a third.
    """

    def __init__(self, before: Rubric, after: Rubric, related: bool = False) -> None:
        self.before = {item.id: item for item in before.items}
        self.after = {item.id: item for item in after.items}
        self.is_related = related or before.id == after.id

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every question, in the order of the later rubric; those that it does not ask come last."""
        asked = [Pair(self._old_of.get(item), item) for item in self.after]
        return (*asked, *(Pair(item, None) for item in self.before if item not in self._new_of))

    @property
    def new_of(self) -> Mapping[str, str]:
        """The item of the later rubric for each of the earlier one that has one."""
        return self._new_of

    @property
    def old_of(self) -> Mapping[str, str]:
        """The item of the earlier rubric for each of the later one that has one."""
        return self._old_of

    @cached_property
    def _new_of(self) -> dict[str, str]:
        return {old: new for old, new in self._links() if self._is_alike(old, new)}

    @cached_property
    def _old_of(self) -> dict[str, str]:
        return {new: old for old, new in self._new_of.items()}

    def _is_alike(self, old: str, new: str) -> bool:
        """Whether the good answers lie at the same end."""
        return self.before[old].lower_is_better == self.after[new].lower_is_better

    def _links(self) -> Iterator[tuple[str, str]]:
        if not self.is_related:
            return
        yield from ((item, item) for item in self.before if item in self.after)
        replaced = dict.fromkeys(_replaced(self.before, self.after))
        old_ends, new_ends = Counter(old for old, _new in replaced), Counter(new for _old, new in replaced)
        yield from ((old, new) for old, new in replaced if old_ends[old] == new_ends[new] == 1)


def corresponding(before: Round, after: Round) -> Correspondence:
    """Which question of one round is which of the other."""
    related = not before.lineage.isdisjoint(after.lineage)
    return Correspondence(before.rubric.content, after.rubric.content, related)


def _replaced(before: Mapping[str, Item], after: Mapping[str, Item]) -> Iterator[tuple[str, str]]:
    """What replaces what, whichever of the two rubrics says so: pairs of an earlier item and a later one."""
    for item in after.values():
        yield from ((old, item.id) for old in item.replaces if old in before and item.id not in before)
    for item in before.values():
        yield from ((item.id, new) for new in item.replaces if new in after and item.id not in after)
