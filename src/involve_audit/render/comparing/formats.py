"""The formats that a comparison can be written in."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple


class ComparisonFormat(NamedTuple):
    """A format: the name for `--format`, its file suffixes, and the module whose `render` makes it.

    `styled` where it is made from templates.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    styled: bool = False

    def render(self, report: Any) -> str:
        """The comparison in this format. Its module is imported only now."""
        render: Callable[[Any], str] = import_module(self.module).render
        return render(report)


_HERE = "involve_audit.render.comparing."
DIFF_FORMATS = (
    ComparisonFormat("text", (".txt",), _HERE + "text"),
    ComparisonFormat("html", (".html", ".htm"), _HERE + "html", styled=True),
    ComparisonFormat("markdown", (".md", ".markdown"), _HERE + "markdown", styled=True),
    ComparisonFormat("json", (".json",), _HERE + "data"),
    ComparisonFormat("junit", (".xml",), _HERE + "junit"),
)
TREND_FORMATS = (
    ComparisonFormat("text", (".txt",), _HERE + "trend_text"),
    ComparisonFormat("html", (".html", ".htm"), _HERE + "trend_html", styled=True),
    ComparisonFormat("markdown", (".md", ".markdown"), _HERE + "trend_markdown", styled=True),
    ComparisonFormat("json", (".json",), _HERE + "trend_data"),
)
