"""Views of the same perspectives as one: the audit comes to the same, and nothing tells who said what."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from tests.unit.engine.strategies import audits, promise

from involve_audit.engine.assessment import Assessment, assess
from involve_audit.engine.compiled import CompiledRubric, CompiledView, compile_view
from involve_audit.engine.resolve import resolve
from involve_audit.errors import InputError
from involve_audit.loading.combining import Combining
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import FORMAT, Answer, Evidence, Subject, View

SHOWN = (Evidence(text="minutes"),)


def as_view(rubric: CompiledRubric, compiled: CompiledView, **more: Any) -> View:
    """The view that a compiled one stands for."""
    words = [rubric.word(code) for code in compiled.answers]
    answers = {
        item.id: Answer(answer=None if word == "unanswered" else word, reason="R", evidence=SHOWN if shown else ())
        for item, word, shown in zip(rubric.items, words, compiled.evidenced, strict=True)
    }
    people = {rubric.perspectives[place]: 1 for place in compiled.present}
    head: dict[str, Any] = {"format": FORMAT, "rubric": "r@1.0.0", "subject": Subject(name="Riverside")}
    head |= {"audit": "spring", "date": date(2026, 11, 22), "respondents": people, "answers": answers}
    return View.from_tree(head | more)


def together(rubric: CompiledRubric, model: Rubric, views: list[View], notes: bool = False) -> Combining:
    combining = Combining(model, rubric, notes)
    for place, view in enumerate(views):
        combining.add(view, f"{place}.yaml")
    return combining


def told_of(found: Assessment) -> dict[str, Any]:
    """All that a record says of an audit, but which file an answer is from, and what rests on evidence."""
    fields = {name: getattr(found, name) for name in Assessment.__slots__ if name not in ("items", "readings", "apart")}
    items = [item._replace(source=None, evidenced=False) for item in found.items]
    readings = [reading for reading in found.readings if reading.id != "evidence-only"]
    return {**fields, "items": items, "readings": readings}


@promise(60)
@given(audits(fewest=2, most=9))
def test_put_together_an_audit_comes_to_the_same(audit: tuple[CompiledRubric, Rubric, list[CompiledView]]) -> None:
    """Or it is refused, where an answer would be another one."""
    rubric, model, compiled = audit
    combining = together(rubric, model, [as_view(rubric, view) for view in compiled])
    as_one = [compile_view(rubric, view) for view, _made_of in combining.views()]
    try:
        combining.require_the_same()
    except InputError:
        own = [[view for view in views if who in view.present] for who in range(3) for views in (compiled, as_one)]
        sets = [compiled, as_one, *own]
        pairs = [(before, after) for before, after in zip(sets[::2], sets[1::2], strict=True) if before]
        assert any(resolve(rubric, before).answers != resolve(rubric, after).answers for before, after in pairs)
        return
    alone, found = assess(rubric, compiled), assess(rubric, as_one)
    assert told_of(found) == told_of(alone)
    evidenced = [(before.evidenced, after.evidenced) for before, after in zip(alone.items, found.items, strict=True)]
    assert all(before or not after for before, after in evidenced)
    stages = rubric.stages
    assert stages.index(found.reading("evidence-only")) <= stages.index(alone.reading("evidence-only"))
    if not any("Evidence" in sentence for sentence in combining.told):
        assert [item.evidenced for item in found.items] == [item.evidenced for item in alone.items]
        assert found.reading("evidence-only") == alone.reading("evidence-only")


@promise(30)
@given(audits(fewest=2, most=9))
def test_the_order_of_the_views_does_not_matter_and_all_are_counted(
    audit: tuple[CompiledRubric, Rubric, list[CompiledView]],
) -> None:
    rubric, model, compiled = audit
    views = [as_view(rubric, view) for view in compiled]
    forwards, backwards = (together(rubric, model, some) for some in (views, views[::-1]))
    made = [view for view, _made_of in forwards.views()]
    assert made == [view for view, _made_of in backwards.views()]
    assert sum(view.combined.files if view.combined else 1 for view in made) == len(views)
    for view in made:
        files = view.combined.files if view.combined else 1
        tallies = [answer.tally for answer in view.answers.values()]
        assert all(sum(tally.values()) <= files for tally in tallies)
        assert files >= 5 or not any(tallies)
    again = together(rubric, model, made)
    assert [view for view, _made_of in again.views()] == made
