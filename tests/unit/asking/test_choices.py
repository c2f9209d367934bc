"""What one typed line means: a number, a name, an unambiguous beginning, or a command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involve_audit.asking.choices import COMMANDS, Choice, Understood, choices_for, understand
from involve_audit.loading.rubric import load_rubric_by_id
from involve_audit.model.rubric import Item, Rubric
from involve_audit.resources import shipped_rubrics

CHOICES = [
    Choice("yes", "Yes"),
    Choice("partly", "Partly"),
    Choice("planned", "Planned for later"),
    Choice("no", "No"),
    Choice("not-applicable", "Does not apply"),
]
RUBRICS = {name: load_rubric_by_id(name).content for name in shipped_rubrics()}
EVERY_ITEM = [(name, item) for name, rubric in RUBRICS.items() for item in rubric.items]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("1", "yes"),
        ("5", "not-applicable"),
        ("٢", "partly"),
        ("yes", "yes"),
        ("Partly", "partly"),
        ("PLANNED FOR LATER", "planned"),
        ("  planned   for  later ", "planned"),
        ("not-applicable", "not-applicable"),
        ("does not apply", "not-applicable"),
        ("y", "yes"),
        ("pa", "partly"),
        ("planned f", "planned"),
        ("DOES", "not-applicable"),
        ("not", "not-applicable"),
    ],
)
def test_an_answer_is_understood_by_number_name_and_beginning(typed: str, answer: str) -> None:
    assert understand(typed, CHOICES) == Understood(answer=answer)


def test_a_whole_name_comes_before_a_beginning() -> None:
    assert understand("no", CHOICES) == Understood(answer="no")


@pytest.mark.parametrize("typed", [*COMMANDS, " S ", "Q"])
def test_a_command_comes_before_every_name(typed: str) -> None:
    choices = [Choice("s", "S"), Choice("q", "Q"), Choice("p", "P"), Choice("never", "N")]
    assert understand(typed, choices) == Understood(command=typed.strip().lower())


def test_an_ambiguous_beginning_names_what_it_could_be() -> None:
    choices = [Choice("met", "Met"), Choice("met-in-part", "Met in part"), Choice("missed", "Missed")]
    assert understand("m", choices) == Understood(hint="Met / Met in part / Missed")
    assert understand("met", choices) == Understood(answer="met")
    assert understand("met i", choices) == Understood(answer="met-in-part")


@pytest.mark.parametrize(("typed", "meant"), [("patrly", "partly"), ("Planed", "planned"), ("yess", "yes")])
def test_a_word_typed_wrong_is_met_with_the_nearest(typed: str, meant: str) -> None:
    assert understand(typed, CHOICES) == Understood(hint=f"Did you mean `{meant}`?")


@pytest.mark.parametrize("typed", ["0", "6", "-1", "1.", "1 2", "²", "maybe", "", "9" * 5000])
def test_anything_else_is_met_with_the_answers_there_are(typed: str) -> None:
    understood = understand(typed, CHOICES)
    assert not understood.answer
    assert not understood.command
    assert all(f"`{choice.id}`" in understood.hint for choice in CHOICES) or not typed


@given(typed=st.text())
def test_every_line_means_one_thing_at_the_most(typed: str) -> None:
    assert sum(map(bool, understand(typed, CHOICES))) == 1


def test_not_applicable_is_the_last_choice_where_the_rubric_allows_it(small: Rubric) -> None:
    offered = {item.id: [choice.id for choice in choices_for(small, item)] for item in small.items}
    assert offered == {
        "survey": ["yes", "partly", "no"],
        "agenda": ["yes", "partly", "planned", "no", "not-applicable"],
        "board": ["yes", "partly", "planned", "no"],
        "ignored": ["yes", "partly", "no"],
        "token": ["yes", "partly", "no"],
    }


@pytest.mark.parametrize(("name", "item"), EVERY_ITEM, ids=[f"{name}-{item.id}" for name, item in EVERY_ITEM])
def test_every_answer_of_a_shipped_rubric_can_be_typed_by_number_id_and_title(name: str, item: Item) -> None:
    choices = choices_for(RUBRICS[name], item)
    for number, choice in enumerate(choices, 1):
        for typed in (str(number), choice.id, choice.title, choice.title.upper()):
            assert understand(typed, choices) == Understood(answer=choice.id)


@pytest.mark.parametrize("typed", ["unknown", "Unknown", "not known"])
def test_the_word_that_the_file_has_for_nobody_knows_is_taken_for_it(typed: str) -> None:
    assert understand(typed, [Choice("yes", "Yes"), Choice("no", "No")]).command == "u"
