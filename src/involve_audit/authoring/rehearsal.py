"""The scenarios of a rubric as rules: one that comes to another stage is a finding, with the gate that decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from involve_audit.authoring.manuscript import Manuscript, gate_places
from involve_audit.engine.assessment import Assessment, assess
from involve_audit.engine.compiled import CompiledRubric, CompiledView, compile_rubric
from involve_audit.engine.failing import can_fail
from involve_audit.engine.reachability import NODES
from involve_audit.engine.score import GateResult
from involve_audit.engine.search import Budget
from involve_audit.language import N_, _, ngettext, number
from involve_audit.model.finding import Checked, Finding, Rule, Severity
from involve_audit.model.rubric import Rubric, Scenario
from involve_audit.model.view import UNANSWERED
from involve_audit.render.gate_lines import gate_line
from involve_audit.render.titles import Titles
from involve_audit.words.reports import COUNTED


def rehearse(written: Manuscript, rubric: Rubric) -> Checked:
    """The scenarios of a rubric that loads as rules, those that come to another stage as findings."""
    compiled = compile_rubric(rubric)
    found, borrowed = played(rubric.scenarios, compiled), played(_of_the_original(written), compiled)
    rules = {f"scenario:{one.scenario.id}": Rule(Severity.error, one.scenario.title) for one in found} | RULES
    failed = [_as_finding(written, Titles(rubric), one) for one in found if not one.as_expected]
    tried = [*found, *borrowed]
    missing = list(not_tried(written, compiled, tried)) if found else [no_scenarios(written)]
    notes = (*coverage_notes(compiled, found, tried), *_differing(borrowed))
    return Checked(written.own.file, (*failed, *missing), rules, notes=notes)


def _of_the_original(written: Manuscript) -> tuple[Scenario, ...]:
    """The scenarios of the rubric that a tailoring changes. They are played, and need not come out as before."""
    base = written.base.source if written.base else None
    tailored = written.overlay is not None and written.overlay.language is None
    return base.content.scenarios if base and tailored else ()


def _differing(borrowed: list[Played]) -> Iterator[str]:
    """Which scenarios of the original come to another stage now."""
    for one in borrowed:
        if one.result.floor != one.scenario.expect:
            words = _("The original's “{title}” comes to `{came}` here, not to `{wanted}`.")
            wanted, came = one.scenario.expect, one.result.floor
            yield words.format(title=one.scenario.title, came=came, wanted=wanted)


def _as_finding(written: Manuscript, titles: Titles, one: Played) -> Finding:
    scenario, result = one.scenario, one.result
    key, wanted, came = "expect", scenario.expect, result.floor
    if wanted == came:
        key, wanted, came = "ceiling", scenario.ceiling or "", result.ceiling
    what = {
        "expect": _("“{title}” comes to `{came}`, not to `{wanted}`"),
        "ceiling": _("“{title}” could come to `{came}` at best, not to `{wanted}`"),
    }[key].format(title=scenario.title, came=came, wanted=wanted)
    hint = _what_decided(titles, one, key, wanted, came)
    problem = written.tree.problem(("scenarios", one.place, key), what, hint)
    return Finding(f"scenario:{scenario.id}", Severity.error, problem)


def _what_decided(titles: Titles, one: Played, key: str, wanted: str, came: str) -> str:
    """The gates that kept it below the stage that was wanted, or that let it through to a higher one."""
    stages = list(titles.stages)
    low, high = sorted((stages.index(wanted), stages.index(came)))
    between = [gate for gate in one.result.gates if low < stages.index(gate.stage) <= high]
    below = stages.index(came) < stages.index(wanted)
    if below:
        first = stages[stages.index(came) + 1]
        deciding = [gate for gate in between if gate.stage == first and not _holds(gate, key)]
        lead = _("What decided:")
    else:
        deciding = [gate for gate in between if gate.stage == stages[low + 1]]
        lead = _("Every gate of `{stage}` holds:").format(stage=stages[low + 1])
    return "\n      - ".join([lead, *(_in_words(titles, one, gate) for gate in deciding)])


def _holds(gate: GateResult, key: str) -> bool:
    return gate.possible if key == "ceiling" else gate.holds


def _in_words(titles: Titles, one: Played, gate: GateResult) -> str:
    line = gate_line(titles, {item.id: item for item in one.result.items}, gate)
    words = _("`{gate}` asks for {asked}; found: {found}")
    return words.format(gate=gate.id, asked=line.asked_for, found=line.found)


@dataclass(frozen=True, slots=True)
class Played:
    """One scenario and what it comes to."""

    scenario: Scenario
    place: int
    result: Assessment

    @property
    def as_expected(self) -> bool:
        wanted = self.scenario
        return wanted.expect == self.result.floor and wanted.ceiling in (None, self.result.ceiling)


def played(scenarios: Sequence[Scenario], compiled: CompiledRubric) -> list[Played]:
    """Every one of these scenarios, played through."""
    return [
        Played(scenario, place, assess(compiled, [view_of(compiled, scenario)]))
        for place, scenario in enumerate(scenarios)
    ]


def view_of(rubric: CompiledRubric, scenario: Scenario) -> CompiledView:
    """The view that a scenario stands for. Where `otherwise` is no answer to an item, that item is left open."""
    words = {rubric.word(code): code for code in range(rubric.unanswered + 1)}
    answers = []
    for item in rubric.items:
        code = words[scenario.answers.get(item.id, scenario.otherwise)]
        possible = code in item.options or code == rubric.unknown
        possible = possible or (code == rubric.not_applicable and item.may_be_set_aside)
        answers.append(code if possible else words[UNANSWERED])
    present = tuple(n for n, name in enumerate(rubric.perspectives) if scenario.respondents.get(name))
    return CompiledView(present, tuple(answers), (False,) * len(answers))


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
        more = [COUNTED.of("more", len(never_alone) - _MOST_NAMED)] if len(never_alone) > _MOST_NAMED else []
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
