"""The same generated examples in every run, fewer for `make unit`. `HYPOTHESIS_PROFILE=nightly` looks for many others.

Coverage makes a test two to three times as slow, so it looks only where it sees lines that it sees nowhere else. Not at
generated examples: a line counts as tested where a test means it. Not at the installed program, which is a copy, nor at
programs that run by the hundred: each would have to write down what it saw.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import involve_audit

BY_NO_CLOCK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", BY_NO_CLOCK, derandomize=True, max_examples=25)
settings.register_profile("quick", BY_NO_CLOCK, derandomize=True, max_examples=10)
settings.register_profile("nightly", BY_NO_CLOCK, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_configure(config: pytest.Config) -> None:
    """The checkout has what is made of it for a wheel. One process sees to it before there are others."""
    if not hasattr(config, "workerinput"):
        subprocess.run([sys.executable, config.rootpath / "src/hatch_build.py"], check=True)


def pytest_collection_finish() -> None:
    """What is there before the first test is there to the end: nobody has to look again and again for garbage in it."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


UNMEASURED = (
    "tests/browser/",
    "tests/functional/asking/test_nothing_is_lost.py",
    "tests/functional/asking/test_two_days_and_two_groups.py",
    "tests/functional/asking/test_typing.py",
    "tests/functional/asking/test_what_is_",
    "tests/functional/batch/",
    "tests/functional/test_",
    "tests/shapes/",
    "tests/docs/test_commands_run.py",
    # These look once more, and often, at what other tests of the same room look at.
    "tests/commands/test_any_value.py",
    "tests/commands/test_impossible_names.py",
    "tests/commands/test_nasty_folders.py",
    "tests/commands/test_surroundings.py",
    "tests/unit/asking/test_storage.py::test_every_reader_of_yaml_reads_the_same_text",
    "tests/unit/engine/test_growth.py",
    "tests/unit/engine/test_next_steps.py",
    "tests/unit/engine/test_promises.py",
    "tests/unit/loading/test_overlay.py::test_an_odd_value_anywhere",
    "tests/unit/loading/test_rubric.py::test_an_odd_value_anywhere",
    "tests/unit/loading/test_tree.py",
    "tests/unit/model/test_schemas.py",
    "tests/unit/model/test_twin.py::test_of_files_in_which",
    "tests/unit/render/batch/test_listing.py::test_a_page_of_very_many_is_not_too_large",
    "tests/unit/render/test_nasty_text.py",
    "tests/unit/render/test_publishing.py",
    "tests/unit/render/test_sandbox.py",
    "tests/unit/render/test_schema.py",
    "tests/unit/render/test_styles.py",
    "tests/unit/render/test_templates.py",
    "tests/unit/test_escaping.py",
    "tests/unit/test_marked_texts.py",
    "tests/unit/test_nothing_is_hard_wired.py",
    "tests/unit/words/test_tables.py",
    # These run next to no line and take next to no way that no other test does, as coverage told by its contexts.
    *Path(__file__).with_name("unmeasured.txt").read_text(encoding="utf-8").split(),
)

PROCESSES = (
    "tests/commands/test_main.py",
    "tests/commands/test_temporary.py::test_a_signal",
    "tests/functional/asking/",
)
"""The processes of these tests run what no test runs in its own."""
LOOKING = pytest.StashKey[Any]()
"""What coverage looks with."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Generator[None, Any, Any]:
    """Coverage sees the program being imported once, and not how tests are gathered; nor is there garbage then."""
    looking = session.config.stash[LOOKING] = sys.gettrace()
    if looking and getattr(session.config, "workerinput", {"workerid": "gw0"})["workerid"] == "gw0":
        for module in walk_packages(involve_audit.__path__, "involve_audit."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    sys.settrace(None)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Coverage looks at few of the processes that tests start: it takes as long to begin there as the program does."""
    with pytest.MonkeyPatch.context() as patch:
        if not (_is_measured(item) and item.nodeid.startswith(PROCESSES)):
            patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        return (yield)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, Any, Any]:
    with _looked_at(item):
        return (yield)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    with _looked_at(item):
        return (yield)


@contextmanager
def _looked_at(item: pytest.Item) -> Iterator[None]:
    """Coverage looks at what a test does, where it does, and not at what is done between two tests."""
    if _is_measured(item):
        sys.settrace(item.config.stash[LOOKING])
    try:
        yield
    finally:
        sys.settrace(None)


def _is_measured(item: pytest.Item) -> bool:
    generated = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    return not generated and not item.nodeid.startswith(UNMEASURED)


@pytest.fixture(autouse=True)
def a_run_of_its_own() -> None:
    """No test has read what another one did."""
    from involve_audit import inputs

    inputs.begin()


@pytest.fixture
def another_language() -> Iterator[None]:
    """The test may use another language: afterwards it is again what it was."""
    from involve_audit import language

    before = language.current()
    yield
    language.use(before)


@pytest.fixture(scope="session", autouse=True)
def nothing_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The user's home folder and own folder of rubrics are empty ones, and nothing is written to the real ones.

    The size of a window, which some workers of pytest-xdist inherit and others do not, is nobody's.
    """
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    os.environ["HOME"] = str(tmp_path_factory.mktemp("home"))
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))
