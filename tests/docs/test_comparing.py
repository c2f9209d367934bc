"""docs/comparing.md shows what the program prints, and names what there is. `UPDATE_GOLDEN=1` writes outputs anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tests.program import run, run_in

from involve_audit.engine.checks import FAIL_ON_CHANGE
from involve_audit.engine.comparing.flattery import FLATTERY
from involve_audit.versions.plan import FATES
from involve_audit.words.comparing import CAUSE_NAMES, CLASSES
from involve_audit.words.versions import MIGRATION

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/comparing.md"
FIRST_SCREEN = re.compile(r"(<!-- first screen: involve-audit (.*?) -->\n```text\n)(.*?)```", re.DOTALL)
LINES = 23


def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def rows(heading: str) -> list[str]:
    """The first cells of the table whose first heading this is."""
    table = page().partition(f"\n| {heading} |")[2].partition("\n\n")[0]
    return [line.split("|")[1].strip().strip("`") for line in table.splitlines()[2:]]


def test_the_first_screen_is_what_the_program_prints() -> None:
    found = FIRST_SCREEN.search(page())
    assert found
    screen = "".join(run_in(ROOT, *found[2].split()).stdout.splitlines(keepends=True)[:LINES])
    if "UPDATE_GOLDEN" in os.environ:
        PAGE.write_text(FIRST_SCREEN.sub(lambda match: f"{match[1]}{screen}```", page()), encoding="utf-8")
        found = FIRST_SCREEN.search(page())
    assert found
    assert found[3] == screen


def test_every_class_cause_and_check_is_explained() -> None:
    assert rows("class") == [title.lower() for title in CLASSES.values()]
    assert rows("cause") == list(CAUSE_NAMES.values())
    assert rows("`--fail-on`") == list(FAIL_ON_CHANGE)
    assert rows("what happens to an answer") == [MIGRATION[fate].lower() for fate in FATES]


def test_everything_that_flatters_is_explained() -> None:
    part = page().partition("## It does not flatter\n")[2].partition("\n\n## ")[0]
    assert len(re.findall(r"^- ", part, re.MULTILINE)) == len(FLATTERY)


@pytest.mark.parametrize("command", [["diff"], ["trend"], ["answers", "migrate"], ["rubric", "diff"]])
def test_every_option_of_the_page_exists(command: list[str]) -> None:
    helped = run(*command, "--help").stdout
    lines = re.findall(rf"^involve-audit {' '.join(command)} (.*?)(?:#.*)?$", page(), re.MULTILINE)
    assert lines
    for option in {word for line in lines for word in line.split() if word.startswith("-")}:
        assert option in helped, option
