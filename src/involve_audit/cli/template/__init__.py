"""`involve-audit template`: the templates of the reports, and copies of them to change. One file a command."""

from __future__ import annotations

from involve_audit.cli.commands import Commands, group


class TemplateCommands(Commands):
    """List or copy the templates of the reports."""

    package, names = __name__, ("list", "copy")


app = group(TemplateCommands)
