"""Shows a report as its readers see it: pictures of the page from top to bottom, its print as a PDF, and the page.

python -m tests.browser.look build/look riverside full 360 1280
"""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import Browser, Page
from tests.browser import chromium, reports
from tests.browser.fonts import FONTS, WIDE

from involve_audit.render.options import FULL, STYLES


def main() -> None:
    asked = parser().parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    found = chromium.executable()
    if found is None:
        raise SystemExit("No Chromium or Chrome is installed. Install one, or say where it is: CHROME=/path/to/it")
    with chromium.started(found) as browser:
        for path in look(browser(asked.font), asked):
            print(path)


def look(browser: Browser, asked: argparse.Namespace) -> list[Path]:
    """Writes the files that are asked for and gives their paths."""
    name = asked.folder / f"{asked.report}-{asked.style}"
    source = name.with_suffix(".html")
    source.write_text(reports.html(asked.report, asked.style), encoding="utf-8")
    context = browser.new_context(
        color_scheme="dark" if asked.dark else "light",
        forced_colors="active" if asked.forced_colours else "none",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(source.absolute().as_uri())
    page.add_style_tag(content=f":root {{ font-size: {asked.text}% }}")
    written = [source]
    for width in asked.widths or (360, 1280):
        page.set_viewport_size({"width": width, "height": asked.height})
        written += _pictures(page, f"{name}-{width}", asked.height, asked.pictures)
    written.append(name.with_suffix(".pdf"))
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.pdf(path=written[-1], prefer_css_page_size=True, print_background=True)
    context.close()
    return written


def _pictures(page: Page, name: str, height: int, most: int | None) -> list[Path]:
    """The page from top to bottom, cut into pictures of this height, and no more of them than `most`."""
    width, whole = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    paths = []
    for number, top in enumerate(range(0, whole, height)[:most], start=1):
        paths.append(Path(f"{name}-{number:02}.png"))
        cut = {"x": 0, "y": top, "width": width, "height": min(height, whole - top)}
        page.screenshot(path=paths[-1], full_page=True, clip=cut)
    return paths


def parser() -> argparse.ArgumentParser:
    """What may be asked for on the command line."""
    made = argparse.ArgumentParser(prog="python -m tests.browser.look", description=__doc__)
    made.formatter_class = argparse.RawDescriptionHelpFormatter
    made.add_argument("folder", type=Path, help="where the files go")
    made.add_argument("report", nargs="?", default="riverside", choices=reports.REPORTS)
    made.add_argument("style", nargs="?", default=FULL, choices=STYLES)
    made.add_argument("widths", nargs="*", type=int, help="in CSS pixels (360 and 1280)")
    made.add_argument("--height", type=int, default=1600, help="of one picture (%(default)s)")
    made.add_argument("--pictures", type=int, help="how many at most, from the top (all)")
    made.add_argument("--font", default=WIDE, choices=FONTS, help="for all text (%(default)s)")
    made.add_argument("--text", type=int, default=100, help="size of the text in percent (%(default)s)")
    made.add_argument("--dark", action="store_true", help="for a reader who prefers a dark page")
    made.add_argument("--forced-colours", action="store_true", help="for a reader whose system sets the colours")
    return made


if __name__ == "__main__":
    main()
