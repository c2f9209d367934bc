"""What axe-core finds, and what it misses, in every style: https://github.com/dequelabs/axe-core."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from tests.browser.reports import READ
from tests.browser.shown import Shown, none

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
# Of these axe says that it cannot judge them: signs that are no letters, and text in pictures (test_pictures.py).
NOT_JUDGED = {"nonBmp", "shortTextContent"}

SCROLLED = "[role=region][tabindex='0']"


def findings(shown: Shown, axe: str, only: Sequence[str] = STANDARDS, without: Sequence[str] = ()) -> list[str]:
    """What is wrong, and what axe cannot judge and nobody else does, a line each."""
    if shown.ask("!window.axe"):  # the page itself has no scripts
        shown.ask(axe)
    found = shown.run("axe", [only, without])
    assert found["passes"], "axe looked at nothing"
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}\n{node['html'][:200]}"
        for kind in ("violations", "incomplete")
        for rule in found[kind]
        for node in rule["nodes"]
        if kind == "violations" or not _judged_elsewhere(node)
    ]


def _judged_elsewhere(node: dict[str, Any]) -> bool:
    reasons = {check["data"]["messageKey"] for check in node["any"] if check["id"] == "color-contrast"}
    return bool(reasons) and (reasons <= NOT_JUDGED or node["html"].startswith(("<text", "<tspan", "<svg")))


@READ
def test_axe_finds_nothing_in_a_wide_window(shown: Shown, axe: str) -> None:
    none(findings(shown, axe))


@READ
def test_axe_finds_nothing_on_a_phone(shown: Shown, axe: str) -> None:
    """Save the contrast where a table scrolls in its own region: of what is hidden there axe cannot judge it."""
    shown.seen(320)
    none(findings(shown, axe, without=COLOURS if shown.page.query_selector(SCROLLED) else ()))


@READ
def test_axe_finds_nothing_wrong_with_the_dark_colours(shown: Shown, axe: str) -> None:
    shown.seen(dark=True)
    none(findings(shown, axe, COLOURS))


@READ
def test_axe_finds_nothing_with_forced_colours(shown: Shown, axe: str) -> None:
    """Save the contrast: axe judges the colour that the page asked for, not the one that is forced.

    Where forced colours show the same elements at the same places, axe has judged this page in the wide window.
    """
    before = shown.run("places")
    shown.seen(forced_colours=True)
    if shown.run("places") != before:
        none(findings(shown, axe, without=COLOURS))


@READ
def test_headings_begin_with_one_first_level_and_skip_none(shown: Shown) -> None:
    levels = shown.ask("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    none([(one, after) for one, after in pairwise(levels) if after > one + 1])


@READ
def test_the_page_says_its_language_its_title_and_its_main_part(shown: Shown) -> None:
    said = shown.ask(
        """() => ({
            language: document.documentElement.lang,
            title: document.title,
            heading: document.querySelector('h1').textContent.trim(),
            mains: document.querySelectorAll('main').length,
            unnamed: [...document.querySelectorAll('section')].filter(one => {
                const name = document.getElementById(one.getAttribute('aria-labelledby'));
                return !name || !name.textContent.trim();
            }).length,
        })"""
    )
    assert said["language"] == "en-GB"
    assert said["title"].split() == said["heading"].split()
    assert (said["mains"], said["unnamed"]) == (1, 0)


@READ
def test_no_id_stands_twice(shown: Shown) -> None:
    ids = shown.ask("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert sorted(ids) == sorted(set(ids))


@READ
def test_every_table_says_what_its_rows_and_columns_are(shown: Shown) -> None:
    bare = "[...document.querySelectorAll('table')].filter(one => !one.querySelector('th[scope]')).length"
    assert shown.ask(bare) == 0
