"""A rubric's scenarios played through: what decided where one fails, and what none ever tries."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.authoring.conftest import SHAPES, SOUND, edited

from involve_audit.authoring.rehearsal import rehearse_all
from involve_audit.model.finding import Checked, Finding, Severity


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def played(text: str) -> Checked:
    Path("r.yaml").write_text(text, encoding="utf-8")
    (tested,) = rehearse_all(["r.yaml"])
    return tested


def scenario_findings(tested: Checked) -> list[Finding]:
    return [one for one in tested.findings if one.rule.startswith("scenario:")]


@pytest.mark.parametrize("path", sorted(SHAPES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_scenarios_of_a_rubric_of_another_shape_come_out_and_cover_it(path: Path) -> None:
    (tested,) = rehearse_all([str(path)])
    assert tested.findings == ()


def test_so_do_those_of_a_rubric_of_300_questions(here: Path, large: str) -> None:
    tested = played(large)
    assert tested.findings == ()
    assert tested.notes[0] == "13 of 13 scenarios come to the stage that they expect."


def test_a_scenario_that_comes_out_too_low_names_the_gate_that_decided(here: Path) -> None:
    text = edited(
        ('otherwise: "yes"\n    expect: not-ready\n    ceiling: ready', 'otherwise: "yes"\n    expect: ready')
    )
    (found,) = scenario_findings(played(text))
    assert (found.rule, found.severity) == ("scenario:guests-not-asked", Severity.error)
    assert found.problem.what == "“Only the cooks have answered” comes to `not-ready`, not to `ready`"
    assert found.problem.hint == (
        "What decided:\n      - `ready-asked-guests` asks for at least 1/3 answered; "
        "found: 0 of 3 (0%) – People who come to eat"
    )
    assert text.splitlines()[(found.problem.line or 0) - 1].strip() == "expect: ready"


def test_a_scenario_that_comes_out_too_high_shows_that_every_gate_holds(here: Path) -> None:
    text = edited(('otherwise: "yes"\n    expect: ready\n', 'otherwise: "yes"\n    expect: not-ready\n'))
    (found,) = scenario_findings(played(text))
    assert found.problem.what.endswith("comes to `ready`, not to `not-ready`")
    assert found.problem.hint.startswith(
        "Every gate of `ready` holds:\n      - `ready-place` asks for at least Yes; found:"
    )
    assert found.problem.hint.count("\n") == 4


def test_a_ceiling_that_is_not_as_expected_is_told_too(here: Path) -> None:
    text = edited(("    expect: not-ready\n    ceiling: ready", "    expect: not-ready\n    ceiling: not-ready"))
    (found,) = scenario_findings(played(text))
    assert found.problem.what == "“Only the cooks have answered” could come to `ready` at best, not to `not-ready`"


def test_a_gate_that_no_scenario_fails_and_a_stage_that_none_reaches_are_warnings(here: Path) -> None:
    scenarios = SOUND.index("scenarios:\n")
    second = SOUND[SOUND.index("  - id: no-water") : SOUND.index("  - id: few-people")]
    tested = played(SOUND[:scenarios] + "scenarios:\n" + second)
    assert [(one.rule, one.problem.what) for one in tested.findings] == [
        ("gates-tried", "no scenario fails the gate `ready-people`"),
        ("gates-tried", "no scenario fails the gate `ready-nothing-in-the-way`"),
        ("gates-tried", "no scenario fails the gate `ready-asked-guests`"),
        ("stages-tried", "no scenario comes to the stage `ready`"),
    ]
    assert tested.passes(strict=False)
    assert not tested.passes(strict=True)
    assert tested.notes == (
        "1 of 1 scenario comes to the stage that it expects.",
        "1 of 4 gates fail in some scenario; 1 of them decide one alone.",
    )


def test_of_a_gate_that_nothing_can_fail_no_scenario_is_asked_for(here: Path) -> None:
    (tested,) = rehearse_all(["service-user-leadership-spectrum"])
    assert [one.finding.problem.hint for one in tested.allowed] == [
        "No answers fail it: see what `rubric check` says about it."
    ] * 2
    assert "Never alone: `led-no-anti-patterns`, `led-heard`." in tested.notes[2]


def test_a_rubric_without_scenarios_does_not_pass(here: Path) -> None:
    tested = played(SOUND[: SOUND.index("scenarios:\n")])
    assert [one.problem.what for one in tested.findings] == ["this rubric has no scenarios, so nothing was tested"]
    assert not tested.passes(strict=False)


def test_an_item_that_otherwise_is_no_answer_to_is_left_open(here: Path) -> None:
    """Everything is set aside that can be; the rest is open, so the range is wide."""
    text = edited(
        (
            '    answers: {left-open: "no", one-hero: "no"}\n    otherwise: "yes"\n    expect: ready\n',
            "    otherwise: not-applicable\n    expect: not-ready\n    ceiling: ready\n",
        )
    )
    assert scenario_findings(played(text)) == []


def test_a_rubric_that_does_not_load_is_told_why_and_the_others_go_on(here: Path) -> None:
    Path("broken.yaml").write_text(edited(('limit_to: "no"', "limit_to: on")), encoding="utf-8")
    Path("fine.yaml").write_text(SOUND, encoding="utf-8")
    tested = rehearse_all(["broken.yaml", "nowhere.yaml", "fine.yaml"])
    assert [[one.problem.what for one in each.findings] for each in tested] == [
        ["`on` is not an option of the scale of this rubric"],
        ["there is no such file"],
        [],
    ]
