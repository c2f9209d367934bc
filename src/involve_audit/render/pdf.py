"""The report as a PDF: the page for a browser, laid out for print by WeasyPrint. Nothing is fetched."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from weasyprint import HTML
from weasyprint.urls import URLFetcher

from involve_audit import __version__
from involve_audit.errors import InputError, Problem
from involve_audit.language import _, number
from involve_audit.render.pdf_charts import style_charts
from involve_audit.render.templates import fill

if TYPE_CHECKING:
    from involve_audit.render.options import Page

_VARIANT = "pdf/ua-1"
_FROM_NOWHERE = "about:blank"
LARGEST_PAGE = 2_000_000
"""Characters of HTML. Half of them took 0.8 GB and half a minute; a page of 300 questions and 50 views is a quarter."""


def render(page: Page) -> bytes:
    """The file's bytes, tagged, with title and language: the same for the same page and fonts.

    Raises InputError where the page is too long, or where a user's template asks for something that is not in it.
    """
    fetcher, filled = InThePage(), fill(page, "html")
    if len(filled) > LARGEST_PAGE:
        what = _("this is too long for a PDF: a page of more than {most} characters").format(most=number(LARGEST_PAGE))
        raise InputError(Problem("", what, _("Write it as .html, which a browser can print.")))
    with _quiet():
        content = _printed(filled, fetcher, page.options.written)
    if fetcher.refused:
        raise InputError(_not_in_the_page(link, str(page.options.templates or "")) for link in fetcher.refused)
    return content


def _printed(page: str, fetcher: InThePage, written: datetime | None) -> bytes:
    parsed = HTML(string=page, base_url=_FROM_NOWHERE, url_fetcher=fetcher)
    style_charts(parsed.etree_element)
    document = parsed.render(pdf_variant=_VARIANT)
    document.metadata.generator = f"involve-audit {__version__}"
    if written:
        document.metadata.created = document.metadata.modified = written.isoformat()
    content: bytes = document.write_pdf(pdf_variant=_VARIANT, pdf_identifier=True)
    return content


class InThePage(URLFetcher):  # type: ignore[misc]
    """Gives what a `data:` link holds, as it stands in the page, and refuses to fetch anything."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",))
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> Any:
        """What the link holds. Raises ValueError, and remembers the link, where it leads anywhere else."""
        if not url.startswith("data:"):
            self.refused.append(url)
            raise ValueError(url)
        return super().fetch(url, headers)


def _not_in_the_page(link: str, folder: str) -> Problem:
    what = _("a template asks for `{link}`, and nothing is fetched for a PDF").format(link=link)
    hint = _("Write a picture into the template itself: as SVG, or as a link that begins with `data:`.")
    return Problem(folder, what, hint)


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing is logged: what WeasyPrint says of styles that are meant for screens is of no use to a reader."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
