"""Keeping the answers of a session: which file, never over another's, never two sessions on one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involve_audit.asking.draft import Draft, Filled
from involve_audit.asking.keeping import Keeping, alone_with, free_name, name_for
from involve_audit.errors import AuditError, OutputError, UsageError
from involve_audit.loading.view import read_view
from involve_audit.model.base import Id
from involve_audit.model.names import audit_id
from involve_audit.model.strict import reader
from involve_audit.model.view import View
from involve_audit.temporary import lock_of

DAY = date(2026, 11, 22)
TODAY = date(2026, 11, 23)
HEAD = "format: involve-audit/answers@1\nrubric: small@1.0.0\nsubject: {name: Riverside}\ndate: 2026-11-22\n"


def draft(subject: str = "Riverside", **answers: str) -> Draft:
    filled = {item: Filled(answer) for item, answer in answers.items()}
    return Draft("small@1.0.0", subject, date=DAY, answers=filled, touched={"subject", "date", *answers})


def view_in(path: Path) -> View:
    read = read_view(path.read_bytes(), str(path), TODAY)
    assert read.source is not None
    assert not read.problems
    return read.source.content


def answers_in(path: Path) -> dict[str, str | None]:
    return {item: answer.answer for item, answer in view_in(path).answers.items()}


class Room:
    """A session's keeping, with real locks, and what it was told."""

    def __init__(self, stack: ExitStack) -> None:
        self.stack = stack
        self.told: list[str] = []
        self.locked: list[str] = []

    def lock(self, path: Path) -> None:
        self.stack.enter_context(alone_with(path))
        self.locked.append(str(path))

    def keeping(self, path: Path | None = None) -> Keeping:
        return Keeping(path, self.told.append, self.lock)

    def resumed(self, path: Path) -> tuple[Keeping, Draft]:
        self.lock(path)
        return self.keeping(path), Draft.of(view_in(path))


@pytest.fixture
def room(here: Path) -> Iterator[Room]:
    (here / "small.yaml").unlink()
    with ExitStack() as stack:
        yield Room(stack)


def give(draft: Draft, item: str, answer: str) -> Draft:
    draft.item(item).answer = answer
    draft.touched.add(item)
    return draft


# Names


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("Riverside floating support", "riverside-floating-support-2026-11-22"),
        ("  St. Mary’s & Co. (N/W) ", "st-marys-co-n-w-2026-11-22"),
        ("Århus Café", "arhus-cafe-2026-11-22"),
        ("東京", "answers-2026-11-22"),
        ("!!!", "answers-2026-11-22"),
        ("../../etc/passwd", "etc-passwd-2026-11-22"),
        ("/tmp/x", "tmp-x-2026-11-22"),
        ("a\\b:c*d?", "a-b-c-d-2026-11-22"),
        ("con.yaml\x00", "con-yaml-2026-11-22"),
        ("-rf", "rf-2026-11-22"),
        ("x" * 500, "x" * 60 + "-2026-11-22"),
        ("x" * 59 + " yes", "x" * 59 + "-2026-11-22"),
    ],
)
def test_a_file_is_named_after_its_subject_and_day(subject: str, name: str) -> None:
    assert name_for(draft(subject)) == name


@given(subject=st.text(min_size=1))
def test_a_name_is_never_a_path_and_an_audit_is_always_an_id(subject: str) -> None:
    name, audit = name_for(draft(subject)), audit_id(subject, draft(subject).date)
    assert Path(name).name == name
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not name.startswith("-")
    assert len(name) < 80
    reader(Id)(audit)


def test_an_audit_is_named_after_its_subject_and_the_day_of_its_first_view() -> None:
    assert audit_id("Riverside", date(2026, 11, 22)) == "riverside-2026-11-22"
    assert audit_id(" RIVERSIDE. ", date(2026, 11, 22), ["riverside-2026-11"]) == "riverside-2026-11-22"


def test_a_later_round_begun_on_the_same_day_is_another_audit() -> None:
    taken = ["riverside-2026-11-22", "riverside-2026-11-22-2"]
    assert audit_id("Riverside", date(2026, 11, 22), taken) == "riverside-2026-11-22-3"


def test_subjects_without_latin_letters_have_each_an_audit_of_their_own() -> None:
    ids = {audit_id(subject, draft(subject).date) for subject in ("東京", "大阪", "…", "")}
    assert len(ids) == 4
    assert audit_id(" 東京 ", draft("").date) in ids


def test_the_first_free_name_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.b.yaml"
    assert free_name(path) == path
    path.touch()
    assert free_name(path).name == "a.b-2.yaml"
    (tmp_path / "a.b-2.yaml").mkdir()
    assert free_name(path).name == "a.b-3.yaml"


@pytest.mark.parametrize("subject", ["../up", "/root", "東京/../..", "a\nb", "~"])
def test_a_file_never_leaves_the_folder(subject: str, room: Room, here: Path) -> None:
    keeping = room.keeping()
    keeping.save(draft(subject))
    assert keeping.path is not None
    assert (here / keeping.path).parent == here
    assert view_in(keeping.path).subject.name == subject


# Saving


def test_a_new_file_is_named_locked_and_written_at_the_first_save(room: Room, here: Path) -> None:
    keeping = room.keeping()
    assert list(here.iterdir()) == []
    assert keeping.save(draft()) == "riverside-2026-11-22.yaml"
    assert room.locked == ["riverside-2026-11-22.yaml"]
    assert view_in(here / "riverside-2026-11-22.yaml").audit == "riverside-2026-11-22"
    assert room.told == []


def test_every_save_goes_into_the_same_file(room: Room, here: Path) -> None:
    keeping, now = room.keeping(), draft()
    for item in ("survey", "agenda", "board"):
        keeping.save(give(now, item, "yes"))
    now.subject = "Riverbank"
    keeping.save(now)
    assert [path.name for path in here.glob("*.yaml")] == ["riverside-2026-11-22.yaml"]
    assert answers_in(here / "riverside-2026-11-22.yaml") == dict.fromkeys(("survey", "agenda", "board"), "yes")


def test_another_audit_of_the_same_name_is_never_written_over(room: Room, here: Path) -> None:
    taken = here / "riverside-2026-11-22.yaml"
    taken.write_text("somebody else's")
    assert room.keeping().save(draft()) == "riverside-2026-11-22-2.yaml"
    assert taken.read_text() == "somebody else's"


def test_a_named_file_is_used_as_it_is_named(room: Room, here: Path) -> None:
    (here / "sub").mkdir()
    assert room.keeping(here / "sub/a.yaml").save(draft()) == str(here / "sub/a.yaml")
    assert view_in(here / "sub/a.yaml").subject.name == "Riverside"


def test_a_file_taken_up_again_keeps_its_comments_and_gets_no_audit(room: Room, here: Path) -> None:
    path = here / "mine.yaml"
    path.write_text(HEAD + "answers:\n  survey: yes   # said Anna\n")
    keeping, now = room.resumed(path)
    keeping.save(give(now, "agenda", "no"))
    keeping.save(give(now, "board", "no"))
    assert "survey: yes   # said Anna" in path.read_text()
    assert view_in(path).audit is None
    assert answers_in(path) == {"survey": "yes", "agenda": "no", "board": "no"}


def test_a_file_changed_meanwhile_is_left_alone_and_all_answers_go_beside_it(room: Room, here: Path) -> None:
    path = here / "mine.yaml"
    path.write_text(HEAD + "answers: {survey: yes}\n")
    keeping, now = room.resumed(path)
    keeping.save(give(now, "agenda", "no"))
    path.write_text(HEAD + "# by somebody else\n")
    assert keeping.save(give(now, "board", "no")) == str(here / "mine-2.yaml")
    assert path.read_text() == HEAD + "# by somebody else\n"
    assert answers_in(here / "mine-2.yaml") == {"survey": "yes", "agenda": "no", "board": "no"}
    (told,) = room.told
    assert str(path) in told
    assert "mine-2.yaml" in told
    keeping.save(give(now, "token", "no"))
    assert len(room.told) == 1
    assert room.locked == [str(path), str(here / "mine-2.yaml")]


def test_a_file_that_vanished_meanwhile_is_written_again(room: Room, here: Path) -> None:
    keeping, now = room.keeping(), draft()
    name = keeping.save(give(now, "survey", "yes"))
    (here / name).unlink()
    again = keeping.save(give(now, "agenda", "no"))
    assert answers_in(here / again) == {"survey": "yes", "agenda": "no"}


def test_a_file_that_cannot_hold_an_answer_is_left_alone(room: Room, here: Path) -> None:
    path = here / "mine.yaml"
    path.write_text(HEAD + "answers: {survey: yes}\n")
    keeping, now = room.resumed(path)
    now.item("survey").answer = "no"  # and not marked as touched, so that the file would say something else
    keeping.save(now)
    assert path.read_text() == HEAD + "answers: {survey: yes}\n"
    assert answers_in(here / "mine-2.yaml") == {"survey": "no"}
    assert "could not be put into" in room.told[0]


@pytest.mark.parametrize("is_changed", [True, False], ids=["changed meanwhile", "cannot hold it"])
def test_who_answered_is_not_counted_twice_and_all_that_was_said_goes_along(
    room: Room, here: Path, is_changed: bool
) -> None:
    path = here / "mine.yaml"
    said = "audit: ours\nrespondents: {staff: 3}\nmethod: Together\nretired: {old: {note: Kept}}\n"
    path.write_text(f"{HEAD}{said}answers: # so far\n  survey: yes\n")
    keeping, now = room.resumed(path)
    if is_changed:
        path.write_text(path.read_text() + "  board: no\n")
    else:
        now.item("survey").answer = "no"
    for item in ("agenda", "token"):
        keeping.save(give(now, item, "no"))
    old, new = view_in(path), view_in(here / "mine-2.yaml")
    assert (old.audit, new.audit) == ("ours", "riverside-2026-11-22")
    assert (new.method, new.retired, new.respondents) == (old.method, old.retired, old.respondents)
    assert new.answers["token"].answer == "no"
    assert ("# so far" in (here / "mine-2.yaml").read_text()) == is_changed
    assert len(room.told) == 2
    assert "write `audit: ours` in" in room.told[1]


def test_what_no_file_can_hold_is_refused_again_and_again_and_the_session_goes_on(room: Room, here: Path) -> None:
    keeping, now = room.keeping(), draft(survey="yes")
    name = keeping.save(now)
    now.item("agenda").note = "x" * 5_000_001
    for _ in range(2):
        with pytest.raises(OutputError):
            keeping.save(now)
    assert answers_in(here / name) == {"survey": "yes"}
    now.item("agenda").note = "short"
    assert answers_in(here / keeping.save(now))["survey"] == "yes"


def test_a_folder_that_is_gone_is_told_and_the_next_save_holds_everything(room: Room, here: Path) -> None:
    folder = here / "stick"
    folder.mkdir()
    keeping, now = room.keeping(folder / "a.yaml"), draft(survey="yes")
    keeping.save(now)
    (folder / "a.yaml").unlink()
    folder.rmdir()
    with pytest.raises(OutputError):
        keeping.save(give(now, "agenda", "no"))
    folder.mkdir()
    again = keeping.save(give(now, "board", "no"))
    assert answers_in(Path(again)) == {"survey": "yes", "agenda": "no", "board": "no"}


def test_the_working_folder_may_go_and_come_back(room: Room, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = here / "mine"
    folder.mkdir()
    monkeypatch.chdir(folder)
    keeping, now = room.keeping(), draft(survey="yes")
    name = keeping.save(now)
    shutil.rmtree(folder)
    for _ in range(2):
        with pytest.raises(AuditError, match="the folder you are in is gone"):
            keeping.save(give(now, "agenda", "no"))
    folder.mkdir()
    assert keeping.save(now) == name
    assert answers_in(folder / name) == {"survey": "yes", "agenda": "no"}


def test_what_is_saved_elsewhere_in_the_end_is_a_new_file_with_all_that_was_there(room: Room, here: Path) -> None:
    path, elsewhere = here / "mine.yaml", here / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "riverside-2026-11-22.yaml").write_text("somebody else's")
    path.write_text(HEAD + "answers:\n  survey: yes   # said Anna\n")
    keeping, now = room.resumed(path)
    keeping.leave_for(elsewhere)
    assert keeping.save(give(now, "agenda", "no")) == str(elsewhere / "riverside-2026-11-22-2.yaml")
    assert "survey: yes   # said Anna" in (elsewhere / "riverside-2026-11-22-2.yaml").read_text()
    assert answers_in(elsewhere / "riverside-2026-11-22-2.yaml") == {"survey": "yes", "agenda": "no"}
    assert answers_in(path) == {"survey": "yes"}


def test_a_save_that_fails_leaves_the_file_as_it_was(room: Room, here: Path) -> None:
    keeping, now = room.keeping(), draft(survey="yes")
    path = here / keeping.save(now)
    before = path.read_bytes()
    now.item("agenda").note = "x" * 5_000_001
    with pytest.raises(OutputError):
        keeping.save(now)
    assert path.read_bytes() == before
    assert {entry.name for entry in here.iterdir()} == {path.name, lock_of(path).name}


# Two sessions on one file


def test_a_name_that_another_session_has_just_claimed_is_passed_over(room: Room, here: Path) -> None:
    with alone_with(Path("riverside-2026-11-22.yaml")):
        assert room.keeping().save(draft()) == "riverside-2026-11-22-2.yaml"


def test_answers_that_go_beside_a_changed_file_go_where_nobody_else_is(room: Room, here: Path) -> None:
    path = here / "mine.yaml"
    path.write_text(HEAD)
    keeping, now = room.resumed(path)
    path.write_text(HEAD + "# by somebody else\n")
    with alone_with(here / "mine-2.yaml"):
        assert keeping.save(give(now, "agenda", "no")) == str(here / "mine-3.yaml")


def test_a_second_session_on_a_file_is_refused(here: Path) -> None:
    path = here / "mine.yaml"
    with alone_with(path):
        with pytest.raises(UsageError, match="another session") as caught, alone_with(path):
            pass
        assert str(path) in str(caught.value)
        with alone_with(here / "other.yaml"):
            pass
        with pytest.raises(UsageError), alone_with(path):
            pass


def test_a_file_is_free_again_after_the_session(here: Path) -> None:
    path = here / "mine.yaml"
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt), alone_with(path):
            raise KeyboardInterrupt
    assert list(here.glob(".*")) == []


def test_a_lock_that_was_left_behind_keeps_nobody_out(here: Path) -> None:
    lock_of(here / "mine.yaml").touch()
    with alone_with(here / "mine.yaml"):
        pass


def test_a_session_that_is_killed_gives_its_file_free(here: Path) -> None:
    holds = (
        "import sys, pathlib; from involve_audit.asking.keeping import alone_with\n"
        "with alone_with(pathlib.Path(sys.argv[1])): print('locked', flush=True); sys.stdin.read()\n"
    )
    path = here / "mine.yaml"
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    command = [sys.executable, "-c", holds, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(UsageError), alone_with(path):
            pass
        other.send_signal(signal.SIGKILL)
        other.wait()
    with alone_with(path):
        pass


def test_a_place_where_nothing_can_be_written_is_told(here: Path) -> None:
    with pytest.raises(OutputError, match="nothing can be written"), alone_with(here / "none/mine.yaml"):
        pass
