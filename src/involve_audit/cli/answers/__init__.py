"""`involve-audit answers`: the commands for those who fill in answers files with a text editor. One file a command."""

from __future__ import annotations

from involve_audit.cli.speaking import Commands, with_language

app = Commands()


@app.callback()
@with_language
def _answers() -> None:
    """Begin, check and migrate answers files, filled in by hand."""


app.add(__name__, "new", "enter", "invite", "read", "combine", "check", "migrate")
