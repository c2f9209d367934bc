"""What the people of one group said, where many of them answered each for themselves (method.md, section 5)."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from involve_audit.engine.compiled import CompiledView
from involve_audit.engine.score import Score
from involve_audit.engine.spread import FEWEST_RESPONSES, Spread, spreads

from .building import gate, item, small, view

RUBRIC = small(
    [item("up", na=True), item("down", "deficit", stage="low")], {"high": [gate("points", ["up"], at_least=1)]}
)


def group(*answers: str, present: tuple[str, ...] = ("users",)) -> list[CompiledView]:
    return [view(RUBRIC, {"up": answer} if answer else {}, present) for answer in answers]


def combined(answers: Sequence[str], present: tuple[str, ...] = ("users",)) -> CompiledView:
    """The same answers as one view that was combined and keeps a tally."""
    codes = [RUBRIC.codes[answer] for answer in answers if answer]
    tally = tuple((code, codes.count(code)) for code in sorted(set(codes)))
    return view(RUBRIC, {"up": "yes"}, present)._replace(responses=len(answers), tallies=(tally, ()))


def found(views: Sequence[CompiledView]) -> list[Spread]:
    return list(spreads(RUBRIC, views))


def split(*answers: str) -> bool:
    return found(group(*answers))[0].is_split


def test_it_counts_what_each_response_said_and_those_that_said_nothing() -> None:
    (spread,) = found(group(*["yes"] * 7, *["partly"] * 2, "unknown", "not-applicable", ""))
    assert spread.answers == {"yes": 7, "partly": 2, "not-applicable": 1, "unknown": 1}
    assert (spread.item, spread.perspectives, spread.responses, spread.unanswered) == ("up", ("users",), 12, 1)


def test_of_fewer_than_five_responses_nothing_is_counted() -> None:
    assert not found(group(*["yes"] * (FEWEST_RESPONSES - 1)))
    assert found(group(*["yes"] * FEWEST_RESPONSES))


def test_a_group_is_the_very_same_perspectives() -> None:
    both = group(*["no"] * 5, present=("users", "staff"))
    assert [one.perspectives for one in found([*group(*["yes"] * 4), *both])] == [("users", "staff")]
    assert [one.perspectives for one in found([*both, *group(*["yes"] * 5)])] == [("users",), ("users", "staff")]


def test_documents_are_no_group() -> None:
    assert not found(group(*["yes"] * 9, present=()))


def test_split_is_a_third_on_one_side_and_a_third_on_the_other() -> None:
    assert split("yes", "yes", "yes", "yes", "no", "no")
    assert split("yes", "yes", "yes", "partly", "partly")
    assert not split("yes", "yes", "yes", "yes", "yes", "yes", "no")
    assert not split("yes", "yes", "unknown", "no", "no"), "four answers say little"
    assert not split("yes", "yes", "yes", "yes", "yes", "not-applicable", "not-applicable", "not-applicable")


def test_a_combined_view_without_a_tally_leaves_nothing_to_count() -> None:
    hidden = view(RUBRIC, {"up": "yes"}, ("users",))._replace(responses=3)
    assert not found([hidden, *group(*["yes"] * 9)])


def test_results_for_sharing_show_it_only_without_small_numbers() -> None:
    told = found(group(*["yes"] * 6, *["no"] * 5))[0]
    assert told.is_told(5)
    assert not told.is_told(6)
    assert not found(group(*["yes"] * 6, ""))[0].is_told(5), "one gave no answer"


ANSWERS = st.lists(st.sampled_from(["yes", "partly", "no", "unknown", "not-applicable", ""]), min_size=5, max_size=14)


@given(ANSWERS, st.integers(0, 14))
def test_it_is_the_same_from_single_responses_and_from_combined_ones(answers: list[str], cut: int) -> None:
    front, back = answers[:cut], answers[cut:]
    together = [combined(part) for part in (front, back) if part and any(part)]
    left = [one for part in (front, back) if part and not any(part) for one in group(*part)]
    assert found(group(*answers)) == found(together + left)


@given(ANSWERS)
def test_it_moves_no_stage(answers: list[str]) -> None:
    with_tally = combined(answers)
    without = with_tally._replace(tallies=())
    assert Score(RUBRIC, [with_tally]).floor == Score(RUBRIC, [without]).floor
