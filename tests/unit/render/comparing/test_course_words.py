"""The headline of a series is a finding, and true of every series."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from tests.each import each
from tests.unit.engine.building import view
from tests.unit.engine.comparing.rounds import round_of
from tests.unit.engine.comparing.test_course import MAYBE, TOP, UNKNOWN, any_series, named
from tests.unit.engine.comparing.test_trend import ALL, RUBRIC
from tests.unit.engine.strategies import promise

from involve_audit.engine.comparing.round import Round
from involve_audit.engine.comparing.trend import trend
from involve_audit.engine.compiled import compile_rubric
from involve_audit.render.comparing.trend_page import TrendPage
from involve_audit.render.options import Options

HIGH = ALL | {"seat": "yes"}
COMPILED = compile_rubric(RUBRIC)
BETTER, WORSE = re.compile(r"\bhigher, at|rose"), re.compile(r"\blower, at|fell")


def page(rounds: list[Round]) -> TrendPage:
    return TrendPage(rounds, trend(rounds), (), (), Options())


def series(*answers: dict[str, str], days: list[date] | None = None) -> TrendPage:
    years = days or [date(2015 + place, 11, 9) for place in range(len(answers))]
    rounds = zip(answers, years, strict=True)
    return page([round_of(named(RUBRIC), [view(COMPILED, given, ["users"])], day) for given, day in rounds])


@each(
    ("answers", "headline"),
    [
        ([ALL] * 11 + [HIGH], "11 years at “low”. Since 2026 higher, at “high”."),
        ([ALL] * 3, "3 years in a row at “low”."),
        ([HIGH, ALL], "1 audit at “high”. Since 2016 lower, at “low”."),
        ([ALL, HIGH, TOP], "From 2015 to 2017 the stage rose 2 times. Since 2017 higher, at “top”. "
         "That is higher than at first (“low”)."),
        ([TOP, ALL, HIGH], "From 2015 to 2017 the stage changed 2 times, up and down. Since 2017 higher, at “high”. "
         "That is lower than at first (“top”)."),
        ([UNKNOWN, UNKNOWN], "2 audits, and in none was enough known to name a stage."),
        ([UNKNOWN, ALL], "At first 1 audit in which not enough was known to name a stage. Since 2016 at “low”."),
        ([ALL, UNKNOWN], "1 audit at “low”. Since 2016 not enough is known to name a stage."),
        ([ALL, UNKNOWN, TOP], "From 2015 to 2017 the stage cannot be followed all the way. Since 2017 at “top”. "
         "That is higher than at first (“low”)."),
        ([ALL, ALL | {"led": "unknown"}], "2 years in a row at “low” or higher."),
        ([TOP, MAYBE], "1 audit at “top”. Since 2016 at “high” or higher. Whether that is a change cannot be told."),
        ([MAYBE, TOP], "1 audit at “high” or higher. Since 2016 at “top”. Whether that is a change cannot be told."),
        ([ALL, TOP, MAYBE], "From 2015 to 2017 the stage cannot be followed all the way. Since 2017 at “high” or "
         "higher. Whether that is a change cannot be told. That is higher than at first (“low”)."),
    ],
)  # fmt: skip
def test_the_headline_says_what_was_and_what_is(answers: list[dict[str, str]], headline: str) -> None:
    assert series(*answers).headline == headline


def test_years_are_named_only_where_days_are_in_different_years() -> None:
    days = [date(2015, 1, 1), date(2015, 6, 1), date(2016, 6, 1), date(2016, 6, 1)]
    found = series(ALL, ALL, ALL, HIGH, days=days)
    assert found.labels_of_rounds == ["1 Jan 2015", "1 Jun 2015", "1 Jun 2016 (1)", "1 Jun 2016 (2)"]
    assert found.headline == "3 audits at “low”. Since 1 Jun 2016 (2) higher, at “high”."


def test_audits_of_one_day_have_that_day_for_their_span() -> None:
    assert series(ALL, HIGH, days=[date(2026, 1, 1)] * 2).span == "2 audits, on 1 January 2026"
    assert series(ALL, HIGH).span == "2 audits, from 9 November 2015 to 9 November 2016"


def test_years_are_counted_only_where_there_was_an_audit_in_every_one() -> None:
    found = series(ALL, ALL, days=[date(2015, 1, 1), date(2018, 1, 1)])
    assert found.headline == "2 audits in a row at “low”."


@given(any_series())
@promise(60)
def test_the_headline_never_contradicts_the_series(rounds: list[Round]) -> None:
    found = page(rounds)
    steps = [parts.organisation.direction if parts.organisation else None for parts in found.trend.splits]
    first, last, ladder = rounds[0].score, rounds[-1].score, list(rounds[-1].score.rubric.stages)
    headline = found.headline
    assert not BETTER.search(headline) or 1 in steps
    assert not WORSE.search(headline) or -1 in steps
    title = rounds[-1].rubric.content.stages[ladder.index(last.floor)].short
    assert (f"“{title}”" in headline) or not last.enough_known
    assert ("not enough" in headline or "none was enough" in headline) or last.enough_known
    if "in a row" in headline:
        assert len({taken.score.floor for taken in rounds}) == 1
        assert all(taken.score.enough_known for taken in rounds)
    if "higher than at first" in headline:
        assert ladder.index(last.floor) > ladder.index(first.ceiling)
    if "lower than at first" in headline:
        assert ladder.index(last.ceiling) < ladder.index(first.floor)
    if "where it was at first" in headline:
        assert {first.floor, first.ceiling} == {last.floor, last.ceiling} == {last.floor}
