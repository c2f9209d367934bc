"""`involve-audit answers`: the commands for those who fill in answers files with a text editor. One file a command."""

from __future__ import annotations

import typer

from involve_audit.cli.answers import check, migrate, new
from involve_audit.cli.speaking import LanguageOption

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _answers(language: LanguageOption = None) -> None:
    """Begin, check and migrate answers files that are filled in with a text editor."""


app.command("new")(new.command)
app.command("check")(check.command)
app.command("migrate")(migrate.command)
