"""What is written plainly and read without a parser, held against what a parser of YAML makes of it."""

from __future__ import annotations

from tests.soak.running import Figures
from tests.unit.loading.plainly import difference


def attempt(seed: int, figures: Figures) -> None:
    """One file with a few changes, read both ways."""
    found = difference(seed)
    figures["plain"] += 1
    figures["left to a parser"] += found is None
    assert not found, found
