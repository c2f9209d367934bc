"""How the time of a run grows with what it is given: CPU at n, 2n, 4n and 8n, and the exponent that fits.

Every run is in this process, at its quickest of several unless it is long. Beside it stands the time that libyaml alone
takes for the same files, in the same turn: a machine that slows down slows both. With an exponent of 1, twice as much
takes twice as long; what is above n·log n by more than a measurement errs is named at the end.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import cycle
from math import log
from pathlib import Path
from typing import Any, NamedTuple

from many import drained

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.program import run_in  # noqa: E402

TIMES = (1, 2, 4, 8)
ROUNDS, LONG = 3, 1
"""A run that takes so many seconds is not repeated."""
ERROR = 0.15
"""So much above the exponent of n·log n can come from the machine."""
TITLED = ("title", "short", "summary")


class Growth(NamedTuple):
    """What is run, what there is more and more of and how much at first, and what writes the files of the run."""

    run: str
    of: str
    least: int
    write: Callable[[int], Mapping[str, Any]]


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


GROWTHS = (
    Growth("assess a.yaml", "items", 250, _with_items),
    Growth("assess a.yaml -o o.html", "items", 125, _with_items),
    Growth("diff a.yaml b.yaml", "items", 125, _with_items),
    Growth("rubric check grown", "items", 125, _with_items),
    Growth("assess v", "views", 100, _with_views_of_one_audit),
    Growth("assess v -o o.html", "views", 50, _with_views_of_one_audit),
    Growth("batch v -q -j 1 -o o.csv -o o.jsonl", "files", 250, lambda count: _with_views(count, audit="a-{number}")),
    Growth("trend v", "audits", 50, _with_audits_over_time),
    Growth("answers check a.yaml", "problems", 2_500, lambda count: _with_problems(count, in_answers=False)),
    Growth("batch a.yaml -q -j 1 -o o.jsonl", "problems", 2_500, lambda count: _with_problems(count, in_answers=True)),
    Growth("assess a.yaml -o o.audit.json", "actions", 1_250, _with_actions),
    Growth("diff a.yaml b.yaml -o o.json", "actions", 1_250, _with_actions),
    Growth("rubric check grown", "stages", 10, lambda count: _with_gates(count, 5)),
    Growth("rubric check grown", "gates", 200, lambda count: _with_gates(2, count // 2)),
    Growth("assess a.yaml", "stages", 25, lambda count: _with_gates(count, 5)),
    Growth("assess a.yaml", "gates", 250, lambda count: _with_gates(2, count // 2)),
)


class Measured(NamedTuple):
    """Seconds of CPU of a run, and of libyaml over its files."""

    own: float
    base: float


def measured(growth: Growth, count: int) -> Measured:
    """What a run takes with so much of what grows."""
    with tempfile.TemporaryDirectory() as name:
        folder, contents = Path(name), []
        for file, data in growth.write(count).items():
            path = folder / file
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(data, indent=1), encoding="utf-8")
            contents.append(path.read_bytes())
        base, own = drained(contents), _seconds(growth, folder)
        for _ in range(ROUNDS - 1 if own < LONG else 0):
            base, own = min(base, drained(contents)), min(own, _seconds(growth, folder))
        return Measured(own, base)


def _seconds(growth: Growth, folder: Path) -> float:
    start = time.process_time()
    done = run_in(folder, *growth.run.split())
    took = time.process_time() - start
    if done.exit_code > (2 if growth.of == "problems" else "check" in growth.run):
        raise SystemExit(f"{growth.run} of {growth.of} failed: {done.output or done.exception!r}")
    return took


def exponent(counts: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of the line through the logarithms: 1 where twice as much takes twice as long."""
    across, up = [log(count) for count in counts], [log(one) for one in seconds]
    middle, height = sum(across) / len(across), sum(up) / len(up)
    return sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / sum(
        (x - middle) ** 2 for x in across
    )


def grows_faster(counts: Sequence[int], found: float) -> bool:
    """Whether an exponent is above that of n·log n, by more than a measurement errs."""
    return found > exponent(counts, [count * log(count) for count in counts]) + ERROR


def growing(growths: Iterable[Growth], scale: float) -> None:
    """Measure each, print a line of it, and at the end name what grows faster than n·log n."""
    print(f"{'':44} {'n':>6} {'at n':>9} {'at 2n':>9} {'at 4n':>9} {'at 8n':>9}  exponent   against libyaml alone")
    above = []
    gc.disable()  # as in the program
    for growth in growths:
        gc.collect()
        least = max(2, round(growth.least * scale))
        counts = [least * times for times in TIMES]
        found = [measured(growth, count) for count in counts]
        slope = exponent(counts, [one.own for one in found])
        what = f"{growth.of}: {growth.run}"
        shown = " ".join(f"{one.own * 1e3:6.0f} ms" for one in found)
        first, last = (one.own / one.base for one in (found[0], found[-1]))
        print(f"{what:44} {least:6,} {shown} {slope:9.2f}   {first:.0f} x at n, {last:.0f} x at 8n", flush=True)
        if grows_faster(counts, slope):
            above.append(f"{what} ({slope:.2f})")
    print(f"Growing faster than n·log n: {', '.join(above) or 'nothing'}.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1, help="begin with so many times as much")
    parser.add_argument("--of", help="only what grows with this, such as items")
    wanted = parser.parse_args()
    growing([growth for growth in GROWTHS if wanted.of in (None, growth.of)], wanted.scale)
