"""The program: its commands, the one handler of errors, and the catch-all for faults."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from involve_audit import __version__, inputs, interruptions, temporary
from involve_audit.cli.commands import PLAIN, Commands
from involve_audit.cli.speaking import in_language, speak, with_language
from involve_audit.errors import INTERRUPTED, AuditError, Problem, told_of_surroundings
from involve_audit.language import _, number
from involve_audit.output import say, standard_streams

FAULT = 3
COMMANDS = (
    *("assess", "answers", "diff", "trend", "actions", "batch", "table", "rubric", "template", "schema", "files"),
    "page",
)
"""In the order in which somebody comes to need them."""
_MOST_SHOWN = 50


class Program(Commands):
    """Speaks the user's language, says what is wrong, and exits with the code of the error (cli.md)."""

    package, names = "involve_audit.cli", COMMANDS
    words: list[str]

    def make_context(self, info_name: str | None, args: list[str], *more: Any, **settings: Any) -> Any:
        self.words = list(args)
        inputs.begin()
        temporary.clear_away(Path())
        with _telling():
            speak(args)
            in_language(self)
            return super().make_context(info_name, args, *more, **settings)

    def invoke(self, ctx: Any) -> Any:
        with _telling():
            return super().invoke(ctx)


@contextmanager
def _telling() -> Iterator[None]:
    """An error ends the run with its messages and its exit code."""
    try:
        with told_of_surroundings():
            yield
    except AuditError as error:
        if error.__cause__:
            _trace_if_asked()
        _tell(error.problems)
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt:
        say(_("Stopped."))
        raise typer.Exit(INTERRUPTED) from None


def _tell(problems: tuple[Problem, ...]) -> None:
    for problem in problems[:_MOST_SHOWN]:
        say(str(problem))
    if len(problems) > _MOST_SHOWN:
        more = len(problems) - _MOST_SHOWN
        say(_("… and at least {count} more.").format(count=number(more)))


app = typer.Typer(
    cls=Program,
    name="involve-audit",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    **PLAIN,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"involve-audit {__version__}")
        raise typer.Exit


def _complete(context: typer.Context, param: Any, wanted: bool) -> None:
    """Show or install what a shell completes words by: the one that is named behind the option, or else this one."""
    if not wanted or context.resilient_parsing:
        return
    from involve_audit.cli import shells

    (option,) = param.opts
    words: list[str] = context.command.words[context.command.words.index(option) + 1 :]  # type: ignore[attr-defined]
    named = next((word for word in words[:1] if not word.startswith("-")), None)
    (shells.install if option == "--install-completion" else shells.show)(named)
    raise typer.Exit


@app.callback()
@with_language
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the trace of a fault in the program.")] = False,
    install_completion: Annotated[
        bool,
        typer.Option(
            "--install-completion",
            callback=_complete,
            is_eager=True,
            help="Let your shell complete words with Tab: bash, zsh, fish or powershell, named behind this or found.",
        ),
    ] = False,
    show_completion: Annotated[
        bool,
        typer.Option(
            "--show-completion",
            callback=_complete,
            is_eager=True,
            help="Show the script that does it, and install nothing.",
        ),
    ] = False,
) -> None:
    """Audit how far a service is led by the people who use it."""


def run() -> None:
    """Run the program. A fault of its own is one line and exit code 3, with the trace only for --debug."""
    # What is done again and again leaves nothing to collect: not to look for it saves a sixth of a short run.
    gc.disable()
    atexit.register(gc.freeze)
    # No plugin that happens to be installed may change how files are read.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    interruptions.note_them()
    with standard_streams():
        if "_INVOLVE_AUDIT_COMPLETE" in os.environ:
            from involve_audit.cli.completing import answer

            return answer(app)
        try:
            app(prog_name="involve-audit")
        except Exception as fault:
            if interruptions.happened():  # a library made something else of it
                say(_("Stopped."))
                sys.exit(INTERRUPTED)
            _trace_if_asked()
            say(_fault(fault))
            sys.exit(FAULT)
        finally:
            if interruptions.happened():
                temporary.clear_away_own()


def _trace_if_asked() -> None:
    if "--debug" in sys.argv:
        import traceback

        traceback.print_exc()


def _fault(fault: Exception) -> str:
    what = _("involve-audit: a fault in the program ({fault}).").format(fault=f"{type(fault).__name__}: {fault}")
    report = _(
        "Please report it with the command you gave; run it again with --debug before the command for the trace."
    )
    return f"{what} {report}"
