"""`involve-audit template`: the templates of the reports, and copies of them to change. One file a command."""

from __future__ import annotations

from involve_audit.cli.speaking import Commands, with_language

app = Commands()


@app.callback()
@with_language
def _template() -> None:
    """List or copy the templates of the reports."""


app.add(__name__, "list", "copy")
