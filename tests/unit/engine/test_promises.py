"""What the method promises for every rubric and all answers (method.md, sections 3 to 5)."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from itertools import product
from operator import itemgetter
from random import Random, randrange

from hypothesis import given, settings
from hypothesis import strategies as st

from involve_audit.engine.assessment import assess, decided_by
from involve_audit.engine.compiled import Codes, CompiledRubric, CompiledView
from involve_audit.engine.reading import effective, settle, stage_reached, standing
from involve_audit.engine.resolve import Resolved, resolve
from involve_audit.engine.score import Score

from .differences import compare
from .strategies import audits, promise, resolved_audits, tangled_audits, worth


def _answering(view: CompiledView, place: int, code: int) -> CompiledView:
    return view._replace(answers=(*view.answers[:place], code, *view.answers[place + 1 :]))


def _scored(rubric: CompiledRubric, said: Resolved) -> Score:
    score = Score(rubric, [])
    score.resolved = said
    return score


@promise(70)
@given(audits())
def test_a_better_answer_never_lowers_the_stage(audit):
    rubric, _, views = audit
    before = assess(rubric, views)
    for which, place, code in _improvements(rubric, views):
        better = [*views]
        better[which] = _answering(views[which], place, code)
        after = assess(rubric, better)
        assert rubric.stages.index(after.floor) >= rubric.stages.index(before.floor)
        assert rubric.stages.index(after.ceiling) >= rubric.stages.index(before.ceiling)


def _improvements(rubric: CompiledRubric, views: list[CompiledView]) -> Iterator[tuple[int, int, int]]:
    """Every way to make one answer of the scale at least as good: view, item, answer."""
    for which, view in enumerate(views):
        for place, present in enumerate(view.answers):
            if present < rubric.not_applicable:
                for code in rubric.items[place].options:
                    if worth(rubric, place, code) >= worth(rubric, place, present):
                        yield which, place, code


@promise(60)
@given(audits(most=1))
def test_unknown_never_beats_an_honest_worst_answer(audit):
    rubric, _, [view] = audit
    for place, item in enumerate(rubric.items):
        worst = min(item.options, key=lambda code: worth(rubric, place, code))
        honest = assess(rubric, [_answering(view, place, worst)])
        for silent in (rubric.unknown, rubric.unanswered):
            found = assess(rubric, [_answering(view, place, silent)])
            assert rubric.stages.index(found.floor) <= rubric.stages.index(honest.floor)


@promise(100)
@given(resolved_audits())
def test_whatever_the_unknown_turns_out_to_be_the_stage_is_in_the_range(audit):
    rubric, said = audit
    found = standing(rubric, said.answers, said.heard)
    assert found.floor <= found.ceiling
    chance = Random(1)
    for _ in range(30):
        completed = _completed(rubric, said.answers, chance.choice)
        values = effective(rubric, settle(completed, rubric.worst))
        assert found.floor <= stage_reached(rubric.gates, values, said.heard)
        assert stage_reached(rubric.gates, values, None) <= found.ceiling


@promise(60)
@given(resolved_audits())
def test_both_ends_of_the_range_can_turn_out_to_be_true(audit):
    rubric, said = audit
    found = standing(rubric, said.answers, said.heard)
    worst, best = (_completed(rubric, said.answers, itemgetter(place)) for place in (0, -1))
    assert standing(rubric, worst, said.heard).floor == found.floor
    assert standing(rubric, best, said.heard).ceiling == found.ceiling


def _completed(rubric: CompiledRubric, answers: Codes, choose: Callable[[list[int]], int]) -> list[int]:
    """The answers with every unknown one chosen from its item's scale, worst first."""
    return [
        code
        if code <= rubric.not_applicable
        else choose(sorted(rubric.items[place].options, key=lambda one: worth(rubric, place, one)))
        for place, code in enumerate(answers)
    ]


def test_every_result_agrees_with_the_method_worked_out_by_hand():
    chosen = settings.default
    assert chosen is not None
    seed = 1 if chosen.derandomize else randrange(10**9)
    assert compare(seed, 4 * chosen.max_examples) == []


@promise(40)
@given(audits(fewest=2), st.data())
def test_the_order_of_the_views_never_matters(audit, data):
    rubric, _, views = audit
    other = data.draw(st.permutations(views))
    first, second = resolve(rubric, views), resolve(rubric, other)
    assert first._replace(sources=[]) == second._replace(sources=[])
    one, two = assess(rubric, views), assess(rubric, other)
    assert (one.floor, one.ceiling, one.readings) == (two.floor, two.ceiling, two.readings)
    assert (one.disagreements, one.next_steps) == (two.disagreements, two.next_steps)


@promise(30)
@given(audits())
def test_an_answer_is_taken_from_the_view_that_is_named(audit):
    rubric, _, views = audit
    said = resolve(rubric, views)
    for place, (code, source) in enumerate(zip(said.answers, said.sources, strict=True)):
        if source is None:
            assert all(view.answers[place] > rubric.not_applicable for view in views)
        else:
            assert views[source].answers[place] == code


@promise(30)
@given(audits())
def test_the_counts_add_up_to_the_items(audit):
    rubric, _, views = audit
    found = assess(rubric, views)
    assert sum(found.counts.values()) == len(rubric.items)
    assert found.known == len(rubric.items) - found.counts["unknown"] - found.counts["unanswered"]
    for word, number in found.counts.items():
        assert number == sum(item.answer == word for item in found.items)


@promise(60)
@given(resolved_audits())
def test_a_range_always_says_what_decides_it(audit):
    rubric, said = audit
    score = _scored(rubric, said)
    found, decided = score.standing, decided_by(score)
    assert bool(decided.items or decided.perspectives) == (found.floor < found.ceiling)


@promise(120)
@given(tangled_audits())
def test_what_decides_a_range_is_all_that_can_tip_it_and_nothing_that_never_counts(audit):
    rubric, said = audit
    decided = decided_by(_scored(rubric, said))
    unknown = [place for place, code in enumerate(said.answers) if code > rubric.not_applicable]
    worst, best = settle(said.answers, rubric.worst), settle(said.answers, rubric.best)
    tipping, moving = set(), set()
    for completion in product((worst, best), repeat=len(unknown)):
        own = list(worst)
        for place, values in zip(unknown, completion, strict=True):
            own[place] = values[place]
        for place in unknown:
            (stage, counts), (other_stage, other_counts) = (
                _outcome(rubric, [*own[:place], values[place], *own[place + 1 :]]) for values in (worst, best)
            )
            tipping |= {rubric.items[place].id} if stage != other_stage else set()
            moving |= {rubric.items[place].id} if counts != other_counts else set()
    assert tipping <= set(decided.items) <= moving


def _outcome(rubric: CompiledRubric, own: list[float | None]) -> tuple[int, list[float | None]]:
    """The stage of one completion, in a rubric without gates on who was heard, and what the gates' items count as."""
    values = effective(rubric, own)
    counts = [values[place] for gates in rubric.gates for gate in gates for place in gate.items]
    return stage_reached(rubric.gates, values, None), counts


@promise(20)
@given(audits())
def test_a_compiled_rubric_and_its_views_survive_pickling(audit):
    rubric, _, views = audit
    copied, copies = pickle.loads(pickle.dumps((rubric, views)))
    assert (copied, copies) == (rubric, views)
    assert assess(copied, copies) == assess(rubric, views)
