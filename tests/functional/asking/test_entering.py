"""Typing what came back on paper: one letter a question, form by form, and a form once more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.functional.asking.conftest import Saved, Start
from tests.functional.asking.session import Session
from tests.functional.conftest import Run

Enter = Callable[..., Session]
HEAD = ("Blue House", "2026-11-20", "2", "", "", "1", "", "")
"""What is typed before the first question of the spectrum: two who use the service, one of staff."""


@pytest.fixture
def enter(start: Start) -> Enter:
    """Starts `involve-audit answers enter` on a terminal, and waits for its first prompt."""

    def begin(*arguments: str, **more: Any) -> Session:
        session = start(*arguments, command=("answers", "enter"), **more)
        session.prompt()
        return session

    return begin


def typed(session: Session, *lines: str) -> str:
    """Type lines, each at its prompt, and return what the last one brought."""
    shown = ""
    for line in lines:
        shown = session.type(line)
    return shown


def finished(session: Session) -> str:
    """Type the rest of a form as empty, without notes and actions, and say that it was the last one."""
    shown = ""
    while "Is there a note on the paper?" not in shown:
        shown = session.type("")
    typed(session, "", "")
    return session.end("2")


def test_a_form_is_typed_by_letters_numbers_and_names_and_is_a_view_that_can_be_checked(
    enter: Enter, saved: Saved, tmp_path: Path, run: Run
) -> None:
    session = enter("-o", "view.yaml")
    shown = typed(session, *HEAD)
    for key in ("y 1 Yes", "r 2 Partly", "l 3 Planned", "n 4 No", "d 5 Does not apply", "o 0 Nobody here knows"):
        assert key in " ".join(shown.split())
    assert shown.endswith("\n1 Views asked for by survey\n> ")
    session.type("y", "Yes 2 Service users report to staff meetings >")
    session.type("r", "Partly 3 ")
    session.type("2", "Partly 4 ")
    session.type("n", "No 5 ")
    session.type("o", "Nobody here knows 6 ")
    session.type("", "empty 7 ")
    session.type("yes", "Yes 8 ")
    typed(session, *"nnnnnn")
    session.type("d", "Why does it not apply? As it stands on the paper")
    session.type("We have one already.", "Does not apply 15 ")
    typed(session, *"n" * 16)
    session.type("n", "Is there a note on the paper?")
    typed(session, "7", "They said that it depends.")
    session.type("", "Kept with question 7")
    session.type("7", "There is a note to question 7 (Service users left out of staff training) already. Enter")
    session.type("They said it twice.", "Type one of the numbers.")
    session.type("", "Is there a note on the paper?")
    session.type("8")
    session.type("3", "“Planned”. Is it the text that is wanted here? 1 Yes, 2 No:")
    typed(session, "2", "3 of them do.")
    session.type("", "Kept with question 8")
    session.type("99", "There is no question 99.")
    session.type("", "Was anything agreed, that somebody will do? 1 Go on 2 Add what was agreed")
    session.type("", "view.yaml: 29 answered, 1 not known, 1 empty.")
    assert "involve-audit answers enter --check view.yaml" in session.end("2")
    assert session.code == 0
    view = saved(tmp_path / "view.yaml")
    assert (view.subject.name, str(view.date)) == ("Blue House", "2026-11-20")
    assert view.respondents == {"service-users": 2, "staff": 1}
    given = list(view.answers.values())
    assert [answer.answer for answer in given[:6]] == ["yes", "partly", "partly", "no", "unknown", "yes"]
    assert [answer.note for answer in given if answer.note] == ["They said that it depends.", "3 of them do."]
    assert [answer.reason for answer in given if answer.reason] == ["We have one already."]
    assert run("answers", "check", "view.yaml", cwd=tmp_path).returncode == 0


def test_what_could_be_two_answers_or_none_here_records_nothing(enter: Enter, saved: Saved, tmp_path: Path) -> None:
    session = enter("-o", "view.yaml")
    typed(session, *HEAD)
    session.type("l", "“Planned”, which is no answer to this question. 1 Views")
    session.type("d", "“Does not apply”, which is no answer to this question.")
    session.type("k", "That was not one of the answers.")
    session.type("p", "That was not one of the answers.")
    session.type("others", "Type a number, or h for the list")
    typed(session, *[""] * 9)
    session.type("p", "That could be: 2 Partly / 3 Planned.")
    session.end("q")
    assert saved(tmp_path / "view.yaml").answers == {}


def test_back_shows_what_was_typed_enter_keeps_it_and_a_hyphen_empties_it(
    enter: Enter, saved: Saved, tmp_path: Path
) -> None:
    session = enter("-o", "view.yaml")
    typed(session, *HEAD, "y", "n")
    session.type("b", "Now No. Enter keeps it, a hyphen empties it.")
    session.type("b", "Now Yes. ")
    session.type("", "Yes 2 ")
    session.type("-", "empty 3 ")
    session.type("b", "2 Service users report to staff meetings >")
    session.type("b", "Now Yes.")
    session.type("b", "How many: Commissioners?")
    session.end("q")
    assert [one.answer for one in saved(tmp_path / "view.yaml").answers.values()] == ["yes"]


def test_the_next_form_has_a_file_of_its_own_in_the_same_audit_and_only_its_own_head_is_asked(
    enter: Enter, saved: Saved, tmp_path: Path
) -> None:
    session = enter("-o", "view.yaml", "--subject", "Blue House", "--for", "staff", "--audit", "blue-house-1")
    typed(session, "2026-11-20")
    session.type("", "1 Views asked for by survey >")
    shown = session.type("y")
    while "Is there a note" not in shown:
        shown = session.type("")
    typed(session, "", "")
    session.type("", "Form 2. It is kept in view-2.yaml. On what day was the paper filled in?")
    session.type("", "(Enter keeps: 1) >")
    session.type("3", "1 Views asked for by survey >")
    session.type("n", "No 2 ")
    finished(session)
    first, second = saved(tmp_path / "view.yaml"), saved(tmp_path / "view-2.yaml")
    assert (first.audit, first.subject, first.date) == (second.audit, second.subject, second.date)
    assert first.audit == "blue-house-1"
    assert (first.respondents, second.respondents) == ({"staff": 1}, {"staff": 3})
    assert [next(iter(view.answers.values())).answer for view in (first, second)] == ["yes", "no"]


@pytest.mark.parametrize("way", ["q", "\x03", "\x04", "kill"])
def test_whatever_ends_it_all_that_was_typed_is_kept_and_it_goes_on_behind_it(
    enter: Enter, saved: Saved, tmp_path: Path, way: str
) -> None:
    session = enter("-o", "view.yaml")
    typed(session, *HEAD, "y", "", "n")
    if way == "kill":
        session.kill()
    else:
        session.child.send(way + "\r" * (way == "q"))
        session.end()
        assert session.code == (130 if way == "\x03" else 0)
        assert "involve-audit answers enter -o view.yaml" in session.written.getvalue()
    again = enter("-o", "view.yaml")
    assert "view.yaml is there already, of Blue House: 2 answered, 0 not known, 29 empty." in again.written.getvalue()
    again.type("1", "4 Meetings where the service decides the topics >")
    again.type("o", "Nobody here knows 5 ")
    finished(again)
    assert [one.answer for one in saved(tmp_path / "view.yaml").answers.values()] == ["yes", "no", "unknown"]


def test_what_was_agreed_is_typed_from_the_paper(enter: Enter, saved: Saved, tmp_path: Path) -> None:
    session = enter("-o", "view.yaml")
    shown = typed(session, *HEAD)
    while "Is there a note" not in shown:
        shown = session.type("")
    typed(session, "", "2", "11", "Hold open meetings", "the manager", "2027-01-31", "1")
    session.end("2")
    (action,) = saved(tmp_path / "view.yaml").actions
    assert (action.what, action.owner, str(action.due)) == ("Hold open meetings", "the manager", "2027-01-31")


def test_a_form_typed_twice_shows_what_differs_alone_and_settles_it(enter: Enter, saved: Saved, tmp_path: Path) -> None:
    session = enter("-o", "view.yaml")
    typed(session, *HEAD, *"yynn")
    finished(session)
    again = enter("--check", "view.yaml")
    assert "On what day was the paper filled in?" in again.written.getvalue()
    typed(again, "2026-11-20", "3", "", "", "1", "", "")
    shown = typed(again, *"ynny")
    for _ in range(40):
        if "First it was" in shown:
            break
        shown = again.type("")
    assert "First it was 2, then 3." in shown
    again.type("3", "First it was Yes, then No. What stands on the paper? 2 Service users report to staff meetings >")
    again.type("", "Type what stands on the paper; a hyphen where it is empty. 2 ")
    again.type("r", "Partly First it was No, then Yes. What stands on the paper? 4 ")
    assert "Settled: 3. Everything is saved in view.yaml." in again.end("-")
    assert again.code == 0
    view = saved(tmp_path / "view.yaml")
    assert view.respondents == {"service-users": 3, "staff": 1}
    assert [one.answer for one in view.answers.values() if one.answer] == ["yes", "partly", "no"]
    assert [path.name for path in tmp_path.iterdir()] == ["view.yaml"]


def test_typing_it_again_can_be_stopped_and_gone_on_with_and_the_first_typing_stays(
    enter: Enter, saved: Saved, tmp_path: Path
) -> None:
    session = enter("-o", "view.yaml")
    typed(session, *HEAD, *"yy")
    finished(session)
    before = (tmp_path / "view.yaml").read_bytes()
    again = enter("--check", "view.yaml")
    typed(again, "2026-11-20", "2", "", "", "1", "", "", "y", "n")
    again.kill()
    assert (tmp_path / "view.yaml").read_bytes() == before
    third = enter("--check", "view.yaml")
    assert "\n3 Meetings with no agenda" in third.written.getvalue().replace("\r", "")
    shown = ""
    for _ in range(29):
        shown = third.type("")
    assert "First it was Yes, then No." in " ".join(shown.split())
    third.end("y")
    assert (tmp_path / "view.yaml").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["view.yaml"]


def test_what_was_empty_the_second_time_is_settled_in_both_typings(enter: Enter, saved: Saved, tmp_path: Path) -> None:
    session = enter("-o", "view.yaml")
    typed(session, *HEAD, *"yy")
    finished(session)
    again = enter("--check", "view.yaml")
    shown = typed(again, "2026-11-20", "2", "", "", "1", "", "", "y", *[""] * 30)
    assert "First it was Yes, then empty." in " ".join(shown.split())
    assert "Settled: 1. Everything is saved in view.yaml." in again.end("n")
    assert "could not be put" not in again.written.getvalue()
    assert [one.answer for one in saved(tmp_path / "view.yaml").answers.values()] == ["yes", "no"]
    assert [path.name for path in tmp_path.iterdir()] == ["view.yaml"]


def test_what_is_being_settled_is_there_still_where_it_stops_before_the_reason(enter: Enter, tmp_path: Path) -> None:
    session = enter("-o", "view.yaml", "--for", "staff", "--subject", "Blue House")
    typed(session, "2026-11-20", "", *[""] * 13, "n")
    finished(session)
    again = enter("--check", "view.yaml", "--for", "staff")
    typed(again, "2026-11-20", "1", *[""] * 31)
    again.type("d", "Why does it not apply?")
    again.kill()
    third = enter("--check", "view.yaml", "--for", "staff")
    shown = third.written.getvalue()
    while "First it was" not in shown:
        shown = third.type("")
    assert "First it was No, then empty." in " ".join(shown.split())
    third.type("d", "Why does it not apply?")
    assert "Settled: 1." in third.end("We have one.")


def test_an_answer_typed_over_is_gone_where_it_stops_before_the_reason_and_there_where_it_goes_back(
    enter: Enter, saved: Saved, tmp_path: Path
) -> None:
    session = enter("-o", "view.yaml")
    typed(session, *HEAD, *[""] * 13, "n")
    session.type("b", "Now No.")
    session.type("d", "Why does it not apply?")
    session.type("", "Now No.")
    session.type("d", "Why does it not apply?")
    session.kill()
    assert saved(tmp_path / "view.yaml").answers == {}


@pytest.mark.parametrize(("option", "other"), [("--subject", "Red House"), ("--audit", "red-1")])
def test_a_form_of_something_else_is_not_gone_on_with(
    enter: Enter, start: Start, tmp_path: Path, option: str, other: str
) -> None:
    session = enter("-o", "view.yaml", "--subject", "Blue House", "--audit", "blue-1")
    typed(session, "2026-11-20", "2", "", "", "1", "", "")
    session.end("q")
    before = (tmp_path / "view.yaml").read_bytes()
    again = start("-o", "view.yaml", option, other, command=("answers", "enter"))
    assert f", and not of {other}" in " ".join(again.end().split())
    assert again.code == 2
    once_more = start("--check", "view.yaml", option, other, command=("answers", "enter"))
    assert f", and not of {other}" in " ".join(once_more.end().split())
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [before]


def test_forms_of_other_people_are_the_next_ones(enter: Enter, start: Start) -> None:
    session = enter("-o", "view.yaml")
    typed(session, *HEAD, "y")
    session.end("q")
    again = enter("-o", "view.yaml", "--for", "staff")
    assert "It is kept in view-2.yaml." in again.written.getvalue()
    once_more = start("--check", "view.yaml", "--for", "staff", command=("answers", "enter"))
    assert "others filled in this form than --for says" in once_more.end()


def test_the_same_twice_is_said(enter: Enter, tmp_path: Path) -> None:
    session = enter("-o", "view.yaml")
    typed(session, *HEAD, "y")
    finished(session)
    again = enter("--check", "view.yaml")
    typed(again, "2026-11-20", "2", "", "", "1", "", "", "y", *[""] * 29)
    assert "Both times the same was typed." in again.end("")
    assert [path.name for path in tmp_path.iterdir()] == ["view.yaml"]


@pytest.mark.parametrize("arguments", [(), ("--plain",)])
def test_on_a_narrow_terminal_no_line_is_wider_than_it(enter: Enter, arguments: tuple[str, ...]) -> None:
    session = enter("-o", "view.yaml", *arguments, columns=40)
    shown = typed(session, *HEAD, *"ynrnoyyyn")
    assert "10 An independent voice" in shown
    lines = session.written.getvalue().replace("\r", "").split("\n")
    assert max(map(len, lines)) <= 40 + len("2026-11-20")


def test_where_nobody_can_type_it_says_so(run: Run, tmp_path: Path) -> None:
    result = run("answers", "enter", "-o", "view.yaml", cwd=tmp_path, stdin="y\n")
    assert result.returncode == 2
    assert "forms can be typed only on a terminal" in result.stderr
    assert not list(tmp_path.iterdir())
