"""One audit of a comparison or of a series: what it was made from, what it comes to, and who took part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from involve_audit.engine.score import Score
    from involve_audit.model.record import Record
    from involve_audit.model.rubric import Rubric, Sourced
    from involve_audit.model.view import Action, Audit, Subject

JOINED, LEFT, MORE, FEWER = "joined", "left", "many-more", "far-fewer"
_MUCH = 2
_LEAST = 3


class People(NamedTuple):
    """How many people, as far as it is known: the two differ where a record does not tell small numbers."""

    at_least: int
    at_most: int


@dataclass(frozen=True)
class Round:
    """One audit, read from its answers files or from its `record`, and scored.

    `lineage` are the ids of its rubric and of those that it was made of, and `fingerprint` the digests of all their
    files. Where the score is only recorded, the audit's rubric is a stand-in, another version cut down to the questions
    of the record; `not_shown` are those that it does not know either.
    """

    name: str
    audit: Audit
    score: Score
    people: Mapping[str, People]
    lineage: frozenset[str]
    fingerprint: tuple[str, ...]
    record: Record | None = None
    not_shown: tuple[str, ...] = ()

    def shares_rubric_with(self, other: Round) -> bool:
        """Whether both were made with the very same rubric: no file that it is made of is another one."""
        return self.fingerprint == other.fingerprint

    @property
    def id(self) -> str:
        """The id of the audit."""
        return self.audit.id

    @property
    def subject(self) -> Subject:
        return self.audit.subject

    @property
    def date(self) -> date:
        return self.audit.date

    @property
    def rubric(self) -> Sourced[Rubric]:
        return self.audit.rubric

    @property
    def actions(self) -> Sequence[Action]:
        """What was agreed in it."""
        return [action for view in self.audit.views for action in view.content.actions]

    @property
    def is_told(self) -> bool:
        """Whether the words of its actions are told, as they are not in what was made for sharing."""
        return not (self.record and self.record.published)

    @property
    def restated(self) -> str:
        """The stage that its record says, where the answers in it come to another one now; else empty."""
        said = self.record.stage.floor if self.record else self.score.floor
        return "" if said == self.score.floor else said


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
