"""What `?` says: enough to decide, and no word that the question does not use."""

from __future__ import annotations

from typing import Any

import pytest

from involve_audit.model.rubric import Item, Rubric
from involve_audit.render.item_help import glossary_lines, help_lines
from involve_audit.words.rubrics import QUESTION_HELP

HELP = {
    "yes_looks_like": ["One a year."],
    "not_enough": ["A box on the wall."],
    "who_to_ask": ["Everyone in the house"],
    "not_applicable_when": "There is nobody to ask.",
}


def asked(data: dict[str, Any], terms: dict[str, str], **more: Any) -> tuple[Rubric, Item]:
    """The rubric with these terms in its glossary, and its first question with more to it."""
    data["glossary"] = [{"term": term, "meaning": meaning} for term, meaning in terms.items()]
    data["indicators"][0] |= more
    rubric = Rubric.from_tree(data)
    return rubric, rubric.indicators[0]


def terms_for(data: dict[str, Any], terms: list[str], **more: Any) -> list[str]:
    lines = glossary_lines(*asked(data, dict.fromkeys(terms, "M."), **more))
    return [line.removesuffix(": M.") for line in lines]


def test_everything_that_helps_stands_under_its_heading(small_data: dict[str, Any]) -> None:
    rubric, item = asked(small_data, {"survey": "Questions on paper."}, **HELP)
    assert list(help_lines(rubric, item)) == [
        "What “Yes” looks like:",
        "  - One a year.",
        "Not enough to say “Yes”:",
        "  - A box on the wall.",
        QUESTION_HELP["who_to_ask"],
        "  - Everyone in the house",
        QUESTION_HELP["not_applicable_when"],
        "  - There is nobody to ask.",
        QUESTION_HELP["words"],
        "  - survey: Questions on paper.",
    ]


def test_headings_name_the_answers_as_the_scale_does(small_data: dict[str, Any]) -> None:
    for option, title in zip(small_data["scale"], ("Always", "Now and then", "Some day", "Never"), strict=True):
        option["title"] = title
    help_ = {"yes_looks_like": ["It is."], "not_enough": ["It may be."]}
    for section, place in (("indicators", 0), ("indicators", 3), ("anti_patterns", 0)):
        small_data[section][place] |= help_
    rubric = Rubric.from_tree(small_data)
    headings = {item.kind: list(help_lines(rubric, item))[::2] for item in rubric.items if item.not_enough}
    assert headings == {
        "practice": ["What “Always” looks like:", "Not enough to say “Always”:"],
        "deficit": ["What “Always” looks like:", "Not enough to say “Never”:"],
        "anti-pattern": ["What “Always” looks like:", "Not enough to say “Never”:"],
    }


def test_the_probes_of_an_anti_pattern_help_to_find_it_out(small_data: dict[str, Any]) -> None:
    small_data["anti_patterns"][0]["probes"] = ["Who came last time?", "Who was paid?"]
    rubric = Rubric.from_tree(small_data)
    lines = list(help_lines(rubric, rubric.anti_patterns[0]))
    assert lines == [QUESTION_HELP["probes"], "  - Who came last time?", "  - Who was paid?"]


def test_a_heading_with_nothing_under_it_is_left_out(small_data: dict[str, Any]) -> None:
    assert list(help_lines(*asked(small_data, {}))) == []


@pytest.mark.parametrize(
    ("term", "ask"),
    [
        ("agenda", "Who sets the agenda?"),
        ("Agenda", "AGENDA?"),
        ("agenda", "Who sets agendas?"),
        ("user-led", "Is it user-led?"),
        ("peer support", "Is there peer support, and when?"),
        ("leadership (in a user-led context)", "Who has the leadership?"),
    ],
)
def test_a_word_of_the_question_is_explained(term: str, ask: str, small_data: dict[str, Any]) -> None:
    assert terms_for(small_data, [term], ask=ask) == [term]


@pytest.mark.parametrize(
    ("term", "ask"),
    [
        ("carer", "Is it a career?"),
        ("age", "Who sets the agenda?"),
        ("led", "Who settled it?"),
        ("peer support", "Do peers support it?"),
        ("plan", "Is it planned?"),
        ("a.b", "Is it acb?"),
    ],
)
def test_a_part_of_another_word_is_not_explained(term: str, ask: str, small_data: dict[str, Any]) -> None:
    assert terms_for(small_data, [term], ask=ask) == []


@pytest.mark.parametrize(
    "more",
    [
        {"title": "The agenda"},
        {"wording": {"members": "Do you set the agenda?"}},
        {"yes_looks_like": ["An agenda."]},
        {"not_enough": ["An agenda."]},
        {"who_to_ask": ["Whoever writes the agenda"]},
        {"not_applicable_when": "There is no agenda."},
    ],
    ids=lambda more: next(iter(more)),
)
def test_a_word_of_the_help_itself_is_explained_too(more: dict[str, Any], small_data: dict[str, Any]) -> None:
    assert terms_for(small_data, ["agenda", "board"], **more) == ["agenda"]


def test_the_words_come_in_the_order_of_the_glossary(small_data: dict[str, Any]) -> None:
    assert terms_for(small_data, ["survey", "member", "house"], ask="House survey?") == ["survey", "house"]


def test_every_question_of_the_bundled_rubric_says_what_yes_is_what_is_not_enough_and_whom_to_ask(
    bundled: Rubric,
) -> None:
    for item in bundled.items:
        lines = list(help_lines(bundled, item))
        good = "No" if item.kind in ("deficit", "anti-pattern") else "Yes"
        for heading in ("What “Yes” looks like:", f"Not enough to say “{good}”:", QUESTION_HELP["who_to_ask"]):
            assert heading in lines
        assert (QUESTION_HELP["not_applicable_when"] in lines) == bool(item.not_applicable_when)
        assert (QUESTION_HELP["probes"] in lines) == (item.kind == "anti-pattern")


def test_the_bundled_glossary_is_at_hand_where_its_words_are_used(bundled: Rubric) -> None:
    used = {line.partition(":")[0] for item in bundled.items for line in glossary_lines(bundled, item)}
    assert {"agenda", "governance", "service user", "peer support", "co-production"} <= used
