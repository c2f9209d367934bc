"""Speed of checking rubrics: the 300 questions of tests/shapes, the same with gates that are hard to decide; and 1,000
questions, once as usual, once with as much to decide as a rubric can reasonably have."""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from comparing import rubric

from involve_audit.authoring.check import check_all
from involve_audit.model.finding import Checked, Severity
from many import PROGRAM, cost_of

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


FEW_WORDS = [f"word{place}" for place in range(20)]
RAISING = {"achievement"}


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


def checking_a_thousand() -> tuple[float, float]:
    """CPU seconds of `rubric check` of 1,000 questions: of a usual rubric, and of the worst that can be expected."""
    usual, worst = (_checking(content) for content in (rubric("1.0.0", 15), _much_to_decide(rubric("1.0.0", 15))))
    return usual, worst


def _checking(content: dict[str, Any]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.yaml"
        path.write_text(json.dumps(content, indent=1), encoding="utf-8")
        checking = [*PROGRAM, "rubric", "check", str(path)]
        return cost_of(["sh", "-c", '"$@" || test $? -eq 1', "sh", *checking]).cpu


def _much_to_decide(content: dict[str, Any]) -> dict[str, Any]:
    """The same with 50 stages of five gates each, nearly all of which look at most of it, with chains of what implies
    what, and with questions of the same few words."""
    chance, items = random.Random(1), content["indicators"]
    for place, item in enumerate(items):
        item["stage"] = f"s{place % 51}"
        item["ask"] = f"Do they {' '.join(chance.sample(FEW_WORDS, 12))}?"
        later = items[place + 510 : place + 511]
        item |= {"implies": [one["id"] for one in later]} if {one["kind"] for one in [item, *later]} == RAISING else {}
    content["stages"] = [
        {"id": f"s{at}", **dict.fromkeys(("title", "short", "summary"), f"Stage {at}")}
        | {"gates": [_gate(at, place) for place in range(5 if at else 0)]}
        for at in range(51)
    ]
    return content


def _gate(at: int, place: int) -> dict[str, Any]:
    """One of five gates of a stage: on its own questions, a theme, or all questions up to it."""
    chosen = ({"stage": f"s{at}"}, {"theme": f"theme-{at * 7 % 12}"}, {"stage": [f"s{one}" for one in range(at + 1)]})
    measure, threshold = (("points", str(1 + at / 2 + place / 4)), ("share", f"{10 + at}%"), ("lowest", "partly"))[
        (at + place) % 3
    ]
    items = {**chosen[place % 3], "kind": "achievement"}
    gate = {"id": f"g{at}-{place}", "items": items, "measure": measure, "at_least": threshold}
    return gate | {"because": "It should be in place."}


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
