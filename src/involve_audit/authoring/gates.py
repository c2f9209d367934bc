"""What is wrong with a ladder of gates, found by search (`engine.reachability`), and what it leaves without use."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.authoring.manuscript import Manuscript
from involve_audit.engine.compiled import compile_rubric
from involve_audit.engine.measures import MEASURES, SET_ASIDE
from involve_audit.engine.reachability import OutOfReach, examine
from involve_audit.language import N_, _, listed, ngettext, number
from involve_audit.loading.tree import KeyPath
from involve_audit.model.finding import Finding, Severity

_MOST_NAMED = 10
_HOW_MANY = N_("Write how many may remain, as a number: two *partly* make one.")


def gate_findings(written: Manuscript, nodes: int | None = None) -> Iterator[Finding]:
    """Everything about the gates of a rubric that loads. All searches together may open so many nodes."""
    if written.rubric is not None:
        yield from _Ladder(written, nodes).findings()


class _Ladder:
    """The gates of one rubric, what was found about them, and where they stand."""

    def __init__(self, written: Manuscript, nodes: int | None) -> None:
        assert written.rubric is not None
        self.written, self.places = written, written.gate_places
        self.stages = [stage.id for stage in written.rubric.stages]
        self.gates = {gate.id: gate for stage in written.rubric.stages for gate in stage.gates}
        self.compiled = compile_rubric(written.rubric)
        self.asked = {gate.id: gate for gates in self.compiled.gates for gate in gates}
        self.found = examine(self.compiled, nodes)

    def findings(self) -> Iterator[Finding]:
        yield from map(self._out_of_reach, self.found.out_of_reach)
        yield from map(self._passed_over, self.found.passed_over)
        yield from map(self._never_fails, self.found.never_fails)
        for gate, by in self.found.pointless:
            yield self._pointless(gate, by)
        yield from map(self._unsettled_gate, self.found.unsettled)
        yield from map(self._unsettled_stage, self.found.unsettled_stages)
        for gate_id in self.gates:
            yield from self._percentage(gate_id)
        yield from self._without_use()

    def _without_use(self) -> Iterator[Finding]:
        """Questions that can never change a stage. An indicator among them is still shown in the grid."""
        linking = {item for item, _targets in (*self.compiled.limits, *self.compiled.implies)}
        ladders = (self.compiled.gates, self.compiled.alternative_gates or ())
        used = linking.union(item for ladder in ladders for gates in ladder for gate in gates for item in gate.items)
        for place, item in enumerate(self.compiled.items):
            if place not in used:
                what = _("`{id}` can never change a stage: no gate looks at it, and it limits or implies nothing")
                hint = _("Let a gate select it, or take it out: every question costs people time.")
                yield self.written.finding("item-used", self.written.at(item.id, "id"), what.format(id=item.id), hint)

    def _threshold(self, gate_id: str) -> tuple[KeyPath, str]:
        """Where the threshold of a gate stands, and what is written there."""
        gate = self.gates[gate_id]
        side = "at_least" if gate.at_least is not None else "at_most"
        return (*self.places[gate_id], side), (gate.at_least or gate.at_most or "").strip()

    def _out_of_reach(self, gap: OutOfReach) -> Finding:
        place, written = self._threshold(gap.gate)
        count = len(self.asked[gap.gate].items)
        what = ngettext(
            "no answers can reach `{stage}`: the gate `{gate}` asks for at least {asked}, "
            "and its {count} question comes to {best} at best",
            "no answers can reach `{stage}`: the gate `{gate}` asks for at least {asked}, "
            "and its {count} questions come to {best} at best",
            count,
        ).format(stage=gap.stage, gate=gap.gate, asked=written, count=number(count), best=number(gap.figure or 0.0))
        hint = self._meant_as_percentage(written) or _("Ask for less, or let the gate look at more questions.")
        return self.written.finding("stage-in-reach", place, what, hint)

    def _meant_as_percentage(self, written: str) -> str:
        if written.isdecimal() and 10 <= int(written) <= 100:
            return _("Did you mean `measure: share` and `at_least: {written}%`?").format(written=written)
        return ""

    def _passed_over(self, stage: str) -> Finding:
        above = self.stages[self.stages.index(stage) + 1]
        what = _("no audit can end at `{stage}`: whoever reaches it meets every gate of `{above}` as well")
        hint = _("Ask for more at `{above}`, or make one stage of the two.").format(above=above)
        place = ("stages", self.stages.index(stage), "id")
        return self.written.finding("stage-can-be-the-result", place, what.format(stage=stage, above=above), hint)

    def _never_fails(self, gate_id: str) -> Finding:
        place, _written = self._threshold(gate_id)
        gate = self.asked[gate_id]
        row = MEASURES[gate.measure]
        if row.looks_at == SET_ASIDE:
            possible = sum(self.compiled.items[item].may_be_set_aside for item in gate.items)
            what = _("the gate `{gate}` can never fail: of its {count} questions only {possible} may be set aside")
            what = what.format(gate=gate_id, count=number(len(gate.items)), possible=number(possible))
            hint = _("Lower the threshold, or keep the gate for the day when more questions may be set aside.")
        elif not row.is_proportion and not gate.at_least:
            what = _("the gate `{gate}` can never fail: its {count} questions come to {count} at most")
            what = what.format(gate=gate_id, count=number(len(gate.items)))
            hint = _(_HOW_MANY)
        else:
            what = _("the gate `{gate}` can never fail: it holds with the worst answers").format(gate=gate_id)
            hint = _("Ask for more, or take the gate out.")
        return self.written.finding("gate-can-fail", place, what, hint)

    def _pointless(self, gate_id: str, by: tuple[str, ...]) -> Finding:
        names = [
            _("`{gate}` ({where})").format(gate=other, where=self.written.tree.problem(self.places[other], "").where)
            for other in by[:_MOST_NAMED]
        ]
        if left := len(by[_MOST_NAMED:]):
            names.append(ngettext("{count} other", "{count} others", left).format(count=number(left)))
        what = ngettext(
            "the gate `{gate}` can never decide: it holds wherever {others} holds",
            "the gate `{gate}` can never decide: it holds wherever {others} hold",
            len(by),
        ).format(gate=gate_id, others=listed(names))
        if not by:
            what = _("the gate `{gate}` can never decide: it holds wherever all others up to its stage hold")
            what = what.format(gate=gate_id)
        hint = _("Take it out, or let it ask for more.")
        return self.written.finding("gate-can-decide", (*self.places[gate_id], "id"), what, hint)

    def _unsettled_gate(self, gate_id: str) -> Finding:
        what = _("whether the gate `{gate}` can ever decide is not known: the check was cut off after {nodes} steps")
        place = (*self.places[gate_id], "id")
        return self._cut_off("gate-can-decide", place, what.format(gate=gate_id, nodes=number(self.found.nodes)))

    def _unsettled_stage(self, stage: str) -> Finding:
        what = _("whether an audit can end at `{stage}` is not known: the check was cut off after {nodes} steps")
        place = ("stages", self.stages.index(stage), "id")
        return self._cut_off("stage-can-be-the-result", place, what.format(stage=stage, nodes=number(self.found.nodes)))

    def _cut_off(self, rule: str, place: KeyPath, what: str) -> Finding:
        hint = _("This is no pass. Let it search longer with --budget {nodes}, or make the gates simpler.")
        problem = self.written.tree.problem(place, what, hint.format(nodes=self.found.nodes * 10))
        return Finding(rule, Severity.unsettled, problem)

    def _percentage(self, gate_id: str) -> Iterator[Finding]:
        place, written = self._threshold(gate_id)
        gate = self.asked[gate_id]
        if not written.endswith("%"):
            return
        if not MEASURES[gate.measure].is_proportion:
            what = _("`{written}` is {points} here: `points` are added up")
            what = what.format(written=written, points=number(gate.threshold))
            hint = _("For a part of what is possible, write `measure: share`. Otherwise write a number.")
            if not gate.at_least:
                hint = _(_HOW_MANY)
            yield self.written.finding("percentage", place, what, hint)
        elif 0 < gate.threshold < 0.01:
            what = _("`{written}` is less than one in a hundred").format(written=written)
            hint = _("Did you mean `{meant}%`?").format(meant=number(gate.threshold * 10_000))
            yield self.written.finding("percentage", place, what, hint)
