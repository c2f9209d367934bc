"""The picture of where views differ, and the bars of opinions within a group: words tell both to all others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests import audits
from tests.browser.fonts import WIDE
from tests.browser.shown import Shown, none

GROUPS = ("members", "carers", "staff", "leaders")


@pytest.fixture(scope="module")
def pages(browser: Callable[[str], Browser], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    """Reports of two groups and of four, and of a group in which six answered each for themselves."""
    folder = tmp_path_factory.mktemp("differing")
    context = browser(WIDE).new_context()
    cases = {"two": audits.example("riverside"), "four": _four(folder / "four"), "six": _six(folder / "six")}
    shown = {}
    for name, case in cases.items():
        file = folder / f"{name}.html"
        file.write_text(case.text("html"), encoding="utf-8")
        shown[name] = Shown(context.new_page(), file, name, "full")
    return shown


def _four(folder: Path) -> audits.Case:
    rubric = audits.small_rubric()
    rubric["perspectives"] = [{"id": name, "title": f"Those who are {name} here"} for name in GROUPS]
    answers = dict(zip(GROUPS, ("no", "partly", "yes", "no"), strict=True))
    views = {f"{who}.yaml": {"respondents": {who: 2}, "answers": {"board": word}} for who, word in answers.items()}
    folder.mkdir()
    return audits.made(rubric, views, folder)


def _six(folder: Path) -> audits.Case:
    words = ("no", "no", "no", "yes", "yes", "unknown")
    views = {
        f"{place}.yaml": {"respondents": {"members": 1}, "date": f"2026-11-{place:02}", "answers": {"board": word}}
        for place, word in enumerate(words, 10)
    }
    folder.mkdir()
    return audits.made(audits.small_rubric(), views, folder)


@pytest.mark.parametrize("name", ["two", "four"])
@pytest.mark.parametrize(("width", "there"), [(320, False), (400, False), (768, True), (1100, True)])
def test_the_picture_is_there_where_there_is_room(name: str, width: int, there: bool, pages: dict[str, Shown]) -> None:
    page = pages[name]
    page.seen(width)
    assert page.ask("document.querySelector('.apart').checkVisibility()") is there
    assert page.ask("document.querySelector('#disagreements ~ table').checkVisibility()")
    none(page.run("sticking_out"))


PLACES = """() => [...document.querySelectorAll('.apart .gap')].map(gap => {
    const all = gap.getBoundingClientRect(), middle = one => one.left + one.width / 2;
    const at = one => Math.round(1000 * (one - all.left) / all.width) / 10;
    const line = gap.querySelector('.line').getBoundingClientRect();
    const dots = [...gap.querySelectorAll('.dot')].map(dot => at(middle(dot.getBoundingClientRect())));
    return [at(line.left), at(line.right), ...dots];
})"""


@pytest.mark.parametrize("width", [768, 1100])
def test_every_dot_stands_at_its_place_on_the_scale(width: int, pages: dict[str, Shown]) -> None:
    for name, places in (("two", [[16, 84]] * 2 + [[50, 84]] * 5), ("four", [[16, 50, 84]])):
        pages[name].seen(width)
        found: list[Any] = pages[name].ask(PLACES)
        assert [dots for _left, _right, *dots in found] == [pytest.approx(each, abs=0.2) for each in places]
        assert all((left, right) == pytest.approx((min(at), max(at)), abs=0.2) for left, right, *at in found)


INK = """() => [...document.querySelectorAll('.apart .dot')].map(dot => {
    const style = getComputedStyle(dot), edge = parseFloat(style.borderLeftWidth) * 2;
    return [dot.classList.contains('first'), edge >= dot.getBoundingClientRect().width - 0.5,
            style.borderLeftColor != getComputedStyle(document.body).backgroundColor];
})"""


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("forced", [False, True])
def test_filled_and_hollow_are_told_apart_in_any_colours(dark: bool, forced: bool, pages: dict[str, Shown]) -> None:
    for printed in (False, True):
        pages["two"].seen(1100, dark=dark, forced_colours=forced, printed=printed)
        found = pages["two"].ask(INK)
        assert {first for first, _filled, _seen in found} == {True, False}
        assert all(filled == first and seen for first, filled, seen in found)


def test_a_screen_reader_hears_the_finding_and_the_table_and_no_picture(pages: dict[str, Shown]) -> None:
    pages["two"].seen(1100)
    heard = pages["two"].page.get_by_role("region", name="Where views differ").aria_snapshot()
    assert "6 of the 8 questions on which views differ look better to Staff and Leaders" in heard
    assert 'cell "Yes – a problem"' in heard
    assert 'cell "No – as it should be"' in heard
    assert "not as it should be" not in heard, "the scale of the picture"


def test_the_picture_is_printed(pages: dict[str, Shown]) -> None:
    assert any(
        "not as it should be in part as it should be" in " ".join(text.split()) for text in pages["two"].printed_text
    )


@pytest.mark.parametrize("width", [320, 768, 1100])
def test_a_bar_is_as_long_as_its_share_and_nothing_in_it_is_cut_off(width: int, pages: dict[str, Shown]) -> None:
    pages["six"].seen(width)
    ((said, widths, cut),) = pages["six"].ask(
        """() => [...document.querySelectorAll('.spread')].map(bar => {
            const parts = [...bar.children], widths = parts.map(part => part.getBoundingClientRect().width);
            return [parts.map(part => parseInt(part.textContent)), widths,
                    parts.some(part => part.scrollWidth > part.clientWidth + 1)];
        })"""
    )
    assert (said, cut) == ([3, 2, 1], False)
    assert [round(width / sum(widths), 2) for width in widths] == pytest.approx([0.5, 0.33, 0.17], abs=0.03)
    heard = pages["six"].page.get_by_role("region", name="Where views differ").aria_snapshot()
    assert "Yes 2, No 3, Not known 1 of 6 responses. Opinions are split." in heard
