"""What one typed line means: a number, a name, a beginning, a command, or words that people use."""

from __future__ import annotations

from typing import Any

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each
from tests.pseudo import compiled

from involve_audit import language
from involve_audit.asking.prompts import Choices, Understood, list_of_keys, meaning
from involve_audit.loading.rubric import load_rubric_by_id
from involve_audit.model.rubric import Item, Option, Rubric
from involve_audit.model.spelling import Spelling
from involve_audit.resources import shipped_rubrics
from involve_audit.words.asking import COMMANDS, MEANT

RUBRICS = {name: load_rubric_by_id(name).content for name in shipped_rubrics()}
EVERY_ITEM = [(name, item) for name, rubric in RUBRICS.items() for item in rubric.items]
SPECTRUM = RUBRICS["service-user-leadership-spectrum"]


def scale(*options: Any, **small: Any) -> Rubric:
    """The rubric `small` with another scale: options as (id, title), or as whole mappings."""
    whole = [o if isinstance(o, dict) else {"id": o[0], "title": o[1], "value": 0} for o in options]
    return Rubric.from_tree({**small, "scale": whole})


def at(rubric: Rubric, item_id: str) -> Choices:
    item = next(item for item in rubric.items if item.id == item_id)
    return Choices(rubric, item, Spelling(rubric))


@pytest.fixture
def agenda(small: Rubric) -> Choices:
    """A question of the rubric `small` that every answer is open to."""
    return at(small, "agenda")


@each(
    ("typed", "answer"),
    [
        ("1", "yes"),
        ("5", "not-applicable"),
        ("0", "unknown"),
        ("٢", "partly"),
        ("２", "partly"),
        ("3.", "planned"),
        ("yes", "yes"),
        ("Yes!", "yes"),
        ("“yes”", "yes"),
        ("ＹＥＳ", "yes"),
        ("ye\u200bs", "yes"),
        ("  PLANNED  ", "planned"),
        ("not-applicable", "not-applicable"),
        ("does not  apply", "not-applicable"),
        ("y", "yes"),
        ("n", "no"),
        ("pa", "partly"),
        ("pl", "planned"),
        ("DOES", "not-applicable"),
        ("d", "not-applicable"),
        ("u", "unknown"),
        ("unknown", "unknown"),
        ("Not known", "unknown"),
        ("nobody h", "unknown"),
    ],
)
def test_an_answer_is_understood_by_number_name_and_beginning(typed: str, answer: str, agenda: Choices) -> None:
    assert agenda.understand(typed).answer == answer


@each(
    ("typed", "answer"),
    [
        *[(words, "yes") for words in ("sure", "definitely", "yeah", "Yep", "yes please", "of course", "always")],
        *[
            (words, "no")
            for words in (
                "no way",
                "definitely not",
                "no longer",
                "nobody does",
                "nope",
                "nah",
                "No, thanks",
                "never",
                "not at all",
            )
        ],
        *[(words, "partly") for words in ("partially", "in part", "to some extent")],
        *[(words, "unknown") for words in ("don't know", "dont know", "DON’T KNOW", "do not know", "I don't know")],
        *[
            (words, "unknown")
            for words in ("not sure", "we're not sure", "no idea", "I really don't know, sorry", "idk")
        ],
        *[(words, "unknown") for words in ("couldn't say", "who knows", "we are not certain", "have no clue")],
        *[(words, "yes") for words in ("1 yes", "1 Yes", "aye")],
        ("4 no", "no"),
        *[
            (words, "not-applicable")
            for words in ("n/a", "N/A", "na", "n.a.", "it doesn't apply", "not relevant to us")
        ],
    ],
)
def test_words_with_one_clear_meaning_are_taken(typed: str, answer: str, agenda: Choices) -> None:
    assert agenda.understand(typed).answer == answer


@each(
    "typed",
    [
        *("maybe", "Maybe.", "sometimes", "not really", "it depends", "yes and no", "I guess so"),
        *("yes, mostly", "no plans", "probably yes", "partly no", "1 no", "kinda", "we can't agree", "suppose so"),
        *("agree", "Agreed!", "nobody", "no one", "none", "yes but", "yes/no", "some of us", "not planned"),
    ],
)
def test_words_without_a_clear_meaning_are_answered_by_what_to_type(typed: str, agenda: Choices, small: Rubric) -> None:
    understood = agenda.understand(typed)
    assert not understood.answer
    assert (
        "If it is so in part, type Partly. If it is not so, type No. If nobody here knows, type 0." in understood.hint
    )


def test_where_nothing_is_in_between_the_answers_are_named(small_data: dict[str, Any]) -> None:
    rubric = scale(
        {"id": "ja", "title": "Indeed", "value": 1}, {"id": "nein", "title": "In no way", "value": 0}, **small_data
    )
    hint = at(rubric, "agenda").understand("maybe").hint
    assert "the answers are Indeed or In no way" in hint


@each(
    ("typed", "command"),
    [
        *[
            (words, "stop")
            for words in ("q", "Q", "quit", "exit", "finish", "stop", "please stop", "done", "let's stop")
        ],
        *[(words, "stop") for words in ("save and quit", "that's it", "we have to go", "need a break")],
        *[(words, "skip") for words in ("skip this one", "next question", "prefer not to say", "no comment")],
        *[(words, "back") for words in ("previous question", "oops", "I made a mistake")],
        *[(words, "list") for words in ("h", "help", "keys")],
        *[(words, "help") for words in ("?", "？", "more help")],
        *[(words, "back") for words in ("b", "back", "go back", "<")],
        *[(words, "skip") for words in ("s", "skip", "pass", "next")],
        *[(words, "note") for words in ("note", "+", "add a note", "comment")],
        *[(words, "evidence") for words in ("e", "evidence")],
        *[(words, "where") for words in ("where", "progress")],
        *[(words, "confirm") for words in ("c", "confirm")],
    ],
)
def test_commands_are_understood_by_key_and_by_word(typed: str, command: str, agenda: Choices) -> None:
    assert agenda.understand(typed) == Understood(command=command)


@pytest.mark.parametrize("typed", ["note 2", "note2", "Note  2", "+2", "+ 2"])
def test_a_note_can_name_its_question(typed: str, agenda: Choices) -> None:
    assert agenda.understand(typed) == Understood(command="note", number=2)
    assert agenda.understand("e 14") == Understood(command="evidence", number=14)


@pytest.mark.parametrize("typed", ["a", "agreed but", "t", "to", "in", "planni"])
def test_the_beginning_of_a_synonym_is_a_guess_and_nothing_is_recorded(typed: str) -> None:
    for item in SPECTRUM.items:
        understood = at(SPECTRUM, item.id).understand(typed)
        assert (understood.answer, understood.command) == ("", "")
    assert meaning(typed, Spelling(SPECTRUM), in_a_text=True) == Understood()


@pytest.mark.parametrize("typed", ["O", "esc", "cancel", "not  partl", "some people", "continue"])
def test_no_answer_is_offered_for_a_word_that_is_only_a_little_like_it(typed: str, agenda: Choices) -> None:
    assert agenda.nearest(typed) == ""


@pytest.mark.parametrize("typed", ["back 3", "back to 3", "go to question 3"])
def test_going_back_goes_to_the_question_before_and_says_so(typed: str, agenda: Choices) -> None:
    assert agenda.understand(typed) == Understood(command="back", number=3)


def test_numbers_are_the_same_on_every_question_and_closed_answers_are_not_taken(small: Rubric) -> None:
    survey = at(small, "survey")
    assert list(survey.lines()) == ["  1 Yes", "  2 Partly", "  4 No", "  0 Nobody here knows"]
    for typed, said in {
        "3": "3 is “Planned”, which is no answer to this question.",
        "pl": "pl is “Planned”, which is no answer to this question.",
        "Planned": "Planned is “Planned”, which is no answer to this question.",
        "5": "5 is “Does not apply”, which is no answer to this question.",
        "n/a": "n/a is “Does not apply”, which is no answer to this question.",
    }.items():
        understood = survey.understand(typed)
        assert (understood.answer, understood.command, understood.hint) == ("", "", said)
    assert survey.understand("4").answer == "no"
    assert at(small, "agenda").understand("4").answer == "no"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("p", "That could be: 2 Partly / 3 Planned. Type a little more."),
        ("not", "That could be: 5 Does not apply / 0 Nobody here knows. Type a little more."),
    ],
)
def test_an_ambiguous_beginning_names_what_it_could_be(typed: str, hint: str, agenda: Choices) -> None:
    assert agenda.understand(typed).hint == hint
    assert not agenda.understand(typed).answer


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("patrly", "Partly"), ("Planed", "Planned"), ("yess", "Yes"), ("dont knwo", "Nobody here knows")],
)
def test_a_word_typed_wrong_is_met_with_the_nearest(typed: str, meant: str, agenda: Choices) -> None:
    assert agenda.understand(typed) == Understood()
    assert f"“{meant}”" in agenda.nearest(typed)


@pytest.mark.parametrize("typed", ["6", "-1", "1 2", "²", "½", "", " ", "9" * 5000, "yes?", "banana"])
def test_anything_else_means_nothing(typed: str, agenda: Choices) -> None:
    assert agenda.understand(typed) == Understood()


@each(("name", "item"), EVERY_ITEM)
def test_every_answer_of_a_shipped_rubric_can_be_typed_by_number_id_title_and_synonym(name: str, item: Item) -> None:
    choices = Choices(RUBRICS[name], item, Spelling(RUBRICS[name]))
    spelling = choices.spelling
    also = {option.id: option.also for option in RUBRICS[name].scale}
    for answer in choices.open:
        names = (answer, spelling.titles[answer], spelling.titles[answer].upper(), *also.get(answer, ()))
        for typed in (str(spelling.places[answer]), *names):
            assert choices.understand(typed).answer == answer


@pytest.mark.parametrize("name", RUBRICS)
def test_in_the_shipped_rubrics_every_command_has_a_key_and_no_letter_of_an_answer(name: str) -> None:
    spelling = Spelling(RUBRICS[name])
    assert spelling.keyless == []
    assert spelling.misleading == {}
    for letter in "ynpud":
        assert not meaning(letter, spelling).command


def test_a_synonym_of_the_rubric_is_an_answer_and_its_letter_is_taken(small_data: dict[str, Any]) -> None:
    small_data["scale"][0]["also"] = ["Quite so", "Sure"]
    rubric = Rubric.from_tree(small_data)
    agenda = at(rubric, "agenda")
    assert agenda.understand("quite so").answer == "yes"
    for letter in "qs":
        assert agenda.understand(letter)[:3] == ("", None, "")
        assert agenda.understand(letter).hint == "That could be: 1 Yes. Type a little more."
    assert agenda.spelling.keys["stop"] == "stop"
    assert agenda.spelling.keys["skip"] == "skip"
    assert "  stop    save and stop" in list_of_keys(agenda.spelling, confirm=False)


def test_a_synonym_takes_no_letter_from_a_title(small_data: dict[str, Any]) -> None:
    small_data["scale"][2]["also"] = ["not yet", "on its way"]
    agenda = at(Rubric.from_tree(small_data), "agenda")
    assert agenda.understand("n").answer == "no"
    for beginning in ("not y", "o"):
        assert agenda.understand(beginning).hint == "That could be: 3 Planned. Type a little more."


def test_letters_of_commands_are_those_of_the_language(small_data: dict[str, Any], another_language: None) -> None:
    catalogue = Catalog(locale="de")
    for text, words in {
        COMMANDS["note"]: "z, notiz, +",
        COMMANDS["skip"]: "w, weiter, >",
        MEANT["no"]: "nein, nö",
    }.items():
        catalogue.add(text, string=words)
    language.use(language.from_catalogue("de", compiled(catalogue)))
    small_data["scale"][1]["title"], small_data["scale"][3]["title"] = "Zum Teil", "Nein"
    agenda = at(Rubric.from_tree(small_data), "agenda")
    assert agenda.spelling.keys["note"] == "notiz"
    assert agenda.spelling.keys["skip"] == "w"
    assert agenda.understand("z").answer == "partly"
    assert agenda.understand("nö").answer == "no"
    assert agenda.understand("notiz 2") == Understood(command="note", number=2)


def test_numbers_belong_to_answers_that_are_numbers(small_data: dict[str, Any]) -> None:
    options = [{"id": f"level-{n}", "title": str(n), "value": n / 3} for n in range(4)]
    agenda = at(scale(*options, **small_data), "agenda")
    assert list(agenda.lines())[:4] == ["  0", "  1", "  2", "  3"]
    assert [agenda.understand(str(n)).answer for n in range(4)] == [f"level-{n}" for n in range(4)]
    assert agenda.understand("4") == Understood()
    assert agenda.understand("don't know").answer == "unknown"


def test_a_number_that_an_answer_already_begins_with_is_not_shown_twice(small_data: dict[str, Any]) -> None:
    agenda = at(scale(("a", "1 Never"), ("b", "2 Always"), **small_data), "agenda")
    assert list(agenda.lines())[:2] == ["  1 Never", "  2 Always"]
    assert agenda.understand("2").answer == "b"


# Whatever the answers are called

TITLES = st.text(min_size=1, max_size=12).filter(str.strip)
LETTERY = st.one_of(
    st.sampled_from([*"qhbsnepc?+!*<>=^#", *COMMANDS, "Quite", "Often", "Skip", "Help", "3", "1 no", "Note", "Back"]),
    TITLES,
)
OPTION = st.tuples(LETTERY, st.lists(LETTERY, max_size=3))


@given(options=st.lists(OPTION, min_size=2, max_size=6), more=st.text(max_size=8))
def test_what_begins_an_answer_never_runs_a_command_and_every_command_has_a_key_or_is_told(
    options: list[tuple[str, list[str]]], more: str
) -> None:
    entries = [
        {"id": f"o{place}", "title": title, "also": also, "value": 0} for place, (title, also) in enumerate(options)
    ]
    spelling = Spelling(SPECTRUM.changed(scale=tuple(Option.from_tree(entry) for entry in entries)))
    for title, also in options:
        for name in (title, *also):
            for length in range(1, len(name) + 1):
                typed = name[:length]
                if typed.strip():
                    assert not meaning(typed, spelling).command
                    assert not spelling.command(typed)
    for command in COMMANDS:
        assert (command in spelling.keys) != (command in spelling.keyless)
    for command, key in spelling.keys.items():
        assert meaning(key, spelling).command == command
    assert len(set(spelling.keys.values())) == len(spelling.keys)
    understood = meaning(more, spelling)
    assert not (understood.command and understood.answers)
