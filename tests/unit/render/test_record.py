"""The record: everything the report says, as data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from involve_audit.model.record import Record

# formats.md, "Record": these names are fixed.
FIXED = {
    "": "format tool published rubric audit subject date views stage readings gates items counts disagreements "
    "next_steps warnings",
    "tool": "version",
    "rubric": "id version sha256",
    "subject": "name kind",
    "views": "file sha256 respondents",
    "stage": "floor ceiling enough_known decided_by",
    "stage.decided_by": "items perspectives",
    "readings": "id stage",
    "gates": "stage id measure value threshold holds items",
    "items": "id answer value counts_as from heard evidence evidenced",
    "disagreements": "item answers",
    "next_steps": "to changes hear",
    "next_steps.changes": "item from to",
}
READINGS = ["floor", "ceiling", "evidence-only", "not-applicable-as-no", "plans-done", "alternative-placement"]


def record_of(case: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(case.text("record"))
    return data


def part(record: Any, path: str) -> Any:
    for name in filter(None, path.split(".")):
        record = record[name]
    return record


@pytest.mark.parametrize("path", FIXED)
def test_every_fixed_name_is_there(path: str, riverside: Any) -> None:
    found = part(record_of(riverside), path)
    entries = found if isinstance(found, list) else [found]
    assert entries
    for entry in entries:
        assert set(FIXED[path].split()) <= set(entry)


def test_a_record_read_and_written_again_is_the_same(example: Any) -> None:
    text = example.text("record")
    assert Record.from_tree(json.loads(text)).as_json() == text


def test_a_record_states_the_rubric_and_the_files_it_was_made_from(riverside: Any) -> None:
    record = record_of(riverside)
    assert record["rubric"]["sha256"] == riverside.audit.rubric.sha256
    assert record["rubric"]["version"] == "1.1.0"
    assert [view["file"] for view in record["views"]] == ["service-users.yaml", "staff.yaml"]
    assert [view["sha256"] for view in record["views"]] == [view.sha256 for view in riverside.audit.views]
    assert record["views"][1]["respondents"] == {"staff": 5, "leaders": 1}


def test_the_time_is_written_only_where_it_is_given(riverside: Any) -> None:
    assert record_of(riverside).get("written") is None
    written = json.loads(riverside.text("record", written=datetime(2026, 11, 22, tzinfo=UTC)))["written"]
    assert written == "2026-11-22T00:00:00Z"


def measured(gate: dict[str, Any], items: dict[str, dict[str, Any]]) -> float | None:
    """The figure of a gate, worked out again from the items of the record alone (method.md, section 4)."""
    chosen = [items[name] for name in gate["items"]]
    applicable = [item for item in chosen if item["counts_as"] is not None]
    values = [item["counts_as"] for item in applicable]
    heard = sum(gate["perspective"] in item["heard"] for item in applicable)
    figures: dict[str, Callable[[], float | None]] = {
        "points": lambda: sum(values),
        "share": lambda: sum(values) / len(values) if values else None,
        "lowest": lambda: min(values, default=None),
        "highest": lambda: max(values, default=0),
        "not-applicable": lambda: (len(chosen) - len(applicable)) / len(chosen),
        "heard": lambda: heard / len(applicable) if applicable else None,
    }
    return figures[gate["measure"]]()


def test_every_gate_reconciles_with_what_its_items_count_as(example: Any) -> None:
    record = record_of(example)
    items = {item["id"]: item for item in record["items"]}
    for gate in record["gates"]:
        value = measured(gate, items)
        assert gate["value"] == (None if value is None else pytest.approx(value, abs=1e-8)), gate["id"]
        margin = (-1 if value is None else value - gate["threshold"]) * (1 if gate["side"] == "at_least" else -1)
        assert gate["holds"] == (value is not None and margin >= -1e-9), gate["id"]
        assert gate["possible"] or not gate["holds"]


def test_the_stage_follows_from_the_gates(example: Any) -> None:
    record = record_of(example)
    stages = [stage.id for stage in example.audit.rubric.content.stages]
    failing = [stages.index(gate["stage"]) for gate in record["gates"] if not gate["holds"]]
    assert stages.index(record["stage"]["floor"]) == min(failing, default=len(stages)) - 1


def test_the_counts_are_those_of_the_items(example: Any) -> None:
    record = record_of(example)
    given = Counter(item["answer"] for item in record["items"])
    assert {answer: count for answer, count in record["counts"].items() if count} == given
    assert sum(record["counts"].values()) == len(record["items"]) == record["stage"]["of"]
    known = len(record["items"]) - given["unknown"] - given["unanswered"]
    assert record["stage"]["known"] == known


def test_the_readings_have_the_names_of_the_format(riverside: Any, small: Callable[..., Any]) -> None:
    views = [f"view:{name}" for name in ("service-users", "peer-workers", "staff", "leaders")]
    assert [reading["id"] for reading in record_of(riverside)["readings"]] == READINGS + views
    assert [reading["id"] for reading in record_of(small({}))["readings"]] == READINGS[:-1]


def test_an_answer_says_which_view_it_is_from_and_who_was_heard(riverside: Any) -> None:
    items = {item["id"]: item for item in record_of(riverside)["items"]}
    assert items["building-local-organisations"]["from"] == "staff.yaml"
    assert items["building-local-organisations"]["heard"] == ["staff", "leaders"]
    assert items["same-few-people"]["from"] == "service-users.yaml"
    assert items["national-infrastructure"]["from"] is None
    assert items["groups-preparing-for-independence"]["counts_as"] is None
    assert items["influence-on-governance"]["evidence"] == [
        {
            "text": "The new office hours were announced to us and not discussed",
            "date": "2026-10-14",
            "link": None,
            "view": "service-users.yaml",
        },
        {
            "text": "Minutes of the management meeting",
            "date": "2026-10-14",
            "link": "https://example.org/riverside/minutes-2026-10",
            "view": "staff.yaml",
        },
    ]


def test_what_each_view_answered_is_kept(riverside: Any) -> None:
    views = record_of(riverside)["views"]
    for view, source in zip(views, riverside.audit.views, strict=True):
        given = {item: answer.answer for item, answer in source.content.answers.items() if answer.answer}
        assert view["answers"] == given


def test_notes_reasons_and_actions_are_kept(riverside: Any) -> None:
    record = record_of(riverside)
    items = {item["id"]: item for item in record["items"]}
    assert [note["view"] for note in items["same-few-people"]["notes"]] == ["service-users.yaml", "staff.yaml"]
    assert items["groups-preparing-for-independence"]["reasons"][0]["text"].startswith("The walking group")
    assert [action["view"] for action in record["actions"]] == ["service-users.yaml"] * 2 + ["staff.yaml"] * 3
    assert record["actions"][0]["due"] == "2027-06-15"


def test_at_the_top_there_are_no_next_steps(small: Callable[..., Any], all_best: dict[str, str]) -> None:
    record = record_of(small(all_best, respondents={"members": 2}))
    assert record["stage"]["floor"] == "high"
    assert record["next_steps"] is None


def test_a_record_says_the_same_as_the_report(example: Any) -> None:
    record = record_of(example)
    assert record["warnings"] == example.report.warnings
    steps = record["next_steps"]
    assert len(steps["changes"]) == len(example.report.changes)
    assert len(record["disagreements"]) == len(example.report.disagreements)
