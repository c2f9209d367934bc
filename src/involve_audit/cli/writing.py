"""What to write where, and how it is to look: the same for every command that writes reports."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from involve_audit import clock, output, terminal
from involve_audit.cli.assessing import chosen_formats, with_summary
from involve_audit.engine.assessment import Assessment
from involve_audit.errors import OutputError, Problem, UsageError
from involve_audit.language import _
from involve_audit.model.audit import Audit
from involve_audit.render.formats import Format
from involve_audit.render.options import FULL, STYLES, Options
from involve_audit.suggest import suggestion


@dataclass(frozen=True)
class Look:
    """How the command line asks for results to look."""

    style: str | None = None
    template: str | None = None
    plain: bool = False

    def of_pages(self) -> list[str]:
        """The options given that make sense only where a page is written."""
        return [name for name, value in {"--style": self.style, "--template": self.template}.items() if value]


@dataclass(frozen=True)
class Writing:
    """What is to be written: a format for each file, `-` for standard output."""

    formats: dict[str, Format]
    look: Look
    written: datetime | None

    def and_summary(self) -> Writing:
        """The same, and the summary on standard output in any case."""
        return replace(self, formats=with_summary(self.formats))

    def write(self, audit: Audit, assessment: Assessment) -> None:
        """Write everything, or nothing. Raises OutputError, or InputError where a template is wrong."""
        output.write_all(
            {name: entry.render(audit, assessment, self._options(name)) for name, entry in self.formats.items()}
        )
        for name in self.formats:
            if name != output.STANDARD_OUTPUT:
                output.say(_("Written: {file}").format(file=name))

    def _options(self, name: str) -> Options:
        look = self.look
        templates = Path(look.template) if look.template else None
        options = Options(written=self.written, style=look.style or FULL, templates=templates)
        if name != output.STANDARD_OUTPUT:
            return options
        return replace(
            options, width=terminal.width(), height=terminal.height(), colour=terminal.wants_colour(look.plain)
        )


def planned(outputs: Sequence[str], format_name: str | None, look: Look) -> Writing:
    """What the command line asks for.

    Raises UsageError, OutputError or InputError for all that can be known before anything is asked or read.
    """
    formats = chosen_formats(outputs, format_name)
    output.require_folders(formats)
    _require_style(look.style)
    _require_pages(formats, look)
    for entry in formats.values():
        entry.require()
    _refuse_terminal(formats)
    if look.template:
        from involve_audit.render.template_files import require_templates

        require_templates(Path(look.template))
    return Writing(formats, look, clock.time_to_state())


def _require_style(style: str | None) -> None:
    if style and style not in STYLES:
        raise UsageError(Problem("", _("there is no style `{style}`").format(style=style), suggestion(style, STYLES)))


def _require_pages(formats: dict[str, Format], look: Look) -> None:
    """Raise UsageError where an option would change nothing."""
    if look.of_pages() and not any(entry.styled for entry in formats.values()):
        what = _("{option} goes with a page, and none is written here").format(option=look.of_pages()[0])
        raise UsageError(Problem("", what, _("Name one, such as -o report.html, -o report.pdf or -o report.md.")))


def _refuse_terminal(formats: dict[str, Format]) -> None:
    """Raise OutputError where bytes would go to a terminal, which takes them for commands."""
    entry = formats.get(output.STANDARD_OUTPUT)
    if entry and entry.binary and sys.stdout.isatty():
        what = _("a terminal cannot show a file of the format {format}").format(format=entry.name)
        hint = _("Name a file to write: -o report{suffix}").format(suffix=entry.suffixes[0])
        raise OutputError(Problem("", what, hint))
