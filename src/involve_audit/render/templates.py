"""Jinja as we use it: everything undefined is an error, everything that is inserted is escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
from jinja2 import FileSystemBytecodeCache

from involve_audit.escaping import clean, link_target
from involve_audit.language import day, number
from involve_audit.render.sandbox import Sandbox
from involve_audit.render.template_errors import told_to_authors
from involve_audit.render.template_files import TemplateFiles
from involve_audit.words.reports import WORDS, counted

Filters = Mapping[str, Callable[[Any], str]]


def fill(
    template: str,
    report: Any,
    *,
    autoescape: bool,
    finalize: Callable[[Any], Any],
    filters: Filters | None = None,
    folder: Path | None = None,
    words: Mapping[str, str] = WORDS,
) -> str:
    """The template's text with the report in it, or whatever else has a title, a language and a style.

    `finalize` is applied to every value before it is inserted; `autoescape` then escapes it for HTML, in whatever
    file the template takes in. Templates in `folder` come before ours. Raises InputError, with its line, for what is
    wrong in one of them.
    """
    files = TemplateFiles(folder)
    environment = _environment(files, autoescape=autoescape, finalize=finalize)
    environment.filters.update({"day": day, "number": number, "link_target": link_target, **(filters or {})})
    environment.globals["counted"] = counted
    with told_to_authors(files):
        text = environment.get_template(template).render(report=report, words=SimpleNamespace(**words))
    return str(clean(text.lstrip()))


def _environment(files: TemplateFiles, *, autoescape: bool, finalize: Callable[[Any], Any]) -> Sandbox:
    manner = "-".join([jinja2.__version__, "escaped" if autoescape else "plain", finalize.__name__])
    return Sandbox(
        loader=files,
        autoescape=autoescape,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_compiled_templates(manner),
    )


def _compiled_templates(manner: str) -> FileSystemBytecodeCache | None:
    """Jinja's own cache in the user's temporary folder, keyed by the template's text; None where there is none.

    Compiling the page's template costs more than the engine and the page together. What was compiled in another
    manner is not used: without the sandbox, with other escaping, or by another version of Jinja.
    """
    try:
        return FileSystemBytecodeCache(pattern=f"__involve_audit_sandboxed-{manner}_%s.cache")
    except (RuntimeError, OSError):
        return None
