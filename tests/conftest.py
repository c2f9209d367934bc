"""The same generated examples in every run, fewer for `make unit`. `HYPOTHESIS_PROFILE=explore` looks for new ones."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("quick", derandomize=True, deadline=None, max_examples=20)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture
def another_language() -> Iterator[None]:
    """The test may use another language: afterwards it is again what it was."""
    from involve_audit import language

    before = language.current()
    yield
    language.use(before)


@pytest.fixture(scope="session", autouse=True)
def no_rubrics_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The user's own folder of rubrics is an empty one."""
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))
