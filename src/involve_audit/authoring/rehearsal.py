"""The scenarios of a rubric as rules: one that comes to another stage is a finding, with the gate that decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from involve_audit.authoring.allowing import as_allowed
from involve_audit.authoring.manuscript import (
    GATES_TRIED,
    RULES,
    SOME,
    STAGES_TRIED,
    TEST_RULES,
    Manuscript,
    each_rubric,
    unusable,
)
from involve_audit.engine.compiled import CompiledRubric, CompiledView, compile_rubric
from involve_audit.engine.reachability import never_fail
from involve_audit.engine.score import GateResult, Score
from involve_audit.language import _, first_of, ngettext, number
from involve_audit.model.finding import VALID, Checked, Finding, Rule, Severity
from involve_audit.model.rubric import Rubric, Scenario
from involve_audit.render.entries import gate_line
from involve_audit.render.titles import Titles

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One scenario and what it comes to."""

    scenario: Scenario
    place: int
    score: Score

    @property
    def as_expected(self) -> bool:
        wanted = self.scenario
        return wanted.expect == self.score.floor and wanted.ceiling in (None, self.score.ceiling)


def rehearse_all(references: Iterable[str]) -> list[Checked]:
    """Every rubric of these, its scenarios played through (`rubric test`)."""
    only_valid = {VALID: RULES[VALID]}

    def play(written: Manuscript) -> Checked:
        if written.rubric is None:
            return unusable(written.own.file, written.read.problems, only_valid)
        return rehearse(written, written.rubric)

    return each_rubric(references, only_valid, play)


def rehearse(written: Manuscript, rubric: Rubric) -> Checked:
    """The scenarios of a rubric that loads as rules, those that come to another stage as findings."""
    compiled, titles = compile_rubric(rubric), Titles(rubric)
    own, borrowed = rehearsed(rubric.scenarios, compiled), rehearsed(_of_the_original(written), compiled)
    tried = [*own, *borrowed]
    rules = {
        f"scenario:{played.scenario.id}": Rule(Severity.error, played.scenario.title) for played in own
    } | TEST_RULES
    failed = [_as_finding(written, titles, played) for played in own if not played.as_expected]
    missing = _not_tried(written, compiled, tried) if own else [_no_scenarios(written)]
    notes = (*_coverage(compiled, own, tried), *_differing(borrowed))
    return as_allowed(written, Checked(written.own.file, (*failed, *missing), rules, notes=notes))


def _of_the_original(written: Manuscript) -> tuple[Scenario, ...]:
    """The scenarios of the rubric that a tailoring changes. They are played, and need not come out as before."""
    base = written.base.source if written.base else None
    return base.content.scenarios if base and written.language is None else ()


def rehearsed(scenarios: Sequence[Scenario], compiled: CompiledRubric) -> list[Rehearsed]:
    """Every one of these scenarios, played through."""
    return [
        Rehearsed(scenario, place, Score(compiled, [view_of(compiled, scenario)]))
        for place, scenario in enumerate(scenarios)
    ]


def view_of(rubric: CompiledRubric, scenario: Scenario) -> CompiledView:
    """The view that a scenario stands for. Where `otherwise` is no answer to an item, that item is left open."""
    words = rubric.codes
    answers = []
    for item in rubric.items:
        code = words[scenario.answers.get(item.id, scenario.otherwise)]
        possible = code in item.options or code == rubric.unknown
        possible = possible or (code == rubric.not_applicable and item.may_be_set_aside)
        answers.append(code if possible else rubric.unanswered)
    present = tuple(n for n, name in enumerate(rubric.perspectives) if scenario.respondents.get(name))
    return CompiledView(present, tuple(answers), (False,) * len(answers))


def _differing(borrowed: list[Rehearsed]) -> Iterator[str]:
    """Which scenarios of the original come to another stage now."""
    for played in borrowed:
        wanted, came = played.scenario.expect, played.score.floor
        if came != wanted:
            words = _("The original's “{title}” comes to `{came}` here, not to `{wanted}`.")
            yield words.format(title=played.scenario.title, came=came, wanted=wanted)


def _as_finding(written: Manuscript, titles: Titles, played: Rehearsed) -> Finding:
    scenario, score = played.scenario, played.score
    key, wanted, came = "expect", scenario.expect, score.floor
    if wanted == came:
        key, wanted, came = "ceiling", scenario.ceiling or "", score.ceiling
    what = {
        "expect": _("“{title}” comes to `{came}`, not to `{wanted}`"),
        "ceiling": _("“{title}” could come to `{came}` at best, not to `{wanted}`"),
    }[key].format(title=scenario.title, came=came, wanted=wanted)
    hint = _what_decided(titles, score, key, wanted, came)
    problem = written.tree.problem(("scenarios", played.place, key), what, hint)
    return Finding(f"scenario:{scenario.id}", Severity.error, problem)


def _what_decided(titles: Titles, score: Score, key: str, wanted: str, came: str) -> str:
    """The gates that kept it below the stage that was wanted, or that let it through to a higher one."""
    stages = list(titles.stages)
    low = min(stages.index(wanted), stages.index(came))
    first = stages[low + 1]
    deciding = [gate for gate in score.gates if gate.stage == first]
    if came == stages[low]:
        deciding = [gate for gate in deciding if not _holds(gate, key)]
        lead = _("What decided:")
    else:
        lead = _("Every gate of `{stage}` holds:").format(stage=first)
    return "\n      - ".join([lead, *first_of(_in_words(titles, score, gate) for gate in deciding)])


def _holds(gate: GateResult, key: str) -> bool:
    return gate.possible if key == "ceiling" else gate.holds


def _in_words(titles: Titles, score: Score, gate: GateResult) -> str:
    line = gate_line(titles, {item.id: item for item in score.items}, gate)
    words = _("`{gate}` asks for {asked}; found: {found}")
    return words.format(gate=gate.id, asked=line.asked_for, found=line.found)


def _no_scenarios(written: Manuscript) -> Finding:
    what = _("this rubric has no scenarios, so nothing was tested")
    hint = _("Add `scenarios:`: for each stage some answers that should come to it, and some that should just miss it.")
    return written.finding(SOME, ("id",), what, hint)


def _not_tried(written: Manuscript, rubric: CompiledRubric, tried: list[Rehearsed]) -> Iterator[Finding]:
    """The gates that no scenario fails, and the stages that none comes to."""
    places, fails = written.gate_places, _fails(tried)
    untried = [gate for gates in rubric.gates for gate in gates if not fails[gate.id]]
    idle = never_fail(rubric, untried)
    for gate in untried:
        what = _("no scenario fails the gate `{gate}`").format(gate=gate.id)
        hint = _("Add one with answers that just miss it, and expect the stage below.")
        if gate.id in idle:
            hint = _("No answers fail it: see what `rubric check` says about it.")
        found = written.finding(GATES_TRIED, (*places[gate.id], "id"), what, hint)
        if gate.id not in idle or found.problem.path == written.own.file:
            yield found
    reached = {played.score.floor for played in tried}
    for place, stage in enumerate(rubric.stages):
        if stage not in reached:
            what = _("no scenario comes to the stage `{stage}`").format(stage=stage)
            hint = _("Add one with answers that reach it.")
            yield written.finding(STAGES_TRIED, ("stages", place, "id"), what, hint)


def _fails(tried: list[Rehearsed]) -> Counter[str]:
    """In how many scenarios each gate fails."""
    return Counter(gate.id for played in tried for gate in played.score.gates if not gate.holds)


def _coverage(rubric: CompiledRubric, own: list[Rehearsed], tried: list[Rehearsed]) -> Iterator[str]:
    """How much of the rubric is covered by all that was tried."""
    if not own:
        return
    gates = [gate.id for gates in rubric.gates for gate in gates]
    failing = _fails(tried)
    alone = {gate for played in tried if len(played.score.held_back_by) == 1 for gate in played.score.held_back_by}
    good = sum(played.as_expected for played in own)
    count = ngettext(
        "{good} of {count} scenario comes to the stage that it expects.",
        "{good} of {count} scenarios come to the stage that they expect.",
        len(own),
    )
    yield count.format(good=number(good), count=number(len(own)))
    yield _("{failing} of {count} gates fail in some scenario; {alone} of them decide one alone.").format(
        failing=number(len(failing)), count=number(len(gates)), alone=number(len(alone))
    )
    if never_alone := [f"`{gate}`" for gate in gates if failing[gate] and gate not in alone]:
        yield _("Never alone: {gates}. A scenario that only this gate holds back would show what it is for.").format(
            gates=", ".join(first_of(never_alone, _MOST_NAMED))
        )
