"""What the commands share that check files: which format goes where, and the exit code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from involve_audit.authoring.rules import VALID
from involve_audit.cli import output
from involve_audit.errors import GateFailed, InputError, Problem, UsageError
from involve_audit.language import _, ngettext, number
from involve_audit.loading.suggest import suggestion
from involve_audit.model.finding import Checked
from involve_audit.render.findings.formats import FORMATS, FindingsFormat


def chosen(outputs: Sequence[str], format_name: str | None) -> dict[str, FindingsFormat]:
    """What to write where: the format of each file by its suffix; text on standard output without any.

    Raises UsageError with every output whose format is not known.
    """
    for_standard_output = _named(format_name)
    if not outputs:
        return {output.STANDARD_OUTPUT: for_standard_output}
    formats: dict[str, FindingsFormat] = {}
    problems = []
    for name in outputs:
        entry = for_standard_output if name == output.STANDARD_OUTPUT else _of_file(name)
        if entry is None:
            hint = _("End its name in one of: {suffixes}").format(
                suffixes=" ".join(suffix for known in FORMATS for suffix in known.suffixes)
            )
            problems.append(Problem(name, _("its ending does not say which format to write"), hint))
        else:
            formats[name] = entry
    if problems:
        raise UsageError(problems)
    return formats


def _named(format_name: str | None) -> FindingsFormat:
    if format_name is None:
        return FORMATS[0]
    for entry in FORMATS:
        if entry.name == format_name:
            return entry
    what = _("there is no format `{name}`").format(name=format_name)
    raise UsageError(Problem("", what, suggestion(format_name, [entry.name for entry in FORMATS])))


def _of_file(name: str) -> FindingsFormat | None:
    return next((entry for entry in FORMATS if name.lower().endswith(entry.suffixes)), None)


def write(checked: Sequence[Checked], strict: bool, formats: Mapping[str, FindingsFormat]) -> None:
    """Write the findings in every format that was asked for."""
    output.write_all({name: entry.render(checked, strict) for name, entry in formats.items()})
    for name in formats:
        if name != output.STANDARD_OUTPUT:
            output.say(_("Written: {name}").format(name=name))


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
