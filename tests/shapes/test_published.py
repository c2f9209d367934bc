"""The pages of instruments that others publish say what these ask, and nothing that only our own would."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from tests import audits
from tests.audits import Case
from tests.shapes.published import answers, criteria, levels

from involve_audit.render.options import STYLES
from involve_audit.words.reports import WORDS

Made = Callable[..., Case]
PAGES = ("html", "markdown", "text")
GATE = re.compile(r"([\d.]+) of (\d+) \(([\d.]+)%\)")


@pytest.fixture(scope="module")
def ladder(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """An audit with the ladder of six levels."""
    rubric = levels()
    return audits.made(rubric, {"v.yaml": {"answers": answers(rubric)}}, tmp_path_factory.mktemp("levels"))


@pytest.fixture(scope="module")
def standards(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """An audit with 194 criteria, answered by two groups."""
    rubric = criteria()
    views = {
        "p.yaml": {"respondents": {"patients": 5}, "answers": answers(rubric)},
        "t.yaml": {"respondents": {"team": 7}, "answers": answers(rubric, 3)},
    }
    return audits.made(rubric, views, tmp_path_factory.mktemp("criteria"))


def test_no_figure_is_rounded_against_its_verdict(ladder: Case, standards: Case) -> None:
    lines = [line for case in (ladder, standards) for _stage, gates in case.report.gates for line in gates]
    assert len(lines) == 11
    for line in lines:
        part, total, percent = (Fraction(number) for number in GATE.match(line.found).groups())  # type: ignore[union-attr]
        asked = line.asked_for.removeprefix("at least ").removesuffix(" in place")
        mark = Fraction(asked.removesuffix("%")) / (100 if asked.endswith("%") else 1)
        assert (percent / 100 >= mark) == (part / total >= mark) == line.ok


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("format_name", PAGES)
def test_nothing_is_said_of_what_the_instrument_does_not_ask(format_name: str, style: str, ladder: Case) -> None:
    text = ladder.text(format_name, style=style)
    named = WORDS["readings_left_out"].partition("{")[0]
    text = "\n".join(line for line in text.splitlines() if named not in line)  # which readings it has not is said
    for words in ("at least 0%", "nvolvement", "The source does not", "evidence", "What looks right"):
        assert words not in text


@pytest.mark.parametrize("style", STYLES)
def test_six_levels_keep_their_names_and_their_own_numbers(style: str, ladder: Case) -> None:
    strip = re.findall(r'<span class="box">([^<]*)</span>', ladder.text("html", style=style))
    assert strip[:6] == [f"Level {level}" for level in range(6)]
