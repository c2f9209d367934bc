"""`make bench` can begin: nothing in it is timed here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOADS = "import runpy, sys; sys.path.insert(0, 'bench'); runpy.run_path(sys.argv[1])"


def printed(*words: str) -> str:
    done = subprocess.run([sys.executable, "-c", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "bench").glob("*.py")))
def test_each_part_finds_what_it_imports(name: str) -> None:
    assert printed(LOADS, f"bench/{name}") == ""


def test_the_first_page_of_a_process_is_rendered() -> None:
    code = "import runpy, sys; sys.path.insert(0, 'bench'); print(runpy.run_path('bench/bench.py')['FIRST_PAGE'])"
    assert float(printed(printed(code))) > 0
