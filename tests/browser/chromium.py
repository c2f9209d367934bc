"""Finds and starts the machine's own Chromium: nothing is downloaded, and nothing is asked of the network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str | None:
    """The path of a browser: `$CHROME`, or the first of `NAMES` that is installed."""
    return next(filter(None, map(shutil.which, (os.environ.get("CHROME") or NAMES[0], *NAMES))), None)


@contextmanager
def started(path: str) -> Iterator[Browser]:
    """The browser at this path, without a window."""
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=[*QUIET, *root])
        yield browser
        browser.close()
