"""Markdown is made for pull requests: nothing of a user's text is live there, and no mark of ours shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from tests.comparisons import diff, nasty_rounds, trend
from tests.live import LIVE_WORDS, live_in, shown
from tests.nasty import LINK, MAIL

from involve_audit.engine.assessment import assess_audit
from involve_audit.engine.checks import FAIL_ON_CHANGE
from involve_audit.escaping import link_target
from involve_audit.loading.audit import load_audit
from involve_audit.loading.rubric import load_rubric
from involve_audit.render.formats import ASSESSMENT, COMPARISON, RUBRIC, SERIES
from involve_audit.render.options import Options
from involve_audit.render.report import ReportPage
from involve_audit.render.rubric_page import RubricPage

# What a text may begin and end with: signs of every kind, and letters that are written without blanks.
EDGES = (*"\"'“”‘’()[]{}<>*_~`|\\/.,;:!?-–…#&%$€+=^@§☂字。、」あé1a", "**", "\u200b", "\ufeff", "\u3000")


WAYS: dict[str, Callable[[str, str], str]] = {
    "live": lambda word, field: f"{word} {field[:60]} {word}",
    "edges": lambda word, field: f"{word}{field[:60]}{word}",
    "tame": lambda word, field: field[:60],
}
NAMES = ["report", "short", "diff", "trend", "rubric"]
Pages = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Every kind of page in Markdown, by its name and by what stands in every free field."""
    return {way: dict(written(tmp_path_factory.mktemp(way), way)) for way in WAYS}


def written(folder: Path, way: str) -> Iterator[tuple[str, str]]:
    words = cycle(EDGES if way == "edges" else LIVE_WORDS)
    said: dict[str, str] = {}
    paths, file = nasty_rounds(folder, lambda field: said.setdefault(field, WAYS[way](next(words), field)))
    audit = load_audit([str(paths[0])], date(2026, 11, 23), str(file))
    for style in ("full", "short"):
        page = ReportPage(audit, assess_audit(audit), Options(style=style, annex=style == "full"))
        yield "short" if style == "short" else "report", str(ASSESSMENT.named("markdown").render(page))
    yield "diff", str(COMPARISON.named("markdown").render(diff(*paths, [file], checks=FAIL_ON_CHANGE)))
    yield "trend", str(SERIES.named("markdown").render(trend(paths, [file])))
    yield "rubric", str(RUBRIC.named("markdown").render(RubricPage(load_rubric(str(file)), Options())))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_live_but_what_was_given_as_a_link(name: str, way: str, pages: Pages) -> None:
    assert live_in(shown(pages[way][name])) == []
    linked = set(re.findall('href="(.*?)"', github_flavored_markdown_to_html(pages[way][name])))
    assert linked <= {link_target(LINK).replace("&", "&amp;").replace("'", "&#x27;"), MAIL}
    assert bool(linked) == (name == "report")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("way", WAYS)
def test_the_page_has_the_shape_that_it_has_with_ordinary_text_and_no_mark_shows(
    name: str, way: str, pages: Pages
) -> None:
    def shape(source: str) -> list[str]:
        return re.findall(r"</?\w+", github_flavored_markdown_to_html(source))

    assert shape(pages[way][name]) == shape(pages["tame"][name])
    assert "**" not in shown(pages["tame"][name])
    assert shape(pages["tame"][name]).count("<strong") == pages["tame"][name].count("**") / 2


def test_a_mark_of_bold_text_stands_where_it_is_one_whatever_the_text(root: Path) -> None:
    for file in (root / "templates").glob("*.md.j2"):
        for line in file.read_text(encoding="utf-8").splitlines():
            assert not re.search(r"[^\s(|>}]\*\*(?=\{\{)|(?<=\}\})\*\*[^\s:.,;)<|{]", line), (file.name, line)
