"""What is published beside the stage: readings, counts, the range, the grid (method.md, section 5)."""

from __future__ import annotations

import pytest

from involve_audit.engine.assessment import assess

from .building import SCALE, assessed, gate, item, small, view

SHARE = {"high": [gate("share", {"kind": "achievement"}, at_least="100%")]}


def test_only_evidence_makes_a_bare_yes_partly():
    rubric = small([item("a")], SHARE)
    assert assessed(rubric, {"a": "yes"}).reading("evidence-only") == "low"
    assert assessed(rubric, {"a": "yes"}, evidence=["a"]).reading("evidence-only") == "high"


@pytest.mark.parametrize(("threshold", "stage"), [("partly", "high"), ("yes", "low")])
def test_a_bare_yes_counts_as_the_option_that_the_rubric_names(threshold, stage):
    gates = {"high": [gate("lowest", ["a"], at_least=threshold)]}
    assert assessed(small([item("a")], gates), {"a": "yes"}).reading("evidence-only") == stage
    strict = small([item("a")], gates, without_evidence="no")
    assert assessed(strict, {"a": "yes"}).reading("evidence-only") == "low"


def test_only_evidence_leaves_everything_but_a_full_achievement_alone():
    rubric = small(
        [item("a"), item("b", "practice"), item("d", "deficit")],
        {
            "high": [
                gate("lowest", ["a"], at_least="partly"),
                gate("lowest", ["b"], at_least="yes"),
                gate("highest", ["d"], at_most="no"),
            ]
        },
        without_evidence="no",
    )
    assert assessed(rubric, {"a": "partly", "b": "yes", "d": "no"}).reading("evidence-only") == "high"


def test_evidence_for_another_answer_is_no_evidence():
    rubric = small([item("a")], SHARE)
    views = [
        view(rubric, {"a": "yes"}, ["users"]),
        view(rubric, {"a": "partly"}, ["staff"], evidence=["a"]),
    ]
    assert assess(rubric, views).reading("evidence-only") == "low"


@pytest.mark.parametrize(("kind", "measure"), [("achievement", "share"), ("practice", "points")])
def test_not_applicable_read_as_no_is_a_good_thing_that_is_missing(kind, measure):
    rubric = small(
        [item("a", kind), item("b", kind, na=True)],
        {"high": [gate("points", ["a"], at_least=1), gate(measure, {"kind": kind}, at_least="75%")]},
    )
    found = assessed(rubric, {"a": "yes", "b": "not-applicable"})
    assert found.floor == "high"
    assert found.reading("not-applicable-as-no") == ("low" if measure == "share" else "high")


@pytest.mark.parametrize("kind", ["deficit", "anti-pattern"])
def test_not_applicable_read_as_no_is_a_bad_thing_that_is_there(kind):
    rubric = small([item("a"), item("b", kind, na=True)], {"high": [gate("points", ["b"], at_most=0)]})
    found = assessed(rubric, {"a": "yes", "b": "not-applicable"})
    assert (found.floor, found.reading("not-applicable-as-no")) == ("high", "low")


def test_plans_done_reads_a_plan_as_what_it_would_be():
    rubric = small([item("a"), item("b")], SHARE)
    assert assessed(rubric, {"a": "yes", "b": "planned"}).reading("plans-done") == "high"
    assert assessed(rubric, {"a": "yes", "b": "no"}).reading("plans-done") == "low"


def test_plans_done_follows_what_the_rubric_says_a_plan_becomes():
    scale = [dict(option) for option in SCALE]
    scale[2]["if_done"] = "partly"
    rubric = small([item("a")], SHARE, scale=scale, limit_to="partly")
    assert assessed(rubric, {"a": "planned"}).reading("plans-done") == "low"


BY_STAGE = {
    "high": [gate("share", {"stage": "high"}, at_least="100%")],
    "top": [gate("share", {"stage": "top"}, at_least="100%")],
}


def test_the_disputed_item_at_its_other_stage():
    rubric = small(
        [item("a"), item("b", alternative_stage="top"), item("c", stage="top")],
        BY_STAGE,
    )
    found = assessed(rubric, {"a": "yes", "b": "no", "c": "no"})
    assert (found.floor, found.reading("alternative-placement")) == ("low", "high")


def test_without_a_disputed_item_there_is_no_such_reading():
    found = assessed(small([item("a"), item("c", stage="top")], BY_STAGE), {})
    assert "alternative-placement" not in [reading.id for reading in found.readings]


def test_a_gate_that_looks_at_nothing_in_the_other_placement():
    rubric = small(
        [item("a", alternative_stage="low")],
        {"high": [gate("not-applicable", {"stage": "high"}, at_most=0)]},
    )
    assert assessed(rubric, {"a": "yes"}).reading("alternative-placement") == "high"


def test_each_perspectives_own_view_leaves_out_who_was_heard():
    rubric = small(
        [item("a")],
        {
            "high": [
                gate("lowest", ["a"], at_least="yes"),
                gate("heard", ["a"], at_least="100%", perspective="users"),
            ]
        },
    )
    views = [view(rubric, {"a": "yes"}, ["staff"]), view(rubric, {"a": "no"}, ["carers", "staff"])]
    found = assess(rubric, views)
    assert [one.id for one in found.readings if one.id.startswith("view:")] == ["view:carers", "view:staff"]
    assert (found.floor, found.reading("view:carers"), found.reading("view:staff")) == ("low", "low", "low")
    alone = assess(rubric, views[:1])
    assert (alone.floor, alone.reading("view:staff")) == ("low", "high")


def test_a_view_of_documents_is_nobodys_own_view():
    rubric = small([item("a")], SHARE)
    found = assess(rubric, [view(rubric, {"a": "yes"}, [])])
    assert [one.id for one in found.readings] == [
        "floor",
        "ceiling",
        "evidence-only",
        "not-applicable-as-no",
        "plans-done",
    ]
    with pytest.raises(KeyError):
        found.reading("view:users")


@pytest.mark.parametrize(
    ("known", "minimum", "enough"),
    [(1, "50%", False), (2, "50%", True), (1, "1/4", True), (3, "100%", False), (4, "100%", True), (0, "0", True)],
)
def test_fewer_than_the_minimum_is_not_enough_known(known, minimum, enough):
    names = "abcd"
    rubric = small([item(name, na=True) for name in names], SHARE, minimum_answered=minimum)
    words = ["not-applicable", "no", "planned", "yes"]
    found = assessed(rubric, dict(zip(names[:known], words, strict=False)), otherwise="unknown")
    assert (found.known, found.enough_known) == (known, enough)


def test_counts_name_every_answer_once():
    rubric = small([item(name, na=True) for name in "abcdefg"], SHARE)
    words = ["yes", "yes", "planned", "not-applicable", "unknown", "partly"]
    found = assessed(rubric, dict(zip("abcdef", words, strict=True)))
    assert found.counts == {
        "yes": 2,
        "partly": 1,
        "planned": 1,
        "no": 0,
        "not-applicable": 1,
        "unknown": 1,
        "unanswered": 1,
    }


def test_the_grid_is_theme_by_stage_without_stages_that_have_no_items():
    themes = [{"id": name, "title": "T"} for name in ("this", "that")]
    rubric = small(
        [
            item("a", theme="that"),
            item("b", "deficit", theme="this", stage="low"),
            item("c", theme="that"),
            item("x", "anti-pattern"),
        ],
        {"high": [gate("points", ["a"], at_least=1)], "top": [gate("points", ["c"], at_least=1)]},
        themes=themes,
    )
    assert assessed(rubric, {}).grid == (
        ("this", (("low", ("b",)), ("high", ()))),
        ("that", (("low", ()), ("high", ("a", "c")))),
    )


# What decides a range


def test_the_unknown_items_that_can_move_a_failing_gate_decide():
    rubric = small(
        [item("a"), item("b"), item("c"), item("d", "deficit", limits=["b"]), item("e", "deficit")],
        {"high": [gate("share", ["a", "b"], at_least="80%")]},
    )
    found = assessed(rubric, {"b": "yes"})
    assert (found.floor, found.ceiling) == ("low", "high")
    assert found.decided_by == (("a", "d"), ())


def test_what_is_unknown_but_cannot_move_the_stage_does_not_decide():
    rubric = small([item("a"), item("b")], {"high": [gate("lowest", ["a"], at_least="yes")]})
    assert assessed(rubric, {"a": "no"}).decided_by == ((), ())
    assert assessed(rubric, {"a": "yes"}).decided_by == ((), ())


def test_an_item_and_the_one_that_implies_it_both_decide():
    """No single answer moves the gate's figure, from the floor or from the ceiling."""
    rubric = small(
        [item("a"), item("b"), item("c", implies=["a"]), item("d", implies=["b"])],
        {"high": [gate("lowest", ["a", "b"], at_least="yes")]},
    )
    found = assessed(rubric, {})
    assert (found.floor, found.ceiling) == ("low", "high")
    assert found.decided_by == (("a", "b", "c", "d"), ())


def test_two_limits_on_one_item_both_decide():
    rubric = small(
        [item("a"), item("d", "deficit", limits=["a"]), item("e", "deficit", limits=["a"])],
        {"high": [gate("lowest", ["a"], at_least="yes")]},
    )
    assert assessed(rubric, {"a": "yes"}).decided_by == (("d", "e"), ())


def test_a_limit_on_what_another_limit_holds_down_anyway_does_not_decide():
    rubric = small(
        [item("a"), item("d", "deficit", limits=["a"]), item("e", "deficit", limits=["a"])],
        {"high": [gate("lowest", ["a"], at_least="partly")]},
    )
    assert assessed(rubric, {"e": "yes"}).decided_by == (("a",), ())


def test_floor_and_ceiling_are_always_there_and_of_the_other_readings_those_that_the_rubric_has():
    asked = {"a": "yes", "b": "planned"}
    for names in ([], ["ceiling"], ["plans-done"], ["view", "evidence-only"]):
        rubric = small([item("a"), item("b", alternative_stage="low")], SHARE, readings=names)
        found = assess(rubric, [view(rubric, asked, ["users"])])
        told = dict.fromkeys(one.id.partition(":")[0] for one in found.readings)
        assert set(told) == {"floor", "ceiling", *names}
