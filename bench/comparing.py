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
from involve_audit.loading.audit import audit_of, read_views
from involve_audit.loading.files import FileContent
from involve_audit.loading.rubric import load_rubric
from involve_audit.loading.rubrics import Ready, made_ready
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
    chance, ready = random.Random(1), []
    for version, least in (("1.0.0", 15), ("1.1.0", 20)):
        (folder / f"{version}.yaml").write_text(json.dumps(rubric(version, least)), encoding="utf-8")
        ready.append(made_ready(load_rubric(str(folder / f"{version}.yaml"))))
    files, records = folder / "answers", folder / "records"
    files.mkdir(), records.mkdir()
    answers = {f"item-{place}": chance.choice(WORDS) for place in range(ITEMS)}
    for place in range(AUDITS):
        answers |= {item: chance.choice((*WORDS, "unknown")) for item in chance.sample(sorted(answers), CHANGES)}
        of = ready[place >= AUDITS // 2]
        head = {"format": "involve-audit/answers@1", "rubric": of.reference, "audit": f"audit-{place}"}
        head |= {"subject": "{name: A}", "date": str(date(2000, 1, 1) + timedelta(days=90 * place))}
        lines = [*head.items(), ("respondents", "{users: 3}"), ("answers", "")]
        text = "".join(f"{key}: {value}\n" for key, value in lines)
        file = files / f"{place:03}.yaml"
        file.write_text(text + "".join(f"  {item}: {word}\n" for item, word in answers.items()), encoding="utf-8")
        (records / f"{place:03}.audit.json").write_text(record(file, of), encoding="utf-8")
    return [of.source.file for of in ready], files, records


def record(answers: Path, of: Ready) -> str:
    audit = audit_of(read_views([FileContent(str(answers), answers.read_bytes())], TODAY), of.source, of.rules)
    return render(ReportPage(audit, assess_audit(audit), Options()))


def report(what: str, words: Sequence[str], aim: str) -> None:
    costs = [cost_of([*PROGRAM, *words]) for _ in range(ROUNDS)]
    wall, cpu = min(cost.wall for cost in costs), min(cost.cpu for cost in costs)
    print(f"{what}: {wall:.2f} s on the clock, {cpu:.2f} s of CPU (aim: {aim})")


def page_and_memory() -> tuple[int, int]:
    """What `trend` of 100 audits of 1,000 questions comes to as HTML, be it of answers files or of records, whichever
    is more: the bytes of the page, and the peak memory of the process in bytes."""
    with tempfile.TemporaryDirectory() as name:
        versions, files, records = generate(Path(name))
        page = Path(name) / "trend.html"
        found = []
        for words in ([str(files), *(word for version in versions for word in ("-r", version))], [str(records)]):
            memory = cost_of([*PROGRAM, "trend", *words, "-o", str(page)]).memory
            found.append((page.stat().st_size, memory))
        return max(size for size, _memory in found), max(memory for _size, memory in found)


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
