"""What the commands share that check files: writing what was found, and the exit code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from involve_audit import output
from involve_audit.authoring.rules import VALID
from involve_audit.errors import GateFailed, InputError, Problem
from involve_audit.language import _, ngettext, number
from involve_audit.model.finding import Checked
from involve_audit.render.findings.formats import FindingsFormat


def write(checked: Sequence[Checked], strict: bool, formats: Mapping[str, FindingsFormat]) -> None:
    """Write the findings in every format that was asked for."""
    output.write_all({name: entry.render(checked, strict) for name, entry in formats.items()})
    output.say_written(formats)


def refuse_what_does_not_pass(checked: Sequence[Checked], strict: bool) -> None:
    """Raise InputError where a file is not valid, or else GateFailed where one does not pass."""
    invalid = sum(any(finding.rule == VALID for finding in one.findings) for one in checked)
    failing = sum(not one.passes(strict) for one in checked)
    if invalid:
        what = ngettext("{count} file is not valid", "{count} files are not valid", invalid)
        raise InputError(Problem("", what.format(count=number(invalid)), _("What to change is said above.")))
    if failing:
        what = ngettext("{count} file does not pass", "{count} files do not pass", failing)
        raise GateFailed(Problem("", what.format(count=number(failing)), _("What to change is said above.")))
