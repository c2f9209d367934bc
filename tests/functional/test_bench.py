"""`make bench` can begin: nothing in it is timed here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOADS = "import runpy, sys; sys.path.insert(0, 'bench'); runpy.run_path(sys.argv[1])"


def printed(*words: str) -> str:
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "bench").glob("*.py")))
def test_each_part_finds_what_it_imports(name: str) -> None:
    assert printed("-c", LOADS, f"bench/{name}") == ""


def test_the_first_page_of_a_process_is_rendered() -> None:
    assert float(printed("bench/first_page.py")) > 0
