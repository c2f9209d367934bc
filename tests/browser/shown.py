"""A report's page in the browser: the ways in which it is seen, and what the browser asked for meanwhile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page
from pypdf import PageObject, PdfReader
from pypdf.generic import DecodedStreamObject, NameObject
from tests.browser.elements import Elements

HEIGHT = 900
FOOT = 60
"""Below this, in points from the lower edge of a printed page, stands its number."""
SCRIPTS = Path(__file__).parent / "scripts"


class Sheet(NamedTuple):
    """A printed page: its text, and how much of it is empty below its last line, as a share of its height."""

    text: str
    emptiness: float


LONGHAND = re.compile(rb"> Tj\n-?[\d.]+ 0 Td <|^[-\d. RG]*(?:[mlchf]|re|rg)\n", re.MULTILINE)
"""What stands between two letters of a line, each of which Chromium writes by itself, and what it draws beside text."""


def _in_short(page: PageObject) -> PageObject:
    """The page with the letters of a line in one: it says the same at the same places, and is read in a quarter."""
    contents, short = page.get_contents(), DecodedStreamObject()
    assert contents is not None
    short.set_data(LONGHAND.sub(b"", contents.get_data()))
    page[NameObject("/Contents")] = short
    return page


def _read(page: PageObject) -> Sheet:
    heights: list[float] = []

    def note(text: str, matrix: list[float], of_text: list[float], *_: object) -> None:
        if text.strip():
            heights.append(of_text[4] * matrix[1] + of_text[5] * matrix[3] + matrix[5])

    text = page.extract_text(visitor_text=note)
    height = float(page.mediabox.height)
    return Sheet(text, min((height for height in heights if height > FOOT), default=height) / height)


class Shown:
    """One page of the browser with one report in it. Anything but a file of this machine is refused to it."""

    def __init__(self, page: Page, file: Path, report: str, style: str) -> None:
        self._page, self.file, self.report, self.style = page, file, report, style
        self._way: tuple[object, ...] | None = None
        self._is_to_be_as_at_first = False
        self.requests: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
        self.screen = page.context.new_cdp_session(page)
        page.goto(file.as_uri())

    @property
    def page(self) -> Page:
        """The page, for whoever looks at it."""
        if self._is_to_be_as_at_first:
            self.seen()
        return self._page

    def as_at_first(self) -> None:
        """Whoever looks next sees it in a window of 1280 pixels: it is laid out so only where somebody does."""
        self._is_to_be_as_at_first = True

    @property
    def source(self) -> str:
        return self.file.read_text(encoding="utf-8")

    @cached_property
    def elements(self) -> Elements:
        """What the source holds that a browser might follow, fetch or run."""
        return Elements(self.source)

    @property
    def fonts(self) -> set[str]:
        """The families of the fonts that its text is shown in."""
        self.screen.send("DOM.enable")
        self.screen.send("CSS.enable")
        root = self.screen.send("DOM.getDocument")["root"]["nodeId"]
        nodes = self.screen.send("DOM.querySelectorAll", {"nodeId": root, "selector": "body *"})["nodeIds"]
        shown = (self.screen.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in nodes)
        return {font["familyName"] for fonts in shown for font in fonts}

    @cached_property
    def print(self) -> PdfReader:
        """What the browser prints to a file, with colours as on the screen."""
        self.seen()
        return PdfReader(BytesIO(self.page.pdf(prefer_css_page_size=True, print_background=True)))

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Each page of the print."""
        return [_read(_in_short(page)) for page in self.print.pages]

    @property
    def printed_text(self) -> list[str]:
        """The text of each page of the print."""
        return [sheet.text for sheet in self.sheets]

    def seen(
        self,
        width: int = 1280,
        *,
        zoom: int = 1,
        text: int = 100,
        dark: bool = False,
        forced_colours: bool = False,
        printed: bool = False,
    ) -> None:
        """Shows the page in a window of `width` pixels, enlarged `zoom` times, with text of `text` percent."""
        self._is_to_be_as_at_first = False
        way = (width, zoom, text, dark, forced_colours, printed)
        if way == self._way:
            return
        self._way = way
        size = {"width": width // zoom, "height": HEIGHT // zoom, "deviceScaleFactor": zoom, "mobile": False}
        self.screen.send("Emulation.setDeviceMetricsOverride", size)
        self._page.emulate_media(
            media="print" if printed else "null",
            color_scheme="dark" if dark else "light",
            forced_colors="active" if forced_colours else "none",
        )
        self.ask("percent => { document.documentElement.style.fontSize = percent == 100 ? '' : `${percent}%` }", text)

    def ask(self, script: str, *values: object) -> Any:
        """What JavaScript says about the page: an expression, or a function of `values`."""
        return self.page.evaluate(script, *values)

    def run(self, name: str, *values: object) -> Any:
        """What the script of this name in scripts/ says about the page."""
        return self.ask((SCRIPTS / f"{name}.js").read_text(encoding="utf-8"), *values)


def none(found: Sequence[object]) -> None:
    """Asserts that nothing was found; says all of it otherwise, a line each."""
    assert not found, "\n" + "\n".join(map(str, found))
