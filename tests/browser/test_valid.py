"""The HTML and the CSS are valid, says https://github.com/validator/validator, in one run for all pages."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.browser import installed
from tests.browser.reports import PAGES
from tests.browser.shown import none

Complaints = dict[str, list[str]]
OPTIONS = ("--format", "json", "--stdout", "--exit-zero-always", "--no-langdetect")


@pytest.fixture(scope="session")
def complaints(request: pytest.FixtureRequest, page_file: Callable[..., Path]) -> Complaints:
    """What the validator says, by the name of the page's file: of the pages that are tested in this run."""
    asked = [one.callspec.params["page"] for one in request.session.items if "complaints" in one.fixturenames]
    paths = [str(page_file(*page)) for page in asked]
    jar = str(installed.file("vnu-jar/build/dist/vnu.jar"))
    command = [installed.program("java"), "-jar", jar, *OPTIONS, *paths]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout)
    found: Complaints = defaultdict(list)
    for message in said["messages"]:
        kind = message.get("subType", message["type"])
        line = f"line {message.get('lastLine', '?')}: {kind}: {message['message']} {message.get('extract', '')}"
        found[Path(message["url"]).name].append(line)
    return found


@pytest.mark.parametrize("page", PAGES, ids="-".join)
def test_html_and_css_are_valid(page: tuple[str, str], page_file: Callable[..., Path], complaints: Complaints) -> None:
    none(complaints[page_file(*page).name])
