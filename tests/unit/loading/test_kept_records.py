"""Every version reads what earlier versions wrote (tests/records), and comes to the same stage."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from involve_audit import __version__
from involve_audit.engine.comparing.changes import UNCHANGED
from involve_audit.engine.comparing.comparison import compare
from involve_audit.engine.comparing.round import Round
from involve_audit.loading.material import material_at
from involve_audit.loading.rounds import read_rounds

KEPT = sorted((Path(__file__).parents[2] / "records").rglob("*.audit.json"))


@pytest.fixture(params=KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def kept(request: pytest.FixtureRequest, today: date) -> Round:
    (found,) = read_rounds([material_at(str(request.param))], [], today)
    return found


def test_there_are_records_of_every_version_so_far() -> None:
    assert {path.parent.name for path in KEPT} >= {"before-0.1.0", "0.1.0", __version__}


def test_a_kept_record_is_read_and_nothing_changed_since(kept: Round) -> None:
    found = compare(kept, kept)
    assert {change.kind for change in found.items} == {UNCHANGED}
    assert found.flattering == ()
    assert len(found.items) == kept.record.stage.asked if kept.record else False


def test_a_kept_record_comes_to_the_stage_that_it_says(kept: Round) -> None:
    assert kept.record
    assert kept.restated == ""
    assert (not kept.score.is_recorded) or kept.record.rubric.content is None
    assert (kept.score.floor, kept.score.ceiling) == (kept.record.stage.floor, kept.record.stage.ceiling)
    assert kept.score.known == kept.record.stage.known
    said = {item.id: (item.answer, item.heard) for item in kept.record.items}
    assert {item.id: (item.answer, item.heard) for item in kept.score.items} == said


def test_a_kept_record_keeps_what_was_said_and_agreed(kept: Round) -> None:
    record, audit = kept.record, kept.audit
    assert record
    given = [answer for view in audit.views for answer in view.content.answers.values()]
    assert sum(bool(answer.note) for answer in given) == sum(len(item.notes) for item in record.items)
    assert sum(len(answer.evidence) for answer in given) == sum(len(item.evidence) for item in record.items)
    assert [action.what for action in kept.actions] == [action.what for action in record.actions]
    assert (audit.id, audit.subject, audit.date) == (record.audit, record.subject, record.date)
