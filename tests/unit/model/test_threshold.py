"""What a threshold may be written as (method.md, section 4)."""

from __future__ import annotations

import pytest
from tests.each import each

from involve_audit.model.threshold import threshold_value

OPTIONS = {"yes": 1.0, "partly": 0.5, "no": 0.0, "1": 0.25}


@each(
    ("written", "value"),
    [
        ("50%", 0.5),
        ("12.5 %", 0.125),
        ("0%", 0.0),
        ("100%", 1.0),
        ("1/3", 1 / 3),
        ("2 / 4", 0.5),
        ("0.5", 0.5),
        ("2", 2.0),
        (" 0.75 ", 0.75),
        ("partly", 0.5),
        ("yes", 1.0),
    ],
)
def test_a_threshold_is_a_percentage_a_fraction_a_number_or_an_option(written: str, value: float) -> None:
    assert threshold_value(written, OPTIONS) == value


def test_an_option_goes_before_a_number() -> None:
    assert threshold_value("1", OPTIONS) == 0.25


@each("written", ["", "half", "1/0", "-1", "+1", "0,5", "1e3", ".5", "5.", "nan", "inf", "%", "50%%", "1/3%", "1_0"])
def test_anything_else_is_no_threshold(written: str) -> None:
    with pytest.raises(ValueError, match="is not a threshold"):
        threshold_value(written, OPTIONS)


@pytest.mark.parametrize("written", ["9" * 400 + "/3", "9" * 5000 + "/3"])
def test_a_number_that_is_too_large_is_no_threshold(written: str) -> None:
    with pytest.raises(ValueError, match="is not a threshold"):
        threshold_value(written, OPTIONS)
