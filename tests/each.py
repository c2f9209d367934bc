"""One test of many small cases: as tests of their own they cost more to gather, hand out and report than to try."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from inspect import signature
from typing import Any

import pytest

from involve_audit import inputs

Test = Callable[..., None]


def each(names: str | tuple[str, ...], cases: Iterable[Any] | Callable[[], Iterable[Any]]) -> Callable[[Test], Test]:
    """As `pytest.mark.parametrize`, in one test: every case is tried, and those that fail are told by their values.

    Fixtures are made once for all cases. A function that gives the cases is called when the test runs.
    """

    def of_each(test: Test) -> Test:
        @wraps(test)
        def tried(**fixtures: Any) -> None:
            failed = []
            all_cases = list(cases() if callable(cases) else cases)
            for case in all_cases:
                given = {names: case} if isinstance(names, str) else dict(zip(names, case, strict=True))
                inputs.begin()  # no case has read what another one did
                try:
                    test(**given, **fixtures)
                except (Exception, BaseExceptionGroup, pytest.fail.Exception) as error:
                    error.add_note(f"where {given!r:.500}")
                    failed.append(error)
            assert all_cases
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(all_cases)} cases", failed)

        asked, told = signature(test), (names,) if isinstance(names, str) else names
        left = [one for name, one in asked.parameters.items() if name not in told]
        tried.__signature__ = asked.replace(parameters=left)  # type: ignore[attr-defined]
        return tried

    return of_each
