"""The titles of a rubric are made once for many audits, and never taken for those of another one."""

from __future__ import annotations

from copy import copy

from tests.audits import Case

from involve_audit import language
from involve_audit.render import titles
from involve_audit.render.titles import MOST_TITLES, titles_of


def test_titles_are_kept_up_to_a_bound(riverside: Case) -> None:
    rubric = riverside.audit.rubric.content
    for _number in range(2 * MOST_TITLES + 1):
        other = copy(rubric)
        assert titles_of(other).rubric is other
        assert titles_of(other) is titles_of(other)
        assert len(titles._made) <= MOST_TITLES


def test_titles_are_those_of_the_language_in_use_and_of_what_may_be_told(riverside: Case) -> None:
    rubric = riverside.audit.rubric.content
    before = titles_of(rubric)
    assert (before.people(3), titles_of(rubric, 5).people(3)) == ("3", "fewer than 5")
    language.use(language.Language("de-DE", language.AS_WRITTEN.catalogue))
    try:
        assert titles_of(rubric) is not before
    finally:
        language.use(language.AS_WRITTEN)
    assert titles_of(rubric) is before
