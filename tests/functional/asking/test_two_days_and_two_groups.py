"""A whole audit as groups hold it: two days with other people, a second group, what was agreed, and a page.

What counts is what stands in the files, not what is shown.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from tests.functional.asking.conftest import Start
from tests.functional.asking.session import ROOT, Session, on

from involve_audit.loading.audit import load_audit
from involve_audit.loading.rubric import load_rubric_by_id
from involve_audit.model.rubric import Item
from involve_audit.model.spelling import Spelling
from involve_audit.model.view import NOT_APPLICABLE, UNKNOWN, View

RUBRIC = load_rubric_by_id("service-user-leadership-spectrum").content
ITEMS = list(RUBRIC.items)
SPELLING = Spelling(RUBRIC)
SUBJECT = "Riverside Café"
AUDIT = "riverside-cafe-2026-11-09"
FIRST, SECOND, LATER = "riverside-cafe-2026-11-09", "riverside-cafe-2026-11-16", "riverside-cafe-2026-12-01"
REASON = "It does not apply: #1 of our rules."


@dataclass
class Meant:
    """What a group meant: the answer to each question, the notes, and the evidence."""

    answers: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, list[str]] = field(default_factory=dict)

    def require(self, view: View) -> None:
        """The view holds this and nothing else."""
        given = view.answers.items()
        assert {item: answer.answer for item, answer in given if answer.answer} == self.answers
        assert {item: answer.note for item, answer in given if answer.note} == self.notes
        assert {item: [e.text for e in answer.evidence] for item, answer in given if answer.evidence} == self.evidence
        assert {answer.reason for _item, answer in given if answer.answer == NOT_APPLICABLE} <= {REASON}
        assert all(answer.reason is None for _item, answer in given if answer.answer != NOT_APPLICABLE)


def an_answer(number: int, turn: int) -> tuple[str, str]:
    """One of the answers to the question with this number, and what is typed for it: a number, a name, a beginning."""
    possible = [*RUBRIC.answers_to(ITEMS[number - 1])]
    answer = possible[(number + turn) % len(possible)]
    name = SPELLING.titles[answer]
    return answer, (SPELLING.number_of(answer), name.upper(), name)[(number * 2 + turn) % 3]


class Group:
    """People who go through questions, and what they mean by what they type. `at` is the question shown last."""

    def __init__(self, session: Session, turn: int) -> None:
        self.session = session
        self.turn = turn
        self.meant = Meant()
        self.at = 0

    def see(self, shown: str) -> str:
        """Look at what is shown."""
        for number in re.findall(r"^Question (\d+) of 31", shown, re.MULTILINE):
            self.at = int(number)
        return shown

    def type(self, typed: str, expected: str = "") -> str:
        """Type a line, and look at what is shown up to the next prompt."""
        return self.see(self.session.type(typed, expected))

    def begin(self, people: dict[str, int], shown: str, subject: str = "") -> None:
        """Answer the first prompts, from wherever they begin."""
        if "What is looked at?" in shown:
            shown = self.type(subject)
        assert "On what day" in " ".join(shown.split())
        shown = self.type("")
        for perspective in RUBRIC.perspectives:
            assert perspective.title in " ".join(shown.split())
            shown = self.type(str(people.get(perspective.id, "")))

    def answer(self, number: int, turn: int | None = None) -> None:
        """Answer the question that is shown, which has to be the one with this number."""
        assert self.at == number
        answer, typed = an_answer(number, self.turn if turn is None else turn)
        self.type(typed)
        if answer == NOT_APPLICABLE:
            self.type(REASON)
        self.meant.answers[_id(number)] = answer

    def note(self, number: int, text: str, *commands: str) -> None:
        """Write a note that is kept with the question with this number, whichever is shown."""
        command, *then = commands
        shown = ""
        for typed in (command, text, "", *then):
            shown = self.type(typed)
        assert f"Kept with question {number} ({ITEMS[number - 1].title})." in " ".join(shown.split())
        self.meant.notes[_id(number)] = text


def _id(number: int) -> str:
    return ITEMS[number - 1].id


def first_day(session: Session) -> Meant:
    """Four who use the service and a carer: 15 questions, with notes, back, skip, and then it is late."""
    group = Group(session, turn=0)
    session.prompt("Which questions shall be asked?")
    group.begin({"service-users": 4, "carers": 1}, session.type(""), SUBJECT)
    group.answer(1)
    group.answer(2)
    group.type("back", "Your answer so far")
    group.type("back", "Your answer so far")
    group.answer(1, turn=1)
    group.answer(2, turn=1)
    group.answer(3)
    group.note(3, "No: we said it twice, #2 and #3.", "note", "2")
    group.answer(4)
    group.type("skip", "Left open.")
    group.answer(6)
    group.note(1, "Partly, said Zoë B.", "note 1")
    for number in range(7, 12):
        group.answer(number)
    for typed in ("evidence", "Minutes of 9 March", "1", "", "", ""):
        group.type(typed)
    group.meant.evidence[_id(12)] = ["Minutes of 9 March"]
    for number in range(12, 16):
        group.answer(number)
    shown = session.end("quit")
    assert session.code == 0
    assert f"\n  involve-audit assess --resume {FIRST}.yaml" in shown
    return group.meant


def second_day(session: Session) -> Meant:
    """Three of the staff alone: what is open, then what was agreed, and a page."""
    group = Group(session, turn=2)
    session.prompt(f"{FIRST}.yaml: {SUBJECT}, 9 November 2026.")
    session.type("1", "Who is here today?")
    session.type("2", "1 Only those that nobody has answered in this audit (17)")
    group.begin({"staff": 3}, session.type("1"))
    for number in (5, *range(16, 20)):
        group.answer(number)
    group.type("skip", "Left open.")
    for number in range(21, 32):
        group.answer(number)
    session.type("2", "Was anything agreed")
    for typed in ("2", "14", "Find a room: #3", "The manager", "2027-03-01"):
        session.type(typed)
    for typed in ("2", "of-the-community", "Ask the neighbours", "", "", "2", "", "A slip", "", ""):
        session.type(typed)
    for typed in ("3", "2", "", "", "Zoë", "", "4"):
        session.type(typed)
    session.type("3", "Taken out: A slip")
    session.type("1", "1 Only show it here")
    shown = session.end_now("2")
    assert session.code == 0
    assert f"\n  involve-audit assess {FIRST}.yaml {SECOND}.yaml -o {SECOND}.html\n" in shown
    return group.meant


def second_group(session: Session, folder: Path) -> tuple[Meant, Meant]:
    """Two peer workers three weeks later, a stop, and then others in the room."""
    group = Group(session, turn=3)
    session.prompt("Staff: 3. 15 questions are open in it. 1 in the whole audit.")
    session.type("2", "2 All that are open in this file (31)")
    group.begin({"peer-workers": 2}, session.type("2"))
    for number in range(1, 4):
        group.answer(number)
    shown = session.end("q")
    command = shlex.split(re.findall(r"^  (involve-audit assess --resume .*)$", shown, re.MULTILINE)[0])
    assert command[:3] == ["involve-audit", "assess", "--resume"]
    again = Session(*command[2:], cwd=folder, before=on("2026-12-01"))
    try:
        again.prompt("1 Only those that nobody has answered in this audit (1)")
        group.session = again
        group.type("2")
        group.answer(4)
        again.type("others", "1 Only those that nobody has answered in this audit (1)")
        others = Group(again, turn=1)
        others.begin({"service-users": 2}, again.type("1"))
        others.answer(20)
        again.end("")
        assert again.code == 0
    finally:
        again.close()
    return group.meant, others.meant


def heard(folder: Path, files: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Who was heard on each question, as the program says."""
    program = f"{on('2026-12-01')}\nfrom involve_audit.cli.main import main; main()"
    command = [sys.executable, "-c", program, "assess", *files, "-o", "all.audit.json"]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run(command, cwd=folder, env=surroundings, check=True, capture_output=True)
    for item in json.loads((folder / "all.audit.json").read_text(encoding="utf-8"))["items"]:
        yield item["id"], item["heard"]


@pytest.mark.parametrize(("columns", "options"), [(80, []), (40, []), (80, ["--plain"])], ids=["80", "40", "plain"])
def test_everything_that_two_groups_said_on_three_days_is_what_they_meant(
    start: Start, tmp_path: Path, columns: int, options: list[str]
) -> None:
    first = first_day(start(*options, columns=columns, before=on("2026-11-09")))
    before = (tmp_path / f"{FIRST}.yaml").read_bytes()
    staff = second_day(start(*options, columns=columns, before=on("2026-11-16")))
    peers, last = second_group(start(*options, columns=columns, before=on("2026-12-01")), tmp_path)
    assert (tmp_path / f"{FIRST}.yaml").read_bytes() == before
    files = {f"{FIRST}.yaml": first, f"{SECOND}.yaml": staff, f"{LATER}.yaml": peers, f"{LATER}-2.yaml": last}
    assert sorted(path.name for path in tmp_path.glob("*.yaml")) == sorted(files)
    assert [path.name for path in tmp_path.glob("*.html")] == [f"{SECOND}.html"]
    people = [{"service-users": 4, "carers": 1}, {"staff": 3}, {"peer-workers": 2}, {"service-users": 2}]
    days = ["2026-11-09", "2026-11-16", "2026-12-01", "2026-12-01"]
    views = {file: load_audit([str(tmp_path / file)], date(2026, 12, 1)).views[0].content for file in files}
    for (file, meant), here, day in zip(files.items(), people, days, strict=True):
        view = views[file]
        assert (view.audit, view.subject.name, str(view.date), view.present) == (AUDIT, SUBJECT, day, here)
        meant.require(view)
    assert [(a.item, a.what, a.owner, a.due) for a in views[f"{SECOND}.yaml"].actions] == [
        (_id(14), "Find a room: #3", "The manager", date(2027, 3, 1)),
        ("of-the-community", "Ask the neighbours", "Zoë", None),
    ]
    assert not any(view.actions for file, view in views.items() if file != f"{SECOND}.yaml")
    for item, by in heard(tmp_path, list(files)):
        expected = [
            perspective
            for file, meant in files.items()
            if meant.answers.get(item, UNKNOWN) != UNKNOWN
            for perspective in views[file].present
        ]
        assert sorted(by) == sorted(set(expected)), item


def test_the_questions_of_the_shipped_rubric_are_the_31_that_this_goes_through() -> None:
    assert len(ITEMS) == 31
    assert all(isinstance(item, Item) for item in ITEMS)
