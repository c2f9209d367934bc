"""Finds and starts the machine's own Chromium: nothing is downloaded, and nothing is asked of the network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.browser import fonts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PLAIN_WASM = "--js-flags=--liftoff-only"
"""Translate WebAssembly once: a better translation takes longer than all that tests run by it."""


def executable() -> str | None:
    """The path of a browser: `$CHROME`, or the first of `NAMES` that is installed."""
    return next(filter(None, map(shutil.which, (os.environ.get("CHROME") or NAMES[0], *NAMES))), None)


@contextmanager
def started(path: str, *options: str) -> Iterator[Callable[[str], Browser]]:
    """Gives the browser at this path, without a window, for each font of `fonts.FONTS`: one process for each."""
    from playwright.sync_api import sync_playwright

    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:

        @cache
        def browser(font: str) -> Browser:
            return playwright.chromium.launch(
                executable_path=path,
                headless=True,
                args=[*QUIET, *root, *options],
                env=fonts.surroundings(Path(folder), font),
            )

        yield browser
