"""Speed of checking rubrics: the 300 questions of tests/shapes, the same with gates that are hard to decide."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import yaml

from involve_audit.authoring.check import check_all
from involve_audit.model.finding import Checked, Severity

ROOT = Path(__file__).parents[1]
ROUNDS = 7
AIM = "aim: under 2 s, reachability included"

# Other gates ask for nearly the same already: whether one of these can decide needs a proof or a search.
HARD = (
    ("points", "{stage: shared, kind: achievement}", "at_least: 12"),
    ("points", "{stage: shared, kind: achievement}", "at_least: 33.5"),
    ("share", "{stage: shared, kind: achievement}", "at_least: 71%"),
    ("share", "{kind: achievement}", "at_least: 40%"),
    ("points", "{kind: [deficit, anti-pattern]}", "at_most: 8"),
    ("lowest", "{theme: kitchen, kind: achievement}", "at_least: partly"),
)


def large_rubric() -> str:
    """The rubric of 300 questions that the tests use."""
    sys.path.insert(0, str(ROOT))
    from tests.shapes.large import large_rubric

    return large_rubric()


def hardened(text: str) -> str:
    """The rubric with six more gates at its fourth stage."""
    mark = "      - id: shared-in-place\n"
    gates = "".join(
        f"      - id: hard-{place}\n        items: {items}\n        measure: {measure}\n        {threshold}\n"
        "        because: It is hard to decide.\n"
        for place, (measure, items, threshold) in enumerate(HARD)
    )
    assert text.count(mark) == 1
    return text.replace(mark, gates + mark).replace("id: village-hall\n", "id: hard\n")


def authoring(cpu_of: Callable[[list[str]], float]) -> None:
    """Print the figures. `cpu_of` gives the CPU seconds of a command."""
    text = large_rubric()
    program = str(Path(sys.executable).with_name("involve-audit"))
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("village-hall", text), ("hard", hardened(text))):
            path = Path(folder) / f"{name}.yaml"
            path.write_text(content, encoding="utf-8")
            found, took = checked(path)
            parsed = parsing(content)
            cut_off = found.count(Severity.unsettled)
            print(
                f"rubric check, 300 questions, {name}: {took * 1e3:.0f} ms, {took / parsed:.1f} x yaml.load(…, "
                f"CSafeLoader); {len(found.findings)} findings, {cut_off} searches cut off   ({AIM})"
            )
        path = str(Path(folder) / "village-hall.yaml")
        whole = median(cpu_of([program, "rubric", "check", path]) for _ in range(ROUNDS))
        print(f"rubric check, 300 questions, whole process, CPU: {whole * 1e3:.0f} ms   ({AIM})")


def checked(path: Path) -> tuple[Checked, float]:
    """What is found, and how long it takes."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        (found,) = check_all([str(path)])
        times.append(time.perf_counter() - start)
    return found, median(times)


def parsing(content: str) -> float:
    """How long PyYAML takes over the same bytes."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        yaml.load(content.encode(), Loader=yaml.CSafeLoader)
        times.append(time.perf_counter() - start)
    return median(times)
