"""A test of many cases (tests/each.py) fails with any of them, and says with which."""

from __future__ import annotations

import pytest
from tests.each import each


def test_every_case_is_tried_and_those_that_fail_are_told() -> None:
    tried = []

    @each(("one", "other"), lambda: [(1, 2), (2, 2), (3, 4)])
    @each("factor", [1, 2])
    def alike(one: int, other: int, factor: int) -> None:
        tried.append((one, other, factor))
        with pytest.raises(AssertionError):
            assert one * factor != other * factor

    with pytest.raises(BaseExceptionGroup, match="2 of 3 cases") as caught:
        alike()
    assert tried == [(one, other, factor) for one, other in ((1, 2), (2, 2), (3, 4)) for factor in (1, 2)]
    assert [error.__notes__ for error in caught.value.exceptions] == [
        ["where {'one': 1, 'other': 2}"],
        ["where {'one': 3, 'other': 4}"],
    ]


def test_a_test_without_cases_fails() -> None:
    with pytest.raises(AssertionError):
        each("one", [])(lambda one: None)()
