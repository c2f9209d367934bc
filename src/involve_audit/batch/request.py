"""What is asked for of a run, as the command line puts it, and whether all of it goes together."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from involve_audit import terminal
from involve_audit.batch.outputs import Output
from involve_audit.engine.checks import FAIL_ON_OF_MANY, MISSING, REGRESSION, Checks
from involve_audit.errors import Problem, UsageError, nothing_to_fail_on
from involve_audit.language import _
from involve_audit.loading.answers_files import names_listed
from involve_audit.output import STANDARD_OUTPUT
from involve_audit.render.batch.outcome import Setting
from involve_audit.render.formats import ASSESSMENT, MANY_AUDITS

if TYPE_CHECKING:
    from involve_audit.render.formats import Format


@dataclass(frozen=True, slots=True)
class Request:
    """The words of the command line, as they were given."""

    paths: tuple[str, ...] = ()
    files_from: str | None = None
    rubric: str | None = None
    outputs: tuple[str, ...] = ()
    format_name: str | None = None
    long: bool = False
    reports: str | None = None
    report_formats: tuple[str, ...] = ()
    fail_under: str | None = None
    fail_on: tuple[str, ...] = ()
    baseline: str | None = None
    jobs: int | None = None
    expected: str | None = None
    cache: str | None = None
    allow_none: bool = False
    quiet: bool = False
    plain: bool = False

    def names(self) -> list[str]:
        """The names of files, folders and patterns. Raises UsageError where there are none, InputError for the list."""
        if not self.paths and self.files_from is None:
            hint = _("Name files or folders: involve-audit batch FOLDER")
            raise UsageError(Problem("", _("no answers files were named"), hint))
        return [*self.paths, *(names_listed(self.files_from) if self.files_from is not None else [])]

    def checks(self) -> Checks:
        """What the run may fail on. Raises UsageError."""
        problems = nothing_to_fail_on(self.fail_on, FAIL_ON_OF_MANY)
        if REGRESSION in self.fail_on and self.baseline is None:
            hint = _("Name the results of the earlier run: --baseline FILE")
            problems.append(Problem("", _("--fail-on regression needs something to compare with"), hint))
        if MISSING in self.fail_on and self.expected is None:
            hint = _("Name the list of services: --expected SERVICES.csv")
            problems.append(Problem("", _("--fail-on missing needs a list of who is expected to answer"), hint))
        if self.cache == "":  # which would be the working folder
            hint = _("Name the folder, or leave --cache out.")
            problems.append(Problem("", _("--cache names no folder"), hint))
        if problems:
            raise UsageError(problems)
        return Checks(self.fail_under, tuple(dict.fromkeys(self.fail_on)))

    def formats_of_reports(self) -> tuple[Format, ...]:
        """In which formats each audit's own report is written. Raises UsageError, OutputError where one cannot be."""
        chosen = {name: ASSESSMENT.named(name) for name in self.report_formats or ("html",)}
        if self.report_formats and self.reports is None:
            hint = _("Name their folder: --reports FOLDER")
            raise UsageError(Problem("", _("--report-format goes with --reports"), hint))
        for entry in chosen.values():
            entry.require()
        return tuple(chosen.values())

    def chosen_outputs(self, checks: Checks, fewer_than: int | None) -> tuple[Output, ...]:
        """What to write where. Raises UsageError with everything that does not go together."""
        printed = [STANDARD_OUTPUT] if self.format_name and STANDARD_OUTPUT not in self.outputs else []
        formats = MANY_AUDITS.chosen([*self.outputs, *printed], self.format_name)
        problems = list(self._problems_of_sharing(formats.values())) if fewer_than is not None else []
        if self.long and not any(entry.name == "csv" for entry in formats.values()):
            hint = _("Add -o FILE.csv, or leave --long out.")
            problems.append(Problem("", _("--long is for .csv, and none was asked for"), hint))
        if problems:
            raise UsageError(problems)
        compared = self.baseline is not None
        in_file = Setting(checks, self.long, compared, fewer_than)
        on_terminal = replace(
            in_file, width=terminal.width(), height=terminal.height(), colour=terminal.wants_colour(self.plain)
        )
        in_file, on_terminal = (replace(setting, plain=self.plain) for setting in (in_file, on_terminal))
        tables = [PurePath(name).name for name, entry in formats.items() if entry.name == "csv"]
        in_file, on_terminal = (replace(setting, table=next(iter(tables), "")) for setting in (in_file, on_terminal))
        settings = {name: on_terminal if name == STANDARD_OUTPUT else in_file for name in formats}
        return tuple(
            Output(name, entry, replace(settings[name], reports=self._reports_from(name), markup=entry.template))
            for name, entry in formats.items()
        )

    def _problems_of_sharing(self, formats: Iterable[Format]) -> Iterator[Problem]:
        """What does not go together with results for sharing."""
        for name in (entry.name for entry in formats if not entry.shareable):
            hint = _("Leave one of the two out: it points into the answers files, which are not for sharing.")
            yield Problem("", _("{format} does not go with --publish").format(format=name), hint)
        if self.baseline is not None:
            hint = _("A comparison names audits by what their files are called. Leave one of the two out.")
            yield Problem("", _("--baseline does not go with --publish"), hint)

    def _reports_from(self, output: str) -> str:
        """The folder of reports as a link from an output leads there; empty where there is none."""
        if self.reports is None:
            return ""
        above = PurePath(output).parent if output != STANDARD_OUTPUT else "."
        try:
            return PurePath(os.path.relpath(self.reports, above)).as_posix()
        except ValueError:  # on another drive of Windows
            return Path(self.reports).absolute().as_uri()
