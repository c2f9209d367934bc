"""Whether the same people answered: who took part in each round, by perspective."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

JOINED, LEFT, MORE, FEWER = "joined", "left", "many-more", "far-fewer"
_MUCH = 2
_LEAST = 3


class People(NamedTuple):
    """How many people, as far as it is known: the two differ where a record does not tell small numbers."""

    at_least: int
    at_most: int


class PeopleChange(NamedTuple):
    """A perspective whose number differs much: it is there in one round only, or twice as many or more."""

    perspective: str
    kind: str
    then: People | None
    now: People | None


def people_changes(before: Mapping[str, People], after: Mapping[str, People]) -> tuple[PeopleChange, ...]:
    """Every perspective that differs much for certain, in the order in which they are given, the later round first."""
    return tuple(_changes(before, after))


def _changes(before: Mapping[str, People], after: Mapping[str, People]) -> Iterator[PeopleChange]:
    for name in dict.fromkeys((*after, *before)):
        then, now = before.get(name), after.get(name)
        if then is None or now is None:
            yield PeopleChange(name, JOINED if then is None else LEFT, then, now)
        elif _is_much_less(then, now):
            yield PeopleChange(name, MORE, then, now)
        elif _is_much_less(now, then):
            yield PeopleChange(name, FEWER, then, now)


def _is_much_less(fewer: People, more: People) -> bool:
    """At least twice as many, and three more, whatever the numbers that are not told."""
    return more.at_least >= _MUCH * fewer.at_most and more.at_least - fewer.at_most >= _LEAST
