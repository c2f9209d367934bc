"""One browser for all tests, and every report opened in it once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser import chromium, installed, reports
from tests.browser.shown import Shown

Open = Callable[..., Shown]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium.started(installed.browser()) as browser:
        yield browser


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core."""
    return installed.file("axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Gives the file of a report's page in a style."""
    folder = tmp_path_factory.mktemp("pages")

    @cache
    def write(report: str, style: str) -> Path:
        path = folder / f"{report}-{style}.html"
        path.write_text(reports.html(report, style), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def open_page(browser: Browser, page_file: Callable[[str, str], Path]) -> Open:
    """Opens a page once; with `scripts` off, in a browser that runs none."""
    contexts = {scripts: browser.new_context(java_script_enabled=scripts) for scripts in (True, False)}

    @cache
    def open_page(report: str, style: str, *, scripts: bool = True) -> Shown:
        return Shown(contexts[scripts].new_page(), page_file(report, style), report, style)

    return open_page


@pytest.fixture
def shown(request: pytest.FixtureRequest, open_page: Open) -> Shown:
    """The page of a report, as a window of 1280 pixels shows it: see `READ` and the like in reports.py."""
    shown: Shown = open_page(*request.param)
    shown.seen()
    return shown
