"""Hypothesis strategies: small rubrics that load without problems, and views of them."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from involve_audit.engine import measures
from involve_audit.engine.compiled import CompiledRubric, CompiledView, compile_rubric
from involve_audit.engine.resolve import Resolved, resolve
from involve_audit.model.rubric import Rubric

from .building import gate, item, load, rubric_text

HIGHER = ("practice", "achievement")
LOWER = ("deficit", "anti-pattern")
KINDS = HIGHER + LOWER
PERSPECTIVES = ("users", "carers", "staff")
THEMES = ("this", "that")
PROPORTIONS = ("1/3", "50%", "2/3", "80%", "100%", "25%")


def promise(examples: int) -> Any:
    """Settings of a property test: the same examples on every machine, and no clock.

    The profile of tests/conftest.py has more of them, or fewer.
    """
    assert settings.default is not None
    return settings(max_examples=max(5, examples * settings.default.max_examples // 100))


QUARTERS = (0.25, 0.5, 0.75)
TENTHS = (0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
"""What options are worth of which sums are rounded, as those of quarters never are."""


@st.composite
def _scales(draw: st.DrawFn, worths: tuple[float, ...]) -> list[dict[str, Any]]:
    middle = draw(st.lists(st.sampled_from(worths), max_size=2, unique=True))
    scale: list[dict[str, Any]] = [{"id": "yes", "value": 1}, {"id": "no", "value": 0}]
    scale += [{"id": f"worth-{100 * value:.0f}", "value": value} for value in middle]
    if draw(st.booleans()):
        worth = draw(st.sampled_from([0, 0.25]))
        scale.append({"id": "planned", "value": worth, "for": ["achievement"], "if_done": "yes"})
    return draw(st.permutations(scale))


@st.composite
def _items(draw: st.DrawFn, stages: list[str]) -> list[dict[str, Any]]:
    kinds = ["achievement", *draw(st.lists(st.sampled_from(KINDS), min_size=2, max_size=8))]
    made = [
        item(f"item-{number}", kind, na=draw(st.integers(0, 2)) == 0)
        for number, kind in enumerate(sorted(kinds, key="anti-pattern".__eq__))
    ]
    for one in made:
        if one["kind"] != "anti-pattern":
            one |= {"stage": draw(st.sampled_from(stages)), "theme": draw(st.sampled_from(THEMES))}
            if draw(st.integers(0, 4)) == 0:
                one["alternative_stage"] = draw(st.sampled_from(stages))
    higher = [one["id"] for one in made if one["kind"] in HIGHER]
    order = draw(st.permutations([one for one in made if one["kind"] == "achievement"]))
    for place, one in enumerate(order):
        later = [other["id"] for other in order[place + 1 :]]
        if later and draw(st.booleans()):
            one["implies"] = draw(st.lists(st.sampled_from(later), max_size=2, unique=True))
    for one in made:
        if one["kind"] in LOWER and higher and draw(st.booleans()):
            one["limits"] = draw(st.lists(st.sampled_from(higher), max_size=3, unique=True))
    return made


def _matching(items: list[dict[str, Any]], selector: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in items if all(one.get(key) == value for key, value in selector.items())]


def _selectors(items: list[dict[str, Any]], stages: list[str], kinds: tuple[str, ...]) -> Any:
    """Every selector that matches something, and nothing but items of these kinds."""
    selectors: list[dict[str, Any]] = [{"kind": kind} for kind in kinds]
    selectors += [{"kind": kind, "stage": stage} for kind in kinds for stage in stages]
    selectors += [{"kind": kind, "theme": theme} for kind in kinds for theme in THEMES]
    if kinds == KINDS:
        selectors += [{"stage": stage} for stage in stages] + [{"theme": theme} for theme in THEMES]
    fitting = [selector for selector in selectors if _matching(items, selector)]
    ids = st.lists(
        st.sampled_from([one["id"] for one in items if one["kind"] in kinds]),
        min_size=1,
        max_size=4,
        unique=True,
    ).map(lambda chosen: {"ids": chosen})
    return ids | (st.sampled_from(fitting) if fitting else ids)


@st.composite
def _gates(
    draw: st.DrawFn, items: list[dict[str, Any]], stages: list[str], words: list[str], heard: list[str]
) -> dict[str, Any]:
    present = {one["kind"] for one in items}
    kinds_of = {measures.HIGHER: HIGHER, measures.LOWER: LOWER, measures.EITHER: KINDS}
    possible = [
        (row, side, kinds_of[which])
        for row in measures.MEASURES.values()
        for side, which in row.sides.items()
        if present & set(kinds_of[which]) and (heard or row.looks_at != measures.VOICE)
    ]
    row, side, kinds = draw(st.sampled_from(possible))
    numbers = ("0.5", "1", "1.5", "2") if side == "at_least" else ("0", "0.5", "1", "2")
    shares = PROPORTIONS if side == "at_least" else ("0", "1/3", "50%")
    threshold = draw(st.sampled_from(words if row.names_answer else shares if row.is_proportion else numbers))
    more = {"perspective": draw(st.sampled_from(heard))} if row.looks_at == measures.VOICE else {}
    return gate(row.name, draw(_selectors(items, stages, kinds)), **{side: threshold}, **more)


@st.composite
def rubric_models(draw: st.DrawFn, worths: tuple[float, ...] = QUARTERS) -> Rubric:
    """A rubric of 2 to 4 stages and 3 to 9 items, with everything that the format allows."""
    stages = ["low", "high", "higher", "top"][: draw(st.integers(2, 4))]
    items = draw(_items(stages))
    heard = list(PERSPECTIVES[: draw(st.integers(0, 3))])
    scale = draw(_scales(worths))
    words = [option["id"] for option in scale]
    gates = st.lists(_gates(items, stages, words, heard), min_size=1, max_size=3)
    more: dict[str, Any] = {"without_evidence": draw(st.sampled_from(words))} if draw(st.booleans()) else {}
    text = rubric_text(
        items,
        {stage: draw(gates) for stage in stages[1:]},
        scale=scale,
        limit_to=draw(st.sampled_from(words)),
        perspectives=[{"id": name, "title": "T"} for name in heard],
        themes=[{"id": name, "title": "T"} for name in THEMES],
        minimum_answered=draw(st.sampled_from(PROPORTIONS)),
        **more,
    )
    return load(text)


def _codes(rubric: CompiledRubric, model: Rubric, place: int) -> list[int]:
    """Every answer that an item may be given."""
    may_be_set_aside = list(model.items)[place].not_applicable_when is not None
    return [
        *rubric.items[place].options,
        rubric.unknown,
        rubric.unanswered,
        *([rubric.not_applicable] if may_be_set_aside else []),
    ]


@st.composite
def _views(draw: st.DrawFn, rubric: CompiledRubric, model: Rubric) -> CompiledView:
    places = range(len(rubric.items))
    return CompiledView(
        present=tuple(place for place in range(len(rubric.perspectives)) if draw(st.booleans())),
        answers=tuple(draw(st.sampled_from(_codes(rubric, model, place))) for place in places),
        evidenced=tuple(draw(st.lists(st.booleans(), min_size=len(places), max_size=len(places)))),
    )


@st.composite
def audits(draw: st.DrawFn, fewest: int = 1, most: int = 4) -> tuple[CompiledRubric, Rubric, list[CompiledView]]:
    """A compiled rubric, the model it comes from, and some views."""
    model = draw(rubric_models())
    rubric = compile_rubric(model)
    return rubric, model, draw(st.lists(_views(rubric, model), min_size=fewest, max_size=most))


@st.composite
def tables(draw: st.DrawFn) -> tuple[CompiledRubric, list[list[CompiledView]]]:
    """A compiled rubric with any readings, and the views of many audits, which a seed makes quicker than a strategy."""
    model = draw(rubric_models(draw(st.sampled_from([QUARTERS, TENTHS]))))
    rubric = compile_rubric(model)
    readings = draw(st.just(rubric.readings) | st.frozensets(st.sampled_from(sorted(rubric.readings))))
    given = random.Random(draw(st.integers(0, 2**32)))
    codes = [_codes(rubric, model, place) for place in range(len(rubric.items))]

    def view() -> CompiledView:
        present = [place for place in range(len(rubric.perspectives)) if given.random() < 0.5]
        return CompiledView(tuple(present), tuple(map(given.choice, codes)), tuple(given.random() < 0.5 for _ in codes))

    return replace(rubric, readings=readings), [
        [view() for _ in range(given.choice((1, 1, 2, 3, 4, 5, 9)))] for _ in range(draw(st.sampled_from([1, 60])))
    ]


@st.composite
def views_of(draw: st.DrawFn, model: Rubric) -> list[CompiledView]:
    """Some views for a rubric."""
    return draw(st.lists(_views(compile_rubric(model), model), min_size=1, max_size=3))


@st.composite
def resolved_audits(draw: st.DrawFn) -> tuple[CompiledRubric, Resolved]:
    """A compiled rubric and what a view or two say together."""
    rubric, _, views = draw(audits(most=2))
    return rubric, resolve(rubric, views)


@st.composite
def tangled_audits(draw: st.DrawFn) -> tuple[CompiledRubric, Resolved]:
    """One step of a ladder over few items, most of them limited, implied or not applicable.

    Here a better answer can be worth nothing alone, and an item made applicable can do harm.
    """
    some = st.integers(0, 2).map(bool)
    higher = [item(f"a{place}", na=draw(some)) for place in range(draw(st.integers(2, 4)))]
    names = [one["id"] for one in higher]
    for one, other in pairwise(draw(st.permutations(higher))):
        one["implies"] = [other["id"]] if draw(some) else []
    lower = [
        item(f"x{place}", "anti-pattern", limits=draw(st.lists(st.sampled_from(names), max_size=2, unique=True)))
        for place in range(draw(st.integers(1, 2)))
    ]
    chosen = st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True)
    gates = st.one_of(
        st.builds(gate, st.just("share"), chosen, at_least=st.sampled_from(["50%", "100%"])),
        st.builds(gate, st.just("lowest"), chosen, at_least=st.sampled_from(["partly", "yes"])),
        st.builds(gate, st.just("points"), chosen, at_least=st.sampled_from(["1", "1.5", "2"])),
        st.builds(gate, st.just("not-applicable"), chosen, at_most=st.sampled_from(["0", "1/3"])),
    )
    model = load(rubric_text([*higher, *lower], {"high": draw(st.lists(gates, min_size=1, max_size=4))}))
    rubric = compile_rubric(model)
    return rubric, resolve(rubric, [draw(_views(rubric, model))])


@st.composite
def small_ladders(draw: st.DrawFn) -> CompiledRubric:
    """A rubric of one or two steps over so few items that all answers can be tried."""
    some = st.integers(0, 2).map(bool)
    kinds = ["achievement", *draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3))]
    items = [
        item(f"item-{n}", kind, na=not draw(some)) for n, kind in enumerate(sorted(kinds, key="anti-pattern".__eq__))
    ]
    achievements = [one for one in items if one["kind"] == "achievement"]
    for one, other in pairwise(draw(st.permutations(achievements))):
        one["implies"] = [other["id"]] if draw(some) else []
    for one in items:
        if one["kind"] in LOWER:
            one["limits"] = [other["id"] for other in items if other["kind"] in HIGHER and draw(some)]
    heard = list(PERSPECTIVES[: draw(st.integers(0, 2))])
    scale = [{"id": "yes", "value": 1}, {"id": "no", "value": 0}]
    scale += [{"id": "partly", "value": 0.5}] if draw(some) else []
    scale += [{"id": "barely", "value": 0.25, "for": list(LOWER)}] if draw(some) else []
    words = [option["id"] for option in scale if "for" not in option]
    gates = st.lists(_gates(items, ["high"], words, heard), min_size=1, max_size=3)
    ladder = {stage: draw(gates) for stage in ("high", "top")[: draw(st.integers(1, 2))]}
    limit_to = draw(st.sampled_from([option["id"] for option in scale]))
    perspectives = [{"id": name, "title": "T"} for name in heard]
    return compile_rubric(load(rubric_text(items, ladder, scale=scale, limit_to=limit_to, perspectives=perspectives)))


def worth(rubric: CompiledRubric, place: int, code: int) -> float:
    """How good an answer of the scale is for this item: more is better, whatever its kind."""
    return -rubric.values[code] if rubric.items[place].lower_is_better else rubric.values[code]
