"""`involve-audit rubric`: the commands for those who write rubrics. One file a command."""

from __future__ import annotations

from involve_audit.cli.commands import Commands, group


class RubricCommands(Commands):
    """Read, begin, tailor, check, test and compare rubrics."""

    package, names = __name__, ("list", "show", "new", "check", "test", "diff")


app = group(RubricCommands)
