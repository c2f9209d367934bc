"""Jinja as we use it: everything undefined is an error, everything that is inserted is escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2.utils import Namespace

from involve_audit import resources
from involve_audit.escaping import clean, link_target, markdown, markdown_target, safe_markdown
from involve_audit.language import day, number
from involve_audit.render.lettering import ems, fitting
from involve_audit.render.sandbox import Sandbox
from involve_audit.render.template_errors import told_to_authors
from involve_audit.render.template_files import TemplateFiles, key_of
from involve_audit.render.titles import legend
from involve_audit.words.reports import COUNTED

if TYPE_CHECKING:
    from involve_audit.render.options import Page


class Manner(NamedTuple):
    """How values are put into templates of one markup.

    `finalize` is applied to every value before it is inserted; `autoescape` then escapes it for HTML, in whatever file
    the template takes in.
    """

    autoescape: bool
    finalize: Callable[[Any], Any]
    filters: Mapping[str, Callable[..., Any]]


_FILTERS: dict[str, Callable[..., Any]] = {"day": day, "number": number, "link_target": link_target}
MANNERS = {
    "html": Manner(True, clean, {**_FILTERS, "ems": ems, "fitting": fitting}),
    "md": Manner(False, markdown, {**_FILTERS, "link_target": markdown_target, "safe_markdown": safe_markdown}),
}
"""By the markup that a template's name ends with."""


def fill(page: Page, markup: str) -> str:
    """The text of the page's template in this markup, with the page in it as `report`.

    Templates in the folder of its options come before ours. Raises InputError, with its line, for what is wrong in one
    of them.
    """
    folder = page.options.templates
    environment = _shipped(markup) if folder is None else _environment(folder, markup)
    environment.globals["contents"]["parts"] = []  # a page gathers its own
    with told_to_authors(environment.loader), environment.page():
        template = environment.get_template(f"{page.template}.{markup}.j2")
        text = template.render(report=page, words=SimpleNamespace(**page.words))
    return str(clean(text.lstrip()))


def compiled() -> Iterator[tuple[str, Callable[[], str]]]:
    """What makes Python of every template that comes with the program, with the key by which a run finds it."""
    for name in resources.shipped_templates():
        markup = name.split(".")[-2]
        environment = _shipped(markup if markup in MANNERS else "html")
        text = resources.read_template(name)
        python: Any = partial(environment.compile, text, name, raw=True)
        yield key_of(environment, name, text), python


def sealed(text: str) -> str:
    """A page with the digests of its own script and styles in its policy, which allows no others."""
    for element in ("script", "style"):
        text = text.replace(f"sha256-{element.upper()}", digest_of(text, element), 1)
    return text


def digest_of(text: str, element: str) -> str:
    """What a policy calls the first script or style of a page."""
    inside = text.partition(f"<{element}>")[2].partition(f"</{element}>")[0]  # none before it: text is escaped
    return f"sha256-{b64encode(sha256(inside.encode()).digest()).decode()}"


@cache
def _shipped(markup: str) -> Sandbox:
    """One for all pages that are made from the templates that come with the program: each is loaded once."""
    return _environment(None, markup)


def _environment(folder: Path | None, markup: str) -> Sandbox:
    manner = MANNERS[markup]
    environment = Sandbox(
        loader=TemplateFiles(folder),
        autoescape=manner.autoescape,
        finalize=manner.finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters.update(manner.filters)
    environment.globals.update(counted=COUNTED.of, legend_of=legend, contents=Namespace(parts=[]))
    return environment
