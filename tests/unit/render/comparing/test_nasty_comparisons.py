"""Text that means something to a format stays text in every format of comparisons."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from tests.comparisons import diff, nasty_rounds, trend, written
from tests.nasty import NASTY

from involve_audit.engine.checks import FAIL_ON_CHANGE
from involve_audit.render.comparing.diff_page import DiffPage
from involve_audit.render.comparing.trend_page import TrendPage

FORBIDDEN = ("<script", "\x1b[31m", "\x9b", "\u202e", "\x07")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[DiffPage | TrendPage]:
    paths, rubric = nasty_rounds(tmp_path_factory.mktemp("nasty"), lambda field: f"{field} {NASTY}")
    return [diff(*paths, [rubric], checks=FAIL_ON_CHANGE), trend(paths, [rubric])]


@pytest.mark.parametrize("name", ["text", "html", "markdown", "json", "junit"])
def test_nothing_is_markup_and_nothing_controls_a_terminal(name: str, reports: list[DiffPage | TrendPage]) -> None:
    for report in reports if name != "junit" else reports[:1]:
        text = written(report, name)
        found = [
            sign for sign in FORBIDDEN if sign in text and (sign != "<script" or name in ("html", "markdown", "junit"))
        ]
        assert found == []
        assert "alert(1)" in text


def test_markdown_keeps_every_value_on_its_line(reports: list[DiffPage | TrendPage]) -> None:
    for report in reports:
        text = written(report, "markdown")
        assert not re.search(r"(?<!\\)\]\((?:javascript|https?):", text)
        assert text.count("<details>") == text.count("</details>")
        assert not [line for line in text.splitlines() if line.strip() in ("- two", "# four", "> six", "---", "```")]


def test_data_and_junit_can_be_read_again(reports: list[DiffPage | TrendPage]) -> None:
    for report in reports:
        assert json.loads(written(report, "json"))["tool"]
    suite = ET.fromstring(written(reports[0], "junit"))[0]
    assert len(suite) == int(suite.get("tests", "0"))


def test_what_a_template_would_fill_in_is_shown_as_it_stands(
    reports: list[DiffPage | TrendPage], tmp_path: Path
) -> None:
    for report in reports:
        assert "{{ 7*7 }} {% if %}" in written(report, "html")
