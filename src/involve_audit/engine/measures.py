"""What a gate may measure."""

from __future__ import annotations

TOLERANCE = 1e-9
"""By how much two figures may differ and still be taken for the same."""
