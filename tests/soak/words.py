"""Command lines: any command with any options, given values that make sense and values that make none.

Every value is a name in the folder at hand, or leads nowhere, so that whatever is written is written there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any, NamedTuple

from tests.soak.kinds import KINDS
from typer.main import get_command

from involve_audit.cli.program import app

NAMES = (
    *("view.yaml", "view.json", "other.yaml", "earlier.yaml", "next.yaml", "new.audit.json", "rows.jsonl", "names.txt"),
    *(
        "rubrics/small.yaml",
        "small",
        "tailored",
        "small-cy",
        "house",
        "rubrics",
        ".",
        "./view.yaml",
        "*.yaml",
        "**/*.yaml",
    ),
    *("o.html", "o.md", "o.audit.json", "o.json", "o.csv", "o.jsonl", "o.xml", "o.sarif", "o.txt", "-", "reports"),
    *("pipe", "to-pipe.md", "to-pipe.xml"),
)
WORDS = (
    *("text", "json", "html", "markdown", "record", "junit", "sarif", "github", "csv", "full", "short", "large-print"),
    *(
        "high",
        "low",
        "voice",
        "unknown",
        "regression",
        "unheard",
        "en-GB",
        "cy",
        "de",
        "2.0.0",
        "2",
        "5",
        "10",
        "1",
        "0",
    ),
    *("report.md.j2", "HEAD", "own"),
)
ODD = (
    *(
        "",
        " ",
        "--",
        "-o",
        "-x",
        "..",
        "nowhere/x",
        "x" * 300,
        "x" * 5_000,
        "[",
        "?",
        "*",
        "{}",
        "%s",
        "\n",
        "\t",
        "é\u0301",
    ),
    *("-1", "+1", "1e9", "nan", "0x10", "1_0", "٣", "½", "99999999999999999999", "\u202e", "\udcff", "a\udcffb.yaml"),
    *(
        "view.yaml/",
        "view.yaml/x",
        "house/",
        "@",
        "small@1",
        "Small",
        "../x/../view.yaml",
        "~",
        "$HOME",
        "a=b",
        "\x1b[31m",
    ),
)
NOT_TRIED = {"--jobs": ("1", "1", "0", "-1", "999999", "x"), "--budget": ("1", "200", "0", "x")}
"""Options whose other values are no question of what is wrong with them, but of how long it takes."""


class Known(NamedTuple):
    """A command, and its options: each with its names, and whether it takes a value."""

    words: tuple[str, ...]
    options: tuple[tuple[tuple[str, ...], bool], ...]


@cache
def _commands() -> tuple[Known, ...]:
    return tuple(_below(get_command(app), ()))


def _below(command: Any, words: tuple[str, ...]) -> Iterator[Known]:
    options = [param for param in command.params if param.param_type_name == "option"]
    yield Known(words, tuple((tuple(option.opts), not option.is_flag) for option in options))
    for name, one in getattr(command, "commands", {}).items():
        yield from _below(one, (*words, name))


def line(chance: Random) -> list[str]:
    """A command line: one that is known with some changes, or any words of a command."""
    words = _known(chance) if chance.random() < 0.6 else _any(chance)
    if chance.random() < 0.05:
        words.insert(chance.randint(0, len(words)), chance.choice(ODD))
    return words


def _known(chance: Random) -> list[str]:
    kind = chance.choice(list(KINDS.values()))
    words = chance.choice(kind.lines_with(chance.choice(kind.files)))
    command = max((known for known in _commands() if tuple(words[: len(known.words)]) == known.words), key=_length)
    for _ in range(chance.choice((1, 1, 2))):
        change, at = chance.choice(("option", "option", "value", "gone", "again")), chance.randrange(len(words))
        if change == "option":
            words += _option(chance, command)
        elif change == "value":
            words[at] = _value(chance)
        elif change == "again":
            words.insert(at, words[at])
        elif len(words) > 1:
            del words[at]
    return words


def _length(known: Known) -> int:
    return len(known.words)


def _any(chance: Random) -> list[str]:
    command = chance.choice(_commands())
    parts = [[_value(chance)] for _ in range(chance.choice((0, 1, 1, 2, 3)))]
    parts += [_option(chance, command) for _ in range(chance.choice((0, 1, 2, 4)))]
    chance.shuffle(parts)
    return [*command.words, *(word for part in parts for word in part)]


def _option(chance: Random, command: Known) -> list[str]:
    """One of the options of a command and, where it takes one, a value."""
    names, takes_value = chance.choice(command.options)
    if not takes_value:
        return [chance.choice(names)]
    value = chance.choice(NOT_TRIED.get(names[0], (_value(chance),)))
    return [f"{names[0]}={value}"] if chance.random() < 0.3 else [chance.choice(names), value]


def _value(chance: Random) -> str:
    return chance.choice(chance.choice((NAMES, NAMES, WORDS, ODD)))
