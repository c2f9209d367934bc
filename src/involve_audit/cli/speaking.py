"""The language of a run: `--language`, wherever it stands on the line, and the help of every command in it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from importlib import import_module
from itertools import pairwise
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from involve_audit.language import _, use

_OPTION = "--language"
LanguageOption = Annotated[
    str | None, typer.Option(_OPTION, metavar="LANGUAGE", help="The language of what is shown, such as en-GB.")
]


class Command(TyperCommand):
    """A command whose help names what goes where in words, and no types of Python."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments and the options of the help."""
        for title, kind in (("Arguments", "argument"), ("Options", "option")):
            params = [param for param in self.get_params(ctx) if param.param_type_name == kind]
            rows = [(param, *record) for param in params if (record := param.get_help_record(ctx))]
            if rows:
                with formatter.section(title):
                    formatter.write_dl([(_shown(param, name), _in_words(text)) for param, name, text in rows])


def _shown(param: Any, name: str) -> str:
    return param.metavar if param.param_type_name == "argument" else name


def _in_words(text: str) -> str:
    """The help of a parameter without the mark for its least number, which is no word."""
    return text.partition("  [x>=")[0]


class Commands(typer.Typer):
    """A group of commands in the making: it shows its help where none of them is named."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(no_args_is_help=True, rich_markup_mode=None, **settings)

    def add(self, package: str, *names: str) -> None:
        """Add commands and groups in the order in which help lists them: each is the module of its name in a package.

        A command is the function `command` of its module, a group the `app` of its package.
        """
        for name in names:
            module: Any = import_module(f"{package}.{name}")
            if hasattr(module, "app"):
                self.add_typer(module.app, name=name)
            else:
                self.command(name, cls=Command)(with_language(module.command))


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


def speak(line: Sequence[str], program: Any) -> None:
    """Use the language that a command line names, and put the help of the program's commands into it.

    To be called before the line is parsed, so that errors and help are in this language too. Raises UsageError
    where there is no such language.
    """
    if (wanted := _wanted(line)) is not None:
        from involve_audit.resources import language_of

        use(language_of(wanted))
    for part, name in help_texts(program):
        setattr(part, name, _(getattr(part, name)))


def help_texts(command: Any) -> Iterator[tuple[Any, str]]:
    """Every text in the help of a command and of those below it: what it belongs to, and the attribute it is in."""
    texts = [(command, "help"), *((param, name) for param in command.params for name in ("help", "metavar"))]
    yield from ((part, name) for part, name in texts if getattr(part, name))
    for below in getattr(command, "commands", {}).values():
        yield from help_texts(below)


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
