"""The HTML and the CSS are valid, says https://github.com/validator/validator, in one run for all pages."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from tests.browser import installed
from tests.browser.reports import FORMS, PAGES
from tests.browser.shown import none
from tests.once import once

from involve_audit.render.options import FULL, LARGE_PRINT

Complaints = dict[str, list[str]]
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m")
"""For a run of Java that is over before a better translation of it would pay."""
UNKNOWN_TO_IT = ("“field-sizing”: Property", "violates Content Security Policy (meta tag)")
"""A newer property, and hashes in a policy, which it does not work out: Chromium does, or the form would do nothing."""
OPTIONS = ("--format", "json", "--stdout", "--exit-zero-always", "--no-langdetect")


@pytest.fixture(scope="session")
def complaints(
    request: pytest.FixtureRequest, page_file: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Complaints:
    """What the validator says, by the name of the page's file: of the pages that are tested in this run."""
    asked = [one.callspec.params["page"] for one in request.session.items if "complaints" in one.fixturenames]
    jar = str(installed.file("vnu-jar/build/dist/vnu.jar"))
    command = [installed.program("java"), *QUICK, "-jar", jar, *OPTIONS]

    def validate(folder: Path) -> None:
        done = subprocess.run([*command, *(page_file(*page) for page in asked)], check=True, capture_output=True)
        (folder / "said.json").write_bytes(done.stdout)

    said = json.loads(once(tmp_path_factory, "validated", validate).joinpath("said.json").read_bytes())
    found: Complaints = defaultdict(list)
    for message in said["messages"]:
        kind = message.get("subType", message["type"])
        line = f"line {message.get('lastLine', '?')}: {kind}: {message['message']} {message.get('extract', '')}"
        found[Path(message["url"]).name].append(line)
    return found


@pytest.mark.parametrize("page", [*PAGES, *product(FORMS, (FULL, LARGE_PRINT))], ids="-".join)
def test_html_and_css_are_valid(page: tuple[str, str], page_file: Callable[..., Path], complaints: Complaints) -> None:
    none([line for line in complaints[page_file(*page).name] if not any(known in line for known in UNKNOWN_TO_IT)])
