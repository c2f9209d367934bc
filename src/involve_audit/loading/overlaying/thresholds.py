"""Other thresholds for gates that are there, each with its reason."""

from __future__ import annotations

from involve_audit.language import _
from involve_audit.loading.grafting import Node
from involve_audit.loading.overlaying.work import Work, where
from involve_audit.loading.tree import Path
from involve_audit.model.overlay import ThresholdSet
from involve_audit.suggest import suggestion


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
