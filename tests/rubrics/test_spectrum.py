"""The bundled rubric is the one that method.md, section 6, describes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from involve_audit.authoring.check import check_all
from involve_audit.authoring.rehearsal import rehearse_all
from involve_audit.loading.rubric import load_rubric
from involve_audit.model.rubric import Rubric

SPECTRUM = str(Path(__file__).parents[2] / "rubrics/service-user-leadership-spectrum.yaml")


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric(SPECTRUM).content


def test_it_has_26_indicators_and_5_anti_patterns(rubric: Rubric) -> None:
    assert (len(rubric.indicators), len(rubric.anti_patterns)) == (26, 5)
    assert Counter(item.stage for item in rubric.indicators) == {"beginnings": 9, "good": 7, "led": 10}


def test_each_position_of_the_grid_is_asked_about_once(rubric: Rubric) -> None:
    positions = {
        stage: [item.source.position for item in rubric.indicators if item.stage == stage and item.source]
        for stage in ("beginnings", "good", "led")
    }
    assert positions == {
        "beginnings": ["1.1", "1.2", "1.3", "1.4", "2", "3", "4", "5", "6"],
        "good": [str(place) for place in range(1, 8)],
        "led": [str(place) for place in range(1, 11)],
    }
    assert [item.source.position for item in rubric.anti_patterns if item.source] == ["1", "2", "3", "4", "5"]


def test_it_says_what_is_ours_and_what_it_cannot_claim(rubric: Rubric) -> None:
    ours = " ".join(rubric.beyond_the_source)
    for part in ("thresholds", "themes", "lowest stage", "limits", "Triangle of Care", "not show compliance"):
        assert part in ours


def test_contact_details_say_when_they_were_printed_and_that_they_may_be_out_of_date(rubric: Rubric) -> None:
    with_contact = [resource for resource in rubric.resources if resource.phone or resource.email or resource.address]
    assert with_contact
    for resource in with_contact:
        assert resource.printed == "2014"
        assert "out of date" in (resource.note or "")


def test_the_planning_aid_has_the_four_steps_of_the_source(rubric: Rubric) -> None:
    assert rubric.planning
    titles = [step.title for step in rubric.planning.steps]
    assert titles == ["Target it", "People it", "Incentivise it", "Grow it"]


def test_it_has_at_least_twelve_scenarios(rubric: Rubric) -> None:
    assert len(rubric.scenarios) >= 12


def test_it_passes_its_own_check_and_test_strictly() -> None:
    for found in (*check_all([SPECTRUM]), *rehearse_all([SPECTRUM])):
        assert found.findings == ()
        assert {about for finding, _because in found.allowed for about in finding.about if about[0] == "gates"} == {
            ("gates", "good-enough-applies"),
            ("gates", "led-enough-applies"),
        }
