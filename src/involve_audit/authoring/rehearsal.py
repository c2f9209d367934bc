"""The scenarios of a rubric as rules: one that comes to another stage is a finding, with the gate that decided."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.authoring.coverage import RULES, coverage_notes, no_scenarios, not_tried
from involve_audit.authoring.manuscript import Manuscript
from involve_audit.authoring.playing import Played, played
from involve_audit.engine.assessment import GateResult
from involve_audit.engine.compiled import compile_rubric
from involve_audit.language import _
from involve_audit.model.finding import Checked, Finding, Rule, Severity
from involve_audit.model.rubric import Rubric, Scenario
from involve_audit.render.gate_lines import gate_line
from involve_audit.render.titles import Titles


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
