"""`kill -9` at any moment: while the questions are asked, and while files are written."""

from __future__ import annotations

from random import Random

from tests.soak import sessions, writing
from tests.soak.running import Figures

EACH = 5
"""So many kills an attempt."""


def attempt(seed: int, figures: Figures) -> None:
    """Kill some sessions on one file, or some runs that write the same files."""
    chance = Random(seed)
    (sessions.killed if chance.random() < 0.75 else writing.killed)(chance, EACH, figures)
