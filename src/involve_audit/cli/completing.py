"""What may stand where the cursor is: what a shell is answered that completes a command line (docs/completion.md).

Only a shell comes here. It is told nothing but candidates, one a line, each with a word on what it is, and no error:
whatever goes wrong, there is nothing to complete.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer
from typer.main import get_command

if TYPE_CHECKING:
    from involve_audit.cli.candidates import Candidate

_LONGEST_WORD = 60


def answer(program: typer.Typer) -> None:
    """Print what may stand where the cursor is, for the shell that the surroundings name.

    A name that cannot be written on one line, letter by letter, is left out.
    """
    try:
        from involve_audit.cli.candidates import candidates

        shell, told = os.environ["_INVOLVE_AUDIT_COMPLETE"], os.environ.get("_INVOLVE_AUDIT_LINE", "")
        words = _split(told) if shell == "bash" else told.split("\n")
        line = TypedLine(get_command(program), words[1:] or [""])
        found = [candidate for candidate in candidates(line) if candidate.value.isprintable()]
        if shell == "bash":
            found = _as_bash_takes_them(found, words[-1], os.environ.get("_INVOLVE_AUDIT_WORD", ""))
        texts = [f"{'f' if is_file else 'w'}\t{value}\t{_in_short(about)}" for value, about, is_file in found]
        sys.stdout.buffer.write("".join(f"{text}\n" for text in texts).encode())
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt):  # a shell that waits for this has no place for what went wrong
        return


def _in_short(about: str) -> str:
    """A word on a candidate, on one line and without anything that a terminal would take for a command."""
    text = "".join(sign if sign.isprintable() else " " for sign in about)
    short = " ".join(text.split())
    return short if len(short) <= _LONGEST_WORD else f"{short[: _LONGEST_WORD - 1]}…"


def _split(line: str) -> list[str]:
    """The words of a line of bash, without their quotes, the last of which may not be closed."""
    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:
        return [*words, lexer.token]
    return words if line and not line[-1].isspace() else [*words, ""]


def _as_bash_takes_them(found: list[Candidate], word: str, part: str) -> list[Candidate]:
    """The candidates without what bash has or adds: it ends words at `=` and `:` too, and knows folders by itself."""
    own = "" if part in ("=", ":") else _split(part)[-1]
    kept = len(word) - len(own) if word.endswith(own) else 0
    return [each._replace(value=each.value[kept:].removesuffix("/" * each.is_file)) for each in found]


class TypedLine:
    """A command line as far as it is written, and the word at the cursor.

    `command` is the one that is named, None where there is no such; `values` are those of its options by name, and its
    arguments by the empty name. `wanted` is the parameter that the word at the cursor is a value of, None where that
    begins an option or a command; `before` is what of the word stands before the value: `--style=`, or nothing.
    """

    def __init__(self, program: Any, words: Sequence[str]) -> None:
        *written, last = words
        self.word: str = last
        self.command = program
        self.values: dict[str, list[str]] = {}
        self.wanted: Any = None
        self.before = ""
        self._only_arguments = False
        for word in written:
            self._read(word)
        if self.wanted is None and self.command is not None:
            self._look_at_the_last()

    def _read(self, word: str) -> None:
        if self.wanted is not None:
            self.values.setdefault(self.wanted.name, []).append(word)
            self.wanted = None
        elif word == "--":
            self._only_arguments = True
        elif self._begins_option(word) and word != "-":
            option, value = self._option(word)
            if option is not None and value is not None:
                self.values.setdefault(option.name, []).append(value)
            else:
                self.wanted = option
        elif commands_of(self.command):
            self.command = commands_of(self.command).get(word)
        else:
            self.values.setdefault("", []).append(word)

    def _look_at_the_last(self) -> None:
        option, value = self._option(self.word) if self._begins_option(self.word) else (None, None)
        if option is not None and value is not None:
            self.wanted, self.before, self.word = option, self.word.removesuffix(value), value
        elif not self._begins_option(self.word) and not commands_of(self.command):
            self.wanted = self._argument(len(self.values.get("", ())))

    def _begins_option(self, word: str) -> bool:
        return word.startswith("-") and not self._only_arguments

    def _option(self, word: str) -> tuple[Any, str | None]:
        """The option that takes a value of which this is the name, with its value where that stands behind a `=`."""
        name, equals, value = word.partition("=")
        params = self.command.params if self.command is not None else ()
        option = next((param for param in params if name in param.opts and not param.is_flag), None)
        return option, value if equals else None

    def _argument(self, place: int) -> Any:
        """The argument that stands in this place; the last one, if it can be given more than once, in all others."""
        arguments = [param for param in self.command.params if param.param_type_name == "argument"]
        if place < len(arguments):
            return arguments[place]
        return arguments[-1] if arguments and arguments[-1].nargs == -1 else None


def commands_of(command: Any) -> Mapping[str, Any]:
    """The commands below a command by name."""
    return getattr(command, "commands", {})
