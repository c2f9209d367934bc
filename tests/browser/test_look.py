"""The command with which a developer looks at a page does what the documentation shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser
from tests.audits import ROOT
from tests.browser import look


def test_the_documented_command_gives_pictures_a_print_and_the_page(
    browser: Callable[[str], Browser], tmp_path: Path
) -> None:
    documented = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    (words,) = re.findall(r"-m tests\.browser\.look build/look (.*)", documented)
    asked = look.parser().parse_args([str(tmp_path), *words.split(), "--pictures", "1"])
    written = look.look(browser(asked.font), asked)
    assert sorted(path.suffix for path in written) == [".html", ".pdf", ".png", ".png"]
    assert all(path.stat().st_size > 10_000 for path in written)
