"""`make bench` can begin: nothing in it is timed here."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOADS = "import runpy, sys; sys.path.insert(0, 'bench'); [runpy.run_path(name) for name in sys.argv[1:]]"


def printed(*words: str) -> str:
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_each_part_finds_what_it_imports() -> None:
    assert printed("-c", LOADS, *sorted(str(path) for path in (ROOT / "bench").glob("*.py"))) == ""


def test_the_first_page_of_a_process_is_rendered() -> None:
    assert float(printed("bench/first_page.py")) > 0


def test_how_time_grows_is_measured_for_everything_that_there_can_be_more_of() -> None:
    first, *lines, last = printed("bench/growth.py", "--scale", "0.001").splitlines()
    assert first.split() == ["what", "n:", "seconds", "rises", "memory"]
    assert {line.partition(":")[0] for line in lines} == {
        *("items", "views", "files", "audits", "rows", "problems", "actions", "stages", "gates"),
    }
    assert last.startswith("Growing faster than n·log n: ")


@pytest.mark.parametrize(("power", "faster"), [(1, False), (1.2, False), (2, True), (1.5, True)])
def test_what_grows_faster_is_told_by_its_exponent(power: float, faster: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "bench")
    growth = runpy.run_path(str(ROOT / "bench/growth.py"))
    counts = [1_000, 2_000, 4_000, 8_000]
    found = growth["exponent"](counts, [count**power / 7 for count in counts])
    assert found == pytest.approx(power)
    assert growth["grows_faster"](counts, found) is faster
