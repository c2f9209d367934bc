"""An overlay put on the rubric that it extends: one tree, in which every value knows its own file and line.

Whatever an overlay says about something that is not there, or that another part of it says otherwise, is a conflict,
told with both places.
"""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.errors import Problem
from involve_audit.language import _
from involve_audit.loading.overlaying.grafting import Node, flattened
from involve_audit.loading.overlaying.work import ITEM_LISTS, Work, where
from involve_audit.loading.tree import Path, Tree
from involve_audit.model.overlay import ORIGINALS, Overlay, ThresholdSet
from involve_audit.suggest import suggestion

_OF_A_TAILORED_RUBRIC = ("title", "summary", "minimum_answered", "switch_off", "add", "thresholds", "scenarios")


def overlaid(tree: Tree, overlay: Overlay, base: Tree) -> tuple[Tree, list[Problem]]:
    """The tree of `base` with everything of the overlay in it, and every conflict.

    `tree` is that of the overlay. A translation stays the rubric that it translates: its id, version and scenarios.
    """
    work = Work(tree, overlay, base)
    if overlay.language is None:
        _make_it_another_rubric(work)
    else:
        _refuse_more_than_texts(work)
        _take(work, "language")
    for step in (add, set_thresholds, reword, switch_off):
        step(work)
    return flattened(work.root, tree.file), work.problems


def _make_it_another_rubric(work: Work) -> None:
    for key in ("title", "because"):
        if getattr(work.overlay, key) is None:
            hint = _("Add `{key}:`. Readers of a report have to see that it is not the original, and why.")
            work.conflict(("extends",), "needs", hint.format(key=key), key=key)
    for key in ("id", "version", "title", "summary", "minimum_answered"):
        _take(work, key)
    work.root.put("scenarios", Node(None, below=[]))
    _take(work, "scenarios")


def _refuse_more_than_texts(work: Work) -> None:
    for key in _OF_A_TAILORED_RUBRIC:
        if key in work.tree.data:
            hint = _("Words go into `texts`. Everything else goes into an overlay without `language`.")
            work.conflict((key,), "translation", hint, key=key)


def _take(work: Work, key: str) -> None:
    if key in work.tree.data:
        work.root.put(key, work.own(key))


_SECTIONS = ("beyond_the_source", "sources", "perspectives", "themes", *ITEM_LISTS, "glossary", "resources")


def add(work: Work) -> None:
    """Add everything of the overlay's `add`."""
    if "add" not in work.tree.data:
        return
    added = work.own("add")
    for section in _SECTIONS:
        known = work.by_id(*(ITEM_LISTS if section in ITEM_LISTS else (section,)))
        _refuse_taken(work, ("add", section), added.entries(section), known)
        work.root.extend(section, added.entries(section))
    _add_gates(work, added.entry("gates"))


def _add_gates(work: Work, by_stage: Node | None) -> None:
    stages, taken = work.by_id("stages"), work.gates()
    for stage, gates in (by_stage.keyed() if by_stage else {}).items():
        path: Path = ("add", "gates", stage)
        if stage not in stages:
            work.conflict(path, "no_stage", suggestion(stage, stages), id=stage)
        else:
            _refuse_taken(work, path, gates.listed(), taken)
            stages[stage].extend("gates", gates.listed())


def _refuse_taken(work: Work, path: Path, nodes: list[Node], known: dict[str, Node]) -> None:
    for number, node in enumerate(nodes):
        name = node.text("id")
        if name in known:
            hint = _("Choose another id. To change what is there, use `texts`, `thresholds` or `switch_off`.")
            place = where(known[name].entry("id"))
            work.conflict((*path, number, "id"), "taken", hint, at_key=False, id=name, where=place)


_ONE_OF_A_KIND = ("rubric", "planning")
_NAMED_BY = {"glossary": "term", "resources": "title"}


def reword(work: Work) -> None:
    """Put in everything of the overlay's `texts`."""
    for section in work.own("texts").keyed() if "texts" in work.tree.data else ():
        known = targets(work, section)
        path: Path = ("texts", section)
        if section in _ONE_OF_A_KIND:
            _reword(work, path, section, known)
        else:
            for name in work.own(*path).keyed():
                _reword(work, (*path, name), name, known)


def targets(work: Work, section: str) -> dict[str, Node]:
    """What the texts of a section may belong to, by the name that they are given there."""
    if section == "rubric":
        return {section: work.root}
    if section == "planning":
        found = work.root.entry(section)
        return {section: found} if found else {}
    if section == "gates":
        return work.gates()
    if section == "items":
        return work.by_id(*ITEM_LISTS)
    named_by = _NAMED_BY.get(section, "id")
    return {name: node for node in work.root.entries(section) if (name := node.text(named_by)) is not None}


def _reword(work: Work, path: Path, name: str, known: dict[str, Node]) -> None:
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


def _reword_text(work: Work, path: Path, name: str, target: Node, words: Node) -> None:
    key = str(path[-1])
    old = target.entry(key)
    if old is None and work.overlay.language is not None:
        hint = _("A translation has the texts that the original has. Take it out.")
        work.conflict(path, "nothing_to_reword", hint, id=name, key=key)
    elif old is not None and old.keyed():
        old.below = {**old.keyed(), **words.keyed()}
    else:
        target.put(key, words)


def switch_off(work: Work) -> None:
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


def _refuse_gates_that_name(work: Work) -> None:
    for gate_id, gate in work.gates().items():
        selector = gate.entry("items")
        for name in words(selector.entry("ids") if selector else None):
            if name in work.overlay.switch_off.items:
                hint = _("Keep the item, or switch off the gate too, with a reason.")
                place = where(selector)
                work.conflict(("switch_off", "items", name), "named_by_gate", hint, gate=gate_id, id=name, where=place)


def _forget(work: Work, item: Node) -> None:
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


def set_thresholds(work: Work) -> None:
    """Set everything of the overlay's `thresholds`."""
    gates = work.gates()
    for name, wanted in work.overlay.thresholds.items():
        path: Path = ("thresholds", name)
        if name not in gates:
            work.conflict(path, "no_gate", suggestion(name, gates), id=name)
        elif name in work.overlay.switch_off.gates:
            place = work.place_of("switch_off", "gates", name)
            work.conflict(path, "off_and_changed", _("Take out one of the two."), id=name, where=place)
        else:
            _set(work, path, name, gates[name], wanted)


def _set(work: Work, path: Path, name: str, gate: Node, wanted: ThresholdSet) -> None:
    side, other = ("at_least", "at_most") if gate.entry("at_least") else ("at_most", "at_least")
    if getattr(wanted, other) is not None:
        hint = _("Write `{side}: …`. A threshold stays on its side.").format(side=side)
        work.conflict((*path, other), "other_side", hint, id=name, side=side, where=where(gate.entry(side)))
    elif getattr(wanted, side) is None:
        work.conflict(path, "no_side", _("Add `{side}: …`.").format(side=side), id=name)
    else:
        gate.put(side, work.own(*path, side))
        gate.put("because", work.own(*path, "because"))
