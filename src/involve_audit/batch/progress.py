"""How far a run is: a bar for a person at a terminal, now and then a line for a log, nothing where none is wanted.

Always on standard error, and only for a run that takes its time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from involve_audit.language import number
from involve_audit.output import say
from involve_audit.words.many import BATCH, PROGRESS

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE = 0.5
_BETWEEN_LINES = 10.0
_BETWEEN_PICTURES = 0.1

Clock = Callable[[], float]


class Nothing:
    """Shows nothing, whatever it is told."""

    def advance(self, files: int) -> None:
        """So many more files are done."""

    def end(self) -> None:
        """The run is over, in one way or another."""


class Lines(Nothing):
    """Says a line every ten seconds."""

    def __init__(self, total: int, clock: Clock = monotonic) -> None:
        self.total = total
        self.done = 0
        self.clock = clock
        self.begun = self.said = clock()

    def advance(self, files: int) -> None:
        self.done += files
        now = self.clock()
        if now - self.said >= _BETWEEN_LINES:
            self.said = now
            rate = self.done / (now - self.begun)
            left = (self.total - self.done) / rate if rate else 0.0
            figures = {"done": self.done, "total": self.total, "rate": round(rate), "left": round(left)}
            say(PROGRESS["line"].format(**{name: number(figure) for name, figure in figures.items()}))


class Bar(Nothing):
    """Draws a bar with the rate and the time left, and takes it away in the end.

    Draws from this thread alone: a process with several may not be copied safely.
    """

    def __init__(self, total: int, stream: TextIO, clock: Clock = monotonic) -> None:
        self.total = total
        self.done = 0
        self.stream = stream
        self.clock = clock
        self.begun = self.drawn = clock()
        self.drawing: tuple[Progress, TaskID] | None = None

    def advance(self, files: int) -> None:
        self.done += files
        now = self.clock()
        if now - self.begun >= _PATIENCE and now - self.drawn >= _BETWEEN_PICTURES:
            self.drawn = now
            progress, task = self.drawing or self._begin()
            rate = PROGRESS["rate"].format(rate=number(round(self.done / (now - self.begun))))
            progress.update(task, completed=self.done, rate=rate)
            progress.refresh()

    def _begin(self) -> tuple[Progress, TaskID]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
        console = Console(file=self.stream, markup=False, highlight=False, emoji=False)
        progress = Progress(*columns, console=console, auto_refresh=False, transient=True, get_time=self.clock)
        progress.start()
        self.drawing = progress, progress.add_task("", total=self.total, rate="")
        return self.drawing

    def end(self) -> None:
        if self.drawing:
            self.drawing[0].stop()


def tell_of_loss(exit_code: int | None) -> None:
    """Say that a process was ended from outside."""
    say(BATCH["lost"].format(signal=abs(exit_code or 0)))


def shown_for(total: int, quiet: bool, plain: bool) -> Nothing:
    """What suits this run."""
    if quiet:
        return Nothing()
    return Bar(total, sys.stderr) if sys.stderr.isatty() and not plain else Lines(total)
