"""The engine held against `reference.py`, on random rubrics of every shape and random audits of them.

`compare(seed, audits)` is for whoever wants more of them than a test has time for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from involve_audit.engine.assessment import assess
from involve_audit.engine.compiled import CompiledRubric, compile_rubric, compile_view
from involve_audit.engine.score import Score
from involve_audit.model.view import View

from .building import gate, item, load, rubric_text
from .reference import LOWER, Data, Method

HIGHER = ("practice", "achievement")
KINDS = (*HIGHER, *LOWER)
PERSPECTIVES = ("users", "carers", "staff", "leaders")
THEMES = ("this", "that")
VALUES = (0, 0, 0.1, 0.2, 0.25, 0.333333333, 0.5, 0.5, 0.7, 0.75, 1)
AUDITS_OF_A_RUBRIC = 8


class Difference(NamedTuple):
    """Where the two do not agree: the audit by its seed and number, what of it, and what either of them says."""

    seed: int
    audit: int
    about: str
    engine: object
    reference: object


def compare(seed: int, audits: int) -> list[Difference]:
    """Every difference over so many random audits. The same seed gives the same audits."""
    return [found for number in range(0, audits, AUDITS_OF_A_RUBRIC) for found in _of_one_rubric(seed, number, audits)]


def _of_one_rubric(seed: int, number: int, audits: int) -> Iterator[Difference]:
    random = Random(f"{seed}/{number}")
    written = a_rubric(random)
    method, rubric = Method(json.loads(written)), compile_rubric(load(written))
    for audit in range(number, min(number + AUDITS_OF_A_RUBRIC, audits)):
        views = [a_view(random, method.rubric) for _ in range(random.randint(1, 6))]
        wanted, found = method.audited(views), _of_the_engine(rubric, views)
        for about, value in wanted.items():
            if not _is_same(found[about], value):
                yield Difference(seed, audit, about, found[about], value)


def _is_same(found: object, wanted: object) -> bool:
    """Whether two results are the same, numbers as near as method.md asks for."""
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        return list(found) == list(wanted) and all(_is_same(found[key], wanted[key]) for key in wanted)
    if isinstance(wanted, tuple) and isinstance(found, tuple):
        return len(found) == len(wanted) and all(map(_is_same, found, wanted))
    if isinstance(wanted, Fraction) and isinstance(found, float | int):
        return abs(found - wanted) <= 1e-9
    return found == wanted


def _of_the_engine(rubric: CompiledRubric, views: list[Data]) -> dict[str, Any]:
    """What the engine says of an audit, as `reference.py` does."""
    models = [View.from_tree(view) for view in views]
    compiled = [compile_view(rubric, view) for view in models]
    found, score = assess(rubric, compiled), Score(rubric, compiled)
    named = {reading.id: reading.stage for reading in found.readings}
    assert (named.pop("floor"), named.pop("ceiling")) == (found.floor, found.ceiling)
    assert found.counts == {word: sum(one.answer == word for one in found.items) for word in found.counts}
    return {
        "answers": {one.id: one.answer for one in found.items},
        "sources": {one.id: one.source for one in found.items},
        "heard": {one.id: set(one.heard) for one in found.items},
        "evidenced": {one.id: one.evidenced for one in found.items},
        "disagreements": {one.item: one.answers for one in found.disagreements},
        "own values": {one.id: one.value for one in found.items},
        "counts as": {one.id: one.counts_as for one in found.items},
        "gates": {one.id: (one.figure, one.holds, one.possible) for one in found.gates},
        "floor": found.floor,
        "ceiling": found.ceiling,
        "enough known": score.enough_known,
        "readings": named,
    }


# Random rubrics and views, as they are written


def a_rubric(random: Random) -> bytes:
    """The file of a random rubric that loads: 2 to 5 stages, 1 to 12 items, whatever the format allows."""
    stages = ["low", "high", "higher", "top", "best"][: random.randint(2, 5)]
    items = _items(random, stages)
    scale = _scale(random)
    words = [option["id"] for option in scale]
    perspectives = list(PERSPECTIVES[: random.randint(0, 4)])
    return rubric_text(
        items,
        {
            stage: [_gate(random, items, stages, words, perspectives) for _ in range(random.choice((1, 1, 2, 4)))]
            for stage in stages[1:]
        },
        scale=scale,
        limit_to=random.choice(words),
        minimum_answered=random.choice(("50%", "1/3", "0", "100%", "0.7")),
        perspectives=[{"id": name, "title": "T"} for name in perspectives],
        themes=[{"id": name, "title": "T"} for name in THEMES],
        **({"without_evidence": random.choice(words)} if random.random() < 0.5 else {}),
    )


def _scale(random: Random) -> list[dict[str, Any]]:
    """Yes and no for every kind, and others: some worth the same, some plans, some for a few kinds only."""
    scale: list[dict[str, Any]] = [{"id": "yes", "value": 1}, {"id": "no", "value": 0}]
    for number in range(random.randint(0, 5)):
        option: dict[str, Any] = {"id": f"word-{number}", "value": random.choice(VALUES)}
        if random.random() < 0.3:
            option["for"] = random.sample(KINDS, random.randint(1, 3))
        scale.append(option)
    random.shuffle(scale)
    for option in scale:
        others = [other["id"] for other in scale if other is not option]
        if random.random() < 0.3:
            option["if_done"] = random.choice(others)
    return scale


def _items(random: Random, stages: list[str]) -> list[dict[str, Any]]:
    kinds = ["achievement", *random.choices(KINDS, k=random.randint(0, 11))]
    random.shuffle(kinds)
    made = [item(f"item-{number}", kind, na=random.random() < 0.4) for number, kind in enumerate(kinds)]
    achievements = [one for one in made if one["kind"] == "achievement"]
    higher = [one["id"] for one in made if one["kind"] in HIGHER]
    for one in made:
        if one["kind"] != "anti-pattern":
            one |= {"stage": random.choice(stages), "theme": random.choice(THEMES)}
            if random.random() < 0.3:
                one["alternative_stage"] = random.choice(stages)
        if one["kind"] in LOWER and random.random() < 0.6:
            one["limits"] = _some(random, higher, 3)
    random.shuffle(achievements)
    for place, one in enumerate(achievements):
        later = [other["id"] for other in achievements[place + 1 :]]
        if later and random.random() < 0.6:
            one["implies"] = _some(random, later, 2)
    return made


def _gate(
    random: Random, items: list[dict[str, Any]], stages: list[str], words: list[str], perspectives: list[str]
) -> dict[str, Any]:
    """A condition that a better answer never breaks, over something that is there."""
    present = {one["kind"] for one in items}
    possible = [
        (measure, side, kinds)
        for measure, side, kinds in (
            ("share", "at_least", HIGHER),
            ("points", "at_least", HIGHER),
            ("points", "at_most", LOWER),
            ("lowest", "at_least", HIGHER),
            ("highest", "at_most", LOWER),
            ("not-applicable", "at_most", KINDS),
            *([("heard", "at_least", KINDS)] if perspectives else []),
        )
        if present.intersection(kinds)
    ]
    measure, side, kinds = random.choice(possible)
    numbers = (
        ["0", "0.1", "0.3", "0.5", "1", "1.5", "2", "7/10"]
        if measure == "points"
        else ["0", "20%", "0.3", "1/3", "50%", "2/3", "0.7"]
    )
    asked = {side: random.choice([*numbers, *words] if random.random() < 0.7 else words)}
    voice = {"perspective": random.choice(perspectives)} if measure == "heard" else {}
    return gate(measure, _selector(random, items, stages, kinds), **asked, **voice)


def _selector(random: Random, items: list[dict[str, Any]], stages: list[str], kinds: tuple[str, ...]) -> dict[str, Any]:
    """A choice among items of these kinds. Where it chooses nothing, all of them."""
    fitting = [one for one in items if one["kind"] in kinds]
    if random.random() < 0.4:
        return {"ids": _some(random, [one["id"] for one in fitting], 5)}
    selector: dict[str, Any] = {"kind": sorted({one["kind"] for one in fitting})}
    chosen = {
        "kind": random.choice(sorted(kinds)),
        "stage": random.choice([random.choice(stages), _some(random, stages, 3)]),
        "theme": random.choice([random.choice(THEMES), list(THEMES)]),
    }
    more = {key: value for key, value in chosen.items() if random.random() < 0.5}
    wanted = {key: [value] if isinstance(value, str) else value for key, value in more.items()}
    matching = [one for one in fitting if all(one.get(key) in values for key, values in wanted.items())]
    return selector | more if matching else selector


def _some(random: Random, words: Sequence[str], most: int) -> list[str]:
    """One or more of these words."""
    return random.sample(words, random.randint(1, min(most, len(words)))) if words else []


def a_view(random: Random, rubric: Data) -> dict[str, Any]:
    """The file of one view, by anybody or nobody: each item answered, left out, or open with a word about it."""
    perspectives = [one["id"] for one in rubric["perspectives"]]
    who = random.sample(perspectives, random.randint(0, min(3, len(perspectives))))
    return {
        "format": "involve-audit/answers@1",
        "rubric": "small@1",
        "subject": {"name": "Somewhere"},
        "date": "2026-01-31",
        "respondents": {name: random.choice((0, 1, 1, 6)) for name in who},
        "answers": dict(_given(random, rubric)),
    }


def _given(random: Random, rubric: Data) -> Iterator[tuple[str, Any]]:
    """Answers as they may be given. Some views leave much out, and some say the same of nearly everything."""
    silent, usual = random.choice((0, 0.1, 0.3, 0.8)), random.choice((None, "good", "good", "bad"))
    for one in [*rubric["indicators"], *({"kind": "anti-pattern"} | one for one in rubric["anti_patterns"])]:
        if random.random() < silent:
            continue
        words = [option["id"] for option in rubric["scale"] if one["kind"] in option.get("for", KINDS)]
        word = random.choice([*words, "unknown", None])
        if usual and random.random() < 0.6:
            word = "no" if (usual == "good") == (one["kind"] in LOWER) else "yes"
        if "not_applicable_when" in one and random.random() < 0.4:
            word = "not-applicable"
        more = {"evidence": [{"text": "seen"}]} if random.random() < 0.3 else {}
        if word == "not-applicable":
            more["reason"] = "R."
        yield one["id"], {"answer": word, **more} if more else word
