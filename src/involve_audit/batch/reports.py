"""Each audit's own report, written to a folder that is put in place once the run is over."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from involve_audit import temporary
from involve_audit.clock import time_to_state
from involve_audit.engine.assessment import assess_audit
from involve_audit.errors import InputError, OutputError, Problem
from involve_audit.language import _
from involve_audit.model.names import file_stem
from involve_audit.output import Content, as_bytes, cannot_write, encodable, place_of, require_places
from involve_audit.render.options import Options
from involve_audit.render.publishing import to_show
from involve_audit.render.report import ReportPage

if TYPE_CHECKING:
    from involve_audit.loading.rubrics import Loaded
    from involve_audit.render.formats import Format

_BEGUN = ".begun-"


@dataclass(frozen=True, slots=True)
class Reports:
    """Where reports go in the end, where they wait, and how they are written.

    The first format is the one that is linked to.
    """

    target: Path
    waiting: Path
    formats: Sequence[Format]
    options: Options
    fewer_than: int | None

    def write(self, audit: str, loaded: Loaded) -> str:
        """Write an audit's report in every format and give the name of the first. Raises OutputError or InputError."""
        assessment = assess_audit(loaded.audit, loaded.rubric.compiled, loaded.rubric.original)
        shown = replace(to_show(loaded.audit, self.fewer_than), id=encodable(audit, "utf-8"))
        page = ReportPage(shown, assessment, self.options)
        names = [file_stem(audit) + entry.suffixes[0] for entry in self.formats]
        for entry, name in zip(self.formats, names, strict=True):
            try:
                content = entry.render(page)
            except InputError as error:
                raise InputError(replace(problem, path=problem.path or name) for problem in error.problems) from None
            self._write(name, content)
        return names[0]

    def _write(self, name: str, content: Content) -> None:
        """Write a report so that it is never there by half, should this process be ended."""
        begun = self.waiting / f"{_BEGUN}{name}"
        try:
            begun.write_bytes(as_bytes(content))
            begun.replace(self.waiting / name)
        except OSError as error:
            raise OutputError(cannot_write(name, error)) from None

    def commit(self) -> None:
        """Let the reports take their places; what else is in the folder stays. Raises OutputError."""
        try:
            self.target.mkdir(exist_ok=True)
            finished = sorted(report for report in self.waiting.iterdir() if not report.name.startswith(_BEGUN))
            require_places(str(self.target / report.name) for report in finished)
            for report in finished:
                report.replace(self.target / report.name)
        except (OSError, ValueError) as error:
            raise OutputError(cannot_write(str(self.target), error)) from None


@contextmanager
def reports_in(name: str, formats: Sequence[Format], fewer_than: int | None) -> Iterator[Reports]:
    """Reports on their way to a folder, of which nothing is left where they are not committed. Raises OutputError."""
    target = place_of(name)
    if target.exists() and not target.is_dir():
        raise OutputError(Problem(name, _("this is not a folder"), _("Name another folder.")))
    temporary.clear_away(target.parent)
    try:
        waiting = Path(tempfile.mkdtemp(prefix=temporary.prefix(), dir=target.parent))
    except OSError as error:
        raise OutputError(cannot_write(name, error)) from None
    try:
        yield Reports(target, waiting, formats, Options(written=time_to_state()), fewer_than)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
