"""The options that several commands share; those for outputs are fed from the tables of formats."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any

import typer

from involve_audit.errors import Problem, UsageError
from involve_audit.language import _, number
from involve_audit.render.formats import Format, Formats

AnyRubrics = Annotated[
    list[str] | None, typer.Option("--rubric", "-r", help="A rubric's id or file. Repeat for several versions.")
]
Template = Annotated[
    str | None, typer.Option(metavar="DIR", help="Take templates from this folder first: your house style.")
]
Plain = Annotated[bool, typer.Option("--plain", help="Bare text: no colour, no weight.")]
FewerThan = Annotated[str | None, typer.Option(metavar="N", help="With --publish: hide numbers under N, not under 5.")]


def outputs_of(formats: Iterable[Format]) -> Any:
    """The option `--output`, whose help names the suffixes of these formats."""
    endings = [f"{form.suffixes[0]} ({form.known_as})" if form.known_as else form.suffixes[0] for form in formats]
    return typer.Option("--output", "-o", metavar="FILE", help=f"Write {one_of(endings)}. Repeat for more.")


def format_of(known: Formats) -> Any:
    """The option `--format`, whose help names these formats."""
    names = one_of(form.name for form in known.by_name)
    return typer.Option("--format", help=f"The format for `-o -`: {names}.")


def one_of(words: Iterable[str]) -> str:
    """Words as a sentence of help names them, before it is looked up in a language: `a, b or c`."""
    *others, last = words
    return f"{', '.join(others)} or {last}"


def bound_of(publish: bool, fewer_than: str | None) -> int | None:
    """Numbers of people below this are not to be shown; None where nothing is made for sharing.

    Raises UsageError where `fewer_than` is no whole number of at least 5, or is given without `publish`.
    """
    from involve_audit.render.publishing import LEAST

    if fewer_than is None:
        return LEAST if publish else None
    if not publish:
        hint = _("Add --publish to make the results for sharing, or leave it out.")
        raise UsageError(Problem("", _("--fewer-than goes with --publish"), hint))
    if not re.fullmatch("[0-9]{1,6}", fewer_than) or int(fewer_than) < LEAST:
        what = _("--fewer-than: `{given}` is not a whole number of at least {least}")
        hint = _("Give a number such as 10, or leave it out for {least}.").format(least=number(LEAST))
        raise UsageError(Problem("", what.format(given=fewer_than, least=number(LEAST)), hint))
    return int(fewer_than)
