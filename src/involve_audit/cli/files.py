"""`involve-audit files`: what each file is that somebody was given."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from involve_audit import output
from involve_audit.cli.writing import naming
from involve_audit.escaping import as_json


class Form(StrEnum):
    """How it is told."""

    text = "text"
    json = "json"


def command(
    names: Annotated[list[str], typer.Argument(metavar="FILE", help="Any files.")],
    form: Annotated[
        Form,
        typer.Option("--format", metavar="FORMAT", show_default=False, help=naming("How to tell it: {words}.", Form)),
    ] = Form.text,
) -> None:
    """Say what each file is, by what is in it.

    Answers, a rubric, a record, what came back from people, or something else, with what can be done about it.
    """
    from involve_audit.loading.files import LARGEST_RECORD, FileContent, read_bytes
    from involve_audit.loading.recognising import recognise

    found = [recognise(FileContent(name, read_bytes(name, LARGEST_RECORD))) for name in dict.fromkeys(names)]
    if form is Form.json:
        files = [{"kind": one.kind, **one.told.as_data()} for one in found]
        text = as_json({"format": "involve-audit/files@1", "files": files}, indent=2)
    else:
        text = "\n".join(str(one.told) for one in found)
    output.write_all({output.STANDARD_OUTPUT: text + "\n"})
