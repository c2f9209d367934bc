"""What grows with the number of audits is kept up to a bound, and counted beyond it."""

from __future__ import annotations

from typing import Any

import pytest

from involve_audit.batch.bounded import FirstOf
from involve_audit.batch.totals import MOST_NOT_COMPARED, Totals
from involve_audit.engine.checks import Checks
from involve_audit.language import MOST_NAMED
from involve_audit.render.batch.outcome import NEW, NOT_COMPARABLE


def test_the_first_are_kept_and_the_others_counted() -> None:
    first = FirstOf[int](3)
    first.add([1, 2])
    first.add([3, 4], more=2)
    other = FirstOf[int](3, [5], 1)
    first.merge(other)
    assert (first.kept, first.more) == ([1, 2, 3], 5)


def test_of_very_many_that_are_not_compared_the_first_are_named() -> None:
    totals = Totals()
    for number in range(MOST_NOT_COMPARED + 2):
        one = Totals()
        for why in (NEW, NOT_COMPARABLE):
            one.not_compared[why].add([(f"{why}-{number}", "Mill")])
        totals.add(one)
    assert {why: (len(found.kept), found.more) for why, found in totals.not_compared.items()} == {
        NEW: (MOST_NOT_COMPARED, 2),
        NOT_COMPARABLE: (MOST_NOT_COMPARED, 2),
    }


def test_of_very_many_of_one_person_the_first_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    totals = Totals()
    for number in range(MOST_NAMED + 3):
        one = Totals()
        one.of_one_person.add([f"home-{number}"])
        totals.add(one)
    totals.tell()
    said: Any = capsys.readouterr().err
    assert "In 23 audits one person" in said
    assert "home-19, … and 3 more" in said
    assert "home-20" not in said
    totals.conclude(Checks(), are_annotated=False)
