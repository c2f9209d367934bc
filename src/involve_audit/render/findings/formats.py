"""The formats that findings can be written in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple

from involve_audit.model.finding import Checked


class FindingsFormat(NamedTuple):
    """A format: the name for `--format`, its file suffixes, and the module whose `render` makes it."""

    name: str
    suffixes: tuple[str, ...]
    module: str

    def render(self, checked: Sequence[Checked], strict: bool) -> str:
        """The findings in this format. Its module is imported only now."""
        render: Callable[[Sequence[Checked], bool], str] = import_module(self.module).render
        return render(checked, strict)


FORMATS = (
    FindingsFormat("text", (".txt",), "involve_audit.render.findings.text"),
    FindingsFormat("json", (".json",), "involve_audit.render.findings.data"),
    FindingsFormat("sarif", (".sarif",), "involve_audit.render.findings.sarif"),
    FindingsFormat("junit", (".xml",), "involve_audit.render.findings.junit"),
)
