"""`involve-audit template`: the templates of the reports, and copies of them to change. One file a command."""

from __future__ import annotations

from involve_audit.cli.speaking import Commands, with_language
from involve_audit.cli.template import copy, list

app = Commands()


@app.callback()
@with_language
def _template() -> None:
    """List or copy the templates of the reports."""


app.add(list=list.command, copy=copy.command)
