"""The language of a run: `--language`, wherever it stands on the line, and the help of every command in it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from itertools import pairwise
from typing import Annotated, Any

import typer

from involve_audit.language import _, use

_OPTION = "--language"
LanguageOption = Annotated[
    str | None, typer.Option(_OPTION, metavar="LANGUAGE", help="The language of what is shown, such as en-GB.")
]


def with_language(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the option `--language`, of which there is nothing to do with the value: see `speak`."""

    @wraps(command)
    def without_it(*, language: str | None = None, **values: Any) -> None:
        command(**values)

    option = inspect.Parameter("language", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=LanguageOption)
    own = inspect.signature(command, eval_str=True).parameters
    without_it.__signature__ = inspect.Signature([*own.values(), option])  # type: ignore[attr-defined]
    without_it.__annotations__ = {
        name: parameter.annotation for name, parameter in (*own.items(), ("language", option))
    }
    return without_it


def speak(line: Sequence[str]) -> None:
    """Use the language that a command line names.

    To be called before the line is parsed, so that errors and help are in this language too. Raises UsageError
    where there is no such language.
    """
    if (wanted := _wanted(line)) is not None:
        from involve_audit.resources import language_of

        use(language_of(wanted))


def in_language(command: Any) -> None:
    """Put the help of a command, without those below it, into the language in use."""
    for part, name in _own_texts(command):
        setattr(part, name, _(getattr(part, name)))


def help_texts(command: Any) -> Iterator[tuple[Any, str]]:
    """Every text in the help of a command and of those below it: what it belongs to, and the attribute it is in."""
    yield from _own_texts(command)
    for below in getattr(command, "commands", {}).values():
        yield from help_texts(below)


def _own_texts(command: Any) -> Iterator[tuple[Any, str]]:
    texts = [(command, "help"), *((param, name) for param in command.params for name in ("help", "metavar"))]
    yield from ((part, name) for part, name in texts if getattr(part, name))


def _wanted(line: Sequence[str]) -> str | None:
    """The last value of `--language` in a command line, None where it is not there."""
    found = None
    for word, following in pairwise([*line, None]):
        if word == "--":
            break
        if word == _OPTION:
            found = following
        elif word and word.startswith(f"{_OPTION}="):
            found = word.partition("=")[2]
    return found
