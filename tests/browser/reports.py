"""The pages that the browser is shown: every example, two audits that are hard to show well, rubrics, overviews."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests import audits, program
from tests.audits import ROOT, Case
from tests.browser.fonts import FONTS
from tests.comparisons import CHAIN, CLUB, RIVERSIDE, agreed, club_round, diff, nasty_rounds, trend, written
from tests.many import overview_of
from tests.nasty import NASTY, nasty_rubric, nasty_views

from involve_audit.loading.rubric import load_rubric
from involve_audit.model.rubric import Rubric, Sourced
from involve_audit.render.forms.blank import BlankForm
from involve_audit.render.forms.page import render as render_form
from involve_audit.render.options import FULL, LARGE_PRINT, STYLES, Options
from involve_audit.render.rubric_page import RubricPage
from involve_audit.render.templates import fill

EXAMPLES = tuple(name for name in audits.EXAMPLES if not name[-1].isdecimal())
"""Every example, but not its earlier rounds, whose pages have nothing that the latest has not."""
NASTY_TEXT, LARGE = "nasty", "large"
COMPARED = ("diff", "diff-versions", "diff-nasty", "trend", "trend-versions", "trend-nasty", "actions", "actions-nasty")
REPORTS = (*EXAMPLES, NASTY_TEXT, *COMPARED, LARGE)
ITEMS, VIEWS = 300, 50


@cache
def html(report: str, style: str) -> str:
    """The page of one of `REPORTS` in a style, or of one of `RUBRICS`, `OVERVIEWS`, `MANY` or `FORMS`."""
    if report in OVERVIEWS:
        return OVERVIEWS[report]()
    if report in MANY:
        return overview_of(MANY[report])
    if report in RUBRICS:
        return fill(RubricPage(RUBRICS[report](), Options()), "html")
    if report in FORMS:
        rubric = RUBRICS[report.replace("form", "rubric")]().content
        blank = BlankForm(rubric, date(2026, 11, 28), with_help=style == FULL, large_print=style == LARGE_PRINT)
        return str(render_form(blank))
    if report in COMPARED:
        with tempfile.TemporaryDirectory() as folder:
            return _compared(report, Path(folder))
    return case(report).text("html", style=style)


def _nasty_rubric() -> Sourced[Rubric]:
    rubric = nasty_rubric(audits.small_rubric(), lambda field: f"{field} {NASTY}")
    return Sourced(Rubric.from_tree(rubric), "nasty.yaml", "0" * 64)


RUBRICS: dict[str, Callable[[], Sourced[Rubric]]] = {
    "rubric": lambda: load_rubric("service-user-leadership-spectrum"),
    "nasty-rubric": _nasty_rubric,
}


FORMS = ("form", "nasty-form")
"""Forms to be filled in, which have a script: what is tested of them all is that they are valid (test_form.py)."""


def _overview() -> str:
    """The overview of the examples, with a link to each one's report and with gates that fail."""
    gates = ("--fail-under", "good", "--fail-on", "unknown", "--fail-on", "unheard")
    return _batch(str(ROOT / "examples"), "--reports", "reports", *gates)


def _nasty_overview() -> str:
    def say(field: str) -> str:
        return f"{field} {NASTY}"

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        head = {"format": "involve-audit/answers@1", "rubric": "small@1.0.0", "audit": "a", "date": "2026-11-22"}
        for file, view in nasty_views(say).items():
            (folder / "in" / file).write_text(audits.as_yaml(head | view), encoding="utf-8")
        rubric = folder / "rubric.yaml"
        rubric.write_text(audits.as_yaml(nasty_rubric(audits.small_rubric(), say)), encoding="utf-8")
        (folder / "in/bad.yaml").write_text(
            "format: involve-audit/answers@1\n" + NASTY[:40] + ": x\n", encoding="utf-8"
        )
        expected = folder / "services.csv"
        with expected.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([["Service"], [f"x {NASTY}"[:290]], ["Another"]])
        return _batch(str(folder / "in"), "-r", str(rubric), "--fail-on", "unknown", "--expected", str(expected))


def _batch(*words: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        moved = [f"{folder}/{word}" if word == "reports" else word for word in words]
        done = program.run("batch", "--jobs", "1", "-q", "-o", f"{folder}/o.html", *moved)
        assert done.exit_code in (1, 2), done.output
        return Path(folder, "o.html").read_text(encoding="utf-8")


MANY = {"overview-40": 40, "overview-1000": 1_000, "overview-2000": 2_000}
"""Overviews of very many services (test_overview.py)."""
OVERVIEWS: dict[str, Callable[[], str]] = {"overview": _overview, "nasty-overview": _nasty_overview}


@cache
def case(report: str) -> Case:
    """The audit of one of `REPORTS` and what follows from it."""
    if report in EXAMPLES:
        return audits.example(report)
    with tempfile.TemporaryDirectory() as folder:
        return {NASTY_TEXT: _nasty, LARGE: _large}[report](Path(folder))


def _say(field: str) -> str:
    return f"{field} {NASTY}"


def _compared(name: str, folder: Path) -> str:
    """The page of a comparison of two audits, or of a series."""
    command, _dash, which = name.partition("-")
    if which == "nasty":
        paths, rubric = nasty_rounds(folder, _say)
        rubrics = [rubric]
    elif which == "versions":
        days = ("2021-03-01", "2021-09-01", "2026-01-10")
        paths = [club_round(folder, version, day) for version, day in zip(CLUB, days, strict=True)]
        rubrics = CHAIN
    else:
        paths, rubrics = RIVERSIDE, []
    if command == "actions":
        return written(agreed([ROOT / "examples"] if which != "nasty" else paths, rubrics), "html")
    return written(trend(paths, rubrics) if command == "trend" else diff(paths[0], paths[-1], rubrics), "html")


def _nasty(folder: Path) -> Case:
    """Text that means something to a browser in every free field, and as many views as fit a meeting."""
    views = nasty_views(_say)
    more = {f"staff-{number}.yaml": {**views["staff.yaml"], "answers": {"agenda": "no"}} for number in range(2, 9)}
    return audits.made(nasty_rubric(audits.small_rubric(), _say), views | more, folder)


def _large(folder: Path) -> Case:
    """The rubric `small` with 300 items, and 50 views that answer them all and do not agree."""
    rubric = audits.small_rubric()
    copies = range(ITEMS // len(rubric["indicators"]))
    rubric["indicators"] = [_numbered(item, number) for number in copies for item in rubric["indicators"]]
    answers = [_answers(rubric["indicators"], shift) for shift in range(VIEWS)]
    people = ({"members": 3}, {"staff": 2})
    views = {
        f"view-{number:02}.yaml": {"respondents": people[number % 2], "answers": given}
        for number, given in enumerate(answers)
    }
    return audits.made(rubric, views, folder)


def _numbered(item: dict[str, Any], number: int) -> dict[str, Any]:
    """The item itself, then copies of it with names of their own."""
    if number == 0:
        return item
    copy = deepcopy(item)
    for named in ("implies", "limits"):
        copy.pop(named, None)
    return copy | {"id": f"{item['id']}-{number}", "title": f"{item['title']} {number}"}


def _answers(items: list[dict[str, Any]], shift: int) -> dict[str, str]:
    scale = ("yes", "partly", "no")
    return {item["id"]: scale[(place + shift) % len(scale)] for place, item in enumerate(items)}


def _pages(reports: Sequence[str], styles: Sequence[str] = STYLES) -> list[tuple[str, str]]:
    return [(report, style) for report in reports for style in styles]


def _shown(pages: Sequence[tuple[str, str]]) -> pytest.MarkDecorator:
    """Runs a test with `shown` being each of these pages."""
    return pytest.mark.parametrize("shown", pages, indirect=True, ids="-".join)


PAGES = [
    *_pages((*EXAMPLES, NASTY_TEXT)),
    *_pages((*COMPARED, *RUBRICS, *OVERVIEWS), (FULL,)),
    (LARGE, FULL),
]
ALL = _shown(PAGES)
READ = _shown(PAGES[:-1])
LARGEST = _shown(PAGES[-1:])
EXAMPLE = _shown(_pages(EXAMPLES))
EXAMPLE_WHOLE = _shown(_pages(EXAMPLES, (FULL, LARGE_PRINT)))
EXAMPLE_LARGE = _shown(_pages(EXAMPLES, (LARGE_PRINT,)))
IN_BOTH_FONTS = pytest.mark.parametrize("font", FONTS)
