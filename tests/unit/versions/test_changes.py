"""How far each change of a rubric raises its version number (docs/formats.md, "Which number to raise")."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.each import each
from tests.unit.engine.building import gate, item, load, rubric_text
from tests.unit.engine.comparing.rounds import later_versions
from tests.unit.engine.strategies import promise, rubric_models

from involve_audit.model.rubric import Rubric
from involve_audit.versions.changes import LEVELS, rubric_changes, verdict
from involve_audit.words.versions import VERDICTS, WHAT_CHANGED

BASE = json.loads(
    rubric_text(
        [
            item("led", na=True, limits=[]),
            item("seat", implies=["led"]),
            item("habit", "deficit", limits=["led"]),
            item("token", "anti-pattern", limits=["seat"]),
        ],
        {"high": [gate("share", ["led", "seat"], at_least="50%")], "top": [gate("lowest", ["led"], at_least="yes")]},
        without_evidence="partly",
    )
)
Change = Callable[[dict[str, Any]], Any]


def changed(*changes: Change, version: str = "1.0.0") -> Rubric:
    data = deepcopy(BASE)
    data["version"] = version
    for change in changes:
        change(data)
    return load(json.dumps(data).encode())


def set_item(place: int, **values: Any) -> Change:
    return lambda data: data["indicators"][place].update(values)


def set_gate(**values: Any) -> Change:
    return lambda data: data["stages"][1]["gates"][0].update(values)


def drop_item(data: dict[str, Any]) -> None:
    del data["indicators"][1]
    data["stages"][1]["gates"][0]["items"] = {"ids": ["led"]}
    data["anti_patterns"][0]["limits"] = []


def rename_item(data: dict[str, Any]) -> None:
    drop_item(data)
    data["indicators"].append(item("chair", replaces=["seat"]))


CASES: list[tuple[str, Change, list[tuple[str, str]]]] = [
    ("gone", drop_item, [("major", "item-gone"), ("minor", "item-limits"), ("minor", "gate-rule")]),
    (
        "replaced",
        rename_item,
        [("major", "item-replaced"), ("minor", "item-new"), ("minor", "item-limits"), ("minor", "gate-rule")],
    ),
    ("new", lambda data: data["indicators"].append(item("more")), [("minor", "item-new")]),
    ("kind", set_item(1, kind="practice", implies=[]), [("major", "item-kind"), ("minor", "item-implies")]),
    ("stage", set_item(1, stage="top"), [("major", "item-stage")]),
    (
        "not set aside",
        lambda data: data["indicators"][0].pop("not_applicable_when"),
        [("major", "not-applicable-gone")],
    ),
    ("set aside", set_item(1, not_applicable_when="W."), [("minor", "not-applicable-new")]),
    ("alternative", set_item(1, alternative_stage="top"), [("minor", "item-alternative-stage")]),
    ("limits", set_item(2, limits=["seat"]), [("minor", "item-limits")]),
    ("implies", set_item(1, implies=[]), [("minor", "item-implies")]),
    ("question", set_item(0, ask="Really?"), [("patch", "question-words")]),
    ("title", set_item(0, title="Other"), [("patch", "other-words")]),
    ("also", lambda data: data["scale"][0].update(also=["Sure"]), [("patch", "other-words")]),
    ("option gone", lambda data: data["scale"].pop(2), [("major", "option-gone")]),
    (
        "option value",
        lambda data: data["scale"][1].update(value=0.25),
        [("major", "option-value"), ("minor", "setting"), ("minor", "setting")],
    ),
    (
        "option narrower",
        lambda data: data["scale"][1].update({"for": ["achievement"]}),
        [("major", "option-narrower")],
    ),
    ("option wider", lambda data: data["scale"][2].pop("for"), [("minor", "option-wider")]),
    ("option done", lambda data: data["scale"][2].pop("if_done"), [("minor", "option-if-done")]),
    (
        "option new",
        lambda data: data["scale"].append({"id": "mostly", "title": "T", "value": 0.75}),
        [("minor", "option-new")],
    ),
    (
        "ladder",
        lambda data: data["stages"].pop(),
        [("major", "ladder"), ("minor", "gate-gone")],
    ),
    ("threshold", set_gate(at_least="60%"), [("minor", "gate-rule")]),
    ("reason", set_gate(because="C."), [("patch", "other-words")]),
    (
        "gate new",
        lambda data: data["stages"][1]["gates"].append(gate("lowest", ["seat"], at_least="yes", id="more")),
        [("minor", "gate-new")],
    ),
    ("perspective gone", lambda data: data["perspectives"].pop(), [("major", "perspective-gone")]),
    (
        "perspective new",
        lambda data: data["perspectives"].append({"id": "family", "title": "T"}),
        [("minor", "perspective-new")],
    ),
    ("order", lambda data: data["perspectives"].reverse(), [("minor", "perspective-order")]),
    (
        "themes",
        lambda data: data["themes"].append({"id": "money", "title": "T"}),
        [("minor", "themes")],
    ),
    ("setting", lambda data: data.update(minimum_answered="60%"), [("minor", "setting")]),
    ("readings", lambda data: data.update(readings=["view"]), [("minor", "setting")]),
    ("a line", lambda data: data["stages"][0].update(says="so"), [("patch", "other-words")]),
    ("own words", lambda data: data.update(words={"together": "Us."}), [("patch", "other-words")]),
    ("no setting", lambda data: data.pop("without_evidence"), [("minor", "setting")]),
]


@each(("change", "expected"), [case[1:] for case in CASES])
def test_each_change_has_its_level(change: Change, expected: list[tuple[str, str]]) -> None:
    found = [(one.level, one.sort) for one in rubric_changes(changed(), changed(change))]
    assert found == expected
    assert {sort for _level, sort in found} <= set(WHAT_CHANGED)


def test_another_way_to_write_a_threshold_is_no_change_of_it() -> None:
    assert [one.sort for one in rubric_changes(changed(), changed(set_gate(at_least="1/2")))] == ["other-words"]


def test_a_theme_is_moved_with_a_minor_version() -> None:
    both: Change = lambda data: data["themes"].append({"id": "money", "title": "T"})  # noqa: E731
    found = rubric_changes(changed(both), changed(both, set_item(0, theme="money")))
    assert [(one.level, one.sort, one.then, one.now) for one in found] == [("minor", "item-theme", "theme", "money")]


@each(
    ("change", "version", "name", "needed"),
    [
        (None, "1.0.0", "nothing-changed", None),
        (None, "1.0.1", "nothing-changed", None),
        (set_item(0, ask="Really?"), "1.0.0", "not-raised", "patch"),
        (set_item(0, ask="Really?"), "1.0.1", "as-needed", "patch"),
        (set_item(0, ask="Really?"), "1.1.0", "more-than-needed", "patch"),
        (set_gate(at_least="60%"), "1.0.1", "too-little", "minor"),
        (set_gate(at_least="60%"), "1.1.0", "as-needed", "minor"),
        (set_gate(at_least="60%"), "2.0.0", "more-than-needed", "minor"),
        (drop_item, "1.1.0", "too-little", "major"),
        (drop_item, "2.0.0", "as-needed", "major"),
        (drop_item, "0.9.0", "went-back", "major"),
    ],
)
def test_the_number_is_held_against_what_changed(
    change: Change | None, version: str, name: str, needed: str | None
) -> None:
    before, after = changed(), changed(*([change] if change else []), version=version)
    found = verdict(before, after, rubric_changes(before, after))
    assert (found.name, found.needed) == (name, needed)
    assert found.is_wrong == (name in ("not-raised", "too-little", "went-back"))
    assert name in VERDICTS


def test_another_id_is_another_rubric() -> None:
    other = changed(lambda data: data.update(id="other"))
    assert verdict(changed(), other, rubric_changes(changed(), other)).name == "other-rubric"


@given(st.data())
@promise(25)
def test_what_changed_names_every_question_that_came_or_went(data: st.DataObject) -> None:
    old = data.draw(rubric_models())
    new = data.draw(later_versions(old))
    changes = rubric_changes(old, new)
    assert {one.level for one in changes} <= set(LEVELS)
    named = {one.about for one in changes if one.sort in ("item-gone", "item-replaced", "item-new")}
    assert named == {item.id for item in old.items} ^ {item.id for item in new.items}
    assert not rubric_changes(old, old)
