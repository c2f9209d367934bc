"""`involve-audit rubric`: the commands for those who write rubrics. One file a command."""

from __future__ import annotations

import typer

from involve_audit.cli.rubric import check, diff, list, new, show, test
from involve_audit.cli.speaking import LanguageOption

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _rubric(language: LanguageOption = None) -> None:
    """Read, check, test, compare, begin and tailor rubrics."""


app.command("list")(list.command)
app.command("show")(show.command)
app.command("check")(check.command)
app.command("test")(test.command)
app.command("diff")(diff.command)
app.command("new")(new.command)
