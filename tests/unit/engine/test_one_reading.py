"""From answers to a stage: unknowns, limits, implications, measures, thresholds (method.md, section 4)."""

from __future__ import annotations

import pytest
from tests.each import each

from involve_audit.engine.assessment import assess

from .building import assessed, gate, item, measured, result, small, view

ANY = {"high": [gate("points", {"kind": ["practice", "achievement"]}, at_least=1)]}


def _counts(rubric, answers: dict[str, str], item_id: str) -> float | None:
    return result(assessed(rubric, answers), item_id).counts_as


# Settling what is not known


@pytest.mark.parametrize("kind", ["practice", "achievement"])
def test_an_unknown_good_thing_is_missing_at_the_floor_and_there_at_the_ceiling(kind):
    rubric = small([item("a"), item("x", kind)], {"high": [gate("lowest", ["x"], at_least="yes")]})
    found = assessed(rubric, {"x": "unknown"})
    assert (found.floor, found.ceiling, result(found, "x").value) == ("low", "high", 0)


@pytest.mark.parametrize("kind", ["deficit", "anti-pattern"])
def test_an_unknown_bad_thing_is_there_at_the_floor_and_missing_at_the_ceiling(kind):
    rubric = small([item("a"), item("x", kind)], {"high": [gate("highest", ["x"], at_most="no")]})
    found = assessed(rubric, {})
    assert (found.floor, found.ceiling, result(found, "x").value) == ("low", "high", 1)


def test_who_was_not_heard_may_still_confirm_it_at_the_ceiling():
    rubric = small([item("a")], {"high": [gate("heard", ["a"], at_least="100%", perspective="users")]})
    found = assess(rubric, [view(rubric, {"a": "yes"}, ["staff"])])
    assert (found.floor, found.ceiling) == ("low", "high")
    assert found.decided_by == ((), ("users",))
    assert [(one.holds, one.possible, one.perspective) for one in found.gates] == [(False, True, "users")]


# Limits


LIMITED = small([item("a"), item("d", "deficit", limits=["a"])], ANY)


@pytest.mark.parametrize(
    ("deficit", "own", "counts"),
    [
        ("yes", "yes", 0.5),
        ("partly", "yes", 1),
        ("no", "yes", 1),
        ("unknown", "yes", 0.5),
        ("yes", "partly", 0.5),
        ("yes", "no", 0),
    ],
)
def test_a_limit_holds_down_while_its_own_value_is_one(deficit, own, counts):
    found = result(assessed(LIMITED, {"d": deficit, "a": own}), "a")
    assert found.counts_as == counts
    assert found.limited_by == (("d",) if found.counts_as != found.value else ())


def test_almost_one_does_not_limit():
    scale = [{"id": "yes", "value": 1}, {"id": "nearly", "value": 0.99}, {"id": "no", "value": 0}]
    rubric = small([item("a"), item("d", "deficit", limits=["a"])], ANY, scale=scale)
    assert _counts(rubric, {"d": "nearly", "a": "yes"}, "a") == 1
    assert _counts(rubric, {"d": "yes", "a": "yes"}, "a") == 0


def test_an_anti_pattern_limits_and_a_limit_on_what_is_not_applicable_does_nothing():
    rubric = small([item("a", na=True), item("b"), item("x", "anti-pattern", limits=["a", "b"])], ANY)
    answers = {"a": "not-applicable", "b": "yes", "x": "yes"}
    assert _counts(rubric, answers, "a") is None
    assert _counts(rubric, answers, "b") == 0.5


def test_a_deficit_that_is_not_applicable_does_not_limit():
    rubric = small([item("a"), item("d", "deficit", limits=["a"], na=True)], ANY)
    assert _counts(rubric, {"a": "yes", "d": "not-applicable"}, "a") == 1


def test_two_limits_hold_down_no_more_than_one():
    rubric = small([item("a"), item("d", "deficit", limits=["a"]), item("e", "deficit", limits=["a"])], ANY)
    found = result(assessed(rubric, {"a": "yes", "d": "yes", "e": "yes"}), "a")
    assert (found.counts_as, found.limited_by) == (0.5, ("d", "e"))


# Implications


@pytest.mark.parametrize("order", ["abc", "cba", "bac", "cab", "acb", "bca"])
def test_an_implication_goes_all_the_way_in_any_order_of_declaration(order):
    implies = {"a": ["b"], "b": ["c"], "c": []}
    rubric = small([item(name, implies=implies[name]) for name in order], ANY)
    found = assessed(rubric, {"a": "yes", "b": "partly", "c": "no"})
    assert [result(found, name).counts_as for name in "abc"] == [1, 1, 1]
    assert [result(found, name).implied_by for name in "abc"] == [(), ("a",), ("b",)]


def test_an_implication_skips_what_is_not_applicable():
    rubric = small([item("a", implies=["b"]), item("b", na=True, implies=["c"]), item("c")], ANY)
    found = assessed(rubric, {"a": "yes", "b": "not-applicable", "c": "no"})
    assert [result(found, name).counts_as for name in "abc"] == [1, None, 0]


def test_an_implication_never_lowers():
    rubric = small([item("a", implies=["b"]), item("b")], ANY)
    found = result(assessed(rubric, {"a": "partly", "b": "yes"}), "b")
    assert (found.counts_as, found.implied_by) == (1, ())


def test_implications_come_after_limits_of_both_sides():
    rubric = small(
        [
            item("a", implies=["b"]),
            item("b"),
            item("on-a", "deficit", limits=["a"]),
            item("on-b", "deficit", limits=["b"]),
        ],
        ANY,
    )
    yes = {"a": "yes", "b": "no"}
    assert _counts(rubric, {**yes, "on-a": "yes", "on-b": "no"}, "b") == 0.5
    limited = result(assessed(rubric, {**yes, "b": "yes", "on-a": "no", "on-b": "yes"}), "b")
    assert (limited.counts_as, limited.limited_by, limited.implied_by) == (1, (), ())


# Measures


def _gate_holds(measure: str, side: str, threshold: object, answers: list[str], kind: str = "achievement"):
    """Figure of one gate over items with these answers, and whether it holds."""
    names = [f"x{number}" for number in range(len(answers))]
    rubric = small(
        [item("other"), *(item(name, kind, na=True) for name in names)],
        {"high": [gate(measure, names, **{side: threshold})]},
    )
    found = assessed(rubric, dict(zip(names, answers, strict=True)))
    figure, holds = measured(found, "high-0")
    assert (found.floor == "high") == holds
    return figure, holds


NA = "not-applicable"


@each(
    ("measure", "side", "threshold", "kind", "wanted"),
    [
        ("share", "at_least", 0, "achievement", (None, False)),
        ("points", "at_least", 0, "practice", (0, True)),
        ("points", "at_least", 0.5, "practice", (0, False)),
        ("points", "at_most", 0, "deficit", (0, True)),
        ("lowest", "at_least", 0, "achievement", (None, False)),
        ("highest", "at_most", 0, "anti-pattern", (0, True)),
        ("not-applicable", "at_most", "99%", "practice", (1, False)),
        ("not-applicable", "at_most", "100%", "practice", (1, True)),
    ],
)
def test_each_measure_where_nothing_is_applicable(measure, side, threshold, kind, wanted):
    assert _gate_holds(measure, side, threshold, [NA, NA], kind) == wanted


@each(
    ("measure", "side", "threshold", "kind", "answers", "wanted"),
    [
        ("share", "at_least", "75%", "achievement", ["yes", "partly", NA], (0.75, True)),
        ("share", "at_least", "76%", "achievement", ["yes", "partly", NA], (0.75, False)),
        ("points", "at_least", 1, "practice", ["partly", "partly", NA], (1, True)),
        ("points", "at_least", 1, "practice", ["partly", "no", NA], (0.5, False)),
        ("points", "at_most", 1, "deficit", ["partly", "partly", NA], (1, True)),
        ("points", "at_most", 1, "deficit", ["partly", "yes", NA], (1.5, False)),
        ("lowest", "at_least", "partly", "achievement", ["yes", "partly", NA], (0.5, True)),
        ("lowest", "at_least", "partly", "achievement", ["yes", "planned", NA], (0, False)),
        ("highest", "at_most", "partly", "deficit", ["no", "partly", NA], (0.5, True)),
        ("highest", "at_most", "partly", "deficit", ["no", "yes", NA], (1, False)),
        ("not-applicable", "at_most", "1/3", "practice", ["no", "yes", NA], (1 / 3, True)),
        ("not-applicable", "at_most", "33%", "practice", ["no", "yes", NA], (1 / 3, False)),
    ],
)
def test_each_measure_looks_at_what_is_applicable(measure, side, threshold, kind, answers, wanted):
    assert _gate_holds(measure, side, threshold, answers, kind) == wanted


def test_heard_is_those_heard_of_those_applicable():
    names = ["a", "b", "c", "d"]
    asked = gate("heard", names, at_least="2/3", perspective="users")
    rubric = small([item(name, na=True) for name in names], {"high": [asked]})
    staff = view(rubric, {"a": "yes", "b": "yes", "c": "yes", "d": NA}, ["staff"])

    def heard(**said: str) -> tuple[float | None, bool]:
        return measured(assess(rubric, [view(rubric, said, ["users"]), staff]), "high-0")

    assert heard(a="no", b="no") == (2 / 3, True)
    assert heard(a="no", b="unknown") == (1 / 3, False)


# Thresholds and tolerance


@pytest.mark.parametrize("written", ["50%", "1/2", "0.5", "partly", 0.5, "50.0 %", "2 / 4"])
def test_a_threshold_may_be_written_in_each_of_these_ways(written):
    assert _gate_holds("lowest", "at_least", written, ["partly"]) == (0.5, True)
    assert _gate_holds("lowest", "at_least", written, ["no"]) == (0, False)


TENTHS = [
    {"id": "yes", "value": 1},
    {"id": "tenth", "value": 0.1},
    {"id": "no", "value": 0},
]


def test_sums_that_are_equal_but_for_rounding_are_equal():
    assert 0.1 + 0.1 + 0.1 != 0.3
    names = ["a", "b", "c"]
    for measure, threshold in (("points", "0.3"), ("share", "10%")):
        rubric = small(
            [item(name) for name in names], {"high": [gate(measure, names, at_least=threshold)]}, scale=TENTHS
        )
        assert assessed(rubric, {}, otherwise="tenth").floor == "high"
    deficits = [item("other"), *(item(name, "deficit") for name in names)]
    rubric = small(deficits, {"high": [gate("points", names, at_most="0.3")]}, scale=TENTHS)
    assert assessed(rubric, {}, otherwise="tenth").floor == "high"


def test_three_thirds_are_a_whole():
    scale = [{"id": "yes", "value": 1}, {"id": "third", "value": 0.3333333333}, {"id": "no", "value": 0}]
    names = ["a", "b", "c"]
    rubric = small([item(name) for name in names], {"high": [gate("points", names, at_least=1)]}, scale=scale)
    assert assessed(rubric, {}, otherwise="third").floor == "high"
    assert assessed(rubric, {"a": "no"}, otherwise="third").floor == "low"


# Gates to a stage


LADDER = small(
    [item("a"), item("b"), item("c")],
    {
        "high": [gate("lowest", ["a"], at_least="yes"), gate("lowest", ["b"], at_least="yes")],
        "top": [gate("lowest", ["c"], at_least="yes")],
    },
)


@pytest.mark.parametrize(
    ("yes", "stage"), [("", "low"), ("a", "low"), ("ab", "high"), ("abc", "top"), ("c", "low"), ("ac", "low")]
)
def test_a_stage_needs_all_its_gates_and_those_of_every_stage_below(yes, stage):
    assert assessed(LADDER, dict.fromkeys(yes, "yes"), otherwise="no").floor == stage


def test_a_gate_selects_by_all_keys_given_and_a_list_means_any():
    items = [
        item("a", stage="high"),
        item("b", "practice", stage="high"),
        item("c", stage="low"),
        item("d", "deficit", stage="high"),
        item("x", "anti-pattern"),
    ]
    chosen = {
        "by-stage": {"stage": "high"},
        "by-two": {"stage": "high", "kind": "achievement"},
        "by-list": {"kind": ["achievement", "practice"]},
        "by-ids": {"ids": ["c", "x"]},
        "by-theme": {"theme": "theme"},
        "by-kind": {"kind": "anti-pattern"},
    }
    gates = [{**gate("not-applicable", select, at_most=1), "id": name} for name, select in chosen.items()]
    found = assessed(small(items, {"high": gates}), {})
    assert {one.id: "".join(one.items) for one in found.gates} == {
        "by-stage": "abd",
        "by-two": "a",
        "by-list": "abc",
        "by-ids": "cx",
        "by-theme": "abcd",
        "by-kind": "x",
    }
