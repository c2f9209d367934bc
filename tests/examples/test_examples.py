"""Every folder of examples gives what its expected.json says. A dropped-in folder is a test."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from involve_audit.engine.assessment import Assessment, assess_audit
from involve_audit.loading.audit import load_audit

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir())


def assessed(folder: str, **options: str) -> Assessment:
    audit = load_audit([str(EXAMPLES / folder)], date(2026, 11, 23), **options)
    return assess_audit(audit)


@pytest.mark.parametrize("folder", FOLDERS)
def test_an_example_gives_what_it_must(folder: str) -> None:
    found = assessed(folder)
    expected = json.loads((EXAMPLES / folder / "expected.json").read_text(encoding="utf-8"))
    steps = found.next_steps
    assert expected == {
        "stage": {"floor": found.floor, "ceiling": found.ceiling, "enough_known": found.enough_known},
        "known": found.known,
        "decided_by": {"items": list(found.decided_by.items), "perspectives": list(found.decided_by.perspectives)},
        "readings": {reading.id: reading.stage for reading in found.readings},
        "counts": found.counts,
        "disagreements": [disagreement.item for disagreement in found.disagreements],
        "next_steps": steps
        and {"to": steps.to, "hear": list(steps.hear), "changes": {c.item: [c.before, c.after] for c in steps.changes}},
    }


def test_norfolk_is_at_beginnings_with_good_possible() -> None:
    """What the account does not say is unknown, and what it says will happen is planned."""
    found = assessed("norfolk")
    assert (found.floor, found.ceiling) == ("beginnings", "good")
    assert "feedback-need-not-be-acted-on" in found.decided_by.items
    assert found.decided_by.perspectives == ("service-users",)
    answers = {item.id: item.answer for item in found.items}
    assert answers["governance-led"] == "planned"
    assert "no" not in answers.values()


def test_at_riverside_staff_and_service_users_come_to_different_stages() -> None:
    found = assessed("riverside")
    assert found.reading("view:staff") == "good"
    assert found.reading("view:service-users") == "beginnings"
    assert len(found.disagreements) >= 5


def test_changing_only_the_text_of_a_rubric_changes_the_result(tmp_path: Path) -> None:
    text = (EXAMPLES.parent / "rubrics/service-user-leadership-spectrum.yaml").read_text(encoding="utf-8")
    stricter = tmp_path / "stricter.yaml"
    stricter.write_text(text.replace("at_least: 0.5", "at_least: 9", 1), encoding="utf-8")
    assert stricter.read_text(encoding="utf-8") != text
    assert assessed("norfolk").floor == "beginnings"
    assert assessed("norfolk", rubric=str(stricter)).floor == "not-yet"
