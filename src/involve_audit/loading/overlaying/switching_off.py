"""What an overlay leaves out: items and gates, each with a reason. No gate that stays is weakened without a word."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.language import _
from involve_audit.loading.grafting import Node
from involve_audit.loading.overlaying.work import ITEM_LISTS, Work, where
from involve_audit.suggest import suggestion


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
