"""`involve-audit page`: the whole program as one file, for people without a terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from involve_audit import output
from involve_audit.errors import OutputError, Problem
from involve_audit.language import _


def command(
    outputs: Annotated[list[str], typer.Option("--output", "-o", metavar="FILE", help="The file to write, .html.")],
) -> None:
    """Write the whole program as one page.

    It runs in a browser, needs nothing else, and sends nothing anywhere: for people without a terminal.
    """
    from involve_audit.resources import read_program_page

    content = read_program_page()
    if content is None:
        what = _("the page does not come with this installation")
        hint = _("Install the package involve-audit-page of the same version; in a checkout, run make page.")
        raise OutputError(Problem("", what, hint))
    output.write_all(dict.fromkeys(outputs, content))
    output.say_written(outputs)
