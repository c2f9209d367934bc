"""An overlay put on the rubric that it extends: one tree, in which every value knows its own file and line.

Whatever an overlay says about something that is not there, or that another part of it says otherwise, is a conflict,
told with both places.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from involve_audit.errors import MOST_PROBLEMS, Problem, suggestion
from involve_audit.language import Words, _
from involve_audit.loading.files import digest
from involve_audit.loading.tree import KeyPath, TooMuch, Tree, listed
from involve_audit.loading.validation import keys_at
from involve_audit.model.overlay import ORIGINALS, Overlay, ThresholdSet, Wordings


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


def grown(tree: Tree, path: KeyPath = ()) -> Node:
    """The nodes of a tree, or of a part of it."""
    value: Any = tree.data
    for part in path:
        value = value[part]
    return _node(tree, path, value)


def _node(tree: Tree, path: KeyPath, value: Any) -> Node:
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


def _flatten(tree: Grafted, node: Node, path: KeyPath) -> Any:
    if node.at is not None:
        tree.values[path] = node.at
    if node.key is not None:
        tree.keys[path] = node.key
    if isinstance(node.below, dict):
        return {key: _flatten(tree, inside, (*path, key)) for key, inside in node.below.items()}
    if isinstance(node.below, list):
        return [_flatten(tree, inside, (*path, number)) for number, inside in enumerate(node.below)]
    return node.value


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


class Overlaying:
    """The overlay, the tree that it goes onto (`root`, changed as the work goes on), and the conflicts so far."""

    def __init__(self, tree: Tree, overlay: Overlay, base: Tree) -> None:
        self.tree = tree
        self.overlay = overlay
        self.root = grown(base)
        self.problems: list[Problem] = []

    def own(self, *path: str | int) -> Node:
        """A part of the overlay."""
        return grown(self.tree, path)

    def conflict(self, path: KeyPath, name: str, hint: str, *, at_key: bool = True, **words: str) -> None:
        """Note a conflict at a place of the overlay. Raises `TooMuch` once there are more than will be told."""
        self.problems.append(self.tree.problem(path, _CONFLICTS[name].format(**words), hint, at_key=at_key))
        if len(self.problems) > MOST_PROBLEMS:
            raise TooMuch

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


_OF_A_TAILORED_RUBRIC = ("title", "summary", "minimum_answered", "switch_off", "add", "thresholds", "scenarios")


def overlaid(tree: Tree, overlay: Overlay, base: Tree) -> tuple[Tree, list[Problem]]:
    """The tree of `base` with everything of the overlay in it, and every conflict; of very many, the first.

    `tree` is that of the overlay. A translation stays the rubric that it translates: its id, version and scenarios.
    """
    work = Overlaying(tree, overlay, base)
    work.root.keyed().pop("allow", None)  # what its author allows there
    _take(work, "allow")
    with suppress(TooMuch):
        if overlay.language is None:
            _make_it_another_rubric(work)
        else:
            _refuse_more_than_texts(work)
            _take(work, "language")
        for step in (add, set_thresholds, reword, switch_off):
            step(work)
    return flattened(work.root, tree.file), work.problems


def _make_it_another_rubric(work: Overlaying) -> None:
    for key in ("title", "because"):
        if getattr(work.overlay, key) is None:
            hint = _("Add `{key}:`. Readers of a report have to see that it is not the original, and why.")
            work.conflict(("extends",), "needs", hint.format(key=key), key=key)
    for key in ("id", "version", "title", "summary", "minimum_answered"):
        _take(work, key)
    work.root.put("scenarios", Node(None, below=[]))
    _take(work, "scenarios")


def _refuse_more_than_texts(work: Overlaying) -> None:
    for key in _OF_A_TAILORED_RUBRIC:
        if key in work.tree.data:
            hint = _("Words go into `texts`. Everything else goes into an overlay without `language`.")
            work.conflict((key,), "translation", hint, key=key)


def _take(work: Overlaying, key: str) -> None:
    if key in work.tree.data:
        work.root.put(key, work.own(key))


_SECTIONS = ("beyond_the_source", "sources", "perspectives", "themes", *ITEM_LISTS, "glossary", "resources")


def add(work: Overlaying) -> None:
    """Add everything of the overlay's `add`."""
    if "add" not in work.tree.data:
        return
    added = work.own("add")
    for section in _SECTIONS:
        known = work.by_id(*(ITEM_LISTS if section in ITEM_LISTS else (section,)))
        _refuse_taken(work, ("add", section), added.entries(section), known)
        work.root.extend(section, added.entries(section))
    _add_gates(work, added.entry("gates"))


def _add_gates(work: Overlaying, by_stage: Node | None) -> None:
    stages, taken = work.by_id("stages"), work.gates()
    for stage, gates in (by_stage.keyed() if by_stage else {}).items():
        path: KeyPath = ("add", "gates", stage)
        if stage not in stages:
            work.conflict(path, "no_stage", suggestion(stage, stages), id=stage)
        else:
            _refuse_taken(work, path, gates.listed(), taken)
            stages[stage].extend("gates", gates.listed())


def _refuse_taken(work: Overlaying, path: KeyPath, nodes: list[Node], known: dict[str, Node]) -> None:
    for number, node in enumerate(nodes):
        name = node.text("id")
        if name in known:
            hint = _("Choose another id. To change what is there, use `texts`, `thresholds` or `switch_off`.")
            place = where(known[name].entry("id"))
            work.conflict((*path, number, "id"), "taken", hint, at_key=False, id=name, where=place)


_ONE_OF_A_KIND = ("rubric", "words", "planning")
_NAMED_BY = {"glossary": "term", "resources": "title"}


def reword(work: Overlaying) -> None:
    """Put in everything of the overlay's `texts`."""
    for section in work.own("texts").keyed() if "texts" in work.tree.data else ():
        known = targets(work, section)
        path: KeyPath = ("texts", section)
        if section in _ONE_OF_A_KIND:
            _reword(work, path, section, known)
        else:
            for name in work.own(*path).keyed():
                _reword(work, (*path, name), name, known)


def targets(work: Overlaying, section: str) -> dict[str, Node]:
    """What the texts of a section may belong to, by the name that they are given there."""
    if section == "rubric":
        return {section: work.root}
    if section == "words" and work.overlay.language is None and work.root.entry(section) is None:
        work.root.put(section, Node(None, below={}))
    if section in _ONE_OF_A_KIND:
        found = work.root.entry(section)
        return {section: found} if found else {}
    if section == "gates":
        return work.gates()
    if section == "items":
        return work.by_id(*ITEM_LISTS)
    named_by = _NAMED_BY.get(section, "id")
    return {name: node for node in work.root.entries(section) if (name := node.text(named_by)) is not None}


def _reword(work: Overlaying, path: KeyPath, name: str, known: dict[str, Node]) -> None:
    section = str(path[1])
    off = getattr(work.overlay.switch_off, section, {}) if section in ("items", "gates") else {}
    if name not in known:
        work.conflict(path, "no_entry", suggestion(name, known), id=name, section=section)
    elif name in off:
        place = work.place_of("switch_off", section, name)
        work.conflict(path, "off_and_changed", _("Take out one of the two."), id=name, where=place)
    else:
        for key, words in work.own(*path).keyed().items():
            if key != ORIGINALS:
                _reword_text(work, (*path, key), name, known[name], words)


def _reword_text(work: Overlaying, path: KeyPath, name: str, target: Node, words: Node) -> None:
    key = str(path[-1])
    old = target.entry(key)
    if old is None and work.overlay.language is not None and key != "also":
        hint = _("A translation has the texts that the original has. Take it out.")
        work.conflict(path, "nothing_to_reword", hint, id=name, key=key)
    elif old is not None and old.keyed():
        old.below = {**old.keyed(), **words.keyed()}
    else:
        target.put(key, words)


def switch_off(work: Overlaying) -> None:
    """Take out everything of the overlay's `switch_off`, and the links to it from what stays."""
    off = work.overlay.switch_off
    for section, known, name in (("items", work.by_id(*ITEM_LISTS), "no_item"), ("gates", work.gates(), "no_gate")):
        for wanted in getattr(off, section):
            if wanted not in known:
                work.conflict(("switch_off", section, wanted), name, suggestion(wanted, known), id=wanted)
    for stage in work.root.entries("stages"):
        stage.drop("gates", off.gates)
    for items in ITEM_LISTS:
        work.root.drop(items, off.items)
    _refuse_gates_that_name(work)
    for node in work.by_id(*ITEM_LISTS).values():
        _forget(work, node)


def _refuse_gates_that_name(work: Overlaying) -> None:
    for gate_id, gate in work.gates().items():
        selector = gate.entry("items")
        for name in words(selector.entry("ids") if selector else None):
            if name in work.overlay.switch_off.items:
                hint = _("Keep the item, or switch off the gate too, with a reason.")
                place = where(selector)
                work.conflict(("switch_off", "items", name), "named_by_gate", hint, gate=gate_id, id=name, where=place)


def _forget(work: Overlaying, item: Node) -> None:
    """Take what is switched off out of what an item of the original limits and implies."""
    for link in ("limits", "implies"):
        found = item.entry(link)
        if found is None or found.at is None or found.at.tree is work.tree:
            continue
        kept = [name for name in words(found) if name not in work.overlay.switch_off.items]
        item.put(link, Node(None, found.at, found.key, [Node(name, found.at) for name in kept]))


def words(node: Node | None) -> Iterator[str]:
    """The words of a node that is one word or a list of words."""
    if node is not None:
        yield from (inside.value for inside in (node.listed() or [node]) if inside.value)


def set_thresholds(work: Overlaying) -> None:
    """Set everything of the overlay's `thresholds`."""
    gates = work.gates()
    for name, wanted in work.overlay.thresholds.items():
        path: KeyPath = ("thresholds", name)
        if name not in gates:
            work.conflict(path, "no_gate", suggestion(name, gates), id=name)
        elif name in work.overlay.switch_off.gates:
            place = work.place_of("switch_off", "gates", name)
            work.conflict(path, "off_and_changed", _("Take out one of the two."), id=name, where=place)
        else:
            _set(work, path, name, gates[name], wanted)


def _set(work: Overlaying, path: KeyPath, name: str, gate: Node, wanted: ThresholdSet) -> None:
    side, other = ("at_least", "at_most") if gate.entry("at_least") else ("at_most", "at_least")
    if getattr(wanted, other) is not None:
        hint = _("Write `{side}: …`. A threshold stays on its side.").format(side=side)
        work.conflict((*path, other), "other_side", hint, id=name, side=side, where=where(gate.entry(side)))
    elif getattr(wanted, side) is None:
        work.conflict(path, "no_side", _("Add `{side}: …`.").format(side=side), id=name)
    else:
        gate.put(side, work.own(*path, side))
        gate.put("because", work.own(*path, "because"))


class OriginalText(NamedTuple):
    """One text, or texts in a list or by name, that stands at `path` of an overlay's `texts`, under `key`."""

    path: KeyPath
    key: str
    value: Any

    @property
    def digest(self) -> str:
        return text_digest(self.value)


def texts_of(tree: Tree) -> Iterator[OriginalText]:
    """The texts of a rubric's tree, section by section, in the rubric's order."""
    for section in keys_at(Wordings, ()):
        for path, entry in _entries(tree.data, section):
            keys = keys_at(Wordings, path)
            yield from (OriginalText(path, key, entry[key]) for key in keys if key != ORIGINALS and entry.get(key))


def _entries(data: dict[str, Any], section: str) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """What the texts of a section belong to, each with its path in `texts`."""
    if section == "rubric":
        yield (section,), data
    elif section in _ONE_OF_A_KIND:
        if isinstance(data.get(section), dict):
            yield (section,), data[section]
    elif section == "gates":
        for _place, stage in listed(data.get("stages")):
            yield from _by_name(section, stage.get("gates"))
    elif section == "items":
        yield from _by_name(section, data.get("indicators"))
        yield from _by_name(section, data.get("anti_patterns"))
    else:
        yield from _by_name(section, data.get(section))


def _by_name(section: str, entries: Any) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    for _place, entry in listed(entries):
        yield (section, str(entry.get(_NAMED_BY.get(section, "id")))), entry


_LENGTH = 10


def text_digest(value: Any) -> str:
    """The digest of a text, a list of texts or texts by name; where its lines are broken does not matter."""
    return digest("\n".join(_lines(value)).encode())[:_LENGTH]


def _lines(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [f"{key}: {line}" for key, inside in value.items() for line in _lines(inside)]
    if isinstance(value, list | tuple):
        return [line for inside in value for line in _lines(inside)]
    return [" ".join(str(value).split())]
