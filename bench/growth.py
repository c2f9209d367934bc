"""How the time of a run grows with what it is given, and its memory where there may be very much: a line each.

A run is CPU in this process, at its quickest of several unless it is long; where memory is measured, that of a process
of its own, and memory is its peak. `rises` is the exponent of the last step, 1 where twice as much takes twice as long.
What rises faster than n·log n, by more than a measurement errs and once more when it is measured again, is named at
the end, and so is memory that rises faster than n: then the exit code is 1.
"""

from __future__ import annotations

import argparse
import csv
import gc
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import cycle
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from involve_audit.model.columns import column_of
from many import PROGRAM, cost_of

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.program import run_in  # noqa: E402

ROUNDS, LONG, AGAIN = 3, 1, 20
"""How often a run is repeated, unless it takes so many seconds; one of so many is never measured again."""
ERROR = 0.2
"""So much above the exponent of n·log n can come from the machine."""
TITLED = ("title", "short", "summary")
ITEMS, VIEWS, FILES = (31, 100, 300, 1_000), (1, 5, 50), (1_000, 10_000, 100_000)


class Growth(NamedTuple):
    """What is run, what there is more and more of and how much, and what writes the files of the run.

    `memory` says that its memory is measured too; `fails` that the run ends with exit code 1 or 2, as it should.
    """

    run: str
    of: str
    counts: Sequence[int]
    write: Callable[[int], Mapping[str, Any]]
    memory: bool = False
    fails: bool = False


def _rubric(items: int, stages: int = 4, gates: int = 1) -> dict[str, Any]:
    """A rubric with so many items, and so many stages above the lowest, each with so many gates."""
    names = [f"s{place}" for place in range(stages + 1)]
    gate = {"measure": "points", "because": "It should be in place."}
    return {
        "format": "involve-audit/rubric@1",
        "id": "grown",
        "version": "1.0.0",
        "title": "Grown",
        "language": "en",
        "summary": "More and more.",
        "limit_to": "no",
        "minimum_answered": "50%",
        "scale": [{"id": "yes", "title": "Yes", "value": 1}, {"id": "no", "title": "No", "value": 0}],
        "perspectives": [{"id": "users", "title": "Users"}, {"id": "staff", "title": "Staff"}],
        "themes": [{"id": "theme", "title": "Theme"}],
        "stages": [{"id": names[0], **dict.fromkeys(TITLED, "Lowest")}]
        + [
            {"id": name, **dict.fromkeys(TITLED, name)}
            | {
                "gates": [
                    gate | {"id": f"{name}-{place}", "items": _some(items, at + place), "at_least": 1 + at / 2}
                    for place in range(gates)
                ]
            }
            for at, name in enumerate(names[1:])
        ],
        "indicators": [
            {"id": f"item-{place}", "stage": name, "theme": "theme", "kind": "achievement"}
            | {"title": f"Item {place}", "ask": f"Is thing {place} done together?", "next_step": "Do it together."}
            for place, name in zip(range(items), cycle(names), strict=False)
        ],
    }


def _some(items: int, place: int) -> dict[str, Any]:
    """Some ten of the items, others at each place."""
    return {"ids": sorted({f"item-{(place * 7 + step * 3) % items}" for step in range(10)})}


def _view(items: int, number: int = 0, **more: Any) -> dict[str, Any]:
    """A view that answers all items; every third answer differs from one view to the next."""
    words = {f"item-{place}": ("yes", "no")[(place % 3 + number) % 2] for place in range(items)}
    return {
        "format": "involve-audit/answers@1",
        "rubric": "grown@1.0.0",
        "audit": "spring",
        "subject": {"name": "A"},
        "date": "2026-01-02",
        "respondents": {"users": 2},
        "answers": words,
        **more,
    }


def _actions(number: int, done: bool) -> list[dict[str, Any]]:
    return [{"item": f"item-{place % 30}", "what": f"Do thing {place}", "done": done} for place in range(number)]


def _with_items(count: int) -> dict[str, Any]:
    return {"rubrics/grown.yaml": _rubric(count), "a.yaml": _view(count), "b.yaml": _view(count, 1, date="2026-02-02")}


def _with_gates(stages: int, gates: int) -> dict[str, Any]:
    return {"rubrics/grown.yaml": _rubric(60, stages, gates), "a.yaml": _view(60)}


def _with_actions(count: int) -> dict[str, Any]:
    return _with_items(30) | {
        "a.yaml": _view(30, actions=_actions(count, False)),
        "b.yaml": _view(30, 1, date="2026-02-02", actions=_actions(count, True)[::2]),
    }


def _with_problems(count: int, in_answers: bool) -> dict[str, Any]:
    """So many lines that are not known, among the answers or beside them."""
    view = _view(count + 30) if in_answers else _view(30, **{f"word-{place}": "x" for place in range(count)})
    return _with_items(30) | {"a.yaml": view}


def _with_views(count: int, **each: str) -> dict[str, Any]:
    """So many views of 30 items; in each field of `each`, every view has a value of its own."""
    own = ({key: text.format(number=number) for key, text in each.items()} for number in range(count))
    views = {f"v/{number}.yaml": _view(30, number, **more) for number, more in enumerate(own)}
    return {"rubrics/grown.yaml": _rubric(30), **views}


def _with_views_of_one_audit(count: int) -> dict[str, Any]:
    return _with_views(count, method="Meeting {number}")


def _with_audits_over_time(count: int) -> dict[str, Any]:
    days = [f"{2000 + place // 300}-{place // 25 % 12 + 1:02}-{place % 25 + 1:02}" for place in range(count)]
    views = {f"v/{place}.yaml": _view(30, place, audit=f"a-{place}", date=day) for place, day in enumerate(days)}
    return {"rubrics/grown.yaml": _rubric(30), **views}


def _with_versions(count: int) -> dict[str, Any]:
    """A later version of the rubric, in which every tenth question has another id."""
    old, new = _rubric(count), _rubric(count) | {"version": "2.0.0"}
    for item in new["indicators"][::10]:
        item |= {"replaces": [item["id"]], "id": f"{item['id']}-anew"}
    for gate in (gate for stage in new["stages"] for gate in stage.get("gates", [])):
        gate["items"] = {"kind": "achievement"}
    return {"old.yaml": old, "new.yaml": new, "a.yaml": yaml.safe_dump(_view(count), sort_keys=False)}


def _in_lines(count: int) -> dict[str, Any]:
    """The rubric as YAML that can be copied line by line."""
    return {"rubrics/grown.yaml": yaml.safe_dump(_rubric(count), sort_keys=False)}


def _with_scenario(count: int) -> dict[str, Any]:
    scenario = {"id": "worst", "title": "Worst", "respondents": {"users": 2}, "otherwise": "no", "expect": "s0"}
    return {"rubrics/grown.yaml": _rubric(count) | {"scenarios": [scenario]}}


def _with_rows(count: int) -> dict[str, Any]:
    """A table of so many responses."""
    table, rubric = io.StringIO(), _rubric(31)
    rows = csv.writer(table)
    rows.writerow(["ia_rubric", "ia_perspective", *(f"t/{column_of(item['id'])}" for item in rubric["indicators"])])
    for row in range(count):
        rows.writerow(["grown@1.0.0", "Users", *(("Yes", "No")[(row + place) % 2] for place in range(31))])
    return {"rubrics/grown.yaml": rubric, "t.csv": table.getvalue()}


def _with_files(count: int) -> dict[str, Any]:
    """So many answers files, a thousand in a folder, written as people write them."""
    words = "".join(f"  item-{place}: {('yes', 'no')[place % 2]}\n" for place in range(30))
    head = "format: involve-audit/answers@1\nrubric: grown@1.0.0\nsubject: {name: A}\ndate: 2026-01-02\n"
    files = {
        f"v/{place // 1_000}/{place}.yaml": f"{head}audit: a-{place}\nrespondents: {{users: 2}}\nanswers:\n{words}"
        for place in range(count)
    }
    return {"rubrics/grown.yaml": _rubric(30), **files}


READ = "answers read t.csv -o out/ --subject A --audit a"
GROWTHS = (
    Growth("assess a.yaml", "items", ITEMS, _with_items),
    Growth("assess a.yaml -o o.html", "items", ITEMS, _with_items),
    Growth("diff a.yaml b.yaml -o o.html", "items", ITEMS, _with_items),
    Growth("rubric check grown", "items", ITEMS, _with_items),
    Growth("rubric test grown", "items", ITEMS, _with_scenario),
    Growth("rubric show grown -o o.html", "items", ITEMS, _with_items),
    Growth("rubric diff old.yaml new.yaml", "items", ITEMS, _with_versions),
    Growth("rubric new again --from grown -o again.yaml", "items", ITEMS, _in_lines),
    Growth("answers new grown -o o.yaml", "items", ITEMS, _with_items),
    Growth("answers new grown -o o.html", "items", ITEMS, _with_items),
    Growth("answers new grown -o o.xlsx", "items", ITEMS, _with_items),
    Growth("answers migrate a.yaml --to 2.0.0 -r old.yaml -r new.yaml", "items", ITEMS, _with_versions),
    Growth("assess v", "views", VIEWS, _with_views_of_one_audit),
    Growth("assess v -o o.html", "views", VIEWS, _with_views_of_one_audit),
    Growth("answers combine v -o out", "views", (100, 300, 1_000), _with_views_of_one_audit, memory=True),
    Growth(READ, "rows", (1_000, 3_000, 10_000), _with_rows, memory=True),
    Growth("trend v -o o.html", "audits", (30, 100, 300), _with_audits_over_time, memory=True),
    Growth("actions v -o o.csv", "audits", (300, 1_000, 3_000), _with_audits_over_time, memory=True),
    Growth("batch v -q -j 1 -o o.csv -o o.jsonl -o o.html", "files", FILES, _with_files, memory=True),
    Growth("answers check a.yaml", "problems", (5_000, 20_000), lambda n: _with_problems(n, False), fails=True),
    Growth(
        "batch a.yaml -q -j 1 -o o.jsonl", "problems", (5_000, 20_000), lambda n: _with_problems(n, True), fails=True
    ),
    Growth("assess a.yaml -o o.audit.json", "actions", (1_000, 3_000, 10_000), _with_actions),
    Growth("diff a.yaml b.yaml -o o.json", "actions", (1_000, 3_000, 10_000), _with_actions),
    Growth("rubric check grown", "stages", (10, 30, 100), lambda count: _with_gates(count, 5)),
    Growth("rubric check grown", "gates", (100, 300, 1_000), lambda count: _with_gates(2, count // 2)),
    Growth("assess a.yaml", "stages", (10, 30, 100), lambda count: _with_gates(count, 5)),
    Growth("assess a.yaml", "gates", (100, 300, 1_000), lambda count: _with_gates(2, count // 2)),
)


class Measured(NamedTuple):
    """Seconds of CPU of a run, and the peak memory of a process in bytes, where it is asked for."""

    seconds: float
    memory: int

    def at_best(self, other: Measured) -> Measured:
        """The same of two measurements: whatever else runs on the machine only adds to it."""
        return Measured(min(self.seconds, other.seconds), min(self.memory, other.memory))


def measured(growth: Growth, count: int) -> Measured:
    """What a run takes with so much of what grows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, data in growth.write(count).items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(data if isinstance(data, str) else json.dumps(data, indent=1), encoding="utf-8")
        if growth.memory:
            cost = cost_of(["env", "-C", name, *PROGRAM, *growth.run.split()])
            return Measured(cost.cpu, cost.memory)
        seconds = _seconds(growth, folder)
        for _ in range(ROUNDS - 1 if seconds < LONG else 0):
            seconds = min(seconds, _seconds(growth, folder))
        return Measured(seconds, 0)


def _seconds(growth: Growth, folder: Path) -> float:
    for file in (*folder.glob("o.*"), *folder.glob("out/*"), *folder.glob("again.yaml")):
        file.unlink()
    start = time.process_time()
    done = run_in(folder, *growth.run.split())
    took = time.process_time() - start
    if done.exit_code > (2 if growth.fails else "check" in growth.run):
        raise SystemExit(f"{growth.run} of {growth.of} failed: {done.output or done.exception!r}")
    return took


def exponent(counts: Sequence[float], found: Sequence[float]) -> float:
    """The slope of the line through the logarithms: 1 where twice as much takes twice as long."""
    across, up = [log(count) for count in counts], [log(one) for one in found]
    middle, height = sum(across) / len(across), sum(up) / len(up)
    return sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / sum(
        (x - middle) ** 2 for x in across
    )


def grows_faster(counts: Sequence[int], found: float) -> bool:
    """Whether an exponent is above that of n·log n, by more than a measurement errs."""
    return found > exponent(counts, [count * log(count) for count in counts]) + ERROR


def growing(growths: Iterable[Growth], scale: float) -> list[str]:
    """Measure each, print a line of it, and give back what rises faster than n·log n, or in memory than n."""
    print(f"{'what':66} {'n: seconds':72} rises  memory")
    above = []
    gc.disable()  # as in the program
    for growth in growths:
        gc.collect()
        counts = sorted(
            {round(count * scale) if scale >= 1 else max(2, round(count * scale)) for count in growth.counts}
        )
        counts = counts if len(counts) > 1 else [*counts, counts[-1] + 1]
        last = counts[-2:]
        found = [measured(growth, count) for count in counts]
        slope = exponent(last, [one.seconds for one in found[-2:]])
        if grows_faster(last, slope) and found[-1].seconds < AGAIN:
            again = [measured(growth, count) for count in last]
            found[-2:] = map(Measured.at_best, found[-2:], again)
            slope = exponent(last, [one.seconds for one in found[-2:]])
        what = f"{growth.of}: {growth.run}"
        shown = "  ".join(f"{count:,}: {one.seconds:.3g} s" for count, one in zip(counts, found, strict=True))
        line = f"{what:66} {shown:72} {slope:5.2f}"
        if growth.memory:
            memory = exponent(last, [one.memory for one in found[-2:]])
            line += "  " + ", ".join(f"{one.memory / 2**20:.0f} MiB" for one in found[-2:]) + f" ({memory:.2f})"
            above += [f"memory of {what} ({memory:.2f})"] if memory > 1 + ERROR else []
        print(line, flush=True)
        above += [f"{what} ({slope:.2f})"] if grows_faster(last, slope) else []
    print(f"Growing faster than n·log n: {', '.join(above) or 'nothing'}.")
    return above


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1, help="so many times as much of everything")
    parser.add_argument("--of", help="only what grows with this, such as items")
    wanted = parser.parse_args()
    found = growing([growth for growth in GROWTHS if wanted.of in (None, growth.of)], wanted.scale)
    sys.exit(1 if found and wanted.scale >= 1 else 0)
