"""Stopping in every way, and going on: nothing that was answered is lost."""

from __future__ import annotations

import difflib
import os
import random
import re
import shutil
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.forked import WITHOUT_RIGHTS
from tests.functional.asking.conftest import Saved, Start
from tests.functional.asking.session import TODAY, Session, on

from involve_audit.loading.audit import load_audit
from involve_audit.model.view import View

GOVERNANCE = ("--theme", "governance-and-policy")
FIRST, SECOND, THIRD = "influence-on-governance", "governance-led", "policy-development-led"
FILE = f"blue-house-{TODAY}.yaml"
EDITED = f"""\
# Asked on a rainy day.
subject: {{name: Blue House, kind: day centre}}   # the old name
answers:
  {SECOND}: partly # Ann was not sure
  {FIRST}:
    # two of them
    evidence:
      - text: Minutes   # of March
        date: 2026-03-04
      - {{text: "What Bob said"}}
    answer: yes

  of-the-community: {{answer: 'no', note: "Not yet: soon."}}   # flow
date: {TODAY}
respondents: {{service-users: 2, staff: 0}}
# The rest is for the program.
rubric: service-user-leadership-spectrum@1.0
format: involve-audit/answers@1
"""
STYLES = {
    "indented lists": EDITED,
    "flush lists": EDITED.replace("\n      - ", "\n    - ").replace("\n        date", "\n      date"),
    "four spaces": re.sub(r"(?m)^ +", lambda indent: indent[0] * 2, EDITED).replace(" " * 16, " " * 14),
}
every_style = pytest.mark.parametrize("edited", STYLES.values(), ids=STYLES.keys())


def test_q_saves_and_says_how_to_go_on(start: Start, saved: Saved) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("yes")
    shown = session.end("q")
    assert session.code == 0
    assert f"Saved in {FILE}. To go on:\n  involve-audit assess --resume {FILE}" in shown
    assert saved().answers[FIRST].answer == "yes"


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 0)], ids=["ctrl-c", "ctrl-d"])
def test_control_keys_stop_and_say_how_to_go_on(start: Start, saved: Saved, key: str, code: int) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("yes")
    session.child.send(key)
    shown = session.end()
    assert session.code == code
    assert f"  involve-audit assess --resume {FILE}" in shown
    assert "Traceback" not in shown
    assert saved().answers[FIRST].answer == "yes"


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 0)], ids=["ctrl-c", "ctrl-d"])
def test_stopping_in_the_middle_of_a_note_keeps_its_lines(start: Start, saved: Saved, key: str, code: int) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("note")
    session.type("One line.")
    session.child.send(key)
    session.end()
    assert session.code == code
    assert saved().answers[FIRST].note == "One line."


def test_stopping_before_anything_was_answered_leaves_no_file(start: Start, tmp_path: Path) -> None:
    session = start(*GOVERNANCE)
    session.prompt()
    assert "Nothing was saved yet" in session.end("q")
    assert session.code == 0
    assert list(tmp_path.iterdir()) == []


def test_a_closed_terminal_leaves_a_valid_file(start: Start, saved: Saved) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("yes")
    session.type("no", "(3 of 3")
    session.close()
    assert [answer.answer for answer in saved().answers.values()] == ["yes", "no"]


def test_kill_9_after_any_answer_loses_nothing_and_each_start_goes_on_at_the_first_open_question(
    start: Start, saved: Saved, tmp_path: Path
) -> None:
    chance = random.Random(20261122)
    session = start()
    session.begin()
    given: list[str] = []
    for _ in range(10):
        for _ in range(chance.randint(0, 3)):
            given.append(chance.choice(["yes", "partly", "no"]))
            session.type(given[-1], f"Question {len(given) + 1} of 31")
        session.child.send(f"{(last := chance.choice(['yes', 'no']))}\r")
        session.settle(chance.uniform(0.0001, 0.02))
        session.kill()
        answers = [answer.answer for answer in saved().answers.values()]
        assert answers in (given, [*given, last])
        given = [answer or "" for answer in answers]
        session = start("--resume", FILE)
        assert f"{len(given)} answered, 0 not known, {31 - len(given)} open." in session.prompt(
            f"Question {len(given) + 1} of 31"
        )
    session.end("q")
    assert [answer.answer for answer in saved().answers.values()] == given
    assert [path.name for path in tmp_path.glob("*.yaml")] == [FILE]


def test_the_first_open_question_comes_first_even_where_it_was_skipped(start: Start) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("yes")
    session.type("s")
    session.type("no", "1 Go through them now")
    session.close()
    start(*GOVERNANCE, "--resume", FILE).prompt("(2 of 3 asked today)")


def test_the_same_command_offers_to_go_on(start: Start, saved: Saved) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("yes")
    session.kill()
    again = start(*GOVERNANCE)
    again.prompt(f"{FILE}: Blue House, ")
    again.type("maybe", "30 questions are open in it. 1 Go on with it 2 Another group's view of the same audit")
    again.type("1", "(2 of 3 asked today)")
    again.end("q")
    assert saved().answers[FIRST].answer == "yes"


def test_a_new_one_with_the_same_name_is_never_written_over_the_other(
    start: Start, saved: Saved, tmp_path: Path
) -> None:
    first = start(*GOVERNANCE)
    first.begin()
    first.type("yes")
    first.end("q")
    before = (tmp_path / FILE).read_bytes()
    second = start(*GOVERNANCE)
    second.prompt("3 A new audit")
    second.type("3", "What is looked at?")
    for typed in ("Blue House", "", "1", "", "", "", "", "", "no"):
        second.type(typed)
    second.end("q")
    assert (tmp_path / FILE).read_bytes() == before
    assert saved(tmp_path / f"blue-house-{TODAY}-2.yaml").answers[FIRST].answer == "no"


def test_save_names_the_file_and_offers_it_the_next_time(start: Start, saved: Saved, tmp_path: Path) -> None:
    session = start(*GOVERNANCE, "--save", "ours.yaml")
    session.begin()
    session.type("yes")
    assert "--resume ours.yaml" in session.end("q")
    start(*GOVERNANCE, "--save", "ours.yaml").prompt("ours.yaml: Blue House")
    assert saved(tmp_path / "ours.yaml").answers[FIRST].answer == "yes"


def test_save_never_writes_over_a_file_that_is_no_view(start: Start, tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text("shopping: [milk]\n")
    session = start("--save", "ours.yaml")
    session.end()
    assert session.code == 2
    assert (tmp_path / "ours.yaml").read_text() == "shopping: [milk]\n"


@pytest.mark.parametrize("file", ["absent.yaml", "no-such-folder/absent.yaml"])
def test_a_file_to_resume_that_is_not_there_is_refused(start: Start, tmp_path: Path, file: str) -> None:
    session = start("--resume", file)
    assert "absent.yaml" in session.end()
    assert session.code == 2
    assert list(tmp_path.iterdir()) == []


@every_style
def test_a_file_edited_by_hand_keeps_everything_but_what_was_changed(start: Start, tmp_path: Path, edited: str) -> None:
    (tmp_path / "ours.yaml").write_text(edited)
    session = start(*GOVERNANCE, "--resume", "ours.yaml")
    session.prompt("(3 of 3 asked today)")
    session.type("b", "Your answer so far: Partly.")
    session.type("no", "(3 of 3 asked today)")
    session.end("q")
    expected = [f"- {SECOND}: partly # Ann was not sure", f'+ {SECOND}: "no" # Ann was not sure']
    changes = _changes(edited, (tmp_path / "ours.yaml").read_text())
    assert [" ".join(change.replace("'", "").split()) for change in changes] == expected


@every_style
def test_a_new_answer_to_a_file_edited_by_hand_is_only_added(start: Start, tmp_path: Path, edited: str) -> None:
    (tmp_path / "ours.yaml").write_text(edited)
    session = start(*GOVERNANCE, "--resume", "ours.yaml")
    session.prompt("(3 of 3 asked today)")
    session.end("yes")
    changes = _changes(edited, (tmp_path / "ours.yaml").read_text())
    assert [change.replace("'", "").split() for change in changes] == [["+", f"{THIRD}:", '"yes"']]


@every_style
def test_evidence_added_to_a_file_edited_by_hand_is_only_added(
    start: Start, saved: Saved, tmp_path: Path, edited: str
) -> None:
    (tmp_path / "ours.yaml").write_text(edited)
    session = start(*GOVERNANCE, "--resume", "ours.yaml")
    session.prompt("(3 of 3 asked today)")
    session.type("b")
    session.type("b", "(1 of 3 asked today)")
    session.type("e", "1 Add more")
    for typed in ("1", "A photograph", "", "", ""):
        session.type(typed)
    session.end("q")
    changes = _changes(edited, (tmp_path / "ours.yaml").read_text())
    assert [change[0] for change in changes] == ["+"]
    assert [evidence.text for evidence in saved().answers[FIRST].evidence] == [
        "Minutes",
        "What Bob said",
        "A photograph",
    ]


@every_style
def test_going_back_over_the_first_prompts_changes_nothing_in_a_file_edited_by_hand(
    start: Start, tmp_path: Path, edited: str
) -> None:
    (tmp_path / "ours.yaml").write_text(edited)
    session = start(*GOVERNANCE, "--resume", "ours.yaml")
    session.prompt("(3 of 3 asked today)")
    for _ in range(10):
        session.type("b")
    for _ in range(7):
        session.type("")
    session.type("", "(3 of 3 asked today)")
    session.end("q")
    assert _changes(edited, (tmp_path / "ours.yaml").read_text()) == []


def _changes(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_where_somebody_else_changed_the_file_both_are_kept(start: Start, saved: Saved, tmp_path: Path) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("yes")
    theirs = (tmp_path / FILE).read_text() + "# Changed by somebody else.\n"
    (tmp_path / FILE).write_text(theirs)
    audit = saved().audit
    other = f"blue-house-{TODAY}-2.yaml"
    shown = session.type("no")
    assert f"{FILE} was changed by somebody else meanwhile." in shown
    assert f"saved in {other}" in " ".join(shown.split())
    session.type("b")
    assert f"--resume {other}" in session.end("q")
    assert (tmp_path / FILE).read_text() == theirs
    assert [answer.answer for answer in saved(tmp_path / other).answers.values()] == ["yes", "no"]
    assert saved(tmp_path / other).audit not in (None, audit)


def test_a_file_that_cannot_take_an_answer_is_refused_before_the_first_question(start: Start, tmp_path: Path) -> None:
    head = "format: involve-audit/answers@1\nrubric: service-user-leadership-spectrum@1\nsubject: {name: A}\n"
    (tmp_path / "a.yaml").write_text(f"{head}date: {TODAY}\nanswers:\n  ? influence-on-governance\n")
    session = start("--resume", "a.yaml")
    assert "a.yaml:6:5: an answer cannot be put in here" in " ".join(session.end().split())
    assert session.code == 2


def test_where_somebody_took_the_file_away_the_answers_are_saved_anew(
    start: Start, saved: Saved, tmp_path: Path
) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("yes")
    (tmp_path / FILE).rename(tmp_path / "moved.txt")
    session.type("no", "(3 of 3 asked today)")
    session.end("q")
    assert session.code == 0
    assert [answer.answer for answer in saved().answers.values()] == ["yes", "no"]


def test_a_file_that_went_away_after_the_last_answer_is_saved_anew_before_it_is_said_to_be_saved(
    start: Start, saved: Saved, tmp_path: Path
) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("yes")
    session.type("no")
    session.type("no", "Was anything agreed")
    (tmp_path / FILE).unlink()
    assert f"Every answer is saved in {FILE}" in session.end("")
    assert [answer.answer for answer in saved().answers.values()] == ["yes", "no", "no"]


def test_a_folder_that_went_away_after_the_last_answer_is_told_and_what_is_not_kept_is_named(
    gone: Callable[..., Session],
) -> None:
    session = gone(HOME="/dev/null/none")
    session.type("where", "What was said last is NOT SAVED yet.")
    session.child.send("q\r")
    session.settle()
    assert "Nothing is saved: no file could be written." in " ".join(session.end("2").split())


def test_a_second_session_on_one_file_is_told_and_a_killed_one_leaves_no_lock(start: Start, tmp_path: Path) -> None:
    first = start(*GOVERNANCE)
    first.begin()
    first.type("yes")
    for arguments in (["--resume", FILE], ["--resume", str(tmp_path / FILE)]):
        second = start(*GOVERNANCE, *arguments)
        assert "another session is going on with this file" in second.end()
        assert second.code == 2
    offered = start(*GOVERNANCE)
    offered.prompt("1 Go on with it")
    assert "another session is going on with this file" in offered.end("1")
    assert offered.code == 2
    first.kill()
    start(*GOVERNANCE, "--resume", FILE).prompt("(2 of 3 asked today)")


def _answers(saved: Saved, path: Path) -> tuple[dict[str, int], dict[str, str | None]]:
    return saved(path).respondents, {item: given.answer for item, given in saved(path).answers.items()}


YESTERDAY = on(TODAY - timedelta(1))


def test_other_people_on_another_day_answer_in_a_file_of_their_own(start: Start, saved: Saved, tmp_path: Path) -> None:
    day = TODAY - timedelta(1)
    first = start(*GOVERNANCE, before=YESTERDAY)
    first.begin(here=(3,))
    first.type("yes")
    first.end("q")
    (file,) = tmp_path.iterdir()
    before = file.read_bytes()
    second = start(*GOVERNANCE, "--resume", file.name)
    second.prompt("Who is here today? 1 The same people 2 Others, or not the same")
    shown = second.type("2", "1 Only those that nobody has answered in this audit (2) 2 All that are open in this file")
    assert f"The answers in {file.name} stay as they are." in " ".join(shown.split())
    second.type("1", "On what day")
    for typed in ("", "0", "0", "0", "4", "0", "0"):
        shown = second.type(typed)
    assert "(1 of 2 asked today)" in shown
    second.type("no")
    second.type("s", "1 Go through them now")
    second.end("2")
    assert file.read_bytes() == before
    assert _answers(saved, file) == ({"service-users": 3}, {FIRST: "yes"})
    assert _answers(saved, tmp_path / FILE) == ({"staff": 4}, {SECOND: "no"})
    assert saved(tmp_path / FILE).audit == saved(file).audit == f"blue-house-{day}"


def test_the_same_people_on_another_day_go_on_in_their_file(start: Start, saved: Saved, tmp_path: Path) -> None:
    first = start(*GOVERNANCE, before=YESTERDAY)
    first.begin(here=(3,))
    first.type("yes")
    first.end("q")
    again = start(*GOVERNANCE)
    again.prompt("1 Go on with it")
    again.type("1", "Who is here today?")
    again.type("1", "(2 of 3 asked today)")
    again.type("no")
    again.end("q")
    assert saved().date == TODAY - timedelta(1)
    assert [given.answer for given in saved().answers.values()] == ["yes", "no"]


def test_a_view_in_which_nothing_was_said_is_of_the_day_on_which_something_is(start: Start, saved: Saved) -> None:
    first = start(*GOVERNANCE, before=YESTERDAY)
    first.begin(here=(3,))
    first.end("q")
    again = start(*GOVERNANCE)
    again.prompt("1 Go on with it")
    again.type("1", f"Enter keeps: {TODAY}")
    for typed in ("", "", "2", "", "", "", ""):
        again.type(typed)
    again.type("yes")
    again.end("q")
    assert (saved().date, saved().respondents) == (TODAY, {"service-users": 3, "carers": 2})


def test_nothing_but_the_answers_file_is_left_behind(start: Start, tmp_path: Path) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.end("q")
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_on_a_full_disk_it_says_so_goes_on_and_saves_all_once_there_is_room(
    start: Start, saved: Saved, small_disk: Path
) -> None:
    session = start(*GOVERNANCE, cwd=small_disk)
    session.begin()
    session.type("yes", "(2 of 3 asked today)")
    before = (small_disk / FILE).read_bytes()
    _fill(small_disk)
    session.type("no", "NOT SAVED: ")
    session.type("note")
    session.type("Said while there was no room.")
    session.type("", "NOT SAVED: ")
    session.type("1", "Kept with question 20")
    assert (small_disk / FILE).read_bytes() == before
    (small_disk / "filler").unlink()
    session.type("e")
    session.type("A photograph", "Saved again: ")
    session.type("b")
    session.end("q")
    answers = saved(small_disk / FILE).answers
    assert {item: answer.answer for item, answer in answers.items()} == {FIRST: "yes", SECOND: "no", THIRD: None}
    assert answers[THIRD].note == "Said while there was no room."
    assert sorted(path.name for path in small_disk.iterdir()) == [FILE]


def test_a_disk_that_is_full_from_the_start_holds_nobody_up(start: Start, saved: Saved, small_disk: Path) -> None:
    _fill(small_disk)
    session = start(*GOVERNANCE, cwd=small_disk)
    assert "(1 of 3 asked today)" in session.begin()
    session.type("yes", "NOT SAVED: ")
    (small_disk / "filler").unlink()
    session.type("no", "Saved again: ")
    session.end("q")
    assert [answer.answer for answer in saved(small_disk / FILE).answers.values()] == ["yes", "no"]


@pytest.mark.parametrize("typed", ["q", "\x03", "u"], ids=["q", "ctrl-c", "the-last-answer"])
def test_ending_on_a_full_disk_never_says_that_all_is_saved(start: Start, small_disk: Path, typed: str) -> None:
    session = start(*GOVERNANCE, cwd=small_disk)
    session.begin()
    session.type("yes")
    _fill(small_disk)
    session.type("no", "NOT SAVED: ")
    session.child.send(typed + "\r")
    shown = session.settle()
    assert "NOT SAVED" in shown
    assert "Every answer is saved" not in shown
    assert f"Saved in {FILE}" not in shown


@pytest.mark.parametrize("typed", ["q", "u"])
def test_what_waits_to_be_saved_is_saved_at_the_end_where_there_is_room(
    start: Start, saved: Saved, small_disk: Path, typed: str
) -> None:
    session = start(*GOVERNANCE, cwd=small_disk)
    session.begin()
    session.type("yes")
    _fill(small_disk)
    session.type("no", "NOT SAVED: ")
    (small_disk / "filler").unlink()
    session.end(typed)
    assert session.code == 0
    assert [answer.answer for answer in saved(small_disk / FILE).answers.values()][:2] == ["yes", "no"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def gone(start: Start, tmp_path: Path, home: Path) -> Callable[..., Session]:
    """A session with one answer saved in a folder that was then taken away, and another given after that."""

    def begin(*arguments: str, **environment: str) -> Session:
        (tmp_path / "here").mkdir()
        session = start(*GOVERNANCE, *arguments, cwd=tmp_path / "here", **({"HOME": str(home)} | environment))
        session.begin()
        session.type("yes", "(2 of 3 asked today)")
        shutil.rmtree(tmp_path / "here")
        session.type("no", "(3 of 3 asked today)")
        return session

    return begin


BOTH = {FIRST: "yes", SECOND: "no"}


def _given(view: View) -> dict[str, str | None]:
    return {item: answer.answer for item, answer in view.answers.items()}


def test_a_folder_that_is_gone_holds_nobody_up_and_once_it_is_back_all_is_saved(
    gone: Callable[..., Session], saved: Saved, tmp_path: Path
) -> None:
    session = gone()
    assert "NOT SAVED: the folder you are in is gone" in " ".join(session.written.getvalue().split())
    (tmp_path / "here").mkdir()
    session.type("b", "(2 of 3 asked today)")
    session.type("partly", f"Saved again: {FILE}")
    session.end("q")
    assert session.code == 0
    assert _given(saved(tmp_path / "here" / FILE)) == BOTH | {SECOND: "partly"}


@pytest.mark.parametrize("typed", ["2", "q", "\x03"], ids=["2", "q", "ctrl-c"])
def test_where_a_folder_stays_away_the_answers_go_into_the_home_folder(
    gone: Callable[..., Session], saved: Saved, home: Path, typed: str
) -> None:
    session = gone()
    session.child.send("q\r")
    session.settle()
    shown = session.end(typed)
    assert f"Savedagain:{home / FILE}" in "".join(shown.split())
    assert session.code == 0
    assert _given(saved(home / FILE)) == BOTH
    assert [path.name for path in home.iterdir()] == [FILE]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_session_that_a_signal_ends_saves_what_waits_in_the_home_folder(
    gone: Callable[..., Session], saved: Saved, home: Path, number: int
) -> None:
    session = gone()
    session.child.kill(number)
    session.end()
    assert session.code == 128 + number
    assert _given(saved(home / FILE)) == BOTH
    assert [path.name for path in home.iterdir()] == [FILE]


def test_what_can_be_saved_nowhere_is_shown_to_be_copied(gone: Callable[..., Session], tmp_path: Path) -> None:
    session = gone(HOME="/dev/null/none")
    session.child.send("q\r")
    session.settle()
    shown = session.end("2")
    assert session.code == 2
    assert "Nothing is saved" in shown
    (tmp_path / "copied.yaml").write_text(shown[shown.index("# Written by") :], encoding="utf-8")
    view = load_audit([str(tmp_path / "copied.yaml")], TODAY).views[0].content
    assert _given(view) == BOTH


def test_a_file_in_another_folder_does_not_need_the_one_the_session_began_in(
    gone: Callable[..., Session], saved: Saved, home: Path
) -> None:
    session = gone("--save", str(home / "a.yaml"))
    session.end("q")
    assert "NOT SAVED" not in session.written.getvalue()
    assert _given(saved(home / "a.yaml")) == BOTH


def test_a_session_begun_in_a_folder_that_is_gone_can_be_held_with_a_file_elsewhere(
    start: Start, saved: Saved, tmp_path: Path
) -> None:
    (tmp_path / "here").mkdir()
    session = start(*GOVERNANCE, "--save", str(tmp_path / "a.yaml"), cwd=tmp_path / "here")
    shutil.rmtree(tmp_path / "here")
    session.begin()
    session.type("yes", "(2 of 3 asked today)")
    session.end("q")
    assert _given(saved(tmp_path / "a.yaml")) == {FIRST: "yes"}


def test_a_folder_in_place_of_the_file_is_left_alone(start: Start, saved: Saved, tmp_path: Path) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("yes", "(2 of 3 asked today)")
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    session.type("no", "(3 of 3 asked today)")
    session.end("q")
    assert _given(saved(tmp_path / f"blue-house-{TODAY}-2.yaml")) == BOTH


@pytest.mark.parametrize("arguments", [[], ["--save", "new.yaml"], ["--resume", "ours.yaml"]])
def test_a_folder_that_must_not_be_written_to_is_found_before_anything_is_asked(
    start: Start, tmp_path: Path, arguments: list[str]
) -> None:
    (tmp_path / "ours.yaml").write_text(EDITED)
    tmp_path.chmod(0o500)
    session = start(*arguments, before=WITHOUT_RIGHTS)
    shown = session.end()
    tmp_path.chmod(0o700)
    assert session.code == 2
    assert f"{tmp_path}: you may not write here" in shown
    assert "involve-audit assess --save FOLDER/FILE.yaml" in shown
    assert "Which questions" not in shown


def test_a_folder_that_must_not_be_written_to_any_more_holds_nobody_up(
    start: Start, saved: Saved, tmp_path: Path
) -> None:
    session = start(*GOVERNANCE, before=WITHOUT_RIGHTS)
    session.begin()
    session.type("yes", "(2 of 3 asked today)")
    tmp_path.chmod(0o500)
    session.type("no", "you may not write here")
    tmp_path.chmod(0o700)
    session.type("b", "(2 of 3 asked today)")
    session.type("", "(3 of 3 asked today)")
    session.end("q")
    assert session.code == 0
    assert _given(saved()) == BOTH


def _fill(folder: Path) -> None:
    with (folder / "filler").open("wb", buffering=0) as stream:
        try:
            while stream.write(b"x" * 512):
                pass
        except OSError:
            os.fsync(stream.fileno())


@pytest.mark.parametrize("option", ["--resume", "--from"])
def test_what_a_file_that_is_gone_on_with_may_have_lost_is_said_before_the_first_question(
    start: Start, tmp_path: Path, option: str
) -> None:
    (tmp_path / "ours.yaml").write_text(EDITED + "method: Ask Ann #2\n")
    shown = start(*GOVERNANCE, option, "ours.yaml").prompt()
    assert "`Ask Ann` is kept, and `#2` is not" in " ".join(shown.split())
