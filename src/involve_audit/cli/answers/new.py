"""`involve-audit answers new`: an empty answers file, ready for a text editor."""

from __future__ import annotations

from typing import Annotated

import typer

from involve_audit import clock, output


def command(
    rubric: Annotated[
        str | None,
        typer.Argument(metavar="RUBRIC", help="A rubric's id or file; else the first of `rubric list`."),
    ] = None,
    file: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to this new file.")
    ] = None,
    with_help: Annotated[bool, typer.Option("--with-help", help="Put the help with each question too.")] = False,
) -> None:
    """Begin an answers file, to be filled in with a text editor.

    Every question stands in it as a comment, with room for the answer.
    """
    from involve_audit.loading.rubric import all_ids, file_to_name, load_rubric
    from involve_audit.render.answers_form import form

    target = file or output.STANDARD_OUTPUT
    output.require_places([target])
    output.refuse_what_exists([target])
    found = load_rubric(rubric or all_ids()[0])
    output.write_all({target: form(found.content, clock.today(), with_help, file_to_name(found))})
    output.say_written([target])
