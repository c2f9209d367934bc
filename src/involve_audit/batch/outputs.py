"""The outputs of a run, written as its audits are scored. Each file is whole in the end, or not there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from involve_audit.output import STANDARD_OUTPUT, Pending, append, put_in_place, to_standard_output
from involve_audit.render.formats import GITHUB

if TYPE_CHECKING:
    from involve_audit.render.batch.outcome import Run, Setting
    from involve_audit.render.formats import Format

_BYTE_ORDER_MARK = "\ufeff"  # of use in a file only


class Output(NamedTuple):
    """One thing to write: its name, its format and how."""

    name: str
    format: Format
    setting: Setting


class _Rows:
    """The rows of one output, kept on the disk. Can be gone through, line by line, any number of times."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - lives with the run

    def add(self, text: str) -> None:
        self._file.write(text)

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        return iter(self._file.readline, "")  # a generator that is given up would close the file

    def close(self) -> None:
        with suppress(OSError):  # where there is no room for what was not written yet, either
            self._file.close()


class _Target:
    """One output: a file on its way or standard output, and the rows that wait for the end of the run."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.file = None if output.name == STANDARD_OUTPUT else Pending(output.name)
        self.rows = None if output.format.streamed else _Rows()
        if output.format.streamed:
            head = output.format.made_by.head(output.setting)
            self.write(head if self.file else head.removeprefix(_BYTE_ORDER_MARK))

    def write(self, text: str) -> None:
        if self.file:
            self.file.write(text)
        elif text:
            to_standard_output(text)

    def add(self, text: str) -> None:
        if self.rows:
            self.rows.add(text)
        else:
            self.write(text)

    def finish(self, run: Run) -> None:
        if self.rows:
            for piece in self.output.format.made_by.document(run, self.rows, self.output.setting):
                self.write(piece)

    def discard(self) -> None:
        if self.rows:
            self.rows.close()
        if self.file:
            self.file.discard()


class Outputs:
    """The outputs of one run."""

    def __init__(self, outputs: Sequence[Output]) -> None:
        """Begin. Raises OutputError where one of them cannot be written."""
        self.targets: list[_Target] = []
        try:
            for output in outputs:
                self.targets.append(_Target(output))
        except BaseException:
            self.discard()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.discard()

    @property
    def are_annotated(self) -> bool:
        """Whether problems stand in annotations for GitHub."""
        return any(target.output.format.name == GITHUB for target in self.targets)

    def add(self, rows: Sequence[str]) -> None:
        """Add the rows of some audits, one text for each output. Raises OutputError."""
        for target, text in zip(self.targets, rows, strict=True):
            target.add(text)

    def complete(self, run: Run) -> None:
        """Write what can be written only in the end, all of it to the disk. Raises OutputError."""
        for target in self._files():
            target.finish(run)

    def commit(self) -> None:
        """Let the files take their places. Raises OutputError."""
        put_in_place([target.file for target in self._files() if target.file])

    def print(self, run: Run) -> None:
        """Write to standard output what has not been written as it came."""
        for target in self.targets:
            if not target.file:
                target.finish(run)

    def _files(self) -> list[_Target]:
        return [target for target in self.targets if target.file]

    def discard(self) -> None:
        """Leave nothing behind of what is not finished."""
        for target in self.targets:
            target.discard()

    def add_to_summary_of_job(self, run: Run) -> None:
        """Add the overview to the summary of a job of GitHub Actions, where annotations were asked for."""
        name = os.environ.get("GITHUB_STEP_SUMMARY")
        settings = [target.output.setting for target in self.targets if target.output.format.name == GITHUB]
        if name and settings:
            from involve_audit.render.batch.github import MOST_BYTES, summary

            there = Path(name).stat().st_size if Path(name).is_file() else 0
            append(name, summary(run, settings[0], MOST_BYTES - there))
