"""What grows with the number of audits is kept up to a bound, and counted beyond it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Told = TypeVar("Told")


@dataclass(slots=True)
class FirstOf(Generic[Told]):
    """The first `most` of very many things to tell, and how many more there are."""

    most: int
    kept: list[Told] = field(default_factory=list)
    more: int = 0

    def add(self, others: Sequence[Told], more: int = 0) -> None:
        """Add some, and `more` that are not among them."""
        room = self.most - len(self.kept)
        self.kept += others[:room]
        self.more += max(0, len(others) - room) + more

    def merge(self, others: FirstOf[Told]) -> None:
        """Add what another one has, which comes after this one."""
        self.add(others.kept, others.more)
