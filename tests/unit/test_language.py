"""Figures and lists in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from involve_audit import cldr, english, language
from involve_audit.language import MOST_NAMED, first_of, in_short, language_name, listed, number, percent

CLDR = cldr.Forms("en_GB")


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0%"), (0.4999, "49%"), (0.5, "50%"), (0.7999999, "79%"), (29 / 31, "93%"), (0.999, "99%"), (1, "100%")],
)
def test_a_percentage_is_never_rounded_up(value: float, words: str) -> None:
    assert percent(value) == words


@given(st.integers(1, 1000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_a_percentage_shows_a_mark_exactly_where_it_is_reached(share: tuple[int, int]) -> None:
    part, total = share
    assert percent(part / total) == f"{Fraction(100 * part, total).__floor__()}%"


@given(
    st.integers(1, 200).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))),
    st.integers(0, 10_000),
)
def test_a_percentage_beside_a_bound_is_on_the_same_side_of_it(share: tuple[int, int], bound: int) -> None:
    exact, mark = Fraction(*share), Fraction(bound, 10_000)
    shown = Fraction(percent(share[0] / share[1], bound / 10_000).removesuffix("%")) / 100
    assert shown <= exact
    assert ((shown > mark) - (shown < mark)) == ((exact > mark) - (exact < mark))


@each(
    ("value", "bound", "words"),
    [
        (5 / 8, 0.625, "62.5%"),
        (5 / 8, 0.62, "62.5%"),
        (5 / 8, 0.5, "62%"),
        (4 / 8, 0.625, "50%"),
        (1 / 3, 1 / 3, "33%"),
        (1 / 3, 0.3333, "33.333%"),
        (2 / 3, 0.6667, "66%"),
        (1, 1, "100%"),
    ],
)
def test_a_percentage_has_as_many_decimals_as_decide(value: float, bound: float, words: str) -> None:
    assert percent(value, bound) == words


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 0.25, 0.1, 0.3]), min_size=1, max_size=40))
def test_what_floating_point_loses_does_not_lose_a_mark(values: list[float]) -> None:
    exact = sum(Fraction(str(value)) for value in values) * 100 / len(values)
    assert percent(sum(values) / len(values)) == f"{exact.__floor__()}%"


@pytest.mark.parametrize(("value", "words"), [(0, "0"), (2.0, "2"), (0.5, "0.5"), (0.1 + 0.2, "0.3"), (12.25, "12.25")])
def test_a_figure_is_as_short_as_it_can_be(value: float, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(("value", "mark"), [(0.498, "0.5"), (0.996, "1"), (1.004, "1"), (1.9999, "2")])
def test_a_figure_that_misses_a_mark_is_not_shown_as_the_mark(value: float, mark: str) -> None:
    assert number(value) != mark


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["one"], "one"),
        (["one", "two"], "one and two"),
        (["one", "two", "three"], "one, two and three"),
    ],
)
def test_words_are_joined_as_people_do(words: list[str], text: str) -> None:
    assert listed(iter(words)) == text


def test_a_message_lists_the_first_and_counts_the_others() -> None:
    words = [str(place) for place in range(MOST_NAMED + 20)]
    assert first_of(words[:MOST_NAMED]) == words[:MOST_NAMED]
    assert first_of(iter(words)) == [*words[:MOST_NAMED], "… and 20 more"]
    assert in_short(iter(words[:3])) == "0, 1 and 2"
    assert in_short(iter(words[:3]), style="or") == "0, 1 or 2"
    assert in_short(words).endswith("18, 19, … and 20 more")


@pytest.mark.parametrize(
    ("tag", "name"), [("cy", "Cymraeg"), ("en-GB", "English, United Kingdom"), ("xx", "xx"), ("a-b-c", "a-b-c")]
)
def test_a_language_is_called_what_it_calls_itself(tag: str, name: str) -> None:
    assert language_name(tag) == name


LONG_AGO, LATE = date(1, 1, 1), date(9999, 12, 31)
NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20), st.floats(-1e15, 1e15), st.integers(-(10**6), 10**6).map(lambda n: n / 128)
)
MOMENTS = st.datetimes(timezones=st.integers(-840, 840).map(lambda off: timezone(timedelta(minutes=off))))


@given(st.dates(LONG_AGO, LATE), MOMENTS)
def test_english_has_the_days_of_the_cldr(when: date, then: datetime) -> None:
    for form in ("day", "short_day", "month", "year"):
        assert getattr(english, form)(when) == getattr(CLDR, form)(when)
    assert english.moment(then) == CLDR.moment(then)


def test_english_has_the_months_of_the_cldr() -> None:
    assert dict(enumerate(english.MONTHS, 1)) == cldr.months("en") == cldr.months("en_GB")
    for number_of_it in cldr.months("en_GB"):
        when = date(2026, number_of_it, 9)
        assert (english.day(when), english.short_day(when)) == (CLDR.day(when), CLDR.short_day(when))


@given(NUMBERS, st.sampled_from([2, 6]))
def test_english_has_the_numbers_of_the_cldr(value: float, decimals: int) -> None:
    assert english.number(value, decimals) == CLDR.number(value, decimals)
    assert english.percent(value) == CLDR.percent(value)


@given(st.lists(st.text("ab, {0}%\\", max_size=4), max_size=5), st.sampled_from(["standard", "or"]))
def test_english_has_the_lists_of_the_cldr(words: list[str], style: str) -> None:
    assert english.listed(words, style) == CLDR.listed(words, style)
    assert english.is_right_to_left() == CLDR.is_right_to_left()


def test_figures_are_kept_up_to_a_bound() -> None:
    assert number(1234.5) == "1,234.5"
    language.use(language.Language("de-DE", language.AS_WRITTEN.catalogue))
    try:
        assert (number(1234.5), percent(0.625, 0.625)) == ("1.234,5", "62,5\xa0%")
    finally:
        language.use(language.AS_WRITTEN)
    assert [number(value) for value in range(language.MOST_FIGURES + 1)][-1] == f"{language.MOST_FIGURES:,}"
    assert language._number.cache_info().currsize == language.MOST_FIGURES
    assert number(-0.0) == "0"
