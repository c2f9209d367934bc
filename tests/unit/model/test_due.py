"""By when something is to be done (formats.md, "Answers")."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.each import each

from involve_audit.model.base import Refused
from involve_audit.model.strict import Unfit
from involve_audit.model.view import Action


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2027-03-01", date(2027, 3, 1)),
        (date(2027, 3, 1), date(2027, 3, 1)),
        ("2027-03", "2027-03"),
        (" 2027–03 ", "2027-03"),
        ("Ongoing", "ongoing"),
        (None, None),
    ],
)
def test_it_is_a_day_a_month_or_ongoing(written: Any, due: Any) -> None:
    action = Action(what="Do it", due=written)
    assert action.due == due
    assert Action.from_tree(action.as_tree()) == action


@each("written", ["spring", "2027", "2027-13", "2027-00", "0000-03", "2027-02-30", "03/2027", "", 7])
def test_nothing_else_is(written: Any) -> None:
    with pytest.raises((Refused, Unfit)):
        Action(what="Do it", due=written)
