"""A room in which the questions are asked: people who type what a test says, and a memory instead of a file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from involve_audit.asking.draft import Draft, Filled
from involve_audit.asking.interview import Interview
from involve_audit.asking.prompts import WentBack
from involve_audit.asking.storage import Storage
from involve_audit.errors import OutputError, Problem, Stopped
from involve_audit.loading.view import AnswerRules, read_view
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import Evidence, View

TODAY = date(2026, 11, 23)
FIRST = ["Riverside", "", "2", "0"]
"""What is typed at the first prompts of the rubric `small`: two members, no staff."""

Typed = str | Sequence[str]


class FakeTalk:
    """The people at the terminal. An entry of `typed` is a line, or lines that are pasted at once."""

    def __init__(self, typed: Iterable[Typed]) -> None:
        self.entries = [[entry] if isinstance(entry, str) else list(entry) for entry in typed]
        self.pasted: list[str] = []
        self.said: list[str] = []
        self.strong: list[str] = []

    def say(self, text: str = "", *, strong: bool = False) -> None:
        self.said.append(text)
        if strong:
            self.strong.append(text)

    def line(self, prompt: str) -> str:
        self.said.append(prompt)
        while not self.pasted:
            if not self.entries:
                raise EOFError
            self.pasted = self.entries.pop(0)
        return self.pasted.pop(0)

    def pending(self) -> bool:
        return bool(self.pasted)

    def take_pending(self) -> list[str]:
        taken, self.pasted = self.pasted, []
        return taken


class Kept:
    """Keeps every text that was saved. Where the number of the call is in `fails`, the disk is full."""

    def __init__(self, fails: Collection[int] = ()) -> None:
        self.fails = fails
        self.calls = 0
        self.texts: list[str] = []
        self.trees: list[dict[str, Any]] = []

    def save(self, draft: Draft) -> str:
        self.calls += 1
        if self.calls in self.fails:
            raise OutputError(Problem("riverside.yaml", "the disk is full"))
        self.texts.append(Storage().text(draft))
        self.trees.append(draft.as_tree())
        return "riverside.yaml"


@dataclass
class Room:
    """A session that is over: `finished`, or stopped before its end."""

    rubric: Rubric
    draft: Draft
    talk: FakeTalk
    kept: Kept
    interview: Interview
    finished: bool

    @property
    def said(self) -> str:
        return "\n".join(self.talk.said)

    @property
    def questions(self) -> list[int]:
        """The numbers of the questions in the order in which they were put."""
        return [int(number) for number in re.findall(r"^Question (\d+) of", self.said, re.MULTILINE)]

    @property
    def saved(self) -> dict[str, Any]:
        """What is in the file at the end."""
        return self.kept.trees[-1]

    @property
    def answers(self) -> dict[str, Any]:
        """The answers in the file at the end."""
        answers: dict[str, Any] = self.saved["answers"]
        return answers

    @property
    def view(self) -> View:
        """The view in the file at the end. It has to be valid and to fit its rubric."""
        read = read_view(self.kept.texts[-1].encode(), "riverside.yaml", TODAY)
        assert not [*read.problems, *AnswerRules(self.rubric).problems(read.tree)]
        assert read.source is not None
        return read.source.content


@dataclass
class LastTime:
    """What was answered a year ago."""

    answers: dict[str, Filled] = field(default_factory=dict)

    def draft(self) -> Draft:
        return Draft("small@1.0.0", "Riverside", date=date(2025, 11, 20), answers=self.answers)


def held(
    rubric: Rubric,
    typed: Iterable[Typed],
    *,
    draft: Draft | None = None,
    items: Collection[str] | None = None,
    last: dict[str, Filled] | None = None,
    fails: Collection[int] = (),
    ending: Iterable[str] = (),
) -> Room:
    """Hold a session, to its end or until nothing more is typed. `ending` is what is typed where its last step asks."""
    draft = draft or Draft(f"{rubric.id}@{rubric.version}")
    talk, kept = FakeTalk(typed), Kept(fails)
    asked = [item for item in rubric.items if items is None or item.id in items]
    before = LastTime(last).draft() if last else None
    interview = Interview(rubric, draft, asked, talk, kept.save, TODAY, before)
    ends = iter(ending)

    def end() -> None:
        if next(ends, "") == "b":
            raise WentBack

    try:
        interview.run(end)
    except Stopped:
        return Room(rubric, draft, talk, kept, interview, finished=False)
    return Room(rubric, draft, talk, kept, interview, finished=True)


def begun(**answers: str) -> Draft:
    """A draft for the rubric `small` whose first prompts are answered, and some questions."""
    filled = {item: Filled(answer) for item, answer in answers.items()}
    return Draft("small@1.0.0", "Riverside", date=TODAY, respondents={"members": 2}, answers=filled)


def evidence(*texts: str) -> list[Evidence]:
    return [Evidence(text=text) for text in texts]
