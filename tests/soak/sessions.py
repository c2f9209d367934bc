"""Sessions of questions on a real terminal, killed at any moment: what was acknowledged is in the file.

An answer is acknowledged once what comes after it is shown. What was typed last may be in the file or not, and whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from tests.functional.asking.session import ENTER, TODAY, Session
from tests.soak.running import Figures

from involve_audit.loading.audit import load_audit
from involve_audit.loading.rubric import load_rubric_by_id
from involve_audit.model.rubric import Rubric

FILE = f"blue-house-{TODAY}.yaml"
FIRST_OF = ("2 The one before:", "3 Take it out:")
"""How prompts end at which the first way is taken: it is for this question, and is added to what is there."""
LONGEST = 60
"""So many seconds the program may take to show a prompt, however busy the machine is."""
MOMENTS = ("starting", "typing", "saving", "saving", "saving", "shown", "waiting")
WORDS = ("two of us", "Zoë said: no", "yes", "1e999", "# none", "- a", "'", '"', "~", "x: y", "家", "[", "0x1f")

State = dict[str, Any] | None
"""What is in the file: the people, and for each question its answer, reason, note and evidence. None: no file."""
Change = Callable[[dict[str, Any]], object]


@cache
def _rubric() -> Rubric:
    return load_rubric_by_id("service-user-leadership-spectrum").content


def killed(chance: Random, times: int, figures: Figures) -> None:
    """Kill one session after the other on the same file, and end the last one as people do."""
    with TemporaryDirectory() as name:
        people = _People(Path(name), chance, figures)
        for _ in range(times):
            people.hold_session_until_killed()
            figures["kills"] += 1
        people.hold_last_session()


class _People:
    """Those who type. `known` is what has been acknowledged to them."""

    def __init__(self, folder: Path, chance: Random, figures: Figures) -> None:
        self.folder = folder
        self.chance = chance
        self.figures = figures
        self.known: State = None
        self.item = ""
        self.planned: list[tuple[str, Change | None]] = []

    def _session(self) -> Session:
        there = (self.folder / FILE).exists()
        words = ["--resume", FILE] if there else ["--rubric", _rubric().id]
        session = Session(*words, cwd=self.folder, columns=self.chance.choice((40, 80, 200)))
        session.child.timeout = LONGEST
        return session

    def hold_session_until_killed(self) -> None:
        """Type some lines, then another one during which the session is killed."""
        moment, session = self.chance.choice(MOMENTS), self._session()
        self.planned = []
        try:
            if moment == "starting":
                self._kill(session, self.chance.uniform(0, 0.6))
            else:
                self._type_until(session, self.chance.randint(0, 14), moment)
        finally:
            session.close()

    def _type_until(self, session: Session, lines: int, moment: str) -> None:
        shown = session.prompt()
        self._has_gone_on(shown)
        for _ in range(lines):
            typed, after = self._next(shown)
            shown = session.type(typed)
            self._acknowledged(after)
        typed, after = self._next(shown)
        if moment == "typing":
            session.child.send(typed[: self.chance.randint(0, len(typed))])
            self._kill(session, self.chance.uniform(0, 0.02))
        elif moment == "saving":
            session.child.send(typed + ENTER)
            self._kill(session, self.chance.choice((0.002, 0.01, 0.03)) * self.chance.random(), after)
        else:
            session.type(typed)
            self._acknowledged(after)
            self._kill(session, 0.05 if moment == "waiting" else 0)

    def _has_gone_on(self, shown: str) -> None:
        """A session that goes on says how much there is."""
        if self.known is not None and self.known["answers"]:
            answers = [given["answer"] for given in self.known["answers"].values() if given["answer"]]
            unknown = answers.count("unknown")
            counted = f"{len(answers) - unknown} answered, {unknown} not known, {31 - len(answers)} open."
            assert counted in " ".join(shown.split()), f"{counted!r} is not in {shown!r}"

    def _acknowledged(self, after: State) -> None:
        if after != self.known:
            self.figures["answers acknowledged"] += 1
        self.known = after

    def _kill(self, session: Session, pause: float, maybe: State = None) -> None:
        time.sleep(pause)
        session.kill()
        self._read_back(maybe)

    def _read_back(self, maybe: State = None) -> None:
        """The file holds all that was acknowledged, and perhaps what was typed last."""
        found = self._on_disk()
        if found != self.known and (maybe is None or found != maybe):
            self.figures["answers lost"] += 1
            raise AssertionError(f"acknowledged: {self.known}\ntyped last: {maybe}\nin the file: {found}")
        self.known = found

    def _on_disk(self) -> State:
        files = list(self.folder.glob("*.yaml"))
        if not files:
            return None
        assert files == [self.folder / FILE], files
        view = load_audit([str(self.folder / FILE)], TODAY).views[0].content
        answers = {
            item: {
                "answer": given.answer,
                "reason": given.reason,
                "note": given.note,
                "evidence": [shown.text for shown in given.evidence],
            }
            for item, given in view.answers.items()
        }
        return {"people": dict(view.respondents), "answers": answers}

    def hold_last_session(self) -> None:
        """Go on, and stop with `q`."""
        session = self._session()
        try:
            self._has_gone_on(session.prompt())
            session.end("q")
            assert session.code == 0, session.code
            self._read_back()
            left = [path.name for path in self.folder.iterdir() if path.name != FILE]
            assert not left, f"still there after the next start: {left}"
        finally:
            session.close()

    # What is typed

    def _next(self, shown: str) -> tuple[str, State]:
        """The next line for what is shown, and what is known once it is acknowledged."""
        if " ".join(shown.split()).endswith(FIRST_OF):
            return "1", self.known
        typed, change = self.planned.pop(0) if self.planned else self._line_for(shown)
        if change is None:
            return typed, self.known
        after = deepcopy(self.known) or {"people": {}, "answers": {}}
        change(after)
        return typed, after

    def _line_for(self, shown: str) -> tuple[str, Change | None]:
        words = " ".join(shown.split())
        if "What is looked at?" in words:
            return "Blue House", None
        if "On what day" in words:
            return "", lambda after: None
        for perspective in _rubric().perspectives:
            if f"How many are here: {perspective.title}?" in words:
                return self._people(perspective.id)
        items = list(_rubric().items)
        if "Question " in words:
            self.item = items[int(words.rpartition("Question ")[2].split()[0]) - 1].id
        if self.item == items[-1].id:  # the end of the questions is not what is tried here
            return "b", None
        return self._at_a_question()

    def _people(self, perspective: str) -> tuple[str, Change]:
        count = self.chance.randint(0, 3)

        def change(after: dict[str, Any]) -> None:
            after["people"].pop(perspective, None)
            if count:
                after["people"][perspective] = count

        return str(count), change

    def _at_a_question(self) -> tuple[str, Change | None]:
        what, item = self.chance.choice(("answer", "answer", "answer", "note", "evidence", "skip", "back")), self.item
        if what in ("skip", "back"):
            return what[0], None
        if what == "answer":
            word = self.chance.choice(("yes", "partly", "no", "unknown"))
            return word, lambda after: _given(after, item).update(answer=word, reason=None)
        text = self._text()
        if what == "evidence":
            self.planned = [(text, lambda after: _given(after, item)["evidence"].append(text)), *[("", None)] * 3]
            return "e", None

        def change(after: dict[str, Any]) -> None:
            before = _given(after, item)["note"]
            _given(after, item)["note"] = f"{before}\n{text}" if before else text

        self.planned = [(text, None), ("", change)]
        return "note", None

    def _text(self) -> str:
        """Some words that YAML could take for something else; not a command, nor too short to be text."""
        return "said: " + " ".join(self.chance.choice(WORDS) for _ in range(self.chance.choice((1, 2, 5, 400))))


def _given(after: dict[str, Any], item: str) -> dict[str, Any]:
    return after["answers"].setdefault(item, {"answer": None, "reason": None, "note": None, "evidence": []})
