"""`involve-audit answers`: the commands for those who fill in answers files with a text editor. One file a command."""

from __future__ import annotations

from involve_audit.cli.commands import Commands, group


class AnswersCommands(Commands):
    """Begin, check and migrate answers files, filled in by hand."""

    package, names = __name__, ("new", "enter", "invite", "read", "combine", "check", "migrate")


app = group(AnswersCommands)
