"""One browser for all tests of a worker, and every report opened in it once."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext
from tests.audits import ROOT
from tests.browser import chromium, installed, reports
from tests.browser.fonts import WIDE
from tests.browser.inside import Inside
from tests.browser.shown import Shown
from tests.once import once

HERE = Path(__file__).parent
BLOCKED = "Blocked script execution in 'about:srcdoc'"
"""What the browser says where a report has a script: it is shown without."""
SHOWN = list(dict.fromkeys(report for report, _style in reports.PAGES))
Open = Callable[..., Shown]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of one report come one after the other, so that one worker has them and opens its page."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    """The place of the test's report among all; tests of no report or of other folders stay behind these."""
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    report = params.get("example") or params.get("shown", ("",))[0]
    here = item.path.parent == HERE and report in SHOWN
    return SHOWN.index(report) if here else len(SHOWN)


@pytest.fixture(scope="session")
def browser() -> Iterator[Callable[[str], Browser]]:
    """Gives the browser for a font."""
    with chromium.started(installed.browser(), chromium.PLAIN_WASM) as browser:
        yield browser


@pytest.fixture
def font() -> str:
    """The font that a test sees pages in: see `IN_BOTH_FONTS` of reports.py."""
    return WIDE


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core."""
    return installed.file("axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole program in one page, as `make page` makes it of the sources as they are. Beside it lies its folder."""
    installed.program("npm")
    once(tmp_path_factory, "page", lambda _: subprocess.run([sys.executable, ROOT / "page/build.py"], check=True))
    return ROOT / "dist/involve-audit.html"


@pytest.fixture(scope="session")
def inside(browser: Callable[[str], Browser], built: Path) -> Inside:
    """That page, opened as a file. It takes long to start: a worker has one, for all tests that leave it as it was."""
    return Inside(browser(WIDE).new_context(accept_downloads=True), built.as_uri())


@pytest.fixture
def empty(inside: Inside) -> Iterator[Inside]:
    """The page, with nothing open in it."""
    known = {*inside.said}  # the browser says it again when there is a new frame
    inside.task("See what answers say")
    while (out := inside.page.get_by_role("button", name=re.compile("^Take it out"))).count():
        out.first.click()
    inside.page.locator("#asked:not([hidden])").evaluate_all("all => all.forEach(one => { one.srcdoc = ''; })")
    inside.asked.clear()
    yield inside
    assert [one for one in inside.said if one not in known and BLOCKED not in one] == []


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Gives the file of a report's page in a style."""

    @cache
    def page_file(report: str, style: str) -> Path:
        name = f"{report}-{style}"

        def write(folder: Path) -> None:
            (folder / f"{name}.html").write_text(reports.html(report, style), encoding="utf-8")

        return once(tmp_path_factory, name, write) / f"{name}.html"

    return page_file


@pytest.fixture(scope="session")
def open_in(browser: Callable[[str], Browser], page_file: Callable[[str, str], Path]) -> Open:
    """Opens a page in a font once; with `scripts` off, in a browser that runs none."""

    @cache
    def context(font: str, scripts: bool) -> BrowserContext:
        return browser(font).new_context(java_script_enabled=scripts)

    @cache
    def open_in(font: str, report: str, style: str, *, scripts: bool = True) -> Shown:
        return Shown(context(font, scripts).new_page(), page_file(report, style), report, style)

    return open_in


@pytest.fixture
def open_page(open_in: Open, font: str) -> Open:
    """Opens the page of a report in a style, in the font of the test."""
    return partial(open_in, font)


@pytest.fixture
def shown(request: pytest.FixtureRequest, open_page: Open) -> Shown:
    """The page of a report, as a window of 1280 pixels shows it: see `READ` and the like in reports.py."""
    shown: Shown = open_page(*request.param)
    shown.as_at_first()
    return shown
