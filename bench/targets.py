"""What the project promises of speed and memory: every figure as a ratio within one run, with its target.

The sides of a ratio take turns, and what counts is the median of the ratios. CPU is user and system time of finished
processes, memory the largest resident set. Exits with 1 where a target is missed.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from authoring import checking_a_thousand
from comparing import page_and_memory

from many import FEW, MANY, SOME, Cost, cost_of, drained, generate

PROGRAM = str(Path(sys.executable).with_name("involve-audit"))
ROOT = Path(__file__).parents[1]
PYTHON = [sys.executable, "-c", "pass"]
FLOOR = [sys.executable, "-c", "import typer, pydantic, jinja2, yaml"]
FILE, FOLDER = str(ROOT / "examples/norfolk/published-account.yaml"), str(ROOT / "examples/riverside")
SHORT, LONG = 15, 3
"""How often the two sides of a ratio take turns: short processes, and long ones."""


class Figure(NamedTuple):
    """A figure that was measured, and what it may be: at most `target`, or at least that where `more_is_better`."""

    what: str
    value: float
    target: float
    unit: str = "x"
    more_is_better: bool = False

    @property
    def is_met(self) -> bool:
        return self.value >= self.target if self.more_is_better else self.value <= self.target

    def __str__(self) -> str:
        bound = "at least" if self.more_is_better else "at most"
        met = "" if self.is_met else "   MISSED"
        return f"{self.what:70} {self.value:8.2f} {self.unit:3}   {bound} {self.target:g}{met}"


def ratio(one: Callable[[], float], other: Callable[[], float], rounds: int) -> float:
    """The median of the first over the second; each runs once before it counts."""
    one(), other()
    return median(one() / other() for _ in range(rounds))


def cpu(*command: str) -> Callable[[], float]:
    return lambda: cost_of(list(command)).cpu


def starting(folder: Path) -> Iterator[Figure]:
    """What one run costs, against importing the libraries that it is made with."""
    page = (PROGRAM, "assess", FILE, "-o", f"{folder}/r.html")
    floor, summary = cpu(*FLOOR), (PROGRAM, "assess", FOLDER)
    yield Figure("assess FILE -o r.html / importing its libraries", ratio(cpu(*page), floor, SHORT), 1.3)
    yield Figure("assess FOLDER / importing its libraries", ratio(cpu(*summary), floor, SHORT), 1.15)
    yield Figure("assess --help / importing its libraries", ratio(cpu(PROGRAM, "assess", "--help"), floor, SHORT), 0.8)
    yield Figure("--version / bare Python", ratio(cpu(PROGRAM, "--version"), cpu(*PYTHON), SHORT), 1.6)


def batch(views: Path, folder: Path, *more: str) -> Cost:
    """What a batch in one process costs."""
    outputs = ("-o", f"{folder}/o.csv", "-o", f"{folder}/o.jsonl")
    return cost_of([PROGRAM, "batch", str(views), "--quiet", *outputs, "--jobs", "1", *more])


def many_files(folder: Path) -> Iterator[Figure]:
    """What very many audits cost, against libyaml alone, and again where few of them changed."""
    views = generate(folder, MANY)
    files = sorted(views.rglob("*.yaml"))
    contents = [file.read_bytes() for file in files]

    def drain() -> float:
        return drained(contents)

    def again() -> float:
        for file in random.sample(files, FEW):
            file.write_bytes(file.read_bytes() + b"# looked at again\n")
        return batch(views, folder, "--cache", f"{folder}/cache").cpu

    what = f"batch of {MANY:,} files / draining CParser's events"
    yield Figure(what, ratio(lambda: batch(views, folder).cpu, drain, LONG), 1.8)
    yield Figure(f"the same again with {FEW} files changed / the same", ratio(again, drain, LONG), 0.3)


def many_reports(folder: Path) -> Iterator[Figure]:
    """What a report costs as one of many."""
    some, more = generate(folder, SOME), generate(folder, 3 * SOME)

    def written(views: Path, *words: str) -> Cost:
        return cost_of([PROGRAM, "batch", str(views), "--quiet", "--reports", f"{folder}/pages", *words])

    one = cpu(PROGRAM, "assess", str(next(some.rglob("*.yaml"))), "-o", f"{folder}/r.html")
    one()
    rounds = [(written(some, "-j", "1"), written(some, "-j", "2"), one()) for _ in range(LONG)]
    memory = written(more, "-j", "1").memory / median(alone.memory for alone, _both, _one in rounds)
    each = median(alone.cpu / SOME / assess for alone, _both, assess in rounds)
    speed = median(alone.wall / both.wall for alone, both, _one in rounds)
    yield Figure(f"memory of {3 * SOME:,} reports / of {SOME:,}", memory, 1.1)
    yield Figure(f"{SOME:,} HTML reports, CPU each / one assess", each, 0.05)
    yield Figure(f"{SOME:,} HTML reports, speed with -j 2 / with -j 1", speed, 1.7, more_is_better=True)


def large(_folder: Path) -> Iterator[Figure]:
    """What large audits and rubrics cost."""
    size, memory = page_and_memory()
    yield Figure("trend of 100 x 1,000 as HTML, the page", size / 1e6, 1, "MB")
    yield Figure("trend of 100 x 1,000 as HTML, memory", memory / 1e6, 150, "MB")
    for shape, seconds in zip(("a usual rubric", "much to decide"), checking_a_thousand(), strict=True):
        yield Figure(f"rubric check of 1,000 items, {shape}, CPU", seconds, 3, "s")


def main() -> int:
    """Print every figure. Returns the exit code."""
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        for part in (starting, many_files, many_reports, large):
            for figure in part(Path(name)):
                print(figure, flush=True)
                missed += not figure.is_met
    print(f"Targets missed: {missed or 'none'}.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
