"""What a run reads: the answers files that were found, held to what may not be written over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from involve_audit.cli.batch.request import Request
from involve_audit.cli.batch.scoring import Output
from involve_audit.cli.output import STANDARD_OUTPUT
from involve_audit.errors import InputError, OutputError, Problem
from involve_audit.language import _
from involve_audit.loading.gathering import Gathered, gather
from involve_audit.model.view import FORMAT
from involve_audit.render.batch.vocabulary import BATCH, counted_batch


def inputs_of(request: Request, outputs: Sequence[Output]) -> Gathered:
    """The answers files that were asked for, by audit.

    Raises InputError where there is none, unless that is allowed, and OutputError where an output is one of them or
    the baseline.
    """
    gathered = gather(request.names())
    if not gathered and (gathered.problems or not request.allow_none):
        hint = _("An answers file has a line `format: {format}`.").format(format=FORMAT)
        hints = [left_alone(gathered), hint] if gathered.others else [hint]
        raise InputError([*gathered.problems, Problem("", _("no answers files were found"), " ".join(hints))])
    _refuse_to_overwrite(outputs, [*([request.baseline] if request.baseline is not None else [])], gathered)
    return gathered


def left_alone(gathered: Gathered) -> str:
    """Which files were met and not read, because they hold no answers."""
    left = gathered.others - len(gathered.some_others)
    more = [counted_batch("more", left)] if left else []
    return BATCH["left_alone"].format(files="; ".join([*gathered.some_others, *more]))


def _refuse_to_overwrite(outputs: Sequence[Output], others: Sequence[str], gathered: Gathered) -> None:
    there = {key: entry.name for entry in outputs if entry.name != STANDARD_OUTPUT and (key := _identity(entry.name))}
    for file in _files(others, gathered) if there else ():
        if (key := _identity(file)) in there:
            hint = _("Name another file to write: no answer may be lost.")
            raise OutputError(Problem(there[key], _("this file was read as input"), hint))


def _files(others: Sequence[str], gathered: Gathered) -> Iterator[str]:
    yield from others
    for group in gathered.groups():
        yield from group.files


def _identity(name: str) -> tuple[int, int] | None:
    """What tells a file from every other, by whatever name; None where there is none."""
    try:
        found = Path(name).stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino
