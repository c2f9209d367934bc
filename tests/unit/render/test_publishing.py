"""What may be shared: no free text, no small number of people, and nothing from which they could be worked out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.unit.engine.strategies import promise

from involve_audit.model.record import FewerThan, Record
from involve_audit.model.rubric import Sourced
from involve_audit.model.strict import fields
from involve_audit.model.view import Action, Answer, Audit, Evidence, View
from involve_audit.render import record, schema
from involve_audit.render.formats import ASSESSMENT
from involve_audit.render.publishing import left_out, published
from involve_audit.render.titles import Titles
from involve_audit.words.reports import LEFT_OUT, PUBLISHING, WORDS

Small = Callable[..., Any]
Room = dict[str, int]
BOUND = 5
MARK = "jane-hidden"
EVERY_FORMAT = [entry.name for entry in ASSESSMENT.formats if not entry.binary]
"""A PDF is the page of `html`, printed."""
PEOPLE = {"members": 6, "staff": 1}
ANSWERS: dict[str, Any] = {
    "survey": {"note": f"{MARK} note on an open question"},
    "agenda": {"answer": "not-applicable", "reason": f"{MARK} reason", "note": f"{MARK} note"},
    "board": {
        "answer": "yes",
        "evidence": [{"text": f"{MARK} text", "date": "2026-01-02", "link": f"https://example.org/{MARK}"}],
    },
    "ignored": "no",
    "token": "unknown",
}
ACTIONS = [
    {"item": "board", "what": f"{MARK} what", "owner": f"{MARK} owner", "due": "2026-12-01", "done": True},
    {"what": f"{MARK} else"},
]


def case_for_sharing(case: Any, fewer_than: int = BOUND) -> Any:
    """The same assessment with the audit that may be shared."""
    return dataclasses.replace(case, audit=published(case.audit, fewer_than))


def record_of(case: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(case.text("record"))
    return data


@pytest.fixture
def marked(small: Small) -> Any:
    """An audit with a mark in everything that is free text, and in every name and path."""
    head = {"respondents": PEOPLE, "method": f"{MARK} method", "answers": ANSWERS, "actions": ACTIONS}
    staff = {"respondents": {"staff": 7}, "date": "2026-11-20", "answers": {"board": "no", "survey": "yes"}}
    views = {f"{MARK}.yaml": head, f"staff-of-{MARK}.yaml": staff}
    return small(views=views, beside={f"{MARK}-shopping.yaml": "milk: 1\n"}, folder=f"folder-of-{MARK}")


# Nothing that was left out is anywhere


def test_the_audit_for_sharing_holds_nothing_that_was_left_out(marked: Any) -> None:
    shared = repr(published(marked.audit, BOUND))
    for secret in (MARK, marked.audit.rubric.file):
        assert secret in repr(marked.audit)
        assert secret not in shared


@pytest.mark.parametrize("format_name", EVERY_FORMAT)
def test_no_format_shows_anything_that_was_left_out(format_name: str, marked: Any) -> None:
    text = case_for_sharing(marked).text(format_name)
    assert "Riverside" in text
    for secret in (MARK, *(view.sha256 for view in marked.audit.views), "2026-01-02", "2 January 2026"):
        assert secret not in text


def test_whether_a_new_field_may_be_shared_has_to_be_decided() -> None:
    kept = {
        Audit: "id subject date views rubric fewer_than left_out",
        View: "format rubric audit subject date respondents answers actions",
        Answer: "answer",
        Action: "item due done",
        Evidence: "",
    }
    gone = {
        Audit: "inputs left_alone copies outdated doubts",
        View: "method retired response saved combined",
        Answer: "reason note evidence last_time tally",
        Action: "what owner",
        Evidence: "text date link",
    }
    for model, names in kept.items():
        known = {field.name for field in dataclasses.fields(Audit)} if model is Audit else fields(model)
        assert set(known) == set(f"{names} {gone[model]}".split()), model


def test_what_may_be_shared_is_kept(marked: Any) -> None:
    audit = published(marked.audit, BOUND)
    assert (audit.id, audit.subject, audit.date) == ("spring", marked.audit.subject, marked.audit.date)
    assert (audit.rubric.content, audit.rubric.sha256) == (marked.audit.rubric.content, marked.audit.rubric.sha256)
    assert [view.file for view in audit.views] == ["view-1", "view-2"]
    assert [view.content.date.day for view in audit.views] == [22, 20]
    first, second = (view.content for view in audit.views)
    assert {item: given.answer for item, given in first.answers.items()} == {
        "agenda": "not-applicable",
        "board": "yes",
        "ignored": "no",
        "token": "unknown",
    }
    assert (first.respondents, second.respondents) == ({"members": 6, "staff": 1}, {"staff": 7})
    assert [(action.item, action.due and action.due.year, action.done) for action in first.actions] == [
        ("board", 2026, True),
        (None, None, False),
    ]
    assert {action.what for action in first.actions} == {PUBLISHING["action"]}


@pytest.mark.parametrize("format_name", EVERY_FORMAT)
def test_an_audit_that_was_named_after_its_file_is_not_any_more(format_name: str, small: Small) -> None:
    case = small(ANSWERS)
    (view,) = case.audit.views
    nameless = Sourced(view.content.changed(audit=None), f"{MARK}.yaml", view.sha256)
    case = dataclasses.replace(case, audit=dataclasses.replace(case.audit, id=MARK, views=(nameless,)))
    assert published(case.audit, BOUND).id == "view-1"
    assert MARK not in case_for_sharing(case).text(format_name)


def test_files_of_one_name_in_two_folders_stay_apart(small: Small) -> None:
    case = small(views={"a.yaml": {"respondents": {"members": 6}}, "b.yaml": {"respondents": {"staff": 6}}})
    views = tuple(dataclasses.replace(view, file="answers.yaml") for view in case.audit.views)
    record = record_of(case_for_sharing(dataclasses.replace(case, audit=dataclasses.replace(case.audit, views=views))))
    assert [view["file"] for view in record["views"]] == ["view-1", "view-2"]


@pytest.mark.parametrize("format_name", EVERY_FORMAT)
def test_warnings_name_no_file(format_name: str, small: Small) -> None:
    views = {f"{MARK}.yaml": {"answers": {"board": "yes"}}, f"b-{MARK}.yaml": {"respondents": {"staff": 2}}}
    case = small(views=views, beside={f"{MARK}-shopping.yaml": "milk: 1\n"})
    assert sum(MARK in warning for warning in case.report.warnings) == 2
    shared = case_for_sharing(case)
    assert [warning for warning in shared.report.warnings if "view-" in warning] == [
        "view-2: nobody answered these questions. It is a reading of documents."
    ]
    assert MARK not in shared.text(format_name)


# Nothing else changes


def test_the_stage_and_every_figure_are_unaffected(example: Any) -> None:
    full, shared = record_of(example), record_of(case_for_sharing(example))
    for part in ("subject", "date", "stage", "readings", "gates", "counts", "disagreements", "next_steps"):
        assert shared[part] == full[part]
    for before, after in zip(full["items"], shared["items"], strict=True):
        same = set(before) - {"from", "reasons", "notes", "evidence"}
        assert {name: after[name] for name in same} == {name: before[name] for name in same}
        assert (after["reasons"], after["notes"], after["evidence"]) == ([], [], [])


# Numbers of people


def test_small_numbers_are_given_as_fewer_than(marked: Any) -> None:
    assert [voice.who for voice in case_for_sharing(marked).report.voices] == [
        "Members: 6; Staff: fewer than 5",
        "Staff: 7",
    ]
    assert [voice.who for voice in case_for_sharing(marked, 10).report.voices] == [
        "Members: fewer than 10; Staff: fewer than 10",
        "Staff: fewer than 10",
    ]
    assert [voice.who for voice in marked.report.voices] == ["Members: 6; Staff: 1", "Staff: 7"]


def test_the_number_at_the_bound_is_shown_and_nobody_stays_nobody(small: Small) -> None:
    (voice,) = case_for_sharing(small({}, respondents={"members": 5, "staff": 0})).report.voices
    assert voice.who == "Members: 5"
    (voice,) = case_for_sharing(small({}, folder="nobody")).report.voices
    assert voice.who == "nobody: a reading of documents"


def test_a_rubric_that_does_not_ask_who_hides_no_number(small: Small, small_rubric: dict[str, Any]) -> None:
    small_rubric["perspectives"] = []
    del small_rubric["stages"][1]["gates"][1]
    del small_rubric["indicators"][1]["wording"]
    del small_rubric["scenarios"][0]["respondents"]
    shared = case_for_sharing(small({"board": "yes"}, rubric=small_rubric))
    assert shared.report.voices[0].who == "not recorded: this rubric does not ask who"
    assert len(left_out(shared.audit)) == 3


def every_group_of(views: tuple[Sourced[View], ...]) -> chain[tuple[Sourced[View], ...]]:
    return chain.from_iterable(combinations(views, size) for size in range(len(views) + 1))


def shown(audit: Audit) -> tuple[Audit, list[str]]:
    """What renderers are given, and all that they can say about people: each view, each total of any of the views."""
    titles = Titles(audit.rubric.content, audit.fewer_than)
    who = [titles.who(view.content) for view in audit.views]
    totals = [titles.total(*(view.content for view in group)) for group in every_group_of(audit.views)]
    people = [str(view.respondents) for view in record._views(audit)]
    return audit, [*who, *totals, *people, *left_out(audit)]


def with_people(audit: Audit, rooms: list[Room]) -> Audit:
    """An audit whose views these people answered; each set of numbers makes files of its own hashes."""
    content = audit.views[0].content
    views = [
        Sourced(content.changed(respondents=room), f"{place}.yaml", sha256=f"{place} {room}")
        for place, room in enumerate(rooms)
    ]
    return dataclasses.replace(audit, views=tuple(views))


ROOMS = st.lists(
    st.dictionaries(st.sampled_from(["service-users", "staff", "leaders"]), st.integers(0, BOUND + 3)),
    min_size=1,
    max_size=3,
)


@promise(120)
@given(ROOMS, st.data())
def test_every_hidden_number_could_be_any_small_number(riverside: Any, rooms: list[Room], data: st.DataObject) -> None:
    """From all that is shown, no value of any hidden number can be ruled out, whatever the others are."""
    seen = shown(published(with_people(riverside.audit, rooms), BOUND))
    hidden = [(room, name) for room in rooms for name, count in room.items() if 0 < count < BOUND]
    for room, name in hidden:
        kept = room[name]
        for possible in range(1, BOUND):
            room[name] = possible
            assert shown(published(with_people(riverside.audit, rooms), BOUND)) == seen
        room[name] = kept
    for room, name in hidden:
        room[name] = data.draw(st.integers(1, BOUND - 1))
    assert shown(published(with_people(riverside.audit, rooms), BOUND)) == seen


@promise(120)
@given(ROOMS)
def test_every_number_that_is_shown_is_true(riverside: Any, rooms: list[Room]) -> None:
    audit = published(with_people(riverside.audit, rooms), BOUND)
    titles = Titles(audit.rubric.content, audit.fewer_than)
    for room, view in zip(rooms, record._views(audit), strict=True):
        present = {name: count for name, count in room.items() if count}
        assert view.respondents.keys() == present.keys()
        for name, given_as in view.respondents.items():
            assert given_as == (FewerThan(fewer_than=BOUND) if present[name] < BOUND else present[name])
    for group in every_group_of(audit.views):
        counts = [count for view in group for count in rooms[audit.views.index(view)].values()]
        hides = any(0 < count < BOUND for count in counts)
        total = titles.total(*(view.content for view in group))
        assert total == (PUBLISHING["no_total"] if hides else str(sum(counts)))


def test_an_audit_that_is_not_for_sharing_has_every_total(riverside: Any) -> None:
    titles = Titles(riverside.audit.rubric.content, riverside.audit.fewer_than)
    assert [titles.total(view.content) for view in riverside.audit.views] == ["7", "6"]
    assert titles.total(*(view.content for view in riverside.audit.views)) == "13"


@pytest.mark.parametrize("format_name", EVERY_FORMAT)
def test_audits_that_differ_in_what_is_left_out_alone_give_the_same_bytes(format_name: str, small: Small) -> None:
    texts = set()
    for place, name in enumerate(("anna", "ben", "carla", "dean")):
        people = {"members": 5, "staff": place + 1}
        answers = {"board": {"answer": "yes", "note": f"{name} says so", "evidence": [{"text": name}]}}
        actions = [{"item": "board", "what": name, "owner": name}]
        views = {f"{name}.yaml": {"respondents": people, "answers": answers, "actions": actions, "method": name}}
        texts.add(case_for_sharing(small(views=views, folder=name)).text(format_name))
    assert len(texts) == 1


# The report says what was left out


def test_a_report_says_what_was_left_out_and_warns(marked: Any) -> None:
    lead, numbers, unaffected, recognised = left_out(published(marked.audit, BOUND))
    assert lead == (
        "This was made for sharing. Left out: notes, reasons why something does not apply, evidence, how the answers "
        "were gathered, the words of what was agreed, who is to do it, the names and fingerprints of the answers files "
        "and the names of files that were not read."
    )
    assert "“fewer than 5”" in numbers
    assert "stage" in unaffected
    assert "Ask the people who answered before you share this." in recognised


def test_only_what_was_there_is_said_to_be_left_out(small: Small) -> None:
    shared = published(small({"board": "yes"}, respondents={"members": BOUND}).audit, BOUND)
    assert shared.left_out == ("files",)
    assert left_out(shared) == [
        "This was made for sharing. Left out: the names and fingerprints of the answers files.",
        PUBLISHING["unaffected"],
        PUBLISHING["recognised"],
    ]


def test_nothing_is_said_where_nothing_was_left_out(marked: Any) -> None:
    assert left_out(marked.audit) == []


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("notes", {"answers": {"board": {"note": "x"}}}),
        ("reasons", {"answers": {"agenda": {"answer": "not-applicable", "reason": "x"}}}),
        ("evidence", {"answers": {"board": {"answer": "yes", "evidence": [{"text": "x"}]}}}),
        ("methods", {"method": "x"}),
        ("actions", {"actions": [{"what": "x"}]}),
        ("owners", {"actions": [{"what": "x", "owner": "x"}]}),
        ("left_alone", {"beside": {"shopping.yaml": "milk: 1\n"}}),
    ],
)
def test_each_kind_is_named_where_it_was(kind: str, lines: dict[str, Any], small: Small) -> None:
    shared = published(small(**lines).audit, BOUND)
    assert set(shared.left_out) == {kind, "files"} | ({"actions"} if "actions" in lines else set())
    assert LEFT_OUT[kind] in left_out(shared)[0]


def test_how_much_was_left_out_is_not_told(small: Small) -> None:
    one, many = (
        small({name: {"answer": "yes", "note": "x"} for name in names} | dict.fromkeys(rest, "yes"), folder=folder)
        for folder, names, rest in (("one", ["board"], ["agenda"]), ("many", ["board", "agenda"], []))
    )
    assert left_out(published(one.audit, BOUND)) == left_out(published(many.audit, BOUND))


# The record


def test_the_record_says_that_it_was_published(marked: Any) -> None:
    assert record_of(marked)["published"] is None
    found = record_of(case_for_sharing(marked))
    assert found["published"]["fewer_than"] == BOUND
    assert "evidence" in found["published"]["left_out"]
    assert [view["respondents"] for view in found["views"]] == [
        {"members": 6, "staff": {"fewer_than": BOUND}},
        {"staff": 7},
    ]
    assert [view["sha256"] for view in found["views"]] == [None, None]
    assert found["rubric"]["sha256"] == marked.audit.rubric.sha256
    assert next(item["from"] for item in found["items"] if item["id"] == "board") == "view-1"


def test_a_published_record_reads_back_as_it_was_written(example: Any) -> None:
    text = case_for_sharing(example).text("record")
    assert Record.from_tree(json.loads(text)).as_json() == text
    validator = Draft202012Validator(json.loads(schema.render("record")))
    assert [error.message for error in validator.iter_errors(json.loads(text))] == []


def test_a_record_from_before_there_was_publishing_still_loads(example: Any) -> None:
    old = record_of(example)
    del old["published"]
    for item in old["items"]:
        del item["evidenced"]
    read = Record.from_tree(old)
    assert read.published is None
    assert [read.has_evidence(item) for item in read.items] == [item.evidenced for item in example.assessment.items]
    assert Draft202012Validator(json.loads(schema.render("record"))).is_valid(old)


def test_a_published_record_still_tells_what_had_evidence(example: Any) -> None:
    read = Record.from_tree(json.loads(case_for_sharing(example).text("record")))
    assert [read.has_evidence(item) for item in read.items] == [item.evidenced for item in example.assessment.items]


@pytest.mark.parametrize("format_name", ["html", "markdown"])
def test_a_published_report_still_tells_that_there_was_evidence(format_name: str, marked: Any) -> None:
    assert WORDS["evidence_left_out"] in case_for_sharing(marked).text(format_name)
    assert WORDS["evidence_left_out"] not in marked.text(format_name)
    entries = [entry for _, found in case_for_sharing(marked).report.themes for entry in found]
    assert [entry.id for entry in entries if entry.evidence_left_out] == ["board"]
