"""Two rounds of one audit for the tests: of one rubric, or of two versions of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from hypothesis import strategies as st
from tests.unit.engine.building import load
from tests.unit.engine.strategies import rubric_models, views_of

from involve_audit.engine.comparing.comparison import Comparison, compare
from involve_audit.engine.comparing.round import People, Round
from involve_audit.engine.compiled import CompiledView, compile_rubric
from involve_audit.engine.score import Score
from involve_audit.model.rubric import Rubric, Sourced, fingerprint
from involve_audit.model.view import Action, Audit, Subject, View

THEN, NOW = date(2025, 11, 10), date(2026, 11, 9)


class Rounds(NamedTuple):
    """Two rubrics, which may be the same, and the views of two rounds."""

    old: Rubric
    new: Rubric
    before: list[CompiledView]
    after: list[CompiledView]

    def compared(self) -> Comparison:
        return compared(self.old, self.before, self.new, self.after)

    def mirrored(self) -> Rounds:
        return Rounds(self.new, self.old, self.after, self.before)


def compared(
    old: Rubric,
    before: Sequence[CompiledView],
    new: Rubric,
    after: Sequence[CompiledView],
    agreed: Sequence[Action] = (),
    agreed_now: Sequence[Action] = (),
    people: dict[str, People] | None = None,
    people_now: dict[str, People] | None = None,
) -> Comparison:
    """What the comparison of two rounds says."""
    then = round_of(old, before, THEN, agreed, people or {})
    return compare(then, round_of(new, after, NOW, agreed_now, people_now or {}))


def round_of(
    model: Rubric,
    views: Sequence[CompiledView],
    day: date,
    agreed: Sequence[Action] = (),
    people: Mapping[str, People] = MappingProxyType({}),
) -> Round:
    """One round: these views of a rubric, on a day, with what was agreed and who took part."""
    said = View.unchecked(actions=tuple(agreed))
    rubric = Sourced(model, "rubric.yaml", str(hash(repr(model))))
    audit = Audit("audit", Subject(name="Somewhere"), day, (Sourced(said, "view.yaml", ""),), rubric)
    score = Score(compile_rubric(model), views)
    return Round("audit", audit, score, people, frozenset({model.id}), fingerprint(rubric))


@st.composite
def rounds_of_one_rubric(draw: st.DrawFn) -> Rounds:
    """Two rounds under the same rubric."""
    model = draw(rubric_models())
    return Rounds(model, model, draw(views_of(model)), draw(views_of(model)))


@st.composite
def rounds_of_two_versions(draw: st.DrawFn) -> Rounds:
    """Two rounds, each under its own version of a rubric: the later may lack, replace, add and ask anything."""
    old = draw(rubric_models())
    new = draw(later_versions(old))
    return Rounds(old, new, draw(views_of(old)), draw(views_of(new)))


@st.composite
def later_versions(draw: st.DrawFn, old: Rubric) -> Rubric:
    """A rubric that followed another one."""
    data = old.as_tree()
    data["version"] = draw(st.sampled_from(["1.0.1", "1.1.0", "2.0.0"]))
    fates = {item.id: draw(st.sampled_from(["kept", "kept", "kept", "replaced", "gone"])) for item in old.items}
    if all(fate == "gone" for fate in fates.values()):
        fates[next(iter(fates))] = "kept"
    names = {item: f"{item}-anew" if fate == "replaced" else item for item, fate in fates.items() if fate != "gone"}
    for group in ("indicators", "anti_patterns"):
        data[group] = [_followed(item, names) for item in data.get(group, []) if item["id"] in names]
    if not data["indicators"]:
        data["indicators"] = [_followed(old.indicators[0].as_tree(), {}) | {"id": "instead"}]
    if draw(st.booleans()):
        data["indicators"].append(data["indicators"][0] | {"id": "added", "replaces": [], "implies": []})
    for stage in data["stages"][1:]:
        stage["gates"] = [_gate(draw, gate, data) for gate in stage["gates"]]
    return load(json.dumps(data).encode())


def _followed(item: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """An item of the later version, its references to those that are still there by their new names."""
    links = {key: [names[name] for name in item.get(key, ()) if name in names] for key in ("limits", "implies")}
    links = {key: value for key, value in links.items() if value}
    plain = {key: value for key, value in item.items() if key not in ("limits", "implies")}
    new = names.get(item["id"], item["id"])
    return plain | links | {"id": new} | ({"replaces": [item["id"]]} if new != item["id"] else {})


def _gate(draw: st.DrawFn, gate: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """A gate over every item that it may look at, perhaps with another threshold."""
    higher = gate.get("at_least") is not None
    kinds = ("practice", "achievement") if higher else ("deficit", "anti-pattern")
    there = [item["kind"] for item in data["indicators"]] + ["anti-pattern"] * len(data["anti_patterns"])
    if gate["measure"] in ("heard", "not-applicable") or not set(kinds) & set(there):
        kinds = ("practice", "achievement", "deficit", "anti-pattern")
        if gate["measure"] != "heard":
            gate = {"id": gate["id"], "because": gate["because"], "measure": "not-applicable", "at_most": "50%"}
    gate = gate | {"items": {"kind": list(kinds)}}
    side = "at_least" if "at_least" in gate else "at_most"
    return gate | {side: draw(st.sampled_from([gate[side], "0.5"]))}
