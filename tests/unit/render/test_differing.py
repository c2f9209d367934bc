"""Where views differ, in words and as a picture: true sentences for every number of groups."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

from tests.each import each
from tests.unit.engine.building import PERSPECTIVES, gate, item, load, rubric_text, view

from involve_audit.engine.assessment import assess
from involve_audit.engine.compiled import compile_rubric
from involve_audit.render.differing import MOST_DRAWN, Differences
from involve_audit.render.titles import Titles

KINDS = {"a": "achievement", "b": "achievement", "c": "deficit", "d": "anti-pattern", "p": "practice", "q": "practice"}
LOWER = ("deficit", "anti-pattern")
VALUES = {"yes": 1, "partly": 0.5, "no": 0}
MANY = {f"n{number}": "achievement" for number in range(20)}


def differences(
    answers: Mapping[str, Mapping[str, str]], kinds: Mapping[str, str] = KINDS, names: Mapping[str, str] | None = None
) -> Differences:
    """What differs between groups, each of one perspective or of several (`users carers`) that answered together."""
    scale = [{"id": word, "title": word.title(), "value": value} for word, value in VALUES.items()]
    items = [item(name, kind, title=name.upper()) for name, kind in kinds.items()]
    gates = {"high": [gate("share", {"kind": "achievement"}, at_least="50%")]}
    perspectives = [{"id": name, "title": name.title()} for name in PERSPECTIVES]
    rubric = load(rubric_text(items, gates, scale=scale, perspectives=perspectives))
    compiled = compile_rubric(rubric)
    found = assess(compiled, [view(compiled, given, who.split()) for who, given in answers.items()])
    voices = {one.perspectives[0]: " and ".join(map(str.title, one.perspectives)) for one in found.together}
    return Differences(Titles(rubric), found.differing, voices)


def told(**answers: str) -> str:
    """The finding on the items of `KINDS`, in their order: `users="yes no"`."""
    return " ".join(
        differences({who: dict(zip(KINDS, said.split(), strict=False)) for who, said in answers.items()}).finding
    )


@each(
    ("answers", "finding"),
    [
        ({"users": "yes", "staff": "yes"}, ""),
        ({"users": "no", "staff": "unknown"}, ""),
        (
            {"users": "no", "staff": "yes"},
            "The one question on which views differ looks better to Staff than to Users. The answers are opposite.",
        ),
        (
            {"users": "no partly yes", "staff": "partly yes no"},
            "The 3 questions on which views differ all look better to Staff than to Users. The answers to one of them "
            "are opposite.",
        ),
        (
            {"users": "yes partly partly", "staff": "partly yes no"},
            "2 of the 3 questions on which views differ look better to Staff than to Users. The one that looks better "
            "to Users: A.",
        ),
        (
            {"users": "partly no", "staff": "yes yes", "carers": "unknown unknown"},
            "The worst answer to all 2 questions on which views differ comes from Users. The best answer to all 2 "
            "questions comes from Staff. The answers to one of them are opposite.",
        ),
        (
            {"users": "yes partly", "staff": "partly yes"},
            "1 of the 2 questions on which views differ looks better to Users, and 1 to Staff.",
        ),
        (
            {"users": "yes partly yes yes", "staff": "partly yes no no"},
            "3 of the 4 questions on which views differ look better to Staff than to Users. The answers to 2 of them "
            "are opposite. The one that looks better to Users: A.",
        ),
        (
            {"users": "partly yes no no yes", "staff": "yes yes no no no"},
            "1 of the 2 questions on which views differ looks better to Staff than to Users. One is neither good nor "
            "bad by itself: P (Yes / No).",
        ),
        (
            {"users": "yes yes no no yes partly", "staff": "yes yes no no no no"},
            "The 2 questions on which views differ are neither good nor bad by themselves: P (Yes / No) and Q (Partly "
            "/ No).",
        ),
        (
            {"users": "no", "carers": "yes", "staff": "yes"},
            "On the one question on which views differ, the worst answer comes from Users, the best from Carers and "
            "Staff. The answers are opposite.",
        ),
        (
            {"users": "no partly", "carers": "no yes", "staff": "yes yes"},
            "The worst answer to all 2 questions on which views differ comes from Users. The best answer to all 2 "
            "questions comes from Staff. The answers to one of them are opposite.",
        ),
        (
            {"users": "no yes no", "carers": "yes no no", "staff": "yes yes yes"},
            "There are 3 questions on which views differ. The answers to all of them are opposite.",
        ),
    ],
)
def test_the_finding_says_what_the_answers_come_to(answers: dict[str, str], finding: str) -> None:
    assert told(**answers) == finding


def test_groups_that_only_answered_together_are_one() -> None:
    found = differences({"users carers": {"a": "no"}, "staff": {"a": "partly"}})
    assert found.finding == ["The one question on which views differ looks better to Staff than to Users and Carers."]
    assert found.voices == ["Users and Carers", "Staff"]


def test_the_picture_has_every_answer_in_its_place_from_the_worst_and_all_who_gave_it() -> None:
    answers = {"users": {"c": "yes"}, "carers": {"c": "partly"}, "staff": {"c": "yes"}}
    (line,) = differences(answers).drawn
    drawn = [(mark.at, mark.answer.said, mark.who, mark.is_first, mark.is_left) for mark in line.marks]
    assert drawn == [
        (0, "Yes – a problem", "Users and Staff", True, True),
        (50, "Partly – partly a problem", "Carers", False, False),
    ]


def test_of_very_many_the_picture_shows_those_farthest_apart_and_says_so() -> None:
    said = {name: "partly" if place % 2 else "no" for place, name in enumerate(MANY)}
    found = differences({"users": said, "staff": dict.fromkeys(MANY, "yes")}, MANY)
    assert len(found.lines) == len(MANY)
    assert len(found.drawn) == MOST_DRAWN
    assert [line.marks[0].at for line in found.drawn] == [0] * 10 + [50] * 2
    assert "has 8 more" in found.not_drawn
    assert differences({"users": {"a": "no"}, "staff": {"a": "yes"}}).not_drawn == ""


def test_of_many_that_look_better_to_others_some_are_named() -> None:
    said = {name: "no" if place < 12 else "yes" for place, name in enumerate(MANY)}
    found = differences({"users": said, "staff": dict.fromkeys(MANY, "partly")}, MANY)
    assert "The 8 that look better to Users: N12, N13, N14, … and 5 more." in found.finding


@each("seed", range(80))
def test_no_sentence_contradicts_the_answers(seed: int) -> None:
    """Every figure of the finding is counted again, from the answers as they were given."""
    random = Random(seed)
    who = PERSPECTIVES[: random.choice((2, 2, 3))]
    kinds = {f"i{place}": random.choice([*KINDS.values()]) for place in range(7)} | {"last": "achievement"}
    words = [*VALUES, "unknown"]
    answers = {name: {one: random.choice(words) for one in kinds} for name in who}
    light = {
        one: {who: abs(VALUES[said[one]] - (kind in LOWER)) for who, said in answers.items() if said[one] in VALUES}
        for one, kind in kinds.items()
    }
    apart = {one: at for one, at in light.items() if at and max(at.values()) - min(at.values()) >= 0.5}
    judged = {one: at for one, at in apart.items() if kinds[one] != "practice"}
    best = {name.title(): sum(at.get(name) == max(at.values()) for at in judged.values()) for name in who}
    worst = {name.title(): sum(at.get(name) == min(at.values()) for at in judged.values()) for name in who}
    found = " ".join(differences(answers, kinds).finding)
    assert bool(found) == bool(apart)
    if match := re.search(r"(\d+) of the (\d+) questions on which views differ looks? better to (\w+)", found):
        assert (int(match[1]), int(match[2])) == (best[match[3]], len(apart))
        assert int(match[1]) == max(best.values())
    for form, counts in (("worst", worst), ("best", best)):
        if match := re.search(rf"The {form} answer comes most often from ([^:]*?)(?:, each of them|:) to (\d+)", found):
            named = re.split(", | and ", match[1])
            assert {counts[name] for name in named} == {int(match[2])} == {max(counts.values())}
            assert sorted(named) == sorted(name for name in counts if counts[name] == max(counts.values()))
        if match := re.search(rf"The {form} answer to all (\d+) questions (?:[a-z ]+ )?comes from ([^.]*)\.", found):
            assert int(match[1]) == len(apart) == max(counts.values())
            assert sorted(re.split(", | and ", match[2])) == sorted(n for n in counts if counts[n] == len(apart))
    opposite = sum({0, 1} <= set(at.values()) for at in judged.values())
    if match := re.search(r"answers to (\w+) of them are opposite", found):
        in_words = {"one": 1, "all": len(apart)}
        assert opposite == (in_words[match[1]] if match[1] in in_words else int(match[1]))
    else:
        assert opposite == 0 or (opposite == len(apart) == 1 and "The answers are opposite." in found)
    assert ("neither good nor bad" in found) == (len(apart) > len(judged))
