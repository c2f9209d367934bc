"""How commands and groups are made: each when a line names it or help lists it, and not before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from involve_audit.cli.speaking import in_language, with_language

PLAIN: dict[str, Any] = {"rich_markup_mode": None, "add_completion": False}
"""How everything is made: help is plain text, and completion our own (`cli.completing`)."""


class Command(TyperCommand):
    """A command whose help names what goes where in words, and no types of Python."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _take_as_given(self.get_params(ctx))
        return super().parse_args(ctx, args)

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


class Commands(TyperGroup):
    """A group that knows its commands by name, and makes each when it is asked for.

    A name is that of a module in the group's `package`: a command is the function `command` of its module, a group the
    `app` of its package. `names` are in the order in which help lists them.
    """

    package: str
    names: tuple[str, ...]

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: Any = _Below(self.package, self.names)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _take_as_given(self.get_params(ctx))
        return super().parse_args(ctx, args)


def group(kind: type[Commands]) -> typer.Typer:
    """A group in the making, whose help is the docstring of its kind. It is shown where no command is named."""
    app = typer.Typer(cls=kind, help=kind.__doc__, no_args_is_help=True, **PLAIN)
    app.callback()(with_language(_without_options))
    return app


def _without_options() -> None:
    pass


class _Below(Mapping[str, Any]):
    """The commands of a group by name."""

    def __init__(self, package: str, names: tuple[str, ...]) -> None:
        self._package, self._names = package, names
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name in self._names and name not in self._made:
            self._made[name] = _made(self._package, name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _made(package: str, name: str) -> Any:
    """The command or the group of this name, its help in the language in use."""
    module: Any = import_module(f"{package}.{name}")
    if hasattr(module, "app"):
        made: Any = get_command(module.app)
        made.name = name
    else:
        alone = typer.Typer(**PLAIN)
        alone.command(name, cls=Command)(with_language(module.command))
        made = get_command(alone)
    in_language(made)
    return made


def _take_as_given(params: Iterable[Any]) -> None:
    """Let parameters take what is plainly right as it is.

    For that too, Typer asks pydantic, which takes longer to load than all else that help needs; and it offers no other
    way. A Typer that makes values in another place is left to do so: that takes time, and nothing else.
    """
    for param in params:
        if typers := getattr(type(param), "get_runtime_param", None):
            param.get_runtime_param = partial(_AsGiven, partial(typers, param))


class _AsGiven:
    """What parameters make of what was typed. What is wrong is left to Typer, which has the words for it."""

    def __init__(self, others: Callable[[], Any]) -> None:
        self._others = others

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as the command takes it. Raises what Typer raises."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        kind = param.type_descriptor.annotation
        if kind in (str, list[str]):
            return value
        if kind is int and re.fullmatch("[0-9]{1,9}", str(value)) and int(value) >= (param.min or 0):
            return int(value)
        return self._others().coerce(value, param=param, ctx=ctx)
