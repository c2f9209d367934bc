"""How `trend` and `diff` do on large audits: 100 generated ones of 1,000 questions, halfway to another rubric version.

CPU is user and system time of the finished process. On the clock the quickest of several rounds is printed, because
whatever else runs on the machine slows a process down and nothing speeds it up.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from involve_audit.engine.assessment import assess_audit
from involve_audit.loading.audit import load_audit
from involve_audit.render.options import Options
from involve_audit.render.record import render
from involve_audit.render.report import ReportPage
from many import PROGRAM, cost_of

ITEMS, AUDITS, CHANGES, ROUNDS = 1_000, 100, 100, 5
KINDS = (*["achievement"] * 8, "deficit", "practice")
WORDS = ("yes", "partly", "no")
TODAY = date(2026, 1, 1)


def rubric(version: str, least: int) -> dict[str, Any]:
    """A rubric of four stages, each asking for more than the one below."""
    gate = {"measure": "share", "because": "It should be in place."}
    stages = [
        {
            "id": f"s{place}",
            **dict.fromkeys(("title", "short", "summary"), f"Stage {place}"),
            "gates": [
                gate
                | {
                    "id": f"g{place}",
                    "items": {"stage": f"s{place}", "kind": "achievement"},
                    "at_least": f"{least * place}%",
                }
            ]
            if place
            else [],
        }
        for place in range(4)
    ]
    items = [
        {
            "id": f"item-{place}",
            "stage": f"s{place % 4}",
            "theme": f"theme-{place % 12}",
            "kind": KINDS[place % 10],
            "title": f"Item {place}",
            "ask": f"Is the thing number {place} done by the people who use it?",
            "next_step": "Do it together with them.",
        }
        for place in range(ITEMS)
    ]
    return {
        "format": "involve-audit/rubric@1",
        "id": "large",
        "version": version,
        "title": "Large",
        "language": "en",
        "summary": "Very many questions.",
        "limit_to": "partly",
        "minimum_answered": "50%",
        "scale": [{"id": word, "title": word, "value": value} for word, value in zip(WORDS, (1, 0.5, 0), strict=True)],
        "perspectives": [{"id": name, "title": name} for name in ("users", "staff")],
        "themes": [{"id": f"theme-{place}", "title": f"Theme {place}"} for place in range(12)],
        "stages": stages,
        "indicators": items,
    }


def generate(folder: Path) -> tuple[list[str], Path, Path]:
    """Two versions of a rubric, and the answers files and records of one series of audits."""
    chance, answers = random.Random(1), {}
    versions = [("1.0.0", 15), ("1.1.0", 20)]
    for version, least in versions:
        (folder / f"{version}.yaml").write_text(json.dumps(rubric(version, least)), encoding="utf-8")
    files, records = folder / "answers", folder / "records"
    files.mkdir(), records.mkdir()
    answers = {f"item-{place}": chance.choice(WORDS) for place in range(ITEMS)}
    for place in range(AUDITS):
        answers |= {item: chance.choice((*WORDS, "unknown")) for item in chance.sample(sorted(answers), CHANGES)}
        version = versions[place >= AUDITS // 2][0]
        head = {"format": "involve-audit/answers@1", "rubric": f"large@{version}", "audit": f"audit-{place}"}
        head |= {"subject": "{name: A}", "date": str(date(2000, 1, 1) + timedelta(days=90 * place))}
        lines = [*head.items(), ("respondents", "{users: 3}"), ("answers", "")]
        text = "".join(f"{key}: {value}\n" for key, value in lines)
        file = files / f"{place:03}.yaml"
        file.write_text(text + "".join(f"  {item}: {word}\n" for item, word in answers.items()), encoding="utf-8")
        (records / f"{place:03}.audit.json").write_text(record(file, folder / f"{version}.yaml"), encoding="utf-8")
    return [str(folder / f"{version}.yaml") for version, _least in versions], files, records


def record(answers: Path, named: Path) -> str:
    audit = load_audit([str(answers)], TODAY, str(named))
    return render(ReportPage(audit, assess_audit(audit), Options()))


def report(what: str, words: Sequence[str], aim: str) -> None:
    costs = [cost_of([*PROGRAM, *words]) for _ in range(ROUNDS)]
    wall, cpu = min(cost.wall for cost in costs), min(cost.cpu for cost in costs)
    print(f"{what}: {wall:.2f} s on the clock, {cpu:.2f} s of CPU (aim: {aim})")


def comparing() -> None:
    """Measure everything and print it."""
    with tempfile.TemporaryDirectory() as name:
        versions, files, records = generate(Path(name))
        named = [word for version in versions for word in ("-r", version)]
        out = ["-o", f"{name}/trend.html"]
        size = f"{AUDITS} audits of {ITEMS:,} questions"
        report(f"trend of {size}, answers files", ["trend", str(files), *named, *out], "under 2 s")
        report(f"trend of {size}, records", ["trend", str(records), *out], "under 2 s")
        both = [str(files / "000.yaml"), str(files / "099.yaml")]
        report(f"diff of two audits of {ITEMS:,} questions", ["diff", *both, *named, "-o", f"{name}/d.html"], "none")


if __name__ == "__main__":
    comparing()
