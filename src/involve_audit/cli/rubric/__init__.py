"""`involve-audit rubric`: the commands for those who write rubrics. One file a command."""

from __future__ import annotations

from involve_audit.cli.rubric import check, diff, list, new, show, test
from involve_audit.cli.speaking import Commands, with_language

app = Commands()


@app.callback()
@with_language
def _rubric() -> None:
    """Read, check, test, compare, begin and tailor rubrics."""


app.add(
    list=list.command,
    show=show.command,
    check=check.command,
    test=test.command,
    diff=diff.command,
    new=new.command,
)
