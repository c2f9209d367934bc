"""Jinja as we use it: everything undefined is an error, everything that is inserted is escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FunctionLoader, StrictUndefined

from involve_audit import resources
from involve_audit.language import day, number
from involve_audit.render.report import Report
from involve_audit.render.vocabulary import WORDS, counted

Filters = Mapping[str, Callable[[Any], str]]


def fill(
    template: str, report: Report, *, autoescape: bool, finalize: Callable[[Any], Any], filters: Filters | None = None
) -> str:
    """The template's text with the report in it.

    `finalize` is applied to every value before it is inserted; `autoescape` then escapes it for HTML.
    """
    settings: dict[str, Any] = {
        "autoescape": autoescape,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "keep_trailing_newline": True,
    }
    environment = Environment(
        loader=FunctionLoader(resources.read_template),
        undefined=StrictUndefined,
        finalize=finalize,
        auto_reload=False,
        bytecode_cache=_compiled_templates(settings),
        **settings,
    )
    environment.filters.update({"day": day, "number": number, **(filters or {})})
    environment.globals["counted"] = counted
    return environment.get_template(template).render(report=report, words=SimpleNamespace(**WORDS)).lstrip()


def _compiled_templates(settings: Mapping[str, Any]) -> FileSystemBytecodeCache | None:
    """Jinja's own cache in the user's temporary folder, keyed by the template's text; None where there is none.

    Compiling the page's template costs more than the engine and the page together.
    """
    try:
        named = "-".join(str(value) for value in settings.values())
        return FileSystemBytecodeCache(pattern=f"__involve_audit_{named}_%s.cache")
    except (RuntimeError, OSError):
        return None
