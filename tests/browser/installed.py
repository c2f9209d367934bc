"""What the tests need beside Python: found, or said to be missing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest
from tests.audits import ROOT
from tests.browser import chromium
from tests.browser.fonts import missing

PACKAGES = ROOT / "build/node/node_modules"


def browser() -> str:
    """The path of Chromium or Chrome, where the fonts to show pages in are there as well."""
    fonts()
    return chromium.executable() or absent("Chromium or Chrome")


def fonts() -> None:
    """Goes on where both fonts of the tests are there."""
    if lacking := missing():
        absent(f"The font {' and '.join(lacking)}")


def program(name: str) -> str:
    """The path of a program."""
    return shutil.which(name) or absent(name)


def file(name: str) -> Path:
    """A file of a package that npm installed."""
    path = PACKAGES / name
    return path if path.exists() else absent(name)


def absent(what: str) -> NoReturn:
    """Skips the test where somebody sees that it was skipped, and fails it where nobody would."""
    reason = f"{what} is missing: `make test` installs it or says how to"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
