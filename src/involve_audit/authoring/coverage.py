"""How much of a rubric its scenarios try: which gates none of them fails, and which stages none comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from involve_audit.authoring.manuscript import Manuscript, gate_places
from involve_audit.authoring.playing import Played
from involve_audit.engine.compiled import CompiledRubric
from involve_audit.engine.failing import can_fail
from involve_audit.engine.reachability import NODES
from involve_audit.engine.search import Budget
from involve_audit.language import N_, _, ngettext, number
from involve_audit.model.finding import Finding, Rule, Severity
from involve_audit.render.vocabulary import counted

GATES_TRIED, STAGES_TRIED, SOME = "gates-tried", "stages-tried", "scenarios"
RULES = {
    SOME: Rule(Severity.error, N_("There are scenarios")),
    GATES_TRIED: Rule(Severity.warning, N_("Every gate fails in some scenario")),
    STAGES_TRIED: Rule(Severity.warning, N_("Every stage is reached by some scenario")),
}
_MOST_NAMED = 5


def no_scenarios(written: Manuscript) -> Finding:
    what = _("this rubric has no scenarios, so nothing was tested")
    hint = _("Add `scenarios:`: for each stage some answers that should come to it, and some that should just miss it.")
    return Finding(SOME, Severity.error, written.tree.problem(("id",), what, hint))


def not_tried(written: Manuscript, rubric: CompiledRubric, found: list[Played]) -> Iterator[Finding]:
    places, fails = gate_places(written.tree), _fails(found)
    for gate in (gate for gates in rubric.gates for gate in gates):
        if not fails[gate.id]:
            what = _("no scenario fails the gate `{gate}`").format(gate=gate.id)
            hint = _("Add one with answers that just miss it, and expect the stage below.")
            never = can_fail(rubric, gate, [], Budget(NODES)) is None
            if never:
                hint = _("No answers fail it: see what `rubric check` says about it.")
            problem = written.tree.problem((*places[gate.id], "id"), what, hint)
            if not never or problem.path == written.own.file:
                yield Finding(GATES_TRIED, Severity.warning, problem)
    reached = {one.result.floor for one in found}
    for number_of_it, stage in enumerate(rubric.stages):
        if stage not in reached:
            what = _("no scenario comes to the stage `{stage}`").format(stage=stage)
            hint = _("Add one with answers that reach it.")
            problem = written.tree.problem(("stages", number_of_it, "id"), what, hint)
            yield Finding(STAGES_TRIED, Severity.warning, problem)


def _fails(found: list[Played]) -> Counter[str]:
    """In how many scenarios each gate fails."""
    return Counter(gate.id for one in found for gate in one.result.gates if not gate.holds)


def coverage_notes(rubric: CompiledRubric, found: list[Played], tried: list[Played]) -> Iterator[str]:
    """How much of the rubric is covered by all that was tried."""
    if not found:
        return
    gates = [gate.id for gates in rubric.gates for gate in gates]
    failing, alone = _fails(tried), {gate for one in tried if (gate := _only_one_failing(rubric, one))}
    good = sum(one.as_expected for one in found)
    count = ngettext(
        "{good} of {count} scenario comes to the stage that it expects.",
        "{good} of {count} scenarios come to the stage that they expect.",
        len(found),
    )
    yield count.format(good=number(good), count=number(len(found)))
    yield _("{failing} of {count} gates fail in some scenario; {alone} of them decide one alone.").format(
        failing=number(len(failing)), count=number(len(gates)), alone=number(len(alone))
    )
    if never_alone := [f"`{gate}`" for gate in gates if failing[gate] and gate not in alone]:
        more = [counted("more", len(never_alone) - _MOST_NAMED)] if len(never_alone) > _MOST_NAMED else []
        yield _("Never alone: {gates}. A scenario that only this gate holds back would show what it is for.").format(
            gates=", ".join([*never_alone[:_MOST_NAMED], *more])
        )


def _only_one_failing(rubric: CompiledRubric, one: Played) -> str | None:
    """The gate without which a scenario would come to the next stage; None where there are several, or none."""
    above = rubric.stages.index(one.result.floor) + 1
    if above == len(rubric.stages):
        return None
    failing = [gate.id for gate in one.result.gates if gate.stage == rubric.stages[above] and not gate.holds]
    return failing[0] if len(failing) == 1 else None
