"""The formats in which a run over many audits can be written: one registry, from which the command line chooses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import NamedTuple

from involve_audit.render.batch.outcome import Outcome, Run, Setting


class BatchFormat(NamedTuple):
    """A format: its name for `--format`, its file suffixes, and its module, which is imported only when it is used.

    A module has `row(outcome, setting)`, the text of one audit, made wherever the audit was scored. A streamed format
    has `head(setting)`, what stands before all rows; any other `document(run, rows, setting)`, which makes the whole
    from the rows' lines once the run is over, as pieces of text.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    streamed: bool = False
    shareable: bool = True

    def row(self, outcome: Outcome, setting: Setting) -> str:
        """One audit, as lines of text; empty where the format says nothing of it."""
        made: str = import_module(self.module).row(outcome, setting)
        return made

    def head(self, setting: Setting) -> str:
        """What stands before the rows of a streamed format."""
        made: str = import_module(self.module).head(setting)
        return made

    def document(self, run: Run, rows: Iterable[str], setting: Setting) -> Iterator[str]:
        """The whole, from all rows in order, line by line. `rows` can be gone through more than once."""
        pieces: Iterator[str] = import_module(self.module).document(run, rows, setting)
        return pieces


GITHUB = "github"
_HERE = "involve_audit.render.batch."
FORMATS = (
    BatchFormat("text", (".txt",), _HERE + "text"),
    BatchFormat("csv", (".csv",), _HERE + "spreadsheet", streamed=True),
    BatchFormat("jsonl", (".jsonl", ".ndjson"), _HERE + "json_lines", streamed=True),
    BatchFormat("junit", (".xml",), _HERE + "junit"),
    BatchFormat("sarif", (".sarif", ".sarif.json"), _HERE + "sarif", shareable=False),
    BatchFormat("json", (".json",), _HERE + "json_document"),
    BatchFormat(GITHUB, (), _HERE + "github", shareable=False),
    BatchFormat("markdown", (".md", ".markdown"), _HERE + "markdown"),
    BatchFormat("html", (".html", ".htm"), _HERE + "html"),
)
