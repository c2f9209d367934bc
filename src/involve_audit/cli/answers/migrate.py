"""`involve-audit answers migrate`: answers files carried to a newer version of their rubric."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from involve_audit import clock, output
from involve_audit.cli.writing import Look, Plain
from involve_audit.errors import AuditError, InputError, Problem

if TYPE_CHECKING:
    from involve_audit.render.options import Options
    from involve_audit.versions.carry import Carried, Carrier


def command(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Answers files, folders with all theirs, patterns.")
    ],
    to: Annotated[str, typer.Option(metavar="VERSION", help="The version of their rubric, such as 2.0.0.")],
    rubrics: Annotated[
        list[str] | None,
        typer.Option(
            "--rubric",
            "-r",
            metavar="RUBRIC",
            help="A file of that version; and of the earlier one, to know what is new.",
        ),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Change the files. Without it, nothing is written.")] = False,
    plain: Plain = False,
) -> None:
    """Carry answers to a newer version of their rubric.

    Without --write, it only shows what would happen to every answer. Comments stay, and no word is lost: what has no
    place any more goes into a section `retired`. Of several files, what cannot be carried is left out, and said.
    """
    from involve_audit.versions.carry import Carrier, files_to_carry
    from involve_audit.versions.told import not_written

    problems: list[Problem] = []
    files, left_alone = files_to_carry(paths, problems)
    options = Look(plain=plain).options(output.STANDARD_OUTPUT)
    carrier = Carrier(to, rubrics or [], clock.today())
    if list(paths) == files and len(files) == 1:
        may_be_written = _carry_one(carrier.carried(files[0]), write, options)
    else:
        may_be_written = _carry_many(carrier, files, write, options, problems)
    if left_alone:
        output.say(left_alone)
    if may_be_written and not write:
        words = ["involve-audit", "answers", "migrate", *paths, "--to", to]
        words += [word for rubric in rubrics or [] for word in ("-r", rubric)]
        output.say(not_written(shlex.join([*words, "--write"])))
    if problems:
        raise InputError(problems)


def _carry_one(found: Carried, write: bool, options: Options) -> bool:
    """Tell of one file what happens to every answer, and write it. Gives back whether there is anything to do."""
    from involve_audit.versions.told import there_already, told

    if found.is_there_already:
        output.say(there_already(found))
        return False
    text = found.text()
    output.write_all({output.STANDARD_OUTPUT: told(found, options)})
    if write:
        output.write_all({found.file: text}, anew=True)
        output.say_written([found.file])
    return True


def _carry_many(carrier: Carrier, files: Sequence[str], write: bool, options: Options, problems: list[Problem]) -> bool:
    """Tell of many files what happens in short, and write each whole or not at all; what is left out is in `problems`.

    Gives back whether there is anything to do.
    """
    from involve_audit.versions.told import ManyCarried

    tally, left_out = ManyCarried(), len(problems)
    for file in files:
        try:
            found = carrier.carried(file)
            if not found.is_there_already:
                text = found.text()
                if write:
                    output.write_all({file: text}, anew=True)
            tally.add(found, options)
        except AuditError as error:
            left_out += 1
            problems += [replace(problem, path=problem.path or file) for problem in error.problems]
    output.write_all({output.STANDARD_OUTPUT: tally.text})
    output.say(tally.summary(write, left_out))
    return tally.files > 0
