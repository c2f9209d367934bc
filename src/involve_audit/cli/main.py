"""The program: its commands, the one handler of errors, and the catch-all for faults."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from involve_audit import __version__
from involve_audit.cli import assess, schema
from involve_audit.cli.output import say
from involve_audit.errors import INTERRUPTED, AuditError, Problem

FAULT = 3
_MOST_SHOWN = 50
_REPORT = "Please report it with the command you gave; run it again with --debug before the command for the trace."


class _Group(TyperGroup):
    """Tells the user what is wrong, and exits with the code of the error (cli.md)."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except AuditError as error:
            _tell(error.problems)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            say("Stopped.")
            raise typer.Exit(INTERRUPTED) from None


def _tell(problems: tuple[Problem, ...]) -> None:
    for problem in problems[:_MOST_SHOWN]:
        say(str(problem))
    if len(problems) > _MOST_SHOWN:
        say(f"… and {len(problems) - _MOST_SHOWN} more problems.")


app = typer.Typer(
    cls=_Group,
    name="involve-audit",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"involve-audit {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the trace of a fault in the program.")] = False,
) -> None:
    """Audit how far a service is led by the people who use it."""


app.command("assess")(assess.command)
app.command("schema")(schema.command)


def main() -> None:
    """Run the program. A fault of its own is one line and exit code 3, with the trace only for --debug."""
    # One short run leaves little to collect, and walking all of it at the end would take a sixth of the time.
    gc.disable()
    atexit.register(gc.freeze)
    # No plugin that happens to be installed may change how files are read.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    try:
        app(prog_name="involve-audit")
    except Exception as fault:
        if "--debug" in sys.argv:
            import traceback

            traceback.print_exc()
        say(f"involve-audit: a fault in the program ({type(fault).__name__}: {fault}). {_REPORT}")
        sys.exit(FAULT)
