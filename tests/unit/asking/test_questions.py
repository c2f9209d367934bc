"""One question: what is said back, where notes and evidence go, and that nothing is taken for what it is not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from involve_audit.asking.draft import Filled
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import Evidence

from .rooms import FIRST, Room, begun, evidence, held

NOTE = ["note", "We are asked, and then hear nothing.", ""]
KEPT_WITH_SURVEY = "Kept with question 1 (Survey)."


def after(room: Room, typed: str) -> list[str]:
    """What was said after a prompt, up to the next one. `typed` is part of the prompt."""
    at = max(place for place, said in enumerate(room.talk.said) if typed in said)
    return room.talk.said[at + 1 :]


# What is said back


@pytest.mark.parametrize(
    ("typed", "said", "kept"),
    [
        ("3", "Planned. b changes it.", "planned"),
        ("4", "No. b changes it.", "no"),
        ("n", "No. b changes it.", "no"),
        ("yeah", "Yes. b changes it.", "yes"),
        ("0", "Nobody here knows. b changes it.", "unknown"),
        ("don't know", "Nobody here knows. b changes it.", "unknown"),
    ],
)
def test_every_answer_is_said_back_before_the_next_question(typed: str, said: str, kept: str, small: Rubric) -> None:
    room = held(small, [typed], draft=begun(survey="yes"))
    assert room.answers["agenda"] == kept
    assert room.said.index(said) < room.said.index("Question 3 of 5")


def test_skipping_keeping_confirming_and_setting_aside_are_said_back(small: Rubric) -> None:
    assert "Left open. b goes back to it." in held(small, [*FIRST, "s"]).said
    assert "Still Yes. b changes it." in held(small, [*FIRST, "yes", "b", ""]).said
    assert "Still Yes. b changes it." in held(small, [*FIRST, "yes", "b", "skip"]).said
    assert "Yes. b changes it." in held(small, [*FIRST, "c"], last={"survey": Filled("yes")}).said
    room = held(small, ["n/a", "There are none."], draft=begun(survey="yes"))
    assert "Does not apply. b changes it." in room.said
    assert room.answers["agenda"] == {"answer": "not-applicable", "reason": "There are none."}


@pytest.mark.parametrize("typed", ["3", "pl", "planned", "5", "n/a", "does not apply"])
def test_an_answer_that_is_not_open_to_a_question_records_nothing(typed: str, small: Rubric) -> None:
    room = held(small, [*FIRST, typed])
    assert "which is no answer to this question." in room.said
    assert room.questions == [1]
    assert room.draft.is_open("survey")


def test_what_the_answers_mean_is_said_where_it_turns_and_when_going_back(small: Rubric) -> None:
    room = held(small, [*FIRST, "1", "1", "1", "1", "b", "b"])
    neither, good = "neither good nor bad", "Here “Yes” is the good answer."
    problem = "Here “Yes” is a problem"
    turns = [line for line in room.talk.said if neither in line or good in line or problem in line]
    assert [neither in turns[0], turns[1], problem in turns[2], turns[3]] == [True, good, True, good]
    assert len(turns) == 4
    resumed = held(small, [], draft=begun(survey="yes", agenda="yes", board="yes"))
    assert problem in resumed.said


def test_a_question_is_shown_again_with_what_a_yes_means_where_that_is_wanted(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "2", "again", "yes"])
    assert (room.questions[:3], room.questions.count(3)) == ([1, 2, 3], 2)
    assert room.said.count("Here “Yes” is the good answer.") == 2


def test_a_number_behind_back_is_answered_by_how_far_it_goes(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "2", "back to 1"])
    assert (room.questions, "b goes back by one question." in room.said) == ([1, 2, 3], True)


# Notes


def test_many_words_typed_where_a_note_is_there_are_added_to_it(small: Rubric) -> None:
    room = held(small, [*FIRST, "note", "One.", "", "note", "They said so too."])
    assert room.answers["survey"] == {"note": "One.\nThey said so too."}


@pytest.mark.parametrize("typed", [["", "b"], ["b", "2", "b"]], ids=["at-its-end", "cut-off-by-a-command"])
def test_a_note_can_be_for_the_question_before_however_it_ends(typed: list[str], small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "note", "They said so.", *typed])
    assert room.answers["survey"] == {"answer": "yes", "note": "They said so."}


def test_a_note_is_kept_with_the_question_that_is_named(small: Rubric) -> None:
    room = held(small, [*FIRST, *NOTE, "yes"])
    assert KEPT_WITH_SURVEY in room.said
    assert room.answers == {"survey": {"answer": "yes", "note": NOTE[1]}}


@pytest.mark.parametrize("answer", ["yes", "s", "0"])
@pytest.mark.parametrize(
    ("typed", "item"), [("2", "survey"), ("the one before", "survey"), ("1", "agenda"), ("", "agenda")]
)
def test_a_note_can_be_for_the_question_before(typed: str, item: str, answer: str, small: Rubric) -> None:
    room = held(small, [*FIRST, answer, *NOTE, typed, "no"])
    assert "The question before was 1 (Survey). Which one is it for?" in room.said
    assert room.view.answers[item].note == NOTE[1]
    assert [name for name, given in room.view.answers.items() if given.note] == [item]
    assert room.view.answers["agenda"].answer == "no"


def test_a_note_to_the_question_before_is_added_to_what_is_there(small: Rubric) -> None:
    room = held(small, [*FIRST, "note", "First.", "", "yes", "note", "Second.", "", "2", "no"])
    assert room.view.answers["survey"].note == "First.\nSecond."
    assert room.answers["agenda"] == "no"


def test_with_only_some_questions_asked_the_one_before_is_the_one_shown_before(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", *NOTE, "2"], items={"survey", "board"})
    assert room.view.answers["survey"].note == NOTE[1]
    assert KEPT_WITH_SURVEY in room.said


@pytest.mark.parametrize("typed", ["note 1", "note1", "+1", "Note 1"])
def test_a_note_can_name_any_question_by_its_number(typed: str, small: Rubric) -> None:
    room = held(small, ["no", typed, NOTE[1], "", "no"], draft=begun(survey="yes", agenda="yes"))
    assert room.answers["survey"] == {"answer": "yes", "note": NOTE[1]}
    assert KEPT_WITH_SURVEY in room.said
    assert "note" not in room.view.answers["ignored"].said


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        (["note 1 They said: no."], "survey"),
        (["Note1: They said: no."], "survey"),
        (["note: They said: no."], "ignored"),
        (["comment:They said: no."], "ignored"),
    ],
)
def test_a_note_can_be_typed_in_one_line_with_its_command(typed: list[str], item: str, small: Rubric) -> None:
    answers = ["yes"] if item == "survey" else ["1"]
    room = held(small, ["no", *typed, *answers, "no"], draft=begun(survey="yes", agenda="yes"))
    assert {name: given.note for name, given in room.view.answers.items() if given.note} == {item: "They said: no."}


def test_a_number_in_a_note_that_is_no_question_of_it_is_kept(small: Rubric) -> None:
    room = held(small, [*FIRST, "note 2 of us went", "no", "1", "yes"])
    assert "Is that a note for question 2 (Agenda)? 1 Yes, 2 No: " in room.said
    assert room.answers["survey"] == {"answer": "yes", "note": "note 2 of us went"}


def test_a_note_to_a_question_that_there_is_not_says_so(small: Rubric) -> None:
    room = held(small, [*FIRST, "note 6", "yes"])
    assert "There is no question 6. The questions are numbered from 1 to 5." in room.said
    assert room.answers == {"survey": "yes"}


def test_after_going_back_the_note_is_for_the_question_shown(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "no", "b", "b", *NOTE, ""])
    assert room.answers["survey"] == {"answer": "yes", "note": NOTE[1]}


WITH_NOTE = {"survey": Filled("yes", note="Old.", evidence=evidence("Minutes"))}


def noted(**more: Any) -> Any:
    draft = begun(agenda="yes", board="yes", ignored="no", token="no")
    draft.answers["survey"] = Filled(None, note="Old.", **more)
    return draft


def test_what_is_there_already_is_shown_on_going_back_and_on_going_on(small: Rubric) -> None:
    room = held(small, [*FIRST, *NOTE, "e", "Minutes", "2026-10-01", "", "", "yes", "b"])
    assert f"Note so far: {NOTE[1]}" in after(room, "Yes. b changes it.")
    assert "Evidence so far: Minutes, 2026-10-01" in after(room, "Yes. b changes it.")
    room = held(small, [], draft=noted(evidence=evidence("Minutes")))
    assert "Note so far: Old." in room.said
    assert "Evidence so far: Minutes" in room.said


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        (["1", "New.", ""], "Old.\nNew."),
        (["2", "New.", ""], "New."),
        (["2", ""], "Old."),
        (["3", "1"], None),
        (["take it out", "yes"], None),
        (["3", "2"], "Old."),
        (["3", "b"], "Old."),
        (["b"], "Old."),
    ],
)
def test_a_note_can_be_added_to_written_anew_and_taken_out(typed: list[str], note: str | None, small: Rubric) -> None:
    room = held(small, ["note", *typed, "yes"], draft=noted())
    assert room.view.answers["survey"].note == note
    assert room.view.answers["survey"].answer == "yes"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (["1", "A photo", "", "", ""], [{"text": "Minutes"}, {"text": "A letter"}, {"text": "A photo"}]),
        (
            ["2", "2", "A long letter", "2026-01-02", ""],
            [{"text": "Minutes"}, {"text": "A long letter", "date": date(2026, 1, 2)}],
        ),
        (["2", "1", "", "", "-"], [{"text": "Minutes"}, {"text": "A letter"}]),
        (["3", "1", "1"], [{"text": "A letter"}]),
        (["3", "1", "2"], [{"text": "Minutes"}, {"text": "A letter"}]),
        (["3", "9", ""], [{"text": "Minutes"}, {"text": "A letter"}]),
    ],
)
def test_evidence_can_be_added_to_changed_and_taken_out(
    typed: list[str], kept: list[dict[str, Any]], small: Rubric
) -> None:
    room = held(small, ["e", *typed, "yes"], draft=noted(evidence=evidence("Minutes", "A letter")))
    assert room.view.answers["survey"].evidence == tuple(Evidence(**piece) for piece in kept)


def test_evidence_can_be_for_the_question_before(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "e", "Minutes", "2", "", "", "A letter", "", "", "", "no"])
    assert room.answers["survey"] == {"answer": "yes", "evidence": [{"text": "Minutes"}, {"text": "A letter"}]}
    assert room.answers["agenda"] == "no"


# What reads like an answer, or a command, where a text is wanted


@pytest.mark.parametrize("typed", ["3", "n", "No", "planned", "pl", "not sure", "p"])
@pytest.mark.parametrize("before", [[], ["We talked about it."]])
def test_an_answer_typed_into_a_note_is_asked_about(typed: str, before: list[str], small: Rubric) -> None:
    as_note = held(small, ["note", *before, typed, "1", "", "yes"], draft=begun(survey="yes"))
    assert as_note.view.answers["agenda"].note == "\n".join([*before, typed])
    assert as_note.view.answers["agenda"].answer == "yes"
    as_answer = held(small, ["note", *before, typed, "2"], draft=begun(survey="yes"))
    assert as_answer.draft.item("agenda").note == ("\n".join(before) or None)
    expected = {"3": "planned", "n": "no", "No": "no", "not sure": "unknown", "p": None}
    assert as_answer.draft.item("agenda").answer == expected.get(typed, "planned")


@pytest.mark.parametrize("typed", ["stop", "quit", "back", "skip", "help", "where"])
def test_a_command_typed_into_a_note_is_asked_about(typed: str, small: Rubric) -> None:
    room = held(small, ["note", "One.", typed, "1", "", "yes"], draft=begun(survey="yes"))
    assert room.view.answers["agenda"].note == f"One.\n{typed}"
    room = held(small, ["note", "One.", typed, "2"], draft=begun(survey="yes"))
    assert room.view.answers["agenda"].note == "One."
    assert room.draft.is_open("agenda")


@pytest.mark.parametrize("key", ["q", "s", "e", "b"])
def test_a_key_in_the_second_line_of_a_note_is_asked_about(key: str, small: Rubric) -> None:
    room = held(small, ["note", "One.", key, "1", "", "yes"], draft=begun(survey="yes"))
    assert room.view.answers["agenda"].note == f"One.\n{key}"


def test_an_answer_typed_where_a_reason_or_evidence_is_wanted_is_asked_about(small: Rubric) -> None:
    room = held(small, ["5", "no", "2"], draft=begun(survey="yes"))
    assert room.answers["agenda"] == "no"
    room = held(small, ["5", "no", "1"], draft=begun(survey="yes"))
    assert room.answers["agenda"] == {"answer": "not-applicable", "reason": "no"}
    room = held(small, ["e", "partly", "2"], draft=begun(survey="yes"))
    assert room.answers["agenda"] == "partly"


def test_a_subject_that_reads_like_an_answer_or_a_command_is_asked_about(small: Rubric) -> None:
    room = held(small, ["yes", "2", "Back", "1", "", "2", "0"])
    assert room.saved["subject"] == {"name": "Back"}


@pytest.mark.parametrize("line", ["We are asked a lot and then hear nothing", "it was better before the move"])
def test_many_words_at_a_question_are_not_lost(line: str, small: Rubric) -> None:
    room = held(small, [*FIRST, line, "1", "yes"])
    assert room.answers == {"survey": {"answer": "yes", "note": line}}
    assert held(small, [*FIRST, line, "2", "yes"]).answers == {"survey": "yes"}


def test_many_words_at_a_question_can_be_for_the_one_before(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "we said that about the survey", "1", "2", "no"])
    assert room.answers == {"survey": {"answer": "yes", "note": "we said that about the survey"}, "agenda": "no"}


# Choices of a prompt


@pytest.mark.parametrize(("typed", "kept"), [("yes", True), ("y", True), ("yeah", True), ("no", False), ("n", False)])
def test_yes_and_no_are_understood_where_numbers_are_offered(typed: str, kept: bool, small: Rubric) -> None:
    room = held(small, [*FIRST, ["one", "two"], typed, "yes"])
    assert (room.view.answers["survey"].note == "one\ntwo") == kept


def test_the_words_of_a_choice_come_before_commands(small: Rubric) -> None:
    room = held(small, ["s", "finish"], draft=begun(survey="yes", agenda="no", ignored="no", token="no"))
    assert room.finished


def test_back_at_the_end_comes_to_the_last_question(small: Rubric) -> None:
    room = held(small, ["s", "b", "yes"], draft=begun(survey="yes", agenda="no", board="no", ignored="no"))
    assert room.questions == [5, 5]
    assert room.answers["token"] == "yes"
