"""`involve-audit page`: writes the page that holds the whole program, where it is there."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.audits import ROOT

from involve_audit import __version__, resources

Run = Callable[..., Any]
PAGE = "<!DOCTYPE html>\n<title>All of it</title>\n"


def test_it_is_the_one_that_is_installed(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    package = here / "installed/involve_audit_page"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "involve-audit.html").write_text(PAGE)
    monkeypatch.syspath_prepend(package.parent)
    done = run("page", "-o", "all.html")
    assert (done.exit_code, done.stderr) == (0, "Written: all.html\n")
    assert Path("all.html").read_text() == PAGE
    del sys.modules["involve_audit_page"]


def test_in_a_checkout_it_is_the_one_that_was_built_there(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "__file__", str(here / "src/involve_audit/resources.py"))
    (here / "pyproject.toml").touch()
    done = run("page", "-o", "all.html")
    assert (done.exit_code, Path("all.html").exists()) == (2, False)
    assert "the page does not come with this installation\n    Install the package involve-audit-page" in done.stderr
    (here / "dist").mkdir()
    (here / "dist/involve-audit.html").write_text(PAGE)
    assert run("page", "-o", "all.html").exit_code == 0
    assert Path("all.html").read_text() == PAGE


def test_the_extra_names_the_page_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["optional-dependencies"]["page"] == [f"involve-audit-page=={__version__}"]
