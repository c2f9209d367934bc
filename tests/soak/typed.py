"""What is typed while the questions are asked, in any order and of any kind: what is kept is what was said.

The same parts as in a session, without its terminal: bytes become lines, lines become answers, answers a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

from tests.soak.running import Figures
from tests.unit.asking.rooms import FakeTalk

from involve_audit.asking.draft import Draft
from involve_audit.asking.interview import Interview
from involve_audit.asking.keeping import Keeping
from involve_audit.asking.keyboard import Keyboard
from involve_audit.errors import InputError, Stopped
from involve_audit.loading.audit import load_audit
from involve_audit.loading.rubric import load_rubric

TODAY = date(2026, 11, 23)
SENSIBLE = (
    *(
        "yes",
        "no",
        "partly",
        "planned",
        "1",
        "2",
        "3",
        "4",
        "0",
        "u",
        "s",
        "b",
        "n",
        "note",
        "note 2",
        "e",
        "where",
        "don't know",
        "maybe",
        "?",
        "h",
        "c",
        "",
        "not-applicable",
    ),
    *("Blue House", "2026-01-02", "4", "A reason.", "https://example.org/x?a=1#b", "Minutes"),
)
ODD = (
    *(
        "~",
        "null",
        "1e999",
        "0x1f",
        "0o17",
        "yes: no",
        "- a",
        "# x",
        "'",
        '"',
        "'\"",
        "a: b # c",
        "{",
        "[1]",
        "!x",
        "&a",
        "*a",
    ),
    *(
        "%",
        "@",
        "`",
        "|",
        ">",
        "---",
        "...",
        "2026-01-32",
        "99999999",
        "²",
        "٣",
        "é\u0301",
        "a\u0308",
        "\u202eabc",
        "\ufeffx",
    ),
    *(
        "\u00a0",
        "\u2028",
        "\u2029",
        "\x85",
        "\u200b",
        "x" * 5_000,
        "word " * 300,
        "\U0001f600",
        "\ufffe",
        "=1+1",
        "<b>",
        "\\",
        "\\n",
    ),
)
KEYS = (b"\x7f", b"\b", b"\x15", b"\x1b[A", b"\x1b", b"\x1b[", b"\x00", b"\xff", b"\xc3", b"\x07", b"\t", b"\x1bO")


def attempt(chance: Random, figures: Figures) -> None:
    """Hold a session on a new file, or on one that is there, and read back what it kept."""
    lines = list(_lines(_bytes(chance)))
    talk = FakeTalk(_pasted(chance, lines))
    path = Path("view.yaml") if chance.random() < 0.3 else None
    try:
        begun = load_audit([str(path)], TODAY) if path else None
    except InputError:
        return
    rubric = begun.rubric.content if begun else load_rubric("small").content
    draft = Draft.of(begun.views[0].content) if begun else Draft(rubric.reference)
    last = Draft.of(load_audit(["earlier.yaml"], TODAY).views[0].content) if chance.random() < 0.3 else None
    keeping = Keeping(path, talk.say, lambda _path: None)
    interview = Interview(rubric, draft, list(rubric.items), talk, keeping.save, TODAY, last)
    try:
        interview.run()
    except Stopped:
        figures["sessions stopped"] += 1
    else:
        figures["sessions finished"] += 1
    assert not interview.unsaved, f"not saved: {lines}\n{talk.said[-5:]}"
    if keeping.path is not None and interview.file:
        kept = Draft.of(load_audit([str(keeping.path)], TODAY).views[0].content)
        assert kept.as_tree() == draft.as_tree(), f"{lines}\nkept: {kept.as_tree()}\nsaid: {draft.as_tree()}"


def _bytes(chance: Random) -> bytes:
    """What comes from a keyboard: lines, some of them with keys that are no text."""
    parts: list[bytes] = []
    for _ in range(chance.choice((3, 12, 25))):
        line = chance.choice(chance.choice((SENSIBLE, SENSIBLE, SENSIBLE, ODD))).encode("utf-8", "surrogatepass")
        if chance.random() < 0.05:
            at = chance.randint(0, len(line))
            line = line[:at] + chance.choice(KEYS) + line[at:]
        parts.append(line)
    return b"\r".join(parts) + b"\r"


def _lines(typed: bytes) -> Iterator[str]:
    """The lines that the keyboard makes of it."""
    source, end = os.pipe()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.write(end, typed[:60_000])
        os.close(end)
        keyboard = Keyboard(source, nowhere)
        while True:
            yield keyboard.line()
    except EOFError:
        return
    finally:
        os.close(source)
        os.close(nowhere)


def _pasted(chance: Random, lines: list[str]) -> Iterator[str | list[str]]:
    """The lines, some of them pasted together."""
    at = 0
    while at < len(lines):
        count = chance.choice((1,) * 12 + (2, 4))
        yield lines[at] if count == 1 else lines[at : at + count]
        at += count
