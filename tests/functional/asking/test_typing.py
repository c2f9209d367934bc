"""What can be typed: answers, notes, evidence, anything pasted, in any script."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from tests.functional.asking.conftest import Saved, Start
from tests.functional.asking.session import ROOT, TODAY, Session

from involve_audit.model.view import Evidence

ONE = ("--theme", "community")
ITEM = "of-the-community"
GOVERNANCE = ("--theme", "governance-and-policy")
RUBRIC = ROOT / "rubrics" / "service-user-leadership-spectrum.yaml"
ARABIC = "بيت الأمل (\u200fمركز\u200e) 2026"
HEBREW = "שלום עולם"
MANY_SCRIPTS = "Zoë’s 家 – ходьба 👩‍👩‍👧 e\u0301 ½ “quoted”: #1 {a} [b] & <c>\\d 'it''s' \"x\" | >- * % @ `"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("1", "yes"), ("Yes", "yes"), ("pa", "partly"), ("3", "planned"), (" PLANNED ", "planned"), ("4", "no")],
)
def test_an_answer_is_a_number_a_name_or_a_beginning(start: Start, saved: Saved, typed: str, answer: str) -> None:
    session = start(*ONE)
    session.begin()
    session.end(typed)
    assert session.code == 0
    assert saved().answers[ITEM].answer == answer


def test_wrong_words_get_a_suggestion_and_the_question_stays(start: Start, saved: Saved) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("partley", "Did you mean “Partly”? Then type 2.")
    session.type("yess", "Did you mean “Yes”? Then type 1.")
    session.type("5", "5 is “Does not apply”, which is no answer to this question.")
    for wrong in ("6", "99999999999999999999", "-1", "xyz", "1 2"):
        session.type(wrong, "That was not one of the answers.")
    session.type("yes", "(2 of 3 asked today)")
    session.end("q")
    assert [answer.answer for answer in saved().answers.values()] == ["yes"]


def test_an_ambiguous_beginning_is_asked_again(start: Start, tmp_path: Path) -> None:
    other = tmp_path / "rubric.yml"
    other.write_text(RUBRIC.read_text().replace("title: Planned", "title: Party planned"))
    session = start(*ONE, "--rubric", str(other))
    session.begin()
    session.type("part", "That could be: 2 Partly / 3 Party planned. Type a little more.")
    session.close()


def test_evidence_is_several_pieces_with_date_and_link_and_wrong_ones_are_asked_again(
    start: Start, saved: Saved
) -> None:
    session = start(*ONE)
    session.begin()
    session.type("e", "What shows it?")
    session.type("Minutes of March", "From what day")
    session.type("March", "`March` is not a day up to today written")
    session.type("2999-01-01", "`2999-01-01` is not a day up to today written")
    session.type("2026-03-04", "Is there a link to it?")
    session.type("www.example.org", "`www.example.org` is not a link.")
    session.type("https://example.org/a#b", "Kept with question 25 (Rooted in the community). Is there more?")
    session.type("Ann said: yes", "From what day")
    session.type("", "Is there a link to it?")
    session.type("", "Is there more?")
    session.type("", "Your answer: ")
    session.end("yes")
    assert saved().answers[ITEM].evidence == (
        Evidence(text="Minutes of March", date=date(2026, 3, 4), link="https://example.org/a#b"),
        Evidence(text="Ann said: yes"),
    )


def test_back_from_the_middle_of_evidence_keeps_what_was_said(start: Start, saved: Saved) -> None:
    session = start(*ONE)
    session.begin()
    session.type("e", "What shows it?")
    session.type("Minutes of March", "From what day")
    session.type("b", "(1 of 1 asked today)")
    session.end("yes")
    assert [evidence.text for evidence in saved().answers[ITEM].evidence] == ["Minutes of March"]


def test_help_typed_where_a_text_is_asked_for_never_becomes_the_text(start: Start, saved: Saved) -> None:
    session = start("--theme", "capacity-and-independence", "--stage", "good")
    session.begin()
    session.type("e", "What shows it?")
    session.type("?")
    session.type("b", "(1 of 2 asked today)")
    session.type("n/a", "Why does it not apply?")
    session.type("?")
    session.type("b", "(1 of 2 asked today)")
    session.end("q")
    assert saved().answers == {}


def test_a_note_has_several_lines_and_a_second_note_is_added(start: Start, saved: Saved) -> None:
    session = start(*ONE)
    session.begin()
    session.type("note", "An empty line ends it.")
    session.type("First line.")
    session.type("  second: line # no comment")
    session.type("", "Kept with question ")
    session.type("note", "1 Add to it, 2 Write it anew, 3 Take it out")
    session.type("1", "An empty line ends it.")
    session.type("Third line.")
    session.type("", "Kept with question ")
    session.end("yes")
    assert saved().answers[ITEM].note == "First line.\n  second: line # no comment\nThird line."


def test_a_note_without_an_answer_is_kept_too(start: Start, saved: Saved) -> None:
    session = start(*ONE)
    session.begin()
    session.type("note")
    session.type("We were not sure.")
    session.type("")
    session.end("q")
    answer = saved().answers[ITEM]
    assert (answer.answer, answer.note) == (None, "We were not sure.")


def test_not_applicable_asks_for_the_reason_and_is_offered_only_where_it_may_be(start: Start, saved: Saved) -> None:
    session = start("--theme", "capacity-and-independence", "--stage", "good")
    assert "5 Does not apply" in session.begin()
    session.type("5", "Why does it not apply?")
    session.type("", "Your answer: ")
    session.type("does", "Why does it not apply?")
    shown = session.type("There are no groups: none wanted one.", "(2 of 2 asked today)")
    assert "5 Does not apply" not in shown
    session.type("not-applicable", "“Does not apply”, which is no answer to this question.")
    session.end("u")
    answers = list(saved().answers.values())
    assert (answers[0].answer, answers[0].reason) == ("not-applicable", "There are no groups: none wanted one.")
    assert answers[1].answer == "unknown"


@pytest.mark.parametrize("text", [ARABIC, HEBREW, MANY_SCRIPTS], ids=["arabic", "hebrew", "many"])
def test_every_script_comes_back_as_it_was_typed(start: Start, saved: Saved, text: str) -> None:
    session = start(*ONE)
    session.begin(subject=text)
    session.type("note")
    session.type(text)
    session.type("")
    session.type("e")
    for typed in (text, "", "", ""):
        session.type(typed)
    session.end("yes")
    assert session.code == 0
    view = saved()
    assert view.subject.name == text
    assert view.answers[ITEM].note == text
    assert view.answers[ITEM].evidence == (Evidence(text=text),)


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000"], ids=["no-break", "thin", "narrow", "wide"])
def test_no_kind_of_space_is_lost_between_words(start: Start, saved: Saved, space: str) -> None:
    session = start(*ONE)
    session.begin(subject=f"10{space}000 voix")
    session.end("yes")
    assert saved().subject.name == f"10{space}000 voix"


def test_a_note_of_10_000_characters_on_one_line_is_kept_whole(start: Start, saved: Saved) -> None:
    long = "".join(f"{number:05}: word " for number in range(834))[:10_000].strip() + "."
    session = start(*ONE)
    session.begin()
    session.type("note")
    session.type(long)
    session.type("", "Kept with question ")
    session.end("yes")
    assert saved().answers[ITEM].note == long


def test_a_file_with_a_long_note_can_be_resumed_and_the_note_is_still_whole(start: Start, saved: Saved) -> None:
    long = "wort " * 1999 + "ende"
    session = start(*GOVERNANCE)
    session.begin()
    session.type("note")
    session.type(long)
    session.type("")
    session.end("q")
    resumed = start(*GOVERNANCE, "--resume", f"blue-house-{TODAY}.yaml")
    resumed.prompt("(1 of 3 asked today)")
    resumed.type("yes", "(2 of 3 asked today)")
    resumed.end("q")
    answer = saved().answers["influence-on-governance"]
    assert (answer.answer, answer.note) == ("yes", long)


def test_pasted_lines_at_a_question_are_no_answer_and_can_be_kept_as_a_note(start: Start, saved: Saved) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("yes\rno\r\rpartly", "several lines at once, so no answer was recorded.")
    session.type("1", "Kept with question ")
    session.type("no\r1\r2", "several lines at once")
    session.type("2", "Your answer: ")
    session.end("q")
    answer = saved().answers["influence-on-governance"]
    assert (answer.answer, answer.note) == (None, "yes\nno\n\npartly")


def test_pasted_lines_in_a_note_are_kept_whole_with_their_empty_lines(start: Start, saved: Saved) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("note")
    session.child.send("First part.\r\rno\r\r\ryes\rLast part.")
    session.child.expect_exact("Last part.")
    session.type("")
    session.type("", "Kept with question ")
    session.end("q")
    answer = saved().answers["influence-on-governance"]
    assert (answer.answer, answer.note) == (None, "First part.\n\nno\n\n\nyes\nLast part.")


def test_a_long_pasted_note_is_kept_whole_however_it_arrives(start: Start, saved: Saved) -> None:
    text = "".join(f"Line {number}\n\n" if number % 2 else "yes\n\n\n" for number in range(1500)) + "The last line."
    session = start(*GOVERNANCE)
    session.begin()
    session.type("note")
    _paste(session, text)
    assert "several lines at once" not in session.settle()
    session.type("")
    session.type("", "Kept with question ")
    session.end("q")
    answer = saved().answers["influence-on-governance"]
    assert answer.answer is None
    assert answer.note == text


def test_a_pasted_note_that_begins_with_an_empty_line_answers_nothing(start: Start, saved: Saved) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("note")
    session.child.send("\ryes\r")
    session.settle()
    session.close()
    kept = saved().answers.get("influence-on-governance")
    assert kept is None or kept.answer is None


def test_pasted_lines_as_evidence_do_not_leak_into_the_answer(start: Start, saved: Saved) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("e")
    session.child.send("The minutes say:\r\r\r\rno\r")
    session.settle()
    session.close()
    assert saved().answers["influence-on-governance"].answer is None


def test_pasted_lines_as_the_subject_do_not_leak_into_the_next_prompts(start: Start) -> None:
    session = start(*GOVERNANCE)
    session.prompt()
    session.child.send("Blue House\rWest wing\r7\r")
    assert "is not a day" not in session.settle()


def _paste(session: Session, text: str) -> None:
    for at in range(0, len(text), 1000):
        session.child.send(text[at : at + 1000].replace("\n", "\r"))


@pytest.mark.parametrize("rub_out", ["\x7f", "\b"])
def test_backspace_rubs_out_and_control_u_begins_anew(start: Start, saved: Saved, rub_out: str) -> None:
    session = start(*ONE)
    session.begin(subject=f"\x7fBlux{rub_out}e 家{rub_out}Hä{rub_out}ouse")
    session.type("note")
    session.type("all wrong\x15right")
    session.type("")
    session.end(f"no{rub_out * 5}yes")
    view = saved()
    assert view.subject.name == "Blue House"
    assert (view.answers[ITEM].answer, view.answers[ITEM].note) == ("yes", "right")


def test_arrow_and_function_keys_do_nothing(start: Start, saved: Saved) -> None:
    keys = "\x1b[A\x1b[B\x1b[C\x1b[D\x1bOA\x1b[3~\x1b[1;5C\x1b[H\x1b[15~"
    session = start(*ONE)
    session.begin(subject=f"Blue{keys} House")
    session.end(f"{keys}y{keys}es{keys}")
    view = saved()
    assert (view.subject.name, view.answers[ITEM].answer) == ("Blue House", "yes")


def test_bytes_that_are_no_text_do_not_end_the_session(start: Start, saved: Saved) -> None:
    session = start(*ONE)
    session.begin()
    os.write(session.child.child_fd, b"\xff\xfe\x00\x01")
    session.type("", "That was not one of the answers.")
    session.end("yes")
    assert saved().answers[ITEM].answer == "yes"


def test_pasted_control_characters_do_not_spoil_the_file(start: Start, saved: Saved) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("First page\rsecond\x0cpage\x07 \x1b[31mred\r\x00\x1flast", "several lines at once")
    session.type("1", "Kept with question ")
    session.end("q")
    note = saved().answers["influence-on-governance"].note or ""
    assert note.startswith("First page\nsecond")
    assert note.endswith("last")
    assert all(sign.isprintable() or sign == "\n" for sign in note)
