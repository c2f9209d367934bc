"""What a page's source holds that a browser might follow, fetch or run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

FETCHING = {"action", "background", "data", "formaction", "manifest", "ping", "poster", "src", "srcset", "xlink:href"}
FETCHES_BY_HREF = {"base", "feimage", "image", "link"}
RUNNING = {"applet", "embed", "form", "frame", "iframe", "object", "script"}
FETCHING_STYLE = re.compile(r"@import|@font-face|image-set\(|src\(|url\(\s*['\"]?(?!\s*['\"]?#)", re.IGNORECASE)


class Elements(HTMLParser):
    """Gathers them from the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetching: list[str] = []
        self.running: list[str] = []
        self.styles_that_fetch: list[str] = []
        self._in_style = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        if tag in RUNNING:
            self.running.append(tag)
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "id":
            self.ids.append(value)
        if name == "href" and tag not in FETCHES_BY_HREF:
            self.links.append(value)
        if name in FETCHING or (name == "href" and tag in FETCHES_BY_HREF):
            self.fetching.append(f"{tag} {name}={value}")
        if name.startswith("on") or (name == "http-equiv" and value != "Content-Security-Policy"):
            self.running.append(f"{tag} {name}={value}")
        if name in ("style", "fill", "stroke", "clip-path", "mask", "filter") and FETCHING_STYLE.search(value):
            self.styles_that_fetch.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.styles_that_fetch += FETCHING_STYLE.findall(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False
