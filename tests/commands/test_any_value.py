"""A file of ours with any value of any type in any field is read, or refused with words; never a fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import fuzz


@pytest.mark.parametrize("kind", fuzz.COMMANDS)
@given(seed=st.integers(min_value=0, max_value=2**48))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_in_any_field_is_read_or_refused(kind: str, seed: int, tmp_path: Path) -> None:
    assert fuzz.fault_of_kind(kind, seed, tmp_path) == ""
