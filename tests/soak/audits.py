"""The engine held against the method worked out by hand: random audits of a random rubric."""

from __future__ import annotations

from tests.soak.running import Figures
from tests.unit.engine.differences import AUDITS_OF_A_RUBRIC, compare

EACH = AUDITS_OF_A_RUBRIC
"""So many audits an attempt, all of one rubric."""


def attempt(seed: int, figures: Figures) -> None:
    """Some audits, each worked out twice."""
    found = compare(seed, EACH)
    figures["audits"] += EACH
    figures["differences"] += len(found)
    assert not found, "\n".join(map(str, found[:3]))
