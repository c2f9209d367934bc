"""Days as tools write them."""

from __future__ import annotations

from datetime import date

import pytest

from involve_audit.loading.responses.days import DAY_FIRST, MONTH_FIRST, Days

MARCH, APRIL = date(2026, 3, 4), date(2026, 4, 3)


def days(*seen: str, order: str = "") -> Days:
    found = Days(order)
    for text in seen:
        found.look_at(text)
    return found


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-04",
        "2026-03-04T10:11:12.000Z",
        "2026/03/04 9:12:11 am GMT",
        "2026/3/4",
        "2026-03-04 00:00:00",
        "  2026-03-04",
    ],
)
def test_a_day_with_the_year_in_front_can_be_read_in_one_way(written: str) -> None:
    assert days().readings(written) == [MARCH]


@pytest.mark.parametrize("written", ["03/04/2026", "3/4/26 12:01:00", "03-04-2026"])
def test_a_day_that_can_be_two_is_two(written: str) -> None:
    assert days().readings(written) == [MARCH, APRIL]


@pytest.mark.parametrize(
    ("others", "meant"),
    [(["25/12/2025"], APRIL), (["12/25/2025"], MARCH), (["05.06.2026"], APRIL), (["01/02/2026", "13/2/2026"], APRIL)],
)
def test_other_rows_settle_it(others: list[str], meant: date) -> None:
    assert days(*others).readings("03/04/2026") == [meant]


def test_rows_that_contradict_each_other_settle_nothing() -> None:
    assert days("25/12/2025", "12/25/2025").readings("03/04/2026") == [MARCH, APRIL]


@pytest.mark.parametrize(("order", "meant"), [(DAY_FIRST, APRIL), (MONTH_FIRST, MARCH)])
def test_somebody_may_say_it(order: str, meant: date) -> None:
    assert days("25/12/2025", "12/25/2025", order=order).readings("03/04/2026") == [meant]


def test_a_day_that_is_the_same_either_way_is_one() -> None:
    assert days().readings("05/05/2026") == [date(2026, 5, 5)]


@pytest.mark.parametrize("written", ["yesterday", "2026-13-40", "45993", "", "31/31/2026", "2026"])
def test_what_is_no_day_is_none(written: str) -> None:
    assert days().readings(written) == []


@pytest.mark.parametrize(
    "written",
    ["4 March 2026", "4th Mar. 2026", "04-Mar-2026", "March 4, 2026", "Mar 4th 2026", "4 of march 2026 10:11"],
)
def test_a_day_with_the_name_of_its_month_is_one(written: str) -> None:
    assert days().readings(written) == [MARCH]


@pytest.mark.parametrize("written", ["4 Ma 2026", "4 Mai 2026", "30 February 2026", "4 March"])
def test_what_is_the_name_of_no_month_is_no_day(written: str) -> None:
    assert days().readings(written) == []
