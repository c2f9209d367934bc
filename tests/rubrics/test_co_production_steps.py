"""The planning check has the four steps of the source, and says that a plan is not yet the thing itself."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from involve_audit.authoring.check import check_all
from involve_audit.authoring.rehearsal import rehearse_all
from involve_audit.loading.rubric import load_rubric
from involve_audit.model.rubric import Rubric

STEPS = str(Path(__file__).parents[2] / "rubrics/co-production-steps.yaml")


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric(STEPS).content


def test_its_themes_are_the_four_steps_of_the_source_with_three_questions_each(rubric: Rubric) -> None:
    assert [theme.title for theme in rubric.themes] == ["Target it", "People it", "Incentivise it", "Grow it"]
    achievements = [item for item in rubric.indicators if item.kind == "achievement"]
    assert set(Counter(item.theme for item in achievements).values()) == {3}


def test_each_question_is_sourced_by_the_position_of_its_step(rubric: Rubric) -> None:
    steps = {theme.id: str(place) for place, theme in enumerate(rubric.themes, 1)}
    for item in rubric.indicators:
        assert item.source
        assert (item.source.id, item.source.page) == ("briefing", "2")
        if item.kind == "achievement":
            assert item.source.position == steps[item.theme]


def test_it_says_what_is_ours_and_that_a_plan_is_not_the_thing_itself(rubric: Rubric) -> None:
    ours = " ".join(rubric.beyond_the_source)
    for part in ("stages are ours", "no thresholds", "A ready plan is not co-production", "not show compliance"):
        assert part in ours


def test_every_question_is_put_to_service_users_where_it_would_sound_odd_otherwise(rubric: Rubric) -> None:
    for item in rubric.items:
        if "people who use the service" in item.ask.lower() or "those who take part" in item.ask:
            assert "service-users" in item.wording, item.id


def test_it_passes_its_own_check_and_test_strictly() -> None:
    for found in (*check_all([STEPS]), *rehearse_all([STEPS])):
        assert found.findings == ()
