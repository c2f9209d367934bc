"""Trees put together from parts of several files, in which every value still knows its own file and line."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Any, NamedTuple

from involve_audit.errors import Problem
from involve_audit.loading.tree import Path, Tree


class Placed(NamedTuple):
    """A mark of the parser, and the tree of the file that it belongs to."""

    tree: Tree
    mark: Any


class Grafted(Tree):
    """A tree whose marks are `Placed`: a problem is told at the line of the file that the value comes from."""

    def problem_at(self, mark: Any, what: str, hint: str = "") -> Problem:
        """A problem at a mark, in its own file."""
        return mark.tree.problem_at(mark.mark, what, hint) if mark else super().problem_at(mark, what, hint)


@dataclass
class Node:
    """A value of a tree: text, or else the nodes `below` it, by key or in order. `at` and `key` are its marks."""

    value: str | None
    at: Placed | None = None
    key: Placed | None = None
    below: dict[str, Node] | list[Node] | None = None

    def keyed(self) -> dict[str, Node]:
        """The nodes below by key; none where this is no mapping."""
        return self.below if isinstance(self.below, dict) else {}

    def listed(self) -> list[Node]:
        """The nodes below in order; none where this is no list."""
        return self.below if isinstance(self.below, list) else []

    def entry(self, key: str) -> Node | None:
        """The node of a key, where there is one."""
        return self.keyed().get(key)

    def entries(self, key: str) -> list[Node]:
        """The nodes of the list of a key; none where there is no such list."""
        found = self.entry(key)
        return found.listed() if found else []

    def text(self, key: str) -> str | None:
        """The text of a key, where it has one."""
        found = self.entry(key)
        return found.value if found and isinstance(found.value, str) else None

    def put(self, key: str, node: Node) -> None:
        """Set the node of a key."""
        self.keyed()[key] = node

    def extend(self, key: str, nodes: list[Node]) -> None:
        """Add nodes to the list of a key, which is begun where there is none."""
        if nodes and self.entry(key) is None:
            self.put(key, Node(None, nodes[0].at, nodes[0].at, []))
        self.entries(key).extend(nodes)

    def drop(self, key: str, ids: Container[str]) -> None:
        """Take the entries with these ids out of the list of a key."""
        kept = [node for node in self.entries(key) if node.text("id") not in ids]
        if found := self.entry(key):
            found.below = kept


def grown(tree: Tree, path: Path = ()) -> Node:
    """The nodes of a tree, or of a part of it."""
    value: Any = tree.data
    for part in path:
        value = value[part]
    return _node(tree, path, value)


def _node(tree: Tree, path: Path, value: Any) -> Node:
    at, key = _placed(tree, tree.values.get(path)), _placed(tree, tree.keys.get(path))
    if isinstance(value, dict):
        return Node(None, at, key, {name: _node(tree, (*path, name), inside) for name, inside in value.items()})
    if isinstance(value, list):
        return Node(None, at, key, [_node(tree, (*path, number), inside) for number, inside in enumerate(value)])
    return Node(value, at, key)


def _placed(tree: Tree, mark: Any) -> Placed | None:
    if mark is None or isinstance(mark, Placed):
        return mark
    return Placed(tree, mark)


def flattened(root: Node, file: str) -> Grafted:
    """The nodes as a tree of the file that put them together."""
    tree = Grafted(file)
    tree.data = _flatten(tree, root, ())
    return tree


def _flatten(tree: Grafted, node: Node, path: Path) -> Any:
    if node.at is not None:
        tree.values[path] = node.at
    if node.key is not None:
        tree.keys[path] = node.key
    if isinstance(node.below, dict):
        return {key: _flatten(tree, inside, (*path, key)) for key, inside in node.below.items()}
    if isinstance(node.below, list):
        return [_flatten(tree, inside, (*path, number)) for number, inside in enumerate(node.below)]
    return node.value
