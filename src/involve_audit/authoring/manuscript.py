"""A rubric as its author wrote it: what is sound of it, and where everything stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import ValidationError

from involve_audit.loading.rubric import ReadRubric
from involve_audit.loading.tree import Path, Tree, listed
from involve_audit.model.overlay import Overlay
from involve_audit.model.rubric import AntiPattern, Indicator, Item, Rubric


@dataclass(frozen=True)
class Manuscript:
    """One rubric file.

    `items` are the questions that are sound by themselves, whatever else is wrong; `places` says where they, and the
    gates, stand in the tree.
    """

    read: ReadRubric
    items: tuple[Item, ...]
    places: dict[str, Path] = field(default_factory=dict)

    @property
    def tree(self) -> Tree:
        """The tree of the whole rubric: of an overlay, together with what it extends."""
        return self.read.tree

    @property
    def in_part(self) -> bool:
        """Whether this is an overlay that could not be put together with anything."""
        return self.read.own is self.read.tree

    @property
    def rubric(self) -> Rubric | None:
        """The whole rubric, where the program could load it."""
        return self.read.source.content if self.read.source else None

    @property
    def own(self) -> Tree:
        """The tree of the file itself."""
        return self.read.own or self.read.tree

    @property
    def overlay(self) -> Overlay | None:
        return self.read.overlay

    @property
    def base(self) -> ReadRubric | None:
        """What an overlay extends."""
        return self.read.base

    def at(self, item_id: str, *below: str | int) -> Path:
        """Where a question, or something in it, stands."""
        return (*self.places[item_id], *below)


def manuscript(read: ReadRubric) -> Manuscript:
    """The manuscript of a file that was read."""
    items: list[Item] = []
    places: dict[str, Path] = {}
    data = read.tree.data if isinstance(read.tree.data, dict) else {}
    for name, model in (("indicators", Indicator), ("anti_patterns", AntiPattern)):
        for place, entry in listed(data.get(name)):
            try:
                item: Item = model.model_validate(entry)
            except ValidationError:
                continue
            items.append(item)
            places.setdefault(item.id, (name, place))
    return Manuscript(read, tuple(items), places)


def gate_places(tree: Tree) -> dict[str, Path]:
    """Where each gate stands, by its id."""
    return {
        str(gate.get("id")): ("stages", stage, "gates", place)
        for stage, entry in listed(tree.data.get("stages"))
        for place, gate in listed(entry.get("gates"))
    }
