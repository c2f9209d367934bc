"""Questions that ask two things, or say no twice; names that are the same, or in quotes: found where they are, only."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.each import each
from tests.unit.authoring.conftest import checked, edited

from involve_audit.authoring.check import check_all
from involve_audit.render.item_help import glossary_lines

ASK, BAD = "ask: Does clean water run from the tap?", "ask: Do sharp knives lie where children play?"
RUBRICS = Path(__file__).parents[3] / "rubrics"


def found(rule: str, *edits: tuple[str, str]) -> list[str]:
    """What breaks a rule once these passages are replaced."""
    return [one.problem.what for one in checked(edited(*edits)).findings if one.rule == rule]


TWO_THINGS = [
    ("Do members choose the topics and do they lead the meeting?", "and do"),
    ("Are minutes kept and sent to everybody?", "and sent"),
    ("Is there a budget, and is it spent by members?", "and is"),
    ("Do people help to plan and run the service?", "and run the"),
    ("Are members asked and listened to?", "and listened"),
    ("Do staff read it or reply?", "or reply"),
    ("Is it clear who cooks and when?", "and when"),
    ("Do members write the agenda and also chair the meeting?", "and also chair the"),
]
ONE_THING = [
    "Does the service offer training and support?",
    "Are there meetings with staff and with the board?",
    "Do carers, peer workers and staff agree?",
    "Do users need help and a bed for the night?",
    "Is the room warm and light?",
    "Do staff in teams and on the board know it?",
    "Is there time and money for it?",
]


@each(("asked", "joint"), TWO_THINGS)
def test_a_question_that_asks_two_things_is_found_with_where_they_meet(asked: str, joint: str) -> None:
    assert found("one-thing-asked", (ASK, f"ask: {asked}")) == [f"this may ask two things at once: “… {joint} …”"]


@pytest.mark.parametrize("asked", ONE_THING)
def test_two_nouns_are_one_thing(asked: str) -> None:
    assert found("one-thing-asked", (ASK, f"ask: {asked}")) == []


def test_several_questions_in_one_are_found_in_every_language() -> None:
    several = [(ASK, "ask: Läuft Wasser? Ist es klar?"), ("language: en-GB", "language: de")]
    assert found("one-thing-asked", *several) == ["these are several questions, and there is one answer"]
    english_alone = [(ASK, "ask: Are minutes kept and sent?"), ("language: en-GB", "language: nl")]
    assert found("one-thing-asked", *english_alone) == []


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("Is the plan made without people who use the service?", "“without”"),
        ("Do staff not answer letters?", "“not”"),
        ("Don’t staff answer letters?", "“Don't”"),
        ("Does nobody who is never asked answer?", "“nobody” and “never”"),
    ],
)
def test_a_bad_thing_with_a_no_in_it_is_found(asked: str, words: str) -> None:
    assert found("plain-no", (BAD, f"ask: {asked}")) == [f"an answer of no to this is a no to {words}"]


@pytest.mark.parametrize(
    "asked",
    [
        "Are people left out when training is made?",
        "Does the service always ask the same people and look no further?",
        "This is not about anybody here. Do knives lie about?",
        "Is it not only staff who decide?",
        "Do notes lie about?",
    ],
)
def test_a_bad_thing_in_plain_words_is_not(asked: str) -> None:
    assert found("plain-no", (BAD, f"ask: {asked}")) == []


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("Is nobody turned away?", []),
        ("Are there meetings with no agenda and no time to get ready?", []),
        ("Does the service answer, or say why not, without being asked?", []),
        ("Is it never the case that nobody is asked?", ["an answer of no to this is a no to “never” and “nobody”"]),
    ],
)
def test_a_good_thing_may_hold_one_no_and_not_two(asked: str, words: list[str]) -> None:
    assert found("plain-no", (ASK, f"ask: {asked}")) == words


def test_a_no_is_found_in_english_alone() -> None:
    assert found("plain-no", (BAD, "ask: Lügen wir no, not never?"), ("language: en-GB", "language: de")) == []


def test_titles_that_stand_twice_in_a_list_are_found_whatever_their_case_and_quotes() -> None:
    assert found("titles-differ", ("title: Two ways out", "title: CLEAN  water")) == [
        "`way-out` has the same title as `clean-water` (ready-to-open.yaml:64:12)"
    ]


def test_two_options_of_one_title_and_value_are_found() -> None:
    yes = '  - {id: "yes", title: "Yes", value: 1}\n'
    twice = f"{yes}  - {{id: sure, title: YES, value: 1.0}}\n  - {{id: likely, title: Likely, value: 1}}\n"
    assert found("titles-differ", (yes, twice)) == [
        "`sure` has the same title as `yes` (ready-to-open.yaml:18:24), and is worth the same"
    ]


@pytest.mark.parametrize("name", ["“Clean water”", "„Clean water“", "‘Clean water’", "« Clean water »"])
def test_a_name_in_quotes_that_are_part_of_it_is_found(name: str) -> None:
    what = f"the quotes around {name} are part of it, and will not match"
    assert found("straight-quotes", ("title: Clean water", f"title: {name}")) == [what]


@pytest.mark.parametrize("name", ["Clean “water”", "“Clean” and “water”", "'Clean water'", "The cooks’ water"])
def test_a_name_with_quotes_in_it_is_not(name: str) -> None:
    assert found("straight-quotes", ("title: Clean water", f'title: "{name}"')) == []


def test_a_threshold_in_curly_quotes_is_told_with_what_is_odd() -> None:
    text = edited(("minimum_answered: 100%", "minimum_answered: “100%”"))
    (finding,) = checked(text).findings
    assert "Left double quotation mark" in finding.problem.hint


def test_a_word_of_the_glossary_is_found_whichever_way_its_apostrophe_is_written(tmp_path: Path) -> None:
    from involve_audit.loading.rubric import load_rubric

    text = edited((ASK, "ask: Is the cook’s list there?"))
    file = tmp_path / "ready-to-open.yaml"
    file.write_text(f'{text}\nglossary: [{{term: "cook\'s list", meaning: Who cooks.}}]\n', encoding="utf-8")
    rubric = load_rubric(str(file)).content
    assert list(glossary_lines(rubric, rubric.indicators[0])) == ["cook's list: Who cooks."]


def test_the_shipped_rubrics_need_few_exceptions() -> None:
    for file in RUBRICS.glob("*.yaml"):
        (shipped,) = check_all([str(file)])
        assert shipped.findings == ()
        about = {item for one in shipped.allowed for section, item in one.finding.about if section == "items"}
        assert len(about) <= 3
