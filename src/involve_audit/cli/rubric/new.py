"""`involve-audit rubric new`: begin a rubric, an overlay or a translation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from involve_audit import output


def command(
    rubric_id: Annotated[str, typer.Argument(metavar="ID", help="The id of the new rubric.")],
    copied_from: Annotated[
        str | None, typer.Option("--from", metavar="RUBRIC", help="Begin with a copy of this rubric: its id or file.")
    ] = None,
    extends: Annotated[
        str | None, typer.Option(metavar="RUBRIC", help="Begin an overlay that changes this rubric: its id.")
    ] = None,
    translates: Annotated[
        str | None, typer.Option(metavar="RUBRIC", help="Begin a translation of this rubric: its id.")
    ] = None,
    into: Annotated[
        str | None, typer.Option(metavar="LANGUAGE", help="With --translates: the language, such as cy or pt-BR.")
    ] = None,
    file: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write it here, not to rubrics/ID.yaml.")
    ] = None,
) -> None:
    """Begin a rubric, a copy, an overlay or a translation.

    A rubric is begun as a small one with comments.
    """
    from involve_audit.authoring.beginning import Wanted, begun, require_new_id

    wanted = Wanted(rubric_id, copied_from, extends, translates, into)
    require_new_id(rubric_id)
    target = file or str(Path("rubrics") / f"{rubric_id}.yaml")
    output.refuse_what_exists([target])
    text = begun(wanted)
    if file is None:
        output.make_folder(Path(target).parent)
    output.require_places([target])
    output.write_all({target: text})
    output.say_written([target])
    if file is None:
        for what in ("check", "test", "show"):
            output.say(" ".join((" ", "involve-audit", "rubric", what, rubric_id)))
