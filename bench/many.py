"""How `batch` does on very many audits: generated ones, of 31 answers with evidence as formats.md shows it.

CPU is user and system time of the finished processes; memory is the largest resident set of the first process.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from yaml._yaml import CParser
from yaml.events import StreamEndEvent

from involve_audit.loading.rubric import load_rubric_by_id
from involve_audit.model.rubric import Item, Rubric
from involve_audit.resources import shipped_rubrics

RUBRIC = shipped_rubrics()[0]
PROGRAM = [sys.executable, "-m", "involve_audit"]
ROUNDS = 3
FEW, SOME, MANY = 10, 1_000, 10_000

# What a person would write instead: each file into a dict, and one row an audit.
SCRIPT = """
import csv, pathlib, sys, yaml

with open(sys.argv[2], "w", newline="") as out:
    writer = csv.writer(out)
    for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.yaml")):
        view = yaml.safe_load(path.read_text())
        answers = {item: given["answer"] for item, given in view["answers"].items()}
        writer.writerow([view["audit"], view["subject"]["name"], sum(a in ("yes", True) for a in answers.values())])
"""


class Cost(NamedTuple):
    """What a process took: seconds on the clock, seconds of CPU, and bytes."""

    wall: float
    cpu: float
    memory: int


# A process that was started by a large one counts as large itself, so a small one starts what is measured.
LAUNCHER = """
import os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss)
os._exit(0)
"""


def cost_of(command: list[str]) -> Cost:
    """Run a command to its end, its Python caching bytecode as an installed program does."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    launched = subprocess.run(
        [sys.executable, "-S", "-c", LAUNCHER, *command], env=environment, check=True, capture_output=True, text=True
    )
    exit_code, wall, cpu, memory = launched.stdout.split()
    if exit_code != "0":
        raise SystemExit(f"{command} failed with exit code {exit_code}")
    return Cost(float(wall), float(cpu), int(memory) * 1024)


def generate(folder: Path, number: int) -> Path:
    """Make so many answers files of different audits, a thousand to a folder."""
    rubric, chance = load_rubric_by_id(RUBRIC).content, random.Random(1)
    for place in range(number):
        inside = folder / f"{number}" / f"{place // 1000:03}"
        inside.mkdir(parents=True, exist_ok=True)
        (inside / f"service-{place:06}.yaml").write_text(answers_file(rubric, chance, place), encoding="utf-8")
    return folder / f"{number}"


def answers_file(rubric: Rubric, chance: random.Random, place: int) -> str:
    head = f"""format: involve-audit/answers@1
rubric: {rubric.id}@{rubric.version}
audit: service-{place:06}
subject: {{name: Service number {place}, kind: service}}
date: 2026-06-01
respondents: {{service-users: 4, staff: 3}}
answers:
"""
    return head + "".join(answer(rubric, item, chance) for item in rubric.items)


def answer(rubric: Rubric, item: Item, chance: random.Random) -> str:
    given = chance.choice([option.id for option in rubric.scale if option.is_for(item.kind)] + ["unknown"])
    day, page = chance.randrange(10, 29), chance.randrange(1000)
    return f"""  {item.id}:
    answer: {given}
    evidence:
      - {{text: Minutes of the meeting of May {day}, date: 2026-05-{day}, link: "https://example.org/minutes/{page}"}}
"""


def drained(contents: list[bytes]) -> float:
    """CPU seconds for all events of libyaml's parser over these files."""
    start = time.process_time()
    for content in contents:
        following = CParser(content).get_event
        while type(following()) is not StreamEndEvent:
            pass
    return time.process_time() - start


def in_turn(one: Callable[[], float], other: Callable[[], float]) -> tuple[float, float]:
    pairs = [(one(), other()) for _ in range(ROUNDS)]
    return median(first for first, _ in pairs), median(second for _, second in pairs)


def many_audits() -> None:
    """Measure everything and print it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, some, many = (generate(folder, number) for number in (FEW, SOME, MANY))

        def run(where: Path, *words: str) -> Cost:
            outputs = ("-o", f"{folder}/o.csv", "-o", f"{folder}/o.jsonl")
            return cost_of([*PROGRAM, "batch", str(where), "--quiet", *outputs, *words])

        started(few)
        instead(run, some, folder)
        page(run, some, folder)
        processes(run, many)


Run = Callable[..., Cost]


def instead(run: Run, some: Path, folder: Path) -> None:
    script = [sys.executable, "-c", SCRIPT, str(some), f"{folder}/script.csv"]
    own, base = in_turn(lambda: run(some, "--jobs", "1").cpu, lambda: cost_of(script).cpu)
    report(f"batch of {SOME:,} files, CPU", own / base, "a script with yaml.safe_load and a dict", "none")


def page(run: Run, some: Path, folder: Path) -> None:
    """What the page of an overview costs, beyond scoring: that of a run with it, less that of one without."""
    page = ("-o", f"{folder}/o.html")
    own, base = in_turn(lambda: run(some, "--jobs", "1", *page).cpu, lambda: run(some, "--jobs", "1").cpu)
    print(f"page of {SOME:,} audits, CPU: {own - base:.2f} s (aim: under 0.5 s)")


def processes(run: Run, many: Path) -> None:
    """The quickest of several rounds, because whatever else runs on the machine takes from two processes first."""
    pairs = [(run(many, "--jobs", "1").wall, run(many, "--jobs", "2").wall) for _ in range(ROUNDS)]
    one, two = (min(walls) for walls in zip(*pairs, strict=True))
    report(f"batch of {MANY:,} files, --jobs 2, speed", one / two, "--jobs 1", "at least 1.7 x")
    print(f"    {two:.1f} s and {one:.1f} s on the clock")


def started(few: Path) -> None:
    one = [*PROGRAM, "assess", str(next(few.rglob("*.yaml")))]
    ten = [*PROGRAM, "batch", str(few)]
    cost_of(one), cost_of(ten)
    pairs = [(cost_of(ten).wall, cost_of(one).wall) for _ in range(15)]
    own, base = (median(walls) for walls in zip(*pairs, strict=True))
    report(f"batch of {FEW} files, wall", own / base, "assess of one file", "at most 1.3 x")
    print(f"    {own * 1e3:.0f} ms and {base * 1e3:.0f} ms")


def report(what: str, ratio: float, baseline: str, aim: str) -> None:
    print(f"{what}: {ratio:.2f} x {baseline} (aim: {aim})")


if __name__ == "__main__":
    many_audits()
