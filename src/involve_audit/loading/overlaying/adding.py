"""What an overlay puts on top: questions, gates, perspectives, themes and the rest. Nothing is written over."""

from __future__ import annotations

from involve_audit.language import _
from involve_audit.loading.grafting import Node
from involve_audit.loading.overlaying.work import ITEM_LISTS, Work, where
from involve_audit.loading.tree import Path
from involve_audit.suggest import suggestion

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
