"""A rubric as its author wrote it: what is sound of it, and where everything stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import ValidationError

from involve_audit.errors import Problem
from involve_audit.loading.rubric import rubric_of
from involve_audit.loading.tree import Path, Tree, listed
from involve_audit.model.rubric import AntiPattern, Indicator, Item, Rubric


@dataclass(frozen=True)
class Manuscript:
    """One rubric file. `rubric` is the whole of it where the program could load it, else None, with the problems.

    `items` are the questions that are sound by themselves, whatever else is wrong; `places` says where they, and the
    gates, stand in the tree.
    """

    tree: Tree
    rubric: Rubric | None
    problems: tuple[Problem, ...]
    items: tuple[Item, ...]
    places: dict[str, Path] = field(default_factory=dict)

    def at(self, item_id: str, *below: str | int) -> Path:
        """Where a question, or something in it, stands."""
        return (*self.places[item_id], *below)


def manuscript(tree: Tree) -> Manuscript:
    """The manuscript that a tree holds."""
    rubric, problems = rubric_of(tree)
    items: list[Item] = []
    places: dict[str, Path] = {}
    data = tree.data if isinstance(tree.data, dict) else {}
    for name, model in (("indicators", Indicator), ("anti_patterns", AntiPattern)):
        for place, entry in listed(data.get(name)):
            try:
                item: Item = model.model_validate(entry)
            except ValidationError:
                continue
            items.append(item)
            places.setdefault(item.id, (name, place))
    return Manuscript(tree, rubric if not problems else None, tuple(problems), tuple(items), places)


def gate_places(tree: Tree) -> dict[str, Path]:
    """Where each gate stands, by its id."""
    return {
        str(gate.get("id")): ("stages", stage, "gates", place)
        for stage, entry in listed(tree.data.get("stages"))
        for place, gate in listed(entry.get("gates"))
    }
