"""Whose answers a run expects, and whose there are (docs/batch.md, "Who has not answered yet")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from involve_audit.batch.bounded import FirstOf
from involve_audit.engine.checks import UNHEARD
from involve_audit.model.names import folded
from involve_audit.render.batch.outcome import Awaited, Outcome

if TYPE_CHECKING:
    from involve_audit.loading.services import Service

MOST_UNEXPECTED = 1_000


@dataclass(frozen=True, slots=True)
class Expected:
    """The services of a list, and where each of them stands in it: by its audit and by its name."""

    services: tuple[Service, ...]
    by_audit: dict[str, int]
    by_name: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, services: Sequence[Service]) -> Expected:
        """These services."""
        by_name: dict[str, tuple[int, ...]] = {}
        for place, service in enumerate(services):
            name = folded(service.name)
            by_name[name] = (*by_name.get(name, ()), place)
        return cls(tuple(services), {one.audit: place for place, one in enumerate(services) if one.audit}, by_name)

    def place(self, audit: str, subject: str) -> int | None:
        """Which service an audit is of: by its id, empty for none; else by the name of what it is about.

        Of two services with one name, and where the list has another audit for this name, it is neither's.
        """
        if audit in self.by_audit:
            return self.by_audit[audit]
        found = [n for n in self.by_name.get(folded(subject), ()) if not (audit and self.services[n].audit)]
        return found[0] if len(found) == 1 else None


@dataclass(slots=True)
class Arrived:
    """The places of services of which there are files, answers, and answers of those who should be heard first."""

    sent: set[int] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)
    heard: set[int] = field(default_factory=set)
    unexpected: FirstOf[tuple[str, str]] = field(default_factory=lambda: FirstOf(MOST_UNEXPECTED))

    def count(self, outcome: Outcome, shown: Outcome, expected: Expected) -> None:
        """Add one audit; `shown` is what may be told of it. Where nothing is answered, nobody has answered."""
        scored = outcome.scored
        place = expected.place(outcome.id if outcome.is_named else "", scored.audit.subject.name if scored else "")
        if scored is None:
            self.sent.update([place] if place is not None else [])
        elif not scored.score.known:
            pass
        elif place is None:
            self.unexpected.add([(scored.audit.subject.name, shown.id)])
        else:
            self.answered.add(place)
            if all(concern.check != UNHEARD for concern in scored.concerns):
                self.heard.add(place)

    def add(self, others: Arrived) -> None:
        """Add what came of some more audits."""
        self.sent |= others.sent
        self.answered |= others.answered
        self.heard |= others.heard
        self.unexpected.merge(others.unexpected)

    def awaited(self, expected: Expected) -> Awaited:
        """What there is to tell, in the order of the list."""

        def of(places: set[int]) -> tuple[tuple[str, str], ...]:
            return tuple((one.name, one.audit) for place, one in enumerate(expected.services) if place in places)

        here = self.sent | self.answered
        return Awaited(
            expected=len(expected.services),
            missing=of(set(range(len(expected.services))) - here),
            unreadable=of(self.sent - self.answered),
            unheard=of(self.answered - self.heard),
            unexpected=tuple(self.unexpected.kept),
            more_unexpected=self.unexpected.more,
        )
