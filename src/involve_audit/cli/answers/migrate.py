"""`involve-audit answers migrate`: an answers file carried to a newer version of its rubric."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from involve_audit import clock, output
from involve_audit.cli.writing import Look, Plain


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An answers file.")],
    to: Annotated[str, typer.Option(metavar="VERSION", help="The version of its rubric, such as 2.0.0.")],
    rubrics: Annotated[
        list[str] | None,
        typer.Option(
            "--rubric",
            "-r",
            metavar="RUBRIC",
            help="A file of that version; and of the earlier one, to know what is new.",
        ),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Change the file. Without it, nothing is written.")] = False,
    plain: Plain = False,
) -> None:
    """Carry answers to a newer version of their rubric.

    Without --write, it only shows what would happen to every answer. Comments stay, and no word is lost: what has no
    place any more goes into a section `retired`.
    """
    from involve_audit.versions.carry import carried
    from involve_audit.versions.told import not_written, there_already, told

    found = carried(file, to, rubrics or [], clock.today())
    if found.is_there_already:
        output.say(there_already(found))
        return
    text = found.text()
    output.write_all({output.STANDARD_OUTPUT: told(found, Look(plain=plain).options(output.STANDARD_OUTPUT))})
    if write:
        output.write_all({file: text}, anew=True)
        output.say_written([file])
    else:
        words = ["involve-audit", "answers", "migrate", file, "--to", to]
        words += [word for rubric in rubrics or [] for word in ("-r", rubric)]
        output.say(not_written(shlex.join([*words, "--write"])))
