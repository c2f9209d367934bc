"""What many audits have in common: counts of audits, the unknown apart, the same whoever counted."""

from __future__ import annotations

from hypothesis import given

from involve_audit.engine.overview import Answered, AtStage, Heat, HoldingBack, Tally, overview
from involve_audit.engine.score import Score

from .building import gate, item, small, view
from .strategies import audits, promise

RUBRIC = small(
    [
        item("survey", "practice", stage="low"),
        item("up", na=True),
        item("more"),
        item("down", "deficit", stage="low"),
        item("token", "anti-pattern"),
    ],
    {
        "high": [
            gate("points", ["up", "more"], at_least=1.5),
            gate("highest", ["down"], at_most=0),
            gate("not-applicable", {"stage": "high", "kind": "achievement"}, at_most=0),
            gate("heard", ["up", "more"], perspective="users", at_least=1),
        ],
        "top": [gate("points", ["token"], at_most=0)],
    },
)
FINE = {"survey": "yes", "up": "yes", "more": "yes", "down": "no", "token": "no"}


def seen(*audits: dict[str, str], present: tuple[str, ...] = ("users",)):
    tally = Tally(RUBRIC)
    for answers in audits:
        tally.add(Score(RUBRIC, [view(RUBRIC, FINE | answers, present)]))
    return overview(RUBRIC, tally)


def test_stages_are_counted_where_enough_is_known() -> None:
    unknown = dict.fromkeys(("survey", "up", "more"), "unknown")
    found = seen({}, {"token": "yes"}, {"token": "unknown"}, {"up": "no"}, unknown)
    assert found.stages == (AtStage("low", 1, 0), AtStage("high", 2, 1), AtStage("top", 1, 0))
    assert found.little_known == 1
    assert found.audits == 5


def test_an_item_holds_back_where_it_is_short_in_a_gate_that_fails() -> None:
    found = seen({"up": "no"}, {"up": "unknown"}, {"up": "partly", "more": "partly"}, {"down": "yes"})
    assert found.holding_back == (
        HoldingBack("up", 3, 1),
        HoldingBack("more", 1, 0),
        HoldingBack("down", 1, 0),
    )


def test_what_was_set_aside_holds_back_where_too_much_was() -> None:
    assert seen({"up": "not-applicable"}).holding_back[0] == HoldingBack("up", 1, 0)


def test_people_who_were_not_heard_hold_back_apart_from_the_items() -> None:
    found = seen({}, {}, present=("staff",))
    assert found.unheard_holding_back == (("users", 2),)
    assert found.holding_back == ()
    assert found.heard == (("users", 0), ("carers", 0), ("staff", 2))


def test_nothing_holds_back_at_the_top() -> None:
    assert seen({}).holding_back == ()


def test_anti_patterns_are_counted_wholly_in_part_and_not_known() -> None:
    found = seen({"token": "yes"}, {"token": "yes"}, {"token": "partly"}, {"token": "unknown"}, {})
    assert found.anti_patterns == (Answered("token", best=1, part=1, worst=2, not_known=1, set_aside=0),)


def test_each_item_is_counted_by_how_it_is_as_it_should_be() -> None:
    found = seen({"down": "yes"}, {"down": "partly", "up": "not-applicable"}, {"down": "unknown"}, {"up": "partly"})
    answers = {count.item: count[1:] for count in found.answers}
    assert answers["down"] == (1, 1, 1, 1, 0), "a no to a deficit is as it should be"
    assert answers["up"] == (2, 1, 0, 0, 1)
    assert list(answers) == [entry.id for entry in RUBRIC.items]
    assert {sum(counts) for counts in answers.values()} == {4}


def test_those_who_have_to_be_heard_are_counted_where_nobody_of_them_was() -> None:
    assert seen({}, {}, present=("staff",)).unheard == (("users", 2),)
    assert seen({}).unheard == (("users", 0),)


def test_the_heat_of_a_cell_is_over_what_is_known() -> None:
    found = seen({"up": "no"}, {"up": "unknown"}, {"up": "not-applicable"}, {"more": "partly"})
    assert found.grid == (
        ("theme", (Heat("low", 2, 1, 4 / 4, 4, 0), Heat("high", 2, 0, (0 + 1 + 1 + 1 + 1 + 0.5) / 6, 6, 1))),
    )


def test_a_cell_of_which_nothing_is_known_has_no_share() -> None:
    found = seen({"up": "unknown", "more": "not-applicable"})
    assert found.grid[0][1][1] == Heat("high", 2, 0, None, 0, 1)


def test_audits_whose_views_differ_are_counted() -> None:
    tally = Tally(RUBRIC)
    views = [view(RUBRIC, FINE, ["users"]), view(RUBRIC, FINE | {"up": "no"}, ["staff"])]
    tally.add(Score(RUBRIC, views))
    tally.add(Score(RUBRIC, views[:1]))
    assert overview(RUBRIC, tally).differing == 1


@promise(30)
@given(audits())
def test_it_does_not_matter_which_worker_counted_an_audit(audit):
    rubric, _, views = audit
    together, first, second = Tally(rubric), Tally(rubric), Tally(rubric)
    for place, one in enumerate(views):
        together.add(Score(rubric, [one]))
        (first, second)[place % 2].add(Score(rubric, [one]))
    second.merge(first)
    assert second.counts == together.counts
    found = overview(rubric, together)
    assert sum(at.audits for at in found.stages) + found.little_known == found.audits == len(views)
    assert all(sum(together.answers(item)) == len(views) for item in range(len(rubric.items)))
