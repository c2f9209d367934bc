"""The rubrics that are shipped: their own scenarios, and that changing only their text changes the result."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from involve_audit.engine.assessment import assess
from involve_audit.engine.compiled import compile_rubric
from involve_audit.model.rubric import Rubric, Scenario

from .building import assessed, load, view

FOLDER = Path(__file__).parents[3] / "rubrics"
RUBRICS = {path.stem: load(path.read_bytes()) for path in sorted(FOLDER.glob("*.yaml"))}
SPECTRUM = (FOLDER / "service-user-leadership-spectrum.yaml").read_text(encoding="utf-8")
SCENARIOS = [
    pytest.param(rubric, scenario, id=f"{name}:{scenario.id}")
    for name, rubric in RUBRICS.items()
    for scenario in rubric.scenarios
]


@pytest.mark.parametrize(("model", "scenario"), SCENARIOS)
def test_a_scenario_gives_the_stage_it_expects(model: Rubric, scenario: Scenario):
    rubric = compile_rubric(model)
    present = [name for name, number in scenario.respondents.items() if number]
    found = assess(rubric, [view(rubric, scenario.answers, present, otherwise=scenario.otherwise)])
    assert found.floor == scenario.expect
    assert found.ceiling == (scenario.ceiling or found.ceiling)


@pytest.mark.parametrize("name", RUBRICS)
def test_a_shipped_rubric_has_scenarios_for_each_of_its_stages(name: str):
    expected = {scenario.expect for scenario in RUBRICS[name].scenarios}
    assert expected == {stage.id for stage in RUBRICS[name].stages}


def _edited(*edits: tuple[str, str]) -> str:
    """The spectrum's text with each pattern, which has to match once, replaced."""
    text = SPECTRUM
    for pattern, replacement in edits:
        text, times = re.subn(pattern, replacement, text, flags=re.MULTILINE)
        assert times == 1, pattern
    return text


def _all_best(text: str, **otherwise: str) -> tuple[str, ...]:
    """Stage and ladder where every answer is the best, but for those given."""
    model = load(text.encode())
    rubric = compile_rubric(model)
    answers = {one.id: "no" if one.lower_is_better else "yes" for one in rubric.items}
    answers |= {name.replace("_", "-"): word for name, word in otherwise.items()}
    return assessed(rubric, answers, present=["service-users"]).floor, *rubric.stages


TWO_MISSING = {"peer_support_led": "no", "of_the_community": "no"}
LED_SHARE = r"(- id: led-in-place\n +items: \{stage: led, kind: achievement\}\n +measure: share\n +at_least: )80%"


def test_a_threshold_changed_in_the_text_changes_the_stage():
    assert _all_best(SPECTRUM, **TWO_MISSING)[0] == "led"
    assert _all_best(_edited((LED_SHARE, r"\g<1>90%")), **TWO_MISSING)[0] == "good"


def test_a_theme_added_in_the_text_is_a_row_of_the_grid():
    text = _edited(
        (r"^(  - \{id: community, title: Community\})$", r"\1\n  - {id: policy, title: Policy}"),
        (r"(- id: policy-development-led\n +stage: led\n +theme: )governance-and-policy", r"\g<1>policy"),
    )
    before, after = (dict(assessed(compile_rubric(load(t.encode())), {}).grid) for t in (SPECTRUM, text))
    assert [theme for theme in after if theme not in before] == ["policy"]
    assert [cell.items for cell in after["policy"] if cell.items] == [("policy-development-led",)]
    assert "policy-development-led" in [name for cell in before["governance-and-policy"] for name in cell.items]
    assert "policy-development-led" not in [name for cell in after["governance-and-policy"] for name in cell.items]


FIFTH_STAGE = """
  - id: everywhere
    title: Led everywhere
    short: Everywhere
    summary: Every single answer is the best one.
    gates:
      - id: everywhere-in-place
        items: {kind: achievement}
        measure: share
        at_least: 100%
        because: A stage of our own.
indicators:
"""


def test_a_stage_added_in_the_text_can_be_reached_and_missed():
    text = _edited((r"^indicators:\n", FIFTH_STAGE.lstrip("\n")))
    assert _all_best(SPECTRUM) == ("led", "not-yet", "beginnings", "good", "led")
    assert _all_best(text) == ("everywhere", "not-yet", "beginnings", "good", "led", "everywhere")
    assert _all_best(text, peer_support_led="partly")[0] == "led"
