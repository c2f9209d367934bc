"""A view while it is being filled in, and its way to and from a file's text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from involve_audit.model.view import FORMAT, NOT_APPLICABLE, UNKNOWN, Action, Answer, Evidence, View

LastTime = Literal["confirmed", "changed"]


@dataclass
class Filled:
    """What is known of one item so far; `answer` is None while it is open."""

    answer: str | None = None
    reason: str | None = None
    note: str | None = None
    evidence: list[Evidence] = field(default_factory=list)
    last_time: LastTime | None = None

    def as_tree(self) -> Any:
        """The item as the answers file holds it: one word where one word says it all."""
        full = {
            "answer": self.answer,
            "reason": self.reason,
            "note": self.note,
            "evidence": [evidence.as_tree() for evidence in self.evidence],
            "last_time": self.last_time,
        }
        given = {key: value for key, value in full.items() if value}
        return self.answer if given.keys() == {"answer"} else given


@dataclass
class Draft:
    """One view being filled in. `touched` names the parts that changed since it was last read from a file."""

    rubric: str
    subject: str = ""
    kind: str | None = None
    date: date | None = None
    audit: str | None = None
    respondents: dict[str, int] = field(default_factory=dict)
    answers: dict[str, Filled] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, view: View) -> Draft:
        """The draft that a view already is."""
        return cls(
            rubric=view.rubric,
            subject=view.subject.name,
            kind=view.subject.kind,
            date=view.date,
            audit=view.audit,
            respondents=dict(view.respondents),
            answers={item: _filled(answer) for item, answer in view.answers.items()},
            actions=list(view.actions),
        )

    def item(self, item_id: str) -> Filled:
        """What is known of an item; changing it changes the draft."""
        return self.answers.setdefault(item_id, Filled())

    def is_open(self, item_id: str) -> bool:
        """Whether an item has no answer yet; `unknown` is one."""
        return item_id not in self.answers or self.answers[item_id].answer is None

    @property
    def says_anything(self) -> bool:
        """Whether there is an answer, a note or evidence: a form may have every question and nothing to it."""
        return any(filled.as_tree() for filled in self.answers.values())

    def open_items(self, items: Iterable[str]) -> list[str]:
        """Those of the items that have no answer yet."""
        return [item for item in items if self.is_open(item)]

    def counts(self, items: Iterable[str]) -> tuple[int, int, int]:
        """How many of the items are answered, not known, and open."""
        words = [None if self.is_open(item) else self.answers[item].answer for item in items]
        unknown, still_open = words.count(UNKNOWN), words.count(None)
        return len(words) - unknown - still_open, unknown, still_open

    def head(self) -> dict[str, Any]:
        """Everything of the file but the answers, in the order of the file."""
        subject = {"name": self.subject} | ({"kind": self.kind} if self.kind else {})
        head: dict[str, Any] = {"format": FORMAT, "rubric": self.rubric}
        if self.audit:
            head["audit"] = self.audit
        present = {perspective: number for perspective, number in self.respondents.items() if number}
        return head | {"subject": subject, "date": str(self.date), "respondents": present}

    def as_tree(self) -> dict[str, Any]:
        """The whole file."""
        answers = {item: filled.as_tree() for item, filled in self.answers.items() if filled.as_tree()}
        actions = [_as_text(action) for action in self.actions]
        return self.head() | {"answers": answers} | ({"actions": actions} if actions else {})


def _as_text(action: Action) -> dict[str, str]:
    """What was agreed, as far as it was said, as the answers file holds it."""
    given = {key: value for key, value in action.said.items() if value is not None}
    return {key: value if isinstance(value, str) else str(value).lower() for key, value in given.items()}


def _filled(answer: Answer) -> Filled:
    return Filled(answer.answer, answer.reason, answer.note, list(answer.evidence), answer.last_time)


def needs_reason(answer: str | None) -> bool:
    """Whether an answer is accepted only with a reason."""
    return answer == NOT_APPLICABLE
