"""No statement of the first page contradicts what was worked out."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from tests.each import each

from involve_audit.language import number
from involve_audit.model.view import OPEN_ANSWERS
from involve_audit.render.publishing import published
from involve_audit.render.report import ReportPage
from involve_audit.words.reports import COUNTED, FIRST_PAGE, WORDS

ITEMS = ("survey", "agenda", "board", "ignored", "token")
AUDITS = 40


def views_at_random(seed: int) -> dict[str, Any]:
    """Views of up to three groups, with notes here and there and with actions."""
    of = random.Random(seed)
    groups = of.sample([{"members": 2}, {"staff": 3}, {"members": 1, "staff": 1}, {}], of.randint(1, 3))
    return {
        f"{place}.yaml": {
            "respondents": who,
            "answers": {
                item: {"answer": of.choice(["yes", "partly", "no", "unknown"]), "note": f"note of {place}"}
                for item in ITEMS
                if of.random() < 0.8
            },
            "actions": [
                {
                    "item": of.choice(ITEMS),
                    "what": f"what {n}",
                    "due": of.choice(["2020-01-01", "2030-01-01"]),
                    "done": n == 0,
                }
                for n in range(of.randint(0, 3))
            ],
        }
        for place, who in enumerate(groups)
    }


@each("seed", range(AUDITS))
def test_nothing_on_page_one_contradicts_what_was_worked_out(seed: int, small: Callable[..., Any]) -> None:
    case = small(views=views_at_random(seed), folder=f"{seed}")
    found, report = case.assessment, case.report
    stages = list(report.rubric.stages)
    by_state = {stage.id: step for stage, step in zip(stages, report.ladder, strict=True)}

    # The stage: a box is filled only where a stage is named, and that is the floor.
    filled = [stage for stage, step in by_state.items() if step.state in ("here", "least")]
    assert filled == ([found.floor] if found.enough_known else [])
    assert report.headline.startswith("Not enough") == (not found.enough_known)

    # Markers: who stands under a stage comes to it by their own view.
    own = {reading.id: reading for reading in found.readings if reading.id.startswith("view:")}
    named = {perspective.id: perspective.title for perspective in report.rubric.perspectives}
    for stage, step in by_state.items():
        for marker in step.markers:
            there = [who for who in named if named[who] in marker.words]
            assert there
            assert all(own[f"view:{who}"].stage == stage and own[f"view:{who}"].is_enough for who in there)

    # Changes and what is agreed about them.
    steps = found.next_steps
    assert [change.id for change in report.changes] == [change.item for change in (steps.changes if steps else ())]
    actions = [action for view in case.audit.views for action in view.content.actions]
    for change in report.changes:
        about = [action for action in actions if action.item == change.id]
        nothing_left = bool(about) and all(action.done for action in about)
        assert len(change.agreed) == len(about) + nothing_left
        for action in about:
            assert any(action.what in line for line in change.agreed)
        assert sum(line.startswith("Done") for line in change.agreed) == sum(action.done for action in about)
        assert sum(line.startswith("Late") for line in change.agreed) == sum(
            not action.done and str(action.due) < "2026" for action in about
        )
    assert len(report.still_to_do) == sum(not action.done for action in actions)

    # How sure it is.
    said = " ".join(report.sure)
    left = sum(item.answer in OPEN_ANSWERS for item in found.items)
    if found.enough_known:
        assert (COUNTED.of("could_not", left) in said) == (bool(left) and found.floor == found.ceiling)
        assert (FIRST_PAGE["evidence_same"] in said) == (found.reading("evidence-only") == found.floor)
        assert number(found.known) in said or not left
    assert bool(report.unheard) == bool(case.audit.unheard)

    # The grid has every answer once, with the sign that it has elsewhere.
    grid = [item for _, cells in report.grid for cell in cells for item in cell.items] + report.beside_grid
    assert {item.id: item.answer for item in grid} == {entry.id: entry.answer for entry in report.entries}

    # What was written stands there as it was written, and never in what is shared.
    for quoted in report.quoted:
        for quote in quoted.quotes:
            assert quote.text.startswith("note of ")
    shared = ReportPage(published(case.audit, 5), found, report.options)
    assert shared.quoted == []
    assert WORDS["nobody_yet"] not in " ".join(line for change in shared.changes for line in change.agreed)


def test_whose_answers_count_first_is_not_said_of_people_who_gave_none(small: Callable[..., Any]) -> None:
    answers = {
        f"{who}.yaml": {"respondents": {who: 3}, "answers": dict(zip(ITEMS, given, strict=True))}
        for who, given in (("members", ["unknown"] * 5), ("staff", ["yes", "yes", "yes", "no", "no"]))
    }
    report = small(views=answers).report
    first = report.rubric.perspectives[0].title
    assert report.unheard
    assert FIRST_PAGE["count_first"].format(who=first) not in report.beneath_headline


def test_a_denial_is_never_told_as_the_reason(small: Callable[..., Any]) -> None:
    views = {
        "a.yaml": {"respondents": {"members": 2}, "answers": {"ignored": "yes", "board": "yes", "survey": "yes"}},
        "b.yaml": {"respondents": {"staff": 1}, "answers": {"ignored": {"answer": "no", "note": "We always act."}}},
    }
    report = small(views=views).report
    assert "ignored" in [change.id for change in report.changes]
    assert not any(quote for quoted in report.quoted if quoted.id == "ignored" for quote in quoted.quotes)


def test_where_somebody_is_to_be_heard_first_no_stage_is_promised(small: Callable[..., Any]) -> None:
    answers = dict.fromkeys(("survey", "agenda", "board"), "yes") | {"ignored": "no", "token": "no"}
    report = small(views={"b.yaml": {"respondents": {"staff": 1}, "answers": answers}}).report
    assert report.hear_first
    assert report.steps_heading == WORDS["next_steps"]
    assert not any("count first" in sentence for sentence in report.beneath_headline)


def test_where_too_little_is_known_no_stage_is_promised(small: Callable[..., Any]) -> None:
    report = small(views={"a.yaml": {"respondents": {"members": 2}, "answers": {"survey": "no"}}}).report
    assert report.changes
    assert (report.steps_heading, report.steps_note) == (WORDS["next_steps"], FIRST_PAGE["too_little"])


def test_a_done_action_does_not_hide_that_the_answer_is_still_a_problem(small: Callable[..., Any]) -> None:
    view = {
        "respondents": {"members": 2},
        "answers": {"ignored": "yes", "board": "yes", "survey": "yes"},
        "actions": [{"item": "ignored", "what": "Answer letters", "done": True}],
    }
    (change,) = (one for one in small(views={"a.yaml": view}).report.changes if one.id == "ignored")
    assert change.agreed[-1] == FIRST_PAGE["left"]
