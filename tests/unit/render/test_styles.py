"""The styles of a report: full, large print, and short."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Any

import pytest

from involve_audit.render.options import FULL, LARGE_PRINT, SHORT, STYLES
from involve_audit.words.reports import WORDS

Small = Callable[..., Any]
Data = dict[str, Any]
TAGS = re.compile("<style>.*?</style>|<[^>]*>", re.DOTALL)
MEMBERS = {"members": 2}
NAV = re.compile(r"(?s)<nav.*</nav>")


def words(text: str) -> str:
    """What a page says, without its contents."""
    text = NAV.sub("", text)
    return " ".join(unescape(TAGS.sub(" ", text)).replace("**", "").replace("\\", "").split()).replace(" :", ":")


def test_large_print_says_the_same_as_the_full_report_in_another_look(example: Any) -> None:
    full, large = (example.text("html", style=style) for style in (FULL, LARGE_PRINT))
    assert words(full) == words(large)
    assert full != large


def test_markdown_has_no_size_of_type(example: Any) -> None:
    assert example.text("markdown", style=LARGE_PRINT) == example.text("markdown", style=FULL)


@pytest.mark.parametrize("format_name", ["html", "markdown"])
def test_the_short_form_is_a_fraction_of_the_full_one(format_name: str, example: Any) -> None:
    full, short = (words(example.text(format_name, style=style)) for style in (FULL, SHORT))
    assert len(short) < len(full) / 5


@pytest.mark.parametrize("format_name", ["html", "markdown"])
@pytest.mark.parametrize("style", STYLES)
def test_every_style_opens_with_the_title_and_the_stage_and_says_what_it_is_not(
    format_name: str, style: str, example: Any
) -> None:
    text = words(example.text(format_name, style=style))
    assert example.report.title in text
    assert example.report.headline in text
    assert (
        text.index(example.report.title)
        < text.index(example.report.headline)
        < text.index(example.report.steps_heading)
    )
    assert text.endswith(WORDS["not_a_certificate"])


@pytest.mark.parametrize("format_name", ["html", "markdown"])
def test_the_short_form_holds_what_a_meeting_needs(format_name: str, riverside: Any) -> None:
    text, report = words(riverside.text(format_name, style=SHORT)), riverside.report
    for change in report.changes:
        assert f"{change.do} {change.today}" in text
    for voice in report.voices:
        assert voice.who in text
    for action in report.actions:
        assert (f"{action.what} – {action.owner}, by {action.due}" in text) == (not action.is_done)
    assert "Reaching only the same few people" in text
    assert "One person speaking for all" not in text, "this is as it should be"


@pytest.mark.parametrize("format_name", ["html", "markdown"])
def test_the_short_form_counts_what_it_leaves_out(format_name: str, riverside: Any) -> None:
    text = words(riverside.text(format_name, style=SHORT))
    part = text.partition(WORDS["disagreements"])[2].partition(riverside.report.words["anti_patterns"])[0]
    assert sum(found.title in part for found in riverside.report.disagreements) == 6
    assert len(riverside.report.disagreements) == 8
    assert "and 2 more" in part


@pytest.mark.parametrize("format_name", ["html", "markdown"])
def test_the_short_form_says_whose_answers_are_missing_and_what_would_decide(format_name: str, small: Small) -> None:
    case = small({"board": "unknown", "ignored": "no", "token": "no", "agenda": "no"}, respondents={"staff": 1})
    text = words(case.text(format_name, style=SHORT))
    assert case.report.unheard in text
    assert "The answers of: Members" in text
    assert "Board" in text.partition(WORDS["decides"])[2].partition(WORDS["how_sure"])[0]


@pytest.mark.parametrize("style", STYLES)
def test_a_page_is_small_enough_to_be_sent_around(style: str, example: Any) -> None:
    assert len(example.text("html", style=style).encode()) < 150_000


@pytest.mark.parametrize("style", STYLES)
def test_page_one_says_all_that_was_found_in_one_place(style: str, example: Any) -> None:
    page = example.text("html", style=style)
    one = page.partition('<div class="rest">')[0]
    assert f">{escape(example.report.steps_heading, quote=False)}</h2>" in one
    assert escape(" ".join(example.report.sure), quote=False).replace("'", "&#39;") in one
    if style != SHORT:
        assert f"<caption>{example.report.at_a_glance}</caption>" in one
        assert "Found: " not in one


def test_no_more_steps_than_a_page_holds_are_on_page_one_and_all_are_behind_it(example: Any) -> None:
    one, _, rest = unescape(example.text("html")).partition('<div class="rest">')
    changes = example.report.changes
    on_page_one = [change for change in changes if f"<strong>{change.do}</strong>" in one]
    if len(changes) == len(on_page_one):
        assert 'id="all-steps"' not in rest
    else:
        assert f"and {len(changes) - len(on_page_one)} more" in words(one)
        assert all(f"<strong>{change.do}</strong>" in rest for change in changes)
        assert all(change.how in rest for change in changes)


def test_no_style_is_called_what_would_need_testing_with_people(root: Any) -> None:
    for file in (*root.glob("src/**/*.py"), *root.glob("templates/*"), *root.glob("docs/*.md"), root / "README.md"):
        assert "easy read" not in file.read_text(encoding="utf-8").casefold().replace("-", " "), file
