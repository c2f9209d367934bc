"""An author allows findings with a reason: what is allowed, what cannot be, and what is allowed for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.authoring.conftest import SOUND, checked, edited

from involve_audit.authoring.check import check_all
from involve_audit.authoring.manuscript import manuscript
from involve_audit.authoring.rehearsal import rehearse_all
from involve_audit.loading.rubric import read_rubric
from involve_audit.model.finding import Checked, Severity

HARD = "Institutionalise refrigeration arrangements satisfactorily, notwithstanding organisational circumstances."
WRONG = edited(
    ("next_step: Have the water tested.", f'next_step: "{HARD}"'),
    ("next_step: Buy a meter for the fridge and write down what it says.", f'next_step: "{HARD}"'),
    ('measure: highest\n        at_most: "no"', 'measure: highest\n        at_most: "yes"'),
)
"""Two texts that are hard to read, in two questions, and a gate that cannot fail."""


def allowing(*entries: str, text: str = WRONG) -> Checked:
    return checked("\n".join([text.rstrip(), "allow:", *(f"  - {entry}" for entry in entries)]) + "\n")


def told(found: Checked) -> list[tuple[str, str]]:
    return [(finding.rule, finding.problem.what) for finding in found.findings]


def rules(found: Checked) -> list[str]:
    return [finding.rule for finding in found.findings]


def test_without_an_entry_everything_is_found() -> None:
    assert sorted(rules(checked(WRONG))) == ["gate-can-fail", "readable", "readable"]
    assert checked(WRONG).allowed == ()


def test_a_rule_is_allowed_for_the_whole_file_and_the_reason_is_kept() -> None:
    found = allowing("{rule: readable, because: We like it.}")
    assert "readable" not in rules(found)
    assert [(one.finding.rule, one.because) for one in found.allowed] == [("readable", "We like it.")] * 2
    assert not found.passes(strict=True), "the gate is found as before"


def test_a_rule_is_allowed_for_some_questions_and_found_in_the_others() -> None:
    found = allowing("{rule: readable, items: [cold-store], because: We like it.}")
    assert [finding.about for finding in found.findings if finding.rule == "readable"] != []
    assert {one.finding.about for one in found.allowed} == {(("items", "cold-store"),)}


@pytest.mark.parametrize("chosen", ["gates: [ready-nothing-in-the-way]", "stages: ready"])
def test_a_rule_is_allowed_for_a_gate_or_for_all_gates_of_a_stage(chosen: str) -> None:
    found = allowing(f"{{rule: gate-can-fail, {chosen}, because: For later.}}")
    assert "gate-can-fail" not in rules(found)
    assert [one.because for one in found.allowed] == ["For later."]


@pytest.mark.parametrize(
    ("entry", "what", "hint"),
    [
        ("{rule: source, because: B.}", "nothing is found of `source`, so there is nothing to allow", "Take it out."),
        (
            "{rule: readable, items: [cold-store, rota], because: B.}",
            "nothing is found of `readable` for `rota`, so there is nothing to allow",
            "Take it out.",
        ),
        ("{rule: readble, because: B.}", "there is no rule `readble`", "Did you mean `readable`?"),
        (
            "{rule: stage-in-reach, because: B.}",
            "`stage-in-reach` cannot be allowed: what breaks it is an error",
            "Only a warning can be allowed. Put the error right, and take this out.",
        ),
    ],
)
def test_what_is_allowed_for_nothing_is_a_finding_itself(entry: str, what: str, hint: str) -> None:
    found = [finding for finding in allowing(entry).findings if finding.rule == "allow"]
    assert [(one.problem.what, one.problem.hint, one.severity) for one in found] == [(what, hint, Severity.warning)]
    assert found[0].problem.line == len(WRONG.rstrip().splitlines()) + 2


def test_the_same_allowed_twice_is_told_of_the_second() -> None:
    found = allowing("{rule: readable, because: A.}", "{rule: readable, because: B.}")
    assert [one.because for one in found.allowed] == ["A.", "A."]
    assert [finding.problem.line for finding in found.findings if finding.rule == "allow"] == [
        len(WRONG.rstrip().splitlines()) + 3
    ]


def test_an_error_stays_an_error() -> None:
    out_of_reach = edited(("measure: share\n        at_least: 2/3", "measure: points\n        at_least: 50"))
    found = allowing("{rule: stage-in-reach, because: We want it.}", text=out_of_reach)
    assert sorted(rules(found)) == ["allow", "stage-in-reach"]
    assert not found.passes(strict=False)


def test_an_id_that_is_not_there_is_an_error_like_any_other() -> None:
    found = allowing("{rule: readable, items: [cold-stor], gates: [g], stages: [s], because: B.}")
    assert [finding.problem.what for finding in found.findings if finding.rule == "valid"] == [
        "`cold-stor` is not an item of this rubric",
        "`g` is not a gate of this rubric",
        "`s` is not a stage of this rubric",
    ]


def test_what_is_allowed_for_the_scenarios_is_none_of_the_check_s_business_and_the_other_way_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    scenarios = SOUND.index("scenarios:")
    text = (
        SOUND[:scenarios]
        + SOUND[scenarios:].split("\n  - id: ")[0]
        + "\n  - id: "
        + SOUND[scenarios:].split("\n  - id: ")[1]
    )
    entries = "allow:\n  - {rule: gates-tried, because: A.}\n  - {rule: stages-tried, because: A.}\n"
    Path("ready-to-open.yaml").write_text(f"{text.rstrip()}\n{entries}", encoding="utf-8")
    (checked_,) = check_all(["ready-to-open.yaml"])
    assert checked_.findings == ()
    (tested,) = rehearse_all(["ready-to-open.yaml"])
    assert {one.finding.rule for one in tested.allowed} == {"gates-tried", "stages-tried"}
    assert [finding for finding in tested.findings if finding.rule in ("gates-tried", "stages-tried")] == []


OVERLAY = """\
format: involve-audit/overlay@1
id: our-kitchen
version: 1.0.0
extends: ready-to-open@1
title: Our kitchen
because: We voted on it.
thresholds:
  ready-people: {{at_least: 0%, because: We begin with less.}}
{allow}"""


def overlaid(below: str, allow: str) -> Checked:
    Path("rubrics").mkdir(exist_ok=True)
    Path("rubrics/ready-to-open.yaml").write_text(below, encoding="utf-8")
    (found,) = check_all([_written(OVERLAY.format(allow=allow))])
    return found


def _written(text: str) -> str:
    Path("rubrics/our-kitchen.yaml").write_text(text, encoding="utf-8")
    return "our-kitchen"


def test_an_overlay_allows_what_it_brings_and_the_original_s_are_not_told_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    below = f"{WRONG.rstrip()}\nallow:\n  - {{rule: readable, items: [cold-store], because: A.}}\n"
    assert set(rules(overlaid(below, ""))) == {"gate-can-fail"}
    found = overlaid(below, "allow:\n  - {rule: gate-can-fail, gates: ready-people, because: For now.}\n")
    assert rules(found) == []
    assert [one.because for one in found.allowed] == ["For now."]


def test_an_overlay_may_switch_off_what_the_original_allows_something_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    below = f"{WRONG.rstrip()}\nallow:\n  - {{rule: readable, items: [cold-store], because: A.}}\n"
    found = overlaid(below, "switch_off:\n  items: {cold-store: We have none.}\n")
    assert "valid" not in rules(found)


def test_a_file_that_is_not_valid_is_not_told_that_it_allows_for_nothing() -> None:
    text = f"{SOUND.rstrip()}\nallow:\n  - {{rule: item-used, because: B.}}\n  - {{rule: [], because: B.}}\n"
    found = checked(edited(("minimum_answered: 100%", "minimum_answered: x"), text=text))
    assert set(rules(found)) == {"valid"}


def test_what_is_allowed_stays_out_of_records_and_in_copies() -> None:
    text = f"{WRONG.rstrip()}\nallow:\n  - {{rule: readable, because: We like it.}}\n"
    rubric = manuscript(read_rubric(text.encode(), "ready-to-open.yaml")).rubric
    assert rubric is not None
    assert [entry.rule for entry in rubric.allow] == ["readable"]
    assert rubric.without_help().allow == ()
