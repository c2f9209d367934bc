"""One overlay on its way onto the tree of the rubric that it extends, and the conflicts found on the way."""

from __future__ import annotations

from collections.abc import Iterable

from involve_audit.errors import Problem
from involve_audit.language import Words
from involve_audit.loading.overlaying.grafting import Node, grown
from involve_audit.loading.tree import Path, Tree
from involve_audit.model.overlay import Overlay

ITEM_LISTS = ("indicators", "anti_patterns")
_CONFLICTS = Words(
    {
        "taken": "the id `{id}` is taken in the rubric that is extended ({where})",
        "no_stage": "`{id}` is not a stage of the rubric that is extended",
        "no_item": "`{id}` is not an item of the rubric that is extended",
        "no_gate": "`{id}` is not a gate of the rubric that is extended",
        "no_entry": "`{id}` is not in the rubric that is extended, under `{section}`",
        "off_and_changed": "`{id}` is switched off ({where})",
        "other_side": "the gate `{id}` has `{side}` ({where})",
        "no_side": "no threshold is given for the gate `{id}`",
        "named_by_gate": "the gate `{gate}` asks for `{id}` by name ({where})",
        "needs": "a tailored rubric needs its own `{key}`",
        "translation": "a translation changes nothing but texts, and `{key}` is more",
        "nothing_to_reword": "`{id}` has no `{key}` in the rubric that is extended",
    }
)


class Work:
    """The overlay, the tree that it goes onto (`root`, changed as the work goes on), and the conflicts so far."""

    def __init__(self, tree: Tree, overlay: Overlay, base: Tree) -> None:
        self.tree = tree
        self.overlay = overlay
        self.root = grown(base)
        self.problems: list[Problem] = []

    def own(self, *path: str | int) -> Node:
        """A part of the overlay."""
        return grown(self.tree, path)

    def conflict(self, path: Path, name: str, hint: str, *, at_key: bool = True, **words: str) -> None:
        """Note a conflict at a place of the overlay."""
        self.problems.append(self.tree.problem(path, _CONFLICTS[name].format(**words), hint, at_key=at_key))

    def by_id(self, *sections: str) -> dict[str, Node]:
        """The entries of these lists, by id."""
        return _named(node for section in sections for node in self.root.entries(section))

    def gates(self) -> dict[str, Node]:
        """The gates of every stage, by id."""
        return _named(gate for stage in self.root.entries("stages") for gate in stage.entries("gates"))

    def place_of(self, *path: str) -> str:
        """The file and line of a key of the overlay."""
        return self.tree.problem(path, "", at_key=True).where


def _named(nodes: Iterable[Node]) -> dict[str, Node]:
    return {name: node for node in nodes if (name := node.text("id")) is not None}


def where(node: Node | None) -> str:
    """The file and line of a node, of whatever file it comes from."""
    mark = (node.key or node.at) if node else None
    return mark.tree.problem_at(mark.mark, "").where if mark else ""
