"""Several views of one audit (method.md, section 3)."""

from __future__ import annotations

from itertools import permutations

import pytest
from tests.each import each

from involve_audit.engine.assessment import assess
from involve_audit.engine.resolve import resolve

from .building import SCALE, gate, item, result, small, view

ITEMS = [
    item("a", na=True),
    item("d", "deficit"),
]
RUBRIC = small(ITEMS, {"high": [gate("points", ["a"], at_least=1)]})


def _answer(item_id: str, *said: tuple[str | None, list[str]], rubric=RUBRIC) -> str:
    """What several views of one item come to; each says a word and who was present."""
    views = [view(rubric, {item_id: word} if word else {}, present) for word, present in said]
    return result(assess(rubric, views), item_id).answer


def test_the_first_perspective_together_with_others_comes_before_it_alone():
    assert _answer("a", ("yes", ["users"]), ("partly", ["users", "staff"])) == "partly"
    assert _answer("a", ("no", ["users"]), ("yes", ["users", "staff"])) == "yes"


def test_together_means_together_with_the_first_perspective():
    assert _answer("a", ("partly", ["carers", "staff"]), ("yes", ["users"])) == "yes"


def test_otherwise_the_earliest_perspective_of_a_view_decides():
    assert _answer("a", ("yes", ["staff"]), ("no", ["staff", "carers"])) == "no"


def test_views_of_one_earliest_perspective_are_of_one_rank():
    assert _answer("a", ("yes", ["carers", "staff"]), ("no", ["carers"])) == "no"
    assert _answer("a", ("yes", ["carers"]), ("no", ["carers", "staff"])) == "no"


def test_documents_come_last():
    assert _answer("a", ("yes", []), ("no", ["staff"])) == "no"
    assert _answer("a", ("yes", []), ("unknown", ["staff"])) == "yes"


def test_where_the_best_rank_does_not_know_the_next_one_answers():
    assert _answer("a", ("unknown", ["users"]), (None, ["users"]), ("partly", ["staff"])) == "partly"


def test_not_applicable_is_a_known_answer():
    assert _answer("a", ("not-applicable", ["users"]), ("yes", ["staff"])) == "not-applicable"


def test_not_applicable_only_if_all_of_that_rank_who_know_say_so():
    users = ["users"]
    assert _answer("a", ("not-applicable", users), ("no", users), ("not-applicable", users)) == "no"
    assert _answer("a", ("not-applicable", users), ("not-applicable", users)) == "not-applicable"
    assert _answer("a", ("not-applicable", users), ("unknown", users)) == "not-applicable"


def test_nobody_knows():
    assert _answer("a", (None, ["users"]), (None, [])) == "unanswered"
    assert _answer("a", (None, ["users"]), ("unknown", [])) == "unknown"
    assert resolve(RUBRIC, []).answers == [RUBRIC.unanswered] * 2


@each(
    ("item_id", "said", "wanted"),
    [
        ("a", ["no", "yes"], "no"),
        ("a", ["yes", "no", "partly"], "partly"),
        ("a", ["yes", "partly", "yes", "partly"], "partly"),
        ("a", ["yes", "yes", "no"], "yes"),
        ("a", ["no", "planned"], "no"),
        ("a", ["planned", "no"], "no"),
        ("a", ["no", "planned", "yes"], "planned"),
        ("a", ["planned", "planned", "no"], "planned"),
        ("a", ["no", "not-applicable", "planned"], "no"),
        ("a", ["yes", "not-applicable", "no"], "no"),
        ("d", ["no", "yes"], "yes"),
        ("d", ["yes", "no", "partly"], "partly"),
        ("d", ["no", "partly", "no", "partly"], "partly"),
        ("d", ["no", "no", "yes"], "no"),
    ],
)
def test_views_of_one_rank_give_the_lower_middle_from_worst_to_best(item_id, said, wanted):
    assert _answer(item_id, *[(word, ["users"]) for word in said]) == wanted


PLANS = [
    {"id": "later", "value": 0, "for": ["achievement"], "if_done": "yes"},
    {"id": "yes", "value": 1},
    {"id": "never", "value": 0},
    {"id": "no", "value": 0},
    {"id": "stopping", "value": 1, "for": ["deficit"], "if_done": "no"},
]


@pytest.mark.parametrize(
    ("item_id", "said", "wanted"),
    [
        ("a", ["later", "no"], "no"),
        ("a", ["later", "no", "yes"], "later"),
        ("a", ["no", "never"], "never"),
        ("a", ["no", "never", "later"], "no"),
        ("d", ["stopping", "yes"], "yes"),
        ("d", ["yes", "stopping", "no"], "stopping"),
        ("d", ["no", "never"], "never"),
    ],
)
def test_of_answers_worth_the_same_a_plan_is_the_better_whatever_the_direction_and_then_the_scale_decides(
    item_id, said, wanted
):
    rubric = small(ITEMS, {"high": [gate("points", ["a"], at_least=1)]}, scale=PLANS, limit_to="no")
    for order in permutations(said):
        assert _answer(item_id, *[(word, ["users"]) for word in order], rubric=rubric) == wanted


def test_a_plan_that_nobody_of_the_best_rank_agreed_on_does_not_lift_the_stage_once_plans_are_done():
    views = [view(RUBRIC, {"a": word}, ["users"]) for word in ("planned", "no")]
    assert assess(RUBRIC, views).reading("plans-done") == "low"


def test_the_source_and_the_evidence_are_those_of_the_answer_that_is_taken():
    views = [view(RUBRIC, {"a": word}, ["users"], evidence=shown) for word, shown in _SAID]
    said = resolve(RUBRIC, views)
    assert (RUBRIC.word(said.answers[0]), said.sources[0], said.evidenced[0]) == ("no", 1, False)
    assert resolve(RUBRIC, [*views, view(RUBRIC, {"a": "no"}, [], evidence=["a"])]).evidenced[0]


_SAID: list[tuple[str, list[str]]] = [("planned", ["a"]), ("no", []), ("no", []), ("yes", ["a"])]


@pytest.mark.parametrize("present", [[], ["users"], ["staff", "users"]])
def test_one_view_says_what_it_says_together_with_an_empty_one(present):
    said = view(RUBRIC, {"a": "planned", "d": "unknown"}, present, evidence=["a"])
    alone, both = resolve(RUBRIC, [said]), resolve(RUBRIC, [said, view(RUBRIC, {}, present)])
    assert [*map(list, alone)] == [*map(list, both)]


def test_an_item_is_heard_by_every_perspective_of_every_view_that_knows():
    views = [
        view(RUBRIC, {"a": "yes"}, ["users", "staff"]),
        view(RUBRIC, {"a": "no", "d": "no"}, ["carers"]),
        view(RUBRIC, {"d": "unknown"}, ["users"]),
        view(RUBRIC, {"d": "no"}, []),
    ]
    found = assess(RUBRIC, views)
    assert result(found, "a").heard == ("users", "carers", "staff")
    assert result(found, "d").heard == ("carers",)


def test_not_applicable_counts_as_heard():
    found = assess(RUBRIC, [view(RUBRIC, {"a": "not-applicable"}, ["users"])])
    assert result(found, "a").heard == ("users",)


def test_a_perspective_with_nobody_in_it_was_not_there():
    audited = view(RUBRIC, {"a": "yes"}, ["users"])
    assert audited.present == (0,)
    assert view(RUBRIC, {"a": "yes"}, []).present == ()


FOURTHS = [
    *SCALE,
    {"id": "mostly", "value": 0.75},
    {"id": "a-little", "value": 0.25},
]


@pytest.mark.parametrize(
    ("users", "staff", "differ"),
    [
        ("yes", "partly", True),
        ("a-little", "mostly", True),
        ("yes", "no", True),
        ("yes", "mostly", False),
        ("no", "planned", False),
        ("yes", "not-applicable", False),
        ("yes", "unknown", False),
    ],
)
def test_a_difference_of_at_least_a_half_is_a_disagreement(users, staff, differ):
    rubric = small(ITEMS, {"high": [gate("points", ["a"], at_least=1)]}, scale=FOURTHS)
    views = [view(rubric, {"a": users}, ["users"]), view(rubric, {"a": staff}, ["staff"])]
    shown = [(one.item, one.answers) for one in assess(rubric, views).disagreements]
    assert shown == ([("a", {"users": users, "staff": staff})] if differ else [])


def test_a_difference_within_one_perspective_or_with_documents_is_no_disagreement():
    views = [view(RUBRIC, {"a": word}, who) for word, who in [("yes", ["users"]), ("no", ["users"]), ("no", [])]]
    assert assess(RUBRIC, views).disagreements == ()


def test_evidence_counts_only_with_the_answer_that_is_taken():
    yes = view(RUBRIC, {"a": "yes"}, ["users"])
    proven_no = view(RUBRIC, {"a": "no"}, ["staff"], evidence=["a"])
    proven_yes = view(RUBRIC, {"a": "yes"}, [], evidence=["a"])
    assert not result(assess(RUBRIC, [yes, proven_no]), "a").evidenced
    assert result(assess(RUBRIC, [yes, proven_yes]), "a").evidenced


def test_the_source_is_the_view_whose_answer_was_taken():
    views = [view(RUBRIC, {"a": word}, who) for word, who in [("no", ["staff"]), ("yes", ["users"]), ("no", [])]]
    found = result(assess(RUBRIC, views), "a")
    assert (found.answer, found.source) == ("yes", 1)
    assert result(assess(RUBRIC, views), "d").source is None
