"""The formats a result can be written in: one registry, from which the command line takes its choices."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from involve_audit.engine.assessment import Assessment
from involve_audit.model.audit import Audit
from involve_audit.render.options import Options


class Format(NamedTuple):
    """A format: the name for `--format`, its file suffixes, and the module whose `render` makes it."""

    name: str
    suffixes: tuple[str, ...]
    module: str

    def render(self, audit: Audit, assessment: Assessment, options: Options) -> str:
        """The result in this format. Its module is imported only now: a run pays for what it uses."""
        render: Callable[[Audit, Assessment, Options], str] = import_module(self.module).render
        return render(audit, assessment, options)


FORMATS = (
    Format("text", (".txt",), "involve_audit.render.terminal"),
    Format("html", (".html", ".htm"), "involve_audit.render.html"),
    Format("markdown", (".md", ".markdown"), "involve_audit.render.markdown"),
    Format("record", (".audit.json",), "involve_audit.render.record"),
)
TEXT = FORMATS[0]


def format_named(name: str) -> Format | None:
    """The format of this name."""
    return next((entry for entry in FORMATS if entry.name == name), None)


def format_of_file(name: str) -> Format | None:
    """The format that a file's suffix asks for."""
    return next((entry for entry in FORMATS if name.lower().endswith(entry.suffixes)), None)
