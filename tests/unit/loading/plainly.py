"""Texts that are written plainly but for a few changes, each read both ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.soak.mutations import bytes_changed

from involve_audit.errors import InputError
from involve_audit.loading.events import Parser, _PureParser
from involve_audit.loading.plain import read_plain
from involve_audit.loading.tree import parse_answers

ROOT = Path(__file__).parents[3]
PLAIN = b"""# As `batch` meets them: written by people and by the program.
format: involve-audit/answers@1
rubric: small@1.0.0
audit: "riverside-2026"
subject: {name: Riverside (invented), kind: service}
date: "2026-05-02"   # a Saturday
respondents:
  service-users: 4
  staff: 3

answers:
  led-by-us:
    answer: "yes"
    note: It was ours, from 9:30 on; see https://example.org/#plan
    evidence:
      - {text: Minutes of May 12, date: 2026-05-12, link: "https://example.org/a?b=1,2"}
      - text: 'Photographs: the wall, the door'
        date: 2026-05-13
  asked-first:
    evidence:
    - {text: "Their \xe2\x80\x9cletter\xe2\x80\x9d", date: 2026-05-14}
    answer: partly
    note: "She said \\"soon\\", and went."
  told:
    note: >-
      They wrote: "never again".
      # And they meant it,

      as far as \xe2\x80\x9cwe\xe2\x80\x9d know.
    answer: no
  heard: no
  open:
actions:
  - text: |
      Ask again

    on: >-  # as they said
        the next
        day
  - >
   Wait

  - text: Ask again
    by: "us"
method: \xe2\x80\x9cA talk\xe2\x80\x9d
"""
_TOKENS = [
    token.encode()
    for token in (
        *(
            " ",
            "  ",
            "\n",
            "\n\n",
            "\n  ",
            "\n    ",
            ":",
            ": ",
            "- ",
            "-",
            "#",
            " #",
            "{",
            "}",
            "[",
            "]",
            ",",
            ", ",
            "?",
        ),
        *(
            "&a ",
            "*a",
            "!t ",
            "|",
            ">",
            "%",
            "@",
            "`",
            "~",
            "=",
            "<<: ",
            ".",
            "/",
            "(",
            "'",
            "\\",
            '"',
            "''",
            '""',
            '\\"',
        ),
        *("\t", "\r", "\r\n", "\x85", "\u2028", "\ufeff", "\xa0", "\u2003", "\U0001f600", "null", "true", "NaN", "---"),
        *(
            ">-",
            "|-",
            ">-\n",
            "|\n",
            ">+",
            "|2",
            ">-\n      ",
            "|-\n        ",
            "    a\n",
            "      b\n",
            "       ",
            "\n\n\n",
        ),
        *("...", "a: b", "- a: b", "{a: b}", "{}", "[]", '"x"', "'y'", "x:y", "x: y"),
    )
]


@cache
def files() -> tuple[bytes, ...]:
    """Answers files of ours, those that are written plainly first, and much oftener."""
    folders = (ROOT / "examples", ROOT / "tests/cases/valid", ROOT / "tests/cases/invalid")
    found = [file.read_bytes() for folder in folders for file in sorted(folder.rglob("*.yaml"))]
    plain = [content for content in found if read_plain(content.decode(errors="replace")) is not None]
    return (*[PLAIN] * 2 * len(found), *plain * 20, *found)


def _lines_changed(chance: Random, content: bytes, other: bytes) -> bytes:
    lines = content.split(b"\n")
    at, there = chance.randrange(len(lines)), chance.randrange(len(lines))
    new: list[bytes] = chance.choice(
        (
            [],
            [lines[there], lines[at]],
            [chance.choice(other.split(b"\n")), lines[at]],
            [b" " * chance.choice((1, 2, 3, 4)) + lines[at]],
            [lines[at][chance.choice((1, 2, 4)) :]],
            [lines[at].strip()],
        )
    )
    return b"\n".join([*lines[:at], *new, *lines[at + 1 :]])


def _token_put_in(chance: Random, content: bytes, other: bytes) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.choice(_TOKENS) + content[at + chance.choice((0, 0, 1, 1, 2, 5)) :]


_CHANGES: tuple[Callable[[Random, bytes, bytes], bytes], ...] = (_token_put_in, _lines_changed, bytes_changed)


def mutated(seed: int) -> bytes:
    """A file in which a few bytes, lines or signs of YAML are others; often only some lines of it."""
    chance = Random(seed)
    content, other = chance.choice(files()), chance.choice(files())
    if chance.random() < 0.5:
        lines = content.split(b"\n")
        at = chance.randrange(len(lines))
        content = b"\n".join(lines[at : at + chance.choice((2, 4, 8, 16))])
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        content = chance.choice(_CHANGES)(chance, content, other)
    return content


def difference(seed: int) -> str | None:
    """What of a mutated file is read otherwise than by a parser: nothing where all is the same, None where it is left
    to the parser. PyYAML's own, for a machine without libyaml, has its turns."""
    content, parser = mutated(seed), Parser if seed % 5 else _PureParser
    try:
        quick = parse_answers(content, "a.yaml")
    except InputError:
        return None
    if quick.marks is not None:
        return None
    try:
        whole = parse_answers(content, "a.yaml", parser)
    except InputError as error:
        return f"{content!r} is refused: {error.problems}"
    same = repr(quick.data) == repr(whole.data)
    if parser is Parser and same:
        same = _placed(quick.values) == _placed(whole.values) and _placed(quick.keys) == _placed(whole.keys)
    return "" if same else f"{content!r} is {quick.data!r}, and {whole.data!r} to {parser.__name__}"


def _placed(marks: Any) -> list[Any]:
    return [(path, mark.line, mark.column) for path, mark in marks.items()]
