"""`involve-audit rubric`: the commands for those who write rubrics. One file a command."""

from __future__ import annotations

from involve_audit.cli.speaking import Commands, with_language

app = Commands()


@app.callback()
@with_language
def _rubric() -> None:
    """Read, begin, tailor, check, test and compare rubrics."""


app.add(__name__, "list", "show", "new", "check", "test", "diff")
