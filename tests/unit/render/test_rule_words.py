"""The rule in words says what the gates say, each kind of gate in a sentence of its own."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from tests.each import each
from tests.unit.engine.building import gate, item, load, rubric_text

from involve_audit.loading.rubric import load_rubric
from involve_audit.model.rubric import Rubric
from involve_audit.render.rule_words import conditions

SHAPES = Path(__file__).parents[2] / "shapes"
ITEMS = [
    item("a", title="Agenda"),
    item("b", title="Board"),
    item("p", "practice", title="Survey"),
    item("d", "deficit", title="Ignored"),
    item("e", "deficit", title="Late"),
    item("t", "anti-pattern", title="Token"),
]
COLUMN = {"stage": "high", "kind": "achievement"}
BAD = {"kind": ["deficit", "anti-pattern"]}


def words(*gates: dict[str, Any]) -> list[str]:
    data = json.loads(rubric_text(copy.deepcopy(ITEMS), {"high": gates}))
    data["perspectives"] = [{"id": "users", "title": "People who use it"}]
    data["themes"] = [{"id": "theme", "title": "Voice"}]
    data["stages"][1] |= {"title": "A high stage", "short": "High"}
    data["scale"][1]["title"] = "Partly"
    rubric = load(json.dumps(data).encode())
    return [condition.words for condition in conditions(rubric, rubric.stages[1])]


@each(
    ("asked", "said"),
    [
        (gate("share", COLUMN, at_least="50%"), "At least half of the 2 achievements of “High” must be in place."),
        (gate("share", COLUMN, at_least="1/3"), "At least a third of the 2 achievements of “High” must be in place."),
        (gate("share", COLUMN, at_least="80%"), "At least 80% of the 2 achievements of “High” must be in place."),
        (gate("share", COLUMN, at_least="0.6"), "At least 60% of the 2 achievements of “High” must be in place."),
        (gate("share", COLUMN, at_least="100%"), "All of the 2 achievements of “High” must be in place."),
        (
            gate("share", {"theme": "theme", "kind": ["practice", "achievement"]}, at_least="1/2"),
            "At least half of the 3 practices and achievements on “Voice” must be in place.",
        ),
        (
            gate("points", {"kind": "practice"}, at_least="partly"),
            "Taken together, the one practice must come to at least 0.5.",
        ),
        (
            gate("points", {"kind": "deficit"}, at_most="1"),
            "Taken together, the 2 deficits may come to no more than 1.",
        ),
        (gate("points", {"kind": "deficit"}, at_most="0"), "Of the 2 deficits, none may be true, not even in part."),
        (gate("highest", ["t"], at_most="no"), "“6. Token” must not be true, not even in part."),
        (gate("highest", ["t"], at_most="partly"), "“6. Token” must not be worse than “Partly”."),
        (gate("highest", BAD, at_most="0.5"), "Of the 3 deficits and anti-patterns, none may be worse than “Partly”."),
        (
            gate("lowest", ["a", "b"], at_least="partly"),
            "Of “1. Agenda” and “2. Board”, each must be at least “Partly”.",
        ),
        (gate("lowest", ["a"], at_least="0.3"), "“1. Agenda” must be at least “0.3”."),
        (
            gate("not-applicable", COLUMN, at_most="1/3"),
            "No more than a third of the 2 achievements of “High” may be set aside as not applicable.",
        ),
        (
            gate("not-applicable", {"stage": "high"}, at_most="0%"),
            "None of the 5 questions of “High” may be set aside as not applicable.",
        ),
        (
            gate("heard", COLUMN, at_least="50%", perspective="users"),
            "People who use it must have answered at least half of the 2 achievements of “High”.",
        ),
        (
            gate("heard", COLUMN, at_least="1", perspective="users"),
            "People who use it must have answered all of the 2 achievements of “High”.",
        ),
    ],
)
def test_each_kind_of_gate_has_its_sentence(asked: dict[str, Any], said: str) -> None:
    assert words(asked) == [said]


def test_many_items_named_one_by_one_are_cut_short() -> None:
    many = [item(f"i{number}", title=f"T{number}") for number in range(8)]
    rubric = load(rubric_text(many, {"high": [gate("lowest", [one["id"] for one in many], at_least="partly")]}))
    (condition,) = conditions(rubric, rubric.stages[1])
    assert condition.words.startswith(
        "Of “1. T0”, “2. T1”, “3. T2”, “4. T3”, “5. T4”, “6. T5”, … and 2 more, each must be at least"
    )


def test_a_changed_gate_changes_the_words() -> None:
    text = (SHAPES / "ready-to-open.yaml").read_text(encoding="utf-8")

    def said(text: str) -> list[str]:
        rubric: Rubric = load(text.encode())
        return [condition.words for condition in conditions(rubric, rubric.stages[1])]

    before, after = said(text), said(text.replace("at_least: 2/3", "at_least: 75%"))
    assert [one for one in before if one not in after] == [
        "At least two thirds of the 3 achievements on “The people” must be in place."
    ]
    assert [one for one in after if one not in before] == [
        "At least three quarters of the 3 achievements on “The people” must be in place."
    ]


def test_every_gate_of_the_shipped_rubric_has_a_sentence_and_its_reason() -> None:
    rubric = load_rubric("service-user-leadership-spectrum").content
    said = [condition for stage in rubric.stages for condition in conditions(rubric, stage)]
    assert len(said) == sum(len(stage.gates) for stage in rubric.stages)
    assert len({condition.words for condition in said}) == len(said)
    assert all(condition.because for condition in said)
