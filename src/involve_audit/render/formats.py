"""The formats a result can be written in: one registry, from which the command line takes its choices."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from involve_audit.engine.assessment import Assessment
from involve_audit.model.audit import Audit
from involve_audit.render.options import Options


class Format(NamedTuple):
    """A format: the name for `--format`, its file suffixes, and the module whose `render` makes it.

    `styled` where it is made from templates, `binary` where it is not text, `library` the module whose `require` says
    whether something is missing that this format alone needs.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    styled: bool = False
    binary: bool = False
    library: str | None = None

    def require(self) -> None:
        """Raise OutputError where something that this format needs is not installed."""
        if self.library:
            import_module(self.library).require()

    def render(self, audit: Audit, assessment: Assessment, options: Options) -> str | bytes:
        """The result in this format. Its module is imported only now: a run pays for what it uses.

        Raises InputError where a user's template is wrong, and OutputError as `require` does.
        """
        self.require()
        render: Callable[[Audit, Assessment, Options], str | bytes] = import_module(self.module).render
        return render(audit, assessment, options)


FORMATS = (
    Format("text", (".txt",), "involve_audit.render.terminal"),
    Format("html", (".html", ".htm"), "involve_audit.render.html", styled=True),
    Format(
        "pdf",
        (".pdf",),
        "involve_audit.render.pdf",
        styled=True,
        binary=True,
        library="involve_audit.render.pdf_library",
    ),
    Format("markdown", (".md", ".markdown"), "involve_audit.render.markdown", styled=True),
    Format("record", (".audit.json",), "involve_audit.render.record"),
)
TEXT = FORMATS[0]


def format_named(name: str) -> Format | None:
    """The format of this name."""
    return next((entry for entry in FORMATS if entry.name == name), None)


def format_of_file(name: str) -> Format | None:
    """The format that a file's suffix asks for."""
    return next((entry for entry in FORMATS if name.lower().endswith(entry.suffixes)), None)
