"""Asking the questions: nothing that was said is lost, and nobody is hurried or led."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from involve_audit.asking.draft import Draft, Filled
from involve_audit.asking.prompts import OthersAreHere
from involve_audit.model.rubric import Rubric
from involve_audit.words.asking import ASKING, TYPED

from .rooms import FIRST, TODAY, FakeTalk, Room, Typed, begun, evidence, held

KEYS = TYPED["keys"]
TYPE_H = "Type a number, or h for the list of what you can type."
ALL = ["yes", "yes", "partly", "no", "no"]
ITEMS = ["survey", "agenda", "board", "ignored", "token"]


# The course of a session


def test_the_first_prompts_come_in_order_and_then_every_question(small: Rubric) -> None:
    room = held(small, [*FIRST, *ALL])
    places = [
        room.said.index(words)
        for words in (
            "Welcome. There are 5 questions.",
            ASKING["subject"],
            ASKING["date"],
            ASKING["people_why"],
            "How many are here: Members?",
            "How many are here: Staff?",
            KEYS,
            "Question 1 of 5: Voice",
            "Is there a survey?",
            "Question 5 of 5: What looks right but is not",
        )
    ]
    assert places == sorted(places)
    assert room.questions == [1, 2, 3, 4, 5]
    assert room.finished
    assert room.saved["respondents"] == {"members": 2}
    assert room.answers == dict(zip(ITEMS, ALL, strict=True))


def test_the_whole_bundled_rubric_can_be_answered_by_number(bundled: Rubric) -> None:
    items = list(bundled.items)
    room = held(bundled, ["Riverside", "2026-11-09", "6", "", "", "", "", "", *["1"] * len(items)])
    assert room.finished
    assert room.view.answers.keys() == {item.id for item in items}
    assert {answer.answer for answer in room.view.answers.values()} == {bundled.scale[0].id}
    assert str(room.view.date) == "2026-11-09"


def test_today_is_offered_for_the_day(small: Rubric) -> None:
    room = held(small, ["Riverside", ""])
    assert f"Enter keeps: {TODAY}" in room.said
    assert room.saved["date"] == str(TODAY)


def test_whoever_says_that_others_are_here_now_ends_this_view(small: Rubric) -> None:
    assert "others  other people are here now" in held(small, FIRST).said
    for typed in ("others", "Another group."):
        with pytest.raises(OthersAreHere):
            held(small, [*FIRST, "yes", typed])


@pytest.mark.parametrize("wrong", ["tomorrow", "2026-02-30", "2026-11-24", "23.11.2026", "0"])
def test_a_day_that_is_none_or_still_to_come_is_asked_again(wrong: str, small: Rubric) -> None:
    room = held(small, ["Riverside", wrong, "2026-11-01"])
    assert ASKING["bad_date"].format(typed=wrong) in room.said
    assert room.saved["date"] == "2026-11-01"


def test_a_day_long_ago_is_asked_about(small: Rubric) -> None:
    for old in ("0026-11-23", "1826-11-23"):
        room = held(small, ["Riverside", old, "2", "2026-11-01"])
        assert f"{old}: is that year right?" in room.said
        assert room.saved["date"] == "2026-11-01"
    room = held(small, ["Riverside", "1826-11-23", "yes", "1"])
    assert room.saved["date"] == "1826-11-23"


@pytest.mark.parametrize("wrong", ["two", "-1", "1.5", "1234567", "²", "2 people"])
def test_a_number_of_people_that_is_none_is_asked_again(wrong: str, small: Rubric) -> None:
    room = held(small, ["Riverside", "", wrong, "3"])
    assert ASKING["bad_number"].format(typed=wrong) in room.said
    assert room.saved["respondents"] == {"members": 3}


def test_a_subject_is_needed(small: Rubric) -> None:
    room = held(small, ["", "  ", "Riverside", ""])
    assert room.said.count("Something is needed here. q saves and stops.") == 2
    assert room.saved["subject"] == {"name": "Riverside"}


def test_nobody_of_the_first_perspective_is_said_plainly_and_the_session_goes_on(small: Rubric) -> None:
    room = held(small, ["Riverside", "", "0", "3"])
    assert ASKING["unheard"].format(perspective="Members") in room.talk.strong
    assert room.questions == [1]
    assert ASKING["unheard"].format(perspective="Members") not in held(small, FIRST).said


def test_a_session_goes_on_at_the_first_open_question(small: Rubric) -> None:
    room = held(small, [], draft=begun(survey="yes", board="no"))
    assert room.questions == [2]
    assert ASKING["subject"] not in room.said


def test_what_was_answered_an_earlier_time_is_not_asked_again_but_b_goes_back_to_it(small: Rubric) -> None:
    room = held(small, ["yes", "yes"], draft=begun(agenda="no", ignored="no"))
    assert room.questions == [1, 3, 5]
    room = held(small, ["b", "b", "", "s", "b"], draft=begun(survey="yes", agenda="no", ignored="no"))
    assert room.questions == [3, 2, 1, 3, 5, 4]
    assert not room.kept.trees, "nothing was changed"


def test_a_view_that_another_one_began_asks_for_the_day_and_the_people_first(small: Rubric) -> None:
    room = held(small, ["", "0", "3", "yes"], draft=Draft("small@1.0.0", "Riverside", audit="spring"))
    assert ASKING["subject"] not in room.said
    assert room.saved["audit"] == "spring"
    assert (room.saved["date"], room.saved["respondents"]) == (str(TODAY), {"staff": 3})
    assert ASKING["kept_in"].format(file="riverside.yaml") in room.said


def test_a_session_that_stopped_halfway_through_who_is_here_asks_it_again(small: Rubric) -> None:
    stopped = begun()
    stopped.respondents = {"members": 4}
    room = held(small, ["", "3", "yes"], draft=stopped)
    assert room.saved["respondents"] == {"members": 4, "staff": 3}


def test_where_every_question_is_answered_none_is_asked_again_but_b_goes_back(small: Rubric) -> None:
    answered = dict.fromkeys(ITEMS, "no")
    assert held(small, [], draft=begun(**answered)).questions == []
    room = held(small, ["b", "yes"], draft=begun(**answered), ending=["b", ""])
    assert room.questions, "a file with all answers can be changed"
    assert "yes" in (room.answers["ignored"], room.answers["token"])


def test_a_form_with_every_question_and_nothing_to_it_asks_who_is_here(small: Rubric) -> None:
    form = begun()
    form.respondents = {"members": 0, "staff": 0}
    form.answers = {item: Filled() for item in ITEMS}
    room = held(small, ["2", "", "yes"], draft=form)
    assert (room.saved["respondents"], room.answers) == ({"members": 2}, {"survey": "yes"})


def test_only_the_questions_named_are_asked(small: Rubric) -> None:
    room = held(small, [*FIRST, "no", "no"], items={"board", "survey"})
    assert "There are 2 questions" in room.said
    assert "Question 1 of 5: Voice (1 of 2 asked today)" in room.said
    assert "Question 3 of 5: Voice (2 of 2 asked today)" in room.said
    assert room.answers == {"survey": "no", "board": "no"}
    assert room.finished


def test_no_question_left_to_ask_is_an_end(small: Rubric) -> None:
    assert held(small, [], draft=begun(survey="yes"), items=set()).finished


def test_answers_to_other_questions_stay_where_only_some_are_asked(small: Rubric) -> None:
    room = held(small, ["no"], draft=begun(survey="yes"), items={"board"})
    assert room.answers == {"survey": "yes", "board": "no"}


def test_a_rubric_without_perspectives_and_anti_patterns_works(small_data: dict[str, Any]) -> None:
    small_data |= {"perspectives": [], "anti_patterns": [], "scenarios": []}
    high = small_data["stages"][1]
    high["gates"] = [gate for gate in high["gates"] if gate["id"] == "high-share"]
    small_data["indicators"][1].pop("wording")
    room = held(
        Rubric.from_tree(small_data), ["Riverside", "", "yes", "b", "b", "", "", "", "where", "yes", "no", "no"]
    )
    assert room.questions == [1, 2, 1, 1, 2, 3, 4]
    assert room.finished
    assert ASKING["people_why"] not in room.said
    assert room.view.present == {}


# The words of the question


def test_the_one_perspective_in_the_room_is_asked_in_its_own_wording(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes"])
    assert "Do you set the agenda?" in room.talk.strong
    assert "Do members set the agenda?" not in room.said


@pytest.mark.parametrize("people", [["2", "1"], ["0", "2"], ["0", "0"]])
def test_several_perspectives_or_another_one_are_asked_in_the_general_wording(people: list[str], small: Rubric) -> None:
    room = held(small, ["Riverside", "", *people, "yes"])
    assert "Do members set the agenda?" in room.talk.strong
    assert "Do you set the agenda?" not in room.said


def test_the_options_are_numbered_and_not_applicable_only_where_it_is_allowed(small: Rubric) -> None:
    survey = held(small, FIRST).said
    assert "  1 Yes\n  2 Partly\n  4 No\n  0 Nobody here knows" in survey
    agenda = held(small, [], draft=begun(survey="yes")).said
    assert "  1 Yes\n  2 Partly\n  3 Planned\n  4 No\n  5 Does not apply\n  0 Nobody here knows" in agenda


# Commands


def test_the_list_of_keys_is_shown_once_and_by_h(small: Rubric) -> None:
    assert held(small, [*FIRST, *ALL]).said.count(KEYS) == 1
    assert held(small, ["h", "Riverside", "H", "", "h", "2", "0", "h"]).said.count(KEYS) == 5


def test_u_records_that_nobody_knows(small: Rubric) -> None:
    room = held(small, [*FIRST, "U"])
    assert room.answers == {"survey": "unknown"}
    assert room.questions == [1, 2]


def test_s_leaves_a_question_open_and_keeps_an_answer(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "b", "s", "s"])
    assert room.questions == [1, 2, 1, 2, 3]
    assert room.answers == {"survey": "yes"}


def test_p_says_where_we_are(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "u", "s", "where"])
    assert "1 answered, 1 not known, 3 open. Saved in riverside.yaml." in room.said
    assert "  Voice: 2 of 4\n  What looks right but is not: 0 of 1" in room.said


def test_p_before_anything_is_saved_says_that_too(small: Rubric) -> None:
    assert "0 answered, 0 not known, 5 open. Nothing is saved yet." in held(small, ["where"]).said
    room = held(small, [*FIRST, "yes", "where"], fails={4})
    assert "What was said last is NOT SAVED yet." in room.said


@pytest.mark.parametrize("prompt", ["subject", "date", "people"])
def test_help_is_there_at_the_first_prompts(prompt: str, small: Rubric) -> None:
    before = {"subject": [], "date": ["Riverside"], "people": ["Riverside", ""]}[prompt]
    room = held(small, [*before, "?"])
    assert ASKING[f"{prompt}_help"] in room.said
    assert room.talk.said[-1] == room.talk.said[-3], "the same prompt again"


def test_help_with_a_question_leaves_it_open(bundled: Rubric) -> None:
    item = next(iter(bundled.items))
    draft = begun(**{[*bundled.items][-1].id: "no"})
    draft.rubric = f"{bundled.id}@{bundled.version}"
    room = held(bundled, ["?"], draft=draft)
    for line in (*item.yes_looks_like, *item.not_enough, *item.who_to_ask):
        assert f"  - {line}" in room.said
    assert room.draft.is_open(item.id)


def test_words_typed_wrong_are_answered_and_the_question_stays(small: Rubric) -> None:
    room = held(small, [*FIRST, "patrly", "", "9", "partly"])
    assert "Did you mean “Partly”? Then type 2." in room.said
    assert TYPE_H in room.said
    assert room.questions == [1, 2]
    assert room.answers == {"survey": "partly"}


def test_an_ambiguous_beginning_is_answered_with_what_it_could_be(small: Rubric) -> None:
    room = held(small, ["pl"], draft=begun(survey="yes"))
    assert room.answers["agenda"] == "planned"
    room = held(small, ["pla", "b", "par"], draft=begun(survey="yes"))
    assert room.answers["agenda"] == "partly"


@pytest.mark.parametrize("typed", ["9" * 5000, "x" * 20000, "٣" * 5000, "-" * 5000])
def test_a_very_long_line_is_no_answer_and_no_fault(typed: str, small: Rubric) -> None:
    room = held(small, [*FIRST, typed, "yes"])
    assert room.answers == {"survey": "yes"}


# Back and amend


def test_back_goes_any_number_of_times_into_the_first_prompts(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "yes", *["b"] * 9, "Riverbank", "2026-11-01", "", "", "", "", "no"])
    assert ASKING["first"] in room.said
    assert "Enter keeps: Riverside" in room.said
    assert "Enter keeps: 2" in room.said
    assert room.saved["subject"] == {"name": "Riverbank"}
    assert room.saved["date"] == "2026-11-01"
    assert room.saved["respondents"] == {"members": 2}
    assert room.answers == {"survey": "yes", "agenda": "yes", "board": "no"}


def test_back_shows_the_answer_so_far_and_another_amends_it(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "b", "no"])
    assert ASKING["so_far"].format(answer="Yes") in room.said
    assert room.questions == [1, 2, 1, 2]
    assert room.answers == {"survey": "no"}


def test_enter_keeps_the_answer_so_far(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "b", ""])
    assert room.questions == [1, 2, 1, 2]
    assert room.answers == {"survey": "yes"}


def test_enter_on_an_open_question_says_what_can_be_typed(small: Rubric) -> None:
    room = held(small, [*FIRST, ""])
    assert room.questions == [1]
    assert TYPE_H in room.said


def test_people_who_came_later_can_be_put_in_by_going_back(small: Rubric) -> None:
    room = held(small, [*FIRST, "b", "4", "b"])
    assert room.saved["respondents"] == {"members": 2, "staff": 4}
    room = held(small, [*FIRST, "b", "b", "0"])
    assert room.saved["respondents"] == {}


def test_a_subject_amended_after_the_first_save_is_kept_at_once(small: Rubric) -> None:
    room = held(small, [*FIRST, "b", "b", "b", "b", "Riverbank"])
    assert room.saved["subject"] == {"name": "Riverbank"}


def test_what_is_kept_at_the_first_prompts_counts_as_untouched(small: Rubric) -> None:
    room = held(small, ["b", "b", "b", "b", "", "", "", "", "yes"], draft=begun())
    assert room.draft.touched == {"survey"}


# Open questions at the end


def test_open_questions_are_offered_once_more(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "s", "yes", "s", "no", "1", "no", "u"])
    assert "Questions still open: 2." in room.said
    assert room.questions == [1, 2, 3, 4, 5, 2, 4]
    assert room.finished
    assert room.view.answers.keys() == set(ITEMS)


def test_open_questions_can_be_left_open(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "s", "s", "s", "s", "what", "2"])
    assert room.finished
    assert room.answers == {"survey": "yes"}


def test_open_questions_skipped_again_are_offered_again(small: Rubric) -> None:
    draft = begun(survey="yes", agenda="no", ignored="no", token="no")
    room = held(small, ["s", "1", "s", "1", "b", "yes"], draft=draft)
    assert room.questions == [3, 3, 3, 3]
    assert room.finished
    assert room.answers["board"] == "yes"


# Saving


def test_every_answer_is_saved_at_once_exactly_as_given(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "s", "2", "u", "b", "yes"])
    saved = [tree["answers"] for tree in room.kept.trees]
    assert saved[3:] == [
        {"survey": "yes"},
        {"survey": "yes", "board": "partly"},
        {"survey": "yes", "board": "partly", "ignored": "unknown"},
        {"survey": "yes", "board": "partly", "ignored": "yes"},
    ]
    assert [tree["respondents"] for tree in room.kept.trees[:3]] == [{}, {"members": 2}, {"members": 2}]
    assert room.draft.touched == {"subject", "date", "respondents", "survey", "board", "ignored"}


def test_a_save_that_fails_is_told_and_tried_again_with_nothing_lost(small: Rubric) -> None:
    room = held(small, [*FIRST, "yes", "no", "partly"], fails={4, 5})
    told = [words for words in room.talk.strong if words.startswith("NOT SAVED: riverside.yaml: the disk is full")]
    assert len(told) == 2
    assert room.said.count(ASKING["saved_again"].format(file="riverside.yaml")) == 1
    assert room.answers == {"survey": "yes", "agenda": "no", "board": "partly"}
    assert room.questions == [1, 2, 3, 4]


def test_a_disk_that_is_full_from_the_start_stops_nobody(small: Rubric) -> None:
    room = held(small, [*FIRST, *ALL], fails=range(100))
    assert room.finished
    assert room.kept.trees == []
    assert [room.draft.answers[item].answer for item in ITEMS] == ALL


def test_what_waits_to_be_saved_is_saved_at_the_end(small: Rubric) -> None:
    room = held(small, [*FIRST, *ALL], fails={8})
    assert room.answers == dict(zip(ITEMS[:4], ALL, strict=False))
    room.interview.save_what_waits()
    assert room.answers == dict(zip(ITEMS, ALL, strict=True))
    assert ASKING["try_again"] not in room.said
    calls = room.kept.calls
    room.interview.save_what_waits()
    assert room.kept.calls == calls


def test_where_nothing_can_be_saved_at_the_end_it_is_tried_until_the_people_give_up(small: Rubric) -> None:
    room = held(small, [*FIRST, *ALL, "1", "what", "1", "2"], fails=range(4, 100))
    room.interview.save_what_waits()
    assert room.talk.entries == []
    assert room.kept.calls == 8 + 3
    assert room.interview.unsaved


def test_a_terminal_closed_while_something_waits_to_be_saved_is_an_end(small: Rubric) -> None:
    room = held(small, [*FIRST, *ALL], fails=range(4, 100))
    room.interview.save_what_waits()
    assert room.interview.unsaved


# Stopping

YES = {"survey": "yes"}
SAID = [*FIRST, "yes"]
STOPPED_AT: dict[str, tuple[list[Typed], dict[str, Any] | None]] = {
    "subject": ([], None),
    "date": (["Riverside"], None),
    "people": (["Riverside", ""], {}),
    "other people": (["Riverside", "", "2"], {}),
    "first question": (FIRST, {}),
    "question": (SAID, YES),
    "after help": ([*SAID, "?", "h", "where"], YES),
    "after a wrong word": ([*SAID, "maybe"], YES),
    "reason": ([*SAID, "does not apply"], YES),
    "after a reason": (
        [*SAID, "5", "No meetings."],
        {**YES, "agenda": {"answer": "not-applicable", "reason": "No meetings."}},
    ),
    "note": ([*SAID, "note"], YES),
    "half a note after a line": ([*SAID, "note", "one", "two"], {**YES, "agenda": {"note": "one\ntwo"}}),
    "evidence": ([*SAID, "e"], YES),
    "which question": ([*SAID, "note", "one", ""], {**YES, "agenda": {"note": "one"}}),
    "evidence's question": ([*SAID, "e", "Minutes"], {**YES, "agenda": {"evidence": [{"text": "Minutes"}]}}),
    "evidence's date": ([*SAID, "e", "Minutes", ""], {**YES, "agenda": {"evidence": [{"text": "Minutes"}]}}),
    "evidence's link": (
        [*SAID, "e", "Minutes", "", "2026-10-01"],
        {**YES, "agenda": {"evidence": [{"text": "Minutes", "date": "2026-10-01"}]}},
    ),
    "more evidence": ([*SAID, "e", "Minutes", "", "", ""], {**YES, "agenda": {"evidence": [{"text": "Minutes"}]}}),
    "pasted lines": ([*SAID, ["first", "second"]], {**YES, "agenda": {"note": "first\nsecond"}}),
    "open questions": ([*SAID, "s", "s", "s", "s"], YES),
    "open question": ([*SAID, "s", "s", "s", "s", "1"], YES),
}


@each("end", [["q"], ["Q "], []])
@each("prompt", STOPPED_AT)
def test_stopping_at_any_prompt_loses_nothing_said_before(prompt: str, end: list[str], small: Rubric) -> None:
    typed, answers = STOPPED_AT[prompt]
    room = held(small, [*typed, *end])
    assert not room.finished
    assert room.talk.entries == []
    assert (room.answers if room.kept.trees else None) == answers
    if room.kept.trees:
        assert room.saved["subject"] == {"name": "Riverside"}
        assert room.view


def test_a_note_cut_off_by_a_closed_terminal_is_kept(small: Rubric) -> None:
    room = held(small, [*SAID, "note", "one", "two"])
    assert room.answers == {**YES, "agenda": {"note": "one\ntwo"}}


@pytest.mark.parametrize("end", [["q"], []], ids=["q", "closed"])
def test_stopping_while_last_times_note_is_offered_keeps_the_answer(end: list[str], small: Rubric) -> None:
    last = {"survey": Filled("yes", note="Twice a year.")}
    room = held(small, [*FIRST, "c", *end], last=last)
    assert room.answers["survey"]["answer"] == "yes"
    assert room.answers["survey"]["last_time"] == "confirmed"


# Notes, evidence, reasons


def test_a_note_has_several_lines_and_the_next_one_is_added(small: Rubric) -> None:
    room = held(small, [*FIRST, "note", "one", "two", "", "note", "1", "three", "", "yes"])
    assert room.answers == {"survey": {"answer": "yes", "note": "one\ntwo\nthree"}}
    assert room.questions == [1, 2]


def test_a_pasted_note_keeps_its_empty_lines(small: Rubric) -> None:
    room = held(small, [*FIRST, "note", ["one", "", "  two", "", "three"], "", "yes"])
    assert room.answers == {"survey": {"answer": "yes", "note": "one\n\n  two\n\nthree"}}


def test_an_empty_note_changes_nothing(small: Rubric) -> None:
    room = held(small, [*FIRST, "note", "", "yes"])
    assert room.answers == {"survey": "yes"}


@pytest.mark.parametrize("text", ["x" * 10_000, "שלום, مرحبا", "a: #b\t'\"", "🙂 e\u0301", "- no", "\u202eabc"])
def test_a_note_is_kept_as_it_was_typed(text: str, small: Rubric) -> None:
    room = held(small, [*FIRST, "note", text, "", "yes"])
    assert room.view.answers["survey"].note == text


def test_several_pieces_of_evidence_with_and_without_date_and_link(small: Rubric) -> None:
    typed = ["e", "Minutes", "2026-10-01", "https://example.org/a", "What Anna said", "", "", "", "yes"]
    room = held(small, [*FIRST, *typed])
    minutes = {"text": "Minutes", "date": "2026-10-01", "link": "https://example.org/a"}
    assert room.answers == {"survey": {"answer": "yes", "evidence": [minutes, {"text": "What Anna said"}]}}


def test_a_date_or_link_typed_wrong_is_asked_again(small: Rubric) -> None:
    room = held(small, [*FIRST, "e", "Minutes", "last week", "2027-01-01", "", "example.org", "mailto:a@b", ""])
    for words in ("bad_date", "last week"), ("bad_date", "2027-01-01"), ("bad_link", "example.org"):
        assert ASKING[words[0]].format(typed=words[1]) in room.said
    assert room.answers["survey"]["evidence"] == [{"text": "Minutes", "link": "mailto:a@b"}]


def test_back_from_evidence_comes_to_its_question_with_the_text_kept(small: Rubric) -> None:
    room = held(small, [*FIRST, "e", "Minutes", "b", "yes"])
    assert room.questions == [1, 1, 2]
    assert room.answers == {"survey": {"answer": "yes", "evidence": [{"text": "Minutes"}]}}


@pytest.mark.parametrize("command", ["?", "s", "u", "note", "e"])
def test_a_command_is_not_taken_for_evidence_or_a_reason(command: str, small: Rubric) -> None:
    room = held(small, ["e", command, ""], draft=begun(survey="yes"))
    assert not room.draft.item("agenda").evidence
    room = held(small, ["5", command], draft=begun(survey="yes"))
    assert room.draft.item("agenda").reason is None


def test_text_pasted_in_several_lines_is_one_piece_of_evidence(small: Rubric) -> None:
    room = held(small, ["e", ["Minutes of", "the October meeting"], "", "", ""], draft=begun(survey="yes"))
    (kept,) = room.draft.item("agenda").evidence
    assert "Minutes of" in kept.text
    assert "the October meeting" in kept.text


def test_the_end_of_a_pasted_reason_is_no_answer_to_the_next_question(small: Rubric) -> None:
    room = held(small, ["5", ["There are meetings?", "No"]], draft=begun(survey="yes"))
    assert room.draft.is_open("board")
    assert "No" in (room.draft.item("agenda").reason or "")


def test_not_applicable_asks_for_a_reason_and_an_empty_one_goes_back(small: Rubric) -> None:
    room = held(small, ["5", "", "5", "There are none."], draft=begun(survey="yes"))
    assert ASKING["reason"] in room.said
    assert room.questions == [2, 3]
    assert room.answers["agenda"] == {"answer": "not-applicable", "reason": "There are none."}
    assert room.view


def test_back_from_the_reason_comes_to_its_question(small: Rubric) -> None:
    room = held(small, ["5", "b", "no"], draft=begun(survey="yes"))
    assert room.questions == [2, 2, 3]
    assert room.answers["agenda"] == "no"


def test_another_answer_takes_the_reason_away_and_enter_keeps_it(small: Rubric) -> None:
    room = held(small, ["5", "None.", "b", "5", "", "b", "yes"], draft=begun(survey="yes"))
    assert [tree["answers"]["agenda"] for tree in room.kept.trees] == [
        {"answer": "not-applicable", "reason": "None."},
        {"answer": "not-applicable", "reason": "None."},
        "yes",
    ]


@pytest.mark.parametrize("typed", ["not-applicable", "does not apply", "5"])
def test_not_applicable_is_no_answer_where_the_rubric_does_not_allow_it(typed: str, small: Rubric) -> None:
    room = held(small, [*FIRST, typed])
    assert room.questions == [1]
    assert room.draft.is_open("survey")


# Pasted lines


@pytest.mark.parametrize("first", ["yes", "", "Anna said:"])
def test_several_lines_at_once_are_no_answer_and_can_be_kept_as_a_note(first: str, small: Rubric) -> None:
    room = held(small, [*FIRST, [first, "1", "no"], "1", "partly"])
    note = f"{first}\n1\nno".strip()
    assert room.answers == {"survey": {"answer": "partly", "note": note}}
    assert room.questions == [1, 2]


@pytest.mark.parametrize("first", ["q", "b", "h", "where", "?", "s", "u", "note"])
def test_pasted_lines_that_begin_with_a_command_are_none(first: str, small: Rubric) -> None:
    room = held(small, [*FIRST, [first, "no"], "1", "yes"])
    assert room.answers == {"survey": {"answer": "yes", "note": f"{first}\nno"}}
    room = held(small, [*FIRST, "note", [first, "no"], "", "yes"])
    assert room.answers == {"survey": {"answer": "yes", "note": f"{first}\nno"}}


def test_a_pasted_note_that_begins_with_an_empty_line_answers_nothing(small: Rubric) -> None:
    room = held(small, [*FIRST, "note", ["", "no"], ""])
    assert room.answers == {"survey": {"note": "no"}}


def test_several_lines_at_once_can_be_thrown_away(small: Rubric) -> None:
    room = held(small, [*FIRST, ["yes", "no"], "2", "partly"])
    assert room.answers == {"survey": "partly"}


# Last time


def test_last_times_answer_is_shown_with_its_note_and_evidence_and_not_taken_over(small: Rubric) -> None:
    last = {"survey": Filled("partly", note="Twice a year.", evidence=evidence("The form"))}
    room = held(small, [*FIRST, "", "s"], last=last)
    assert TYPED["key_confirm"] in room.said
    assert "Last time (2025-11-20): Partly. Type c to confirm it, or give another answer." in room.said
    assert ASKING["last_note"].format(note="Twice a year.") in room.said
    assert ASKING["last_evidence"].format(text="The form") in room.said
    assert room.draft.is_open("survey")


@pytest.mark.parametrize(
    ("typed", "answer", "mark"),
    [
        ("c", "partly", "confirmed"),
        ("partly", "partly", "confirmed"),
        ("yes", "yes", "changed"),
        ("u", "unknown", "changed"),
    ],
)
def test_what_was_confirmed_and_what_was_changed_is_kept_apart(
    typed: str, answer: str, mark: str, small: Rubric
) -> None:
    room = held(small, [*FIRST, typed, "yes"], last={"survey": Filled("partly")})
    assert room.answers["survey"] == {"answer": answer, "last_time": mark}
    assert room.answers["agenda"] == "yes"


@pytest.mark.parametrize(("typed", "kept"), [("1", True), ("2", False)])
def test_last_times_note_and_evidence_are_kept_only_where_wanted(typed: str, kept: bool, small: Rubric) -> None:
    last = {"survey": Filled("yes", note="Old.", evidence=evidence("The form"))}
    room = held(small, [*FIRST, "c", typed], last=last)
    more = {"note": "Old.", "evidence": [{"text": "The form"}]} if kept else {}
    assert room.answers["survey"] == {"answer": "yes", **more, "last_time": "confirmed"}


def test_confirming_loses_no_note_and_no_evidence_of_today(small: Rubric) -> None:
    last = {"survey": Filled("yes", note="Old.", evidence=evidence("The old form"))}
    room = held(small, [*FIRST, "note", "New.", "", "e", "The new form", "", "", "", "c", "1"], last=last)
    found = room.view.answers["survey"]
    assert "New." in (found.note or "")
    assert "Old." in (found.note or "")
    assert {piece.text for piece in found.evidence} == {"The old form", "The new form"}


def test_a_reason_of_last_time_is_confirmed_with_its_answer(small: Rubric) -> None:
    last = {"agenda": Filled("not-applicable", reason="No meetings.")}
    room = held(small, ["c"], draft=begun(survey="yes"), last=last)
    assert room.answers["agenda"] == {"answer": "not-applicable", "reason": "No meetings.", "last_time": "confirmed"}


@pytest.mark.parametrize("answer", [None, "planned", "not-applicable", "sometimes"])
def test_an_answer_of_last_time_that_cannot_be_given_any_more_is_not_offered(answer: str | None, small: Rubric) -> None:
    room = held(small, [*FIRST, "c"], last={"survey": Filled(answer, reason="R.", note="N.")})
    assert "Last time (" not in room.said
    assert room.draft.is_open("survey")


def test_c_is_no_answer_without_a_last_time(small: Rubric) -> None:
    room = held(small, [*FIRST, "c"])
    assert room.draft.is_open("survey")
    assert TYPED["key_confirm"] not in room.said


# Whatever is typed

WORDS = [
    *"?hbsunepqc01234567+*",
    "",
    "note",
    "note 2",
    "evidence 1",
    "don't know",
    "maybe",
    "skip",
    "yes",
    "no",
    "part",
    "pl",
    "does not apply",
    "2026-10-01",
    "https://a.b",
    "Anna said",
]
LINES = st.one_of(st.sampled_from([word for word in WORDS if word != "q"]), st.sampled_from(WORDS), st.text(max_size=8))
SESSIONS = st.lists(st.one_of(LINES, LINES, LINES, st.lists(LINES, min_size=2, max_size=4)), max_size=40)
LAST = {
    "survey": Filled("yes", note="Old.", evidence=evidence("The form")),
    "agenda": Filled("not-applicable", reason="No meetings."),
    "board": Filled("planned"),
}


def said_and_saved_agree(room: Room) -> bool:
    """Whether the file is a valid view that holds everything the session knows."""
    if not room.kept.trees:
        return not room.draft.answers and room.draft.date is None
    return Draft.of(room.view).as_tree() == room.saved == room.draft.as_tree()


@given(typed=SESSIONS)
def test_whatever_is_typed_from_the_start_the_file_is_whole(typed: list[Typed], small: Rubric) -> None:
    assert said_and_saved_agree(held(small, typed))


@given(typed=SESSIONS, again=st.booleans())
def test_whatever_is_typed_at_the_questions_the_file_is_whole(typed: list[Typed], again: bool, small: Rubric) -> None:
    room = held(small, [*FIRST, *typed], last=LAST if again else None)
    assert said_and_saved_agree(room)


@given(typed=SESSIONS, fails=st.sets(st.integers(4, 20)))
def test_whatever_fails_the_next_save_holds_everything(typed: list[Typed], fails: set[int], small: Rubric) -> None:
    room = held(small, [*FIRST, *typed, "note", "end", ""], fails=fails)
    assert room.kept.calls in fails or said_and_saved_agree(room)


def test_the_people_in_these_tests_type_as_people_at_a_terminal_do() -> None:
    talk = FakeTalk(["a", ["b", "c"]])
    assert [talk.line("> "), talk.pending(), talk.line("> "), talk.pending(), talk.take_pending()] == [
        "a",
        False,
        "b",
        True,
        ["c"],
    ]
    with pytest.raises(EOFError):
        talk.line("> ")
