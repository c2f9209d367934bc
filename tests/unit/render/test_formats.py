"""The registry of formats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from involve_audit.render.formats import FORMATS, TEXT, format_named, format_of_file

EVERY_FORMAT = [pytest.param(entry, id=entry.name) for entry in FORMATS]
EVERY_TEXT = [pytest.param(entry, id=entry.name) for entry in FORMATS if not entry.binary]


@pytest.mark.parametrize("entry", EVERY_FORMAT)
def test_a_format_is_found_by_its_name_and_by_each_of_its_suffixes(entry: Any) -> None:
    assert format_named(entry.name) is entry
    for suffix in entry.suffixes:
        assert format_of_file(f"folder/report{suffix}") is entry
        assert format_of_file(f"REPORT{suffix.upper()}") is entry
        assert format_of_file(f"two.dots{suffix.title()}") is entry


@pytest.mark.parametrize("name", ["report", "report.docx", "report.json", "html", "report.md.bak", ".audit", "", "-"])
def test_another_ending_has_no_format(name: str) -> None:
    assert format_of_file(name) is None


@pytest.mark.parametrize("name", ["docx", "HTML", ".html", ""])
def test_another_name_has_no_format(name: str) -> None:
    assert format_named(name) is None


def test_no_two_formats_share_a_name_or_a_suffix() -> None:
    names = [entry.name for entry in FORMATS]
    suffixes = [suffix for entry in FORMATS for suffix in entry.suffixes]
    assert len(set(names)) == len(names)
    assert len(set(suffixes)) == len(suffixes)
    assert TEXT in FORMATS


@pytest.mark.parametrize("entry", EVERY_TEXT)
def test_the_same_audit_gives_the_same_text_twice(entry: Any, riverside: Any) -> None:
    assert riverside.text(entry.name) == riverside.text(entry.name)


@pytest.mark.parametrize("entry", EVERY_TEXT)
def test_a_text_ends_with_one_line_break(entry: Any, riverside: Any) -> None:
    text = riverside.text(entry.name)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("entry", EVERY_TEXT)
def test_no_format_asks_for_more_than_a_view_without_answers(entry: Any, small: Callable[..., Any]) -> None:
    assert "Riverside" in small({}).text(entry.name)
