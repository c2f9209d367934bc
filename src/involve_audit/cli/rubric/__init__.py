"""`involve-audit rubric`: the commands for those who write rubrics. One file a command."""

from __future__ import annotations

from involve_audit.cli.speaking import Commands, with_language

app = Commands()


@app.callback()
@with_language
def _rubric() -> None:
    """Read, check, test, compare, begin and tailor rubrics."""


app.add(__name__, "list", "show", "check", "test", "diff", "new")
