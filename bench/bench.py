"""Speed, as ratios taken in one run, so that they hold on any machine. `make bench` prints them; no test asserts them.

Each figure is the median of several rounds in which the two sides take turns. In-process figures are wall time of
one core; whole-process figures are CPU time (user and system) of the finished process.
"""

from __future__ import annotations

import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import NamedTuple

import yaml
from authoring import authoring
from collecting import pages, tables, workbooks

from involve_audit.asking.draft import Draft
from involve_audit.asking.interview import Interview
from involve_audit.asking.keeping import Keeping
from involve_audit.engine.assessment import Assessment, assess, assess_audit
from involve_audit.engine.compiled import CompiledRubric, CompiledView, compile_rubric, compile_view
from involve_audit.engine.reading import standing
from involve_audit.engine.resolve import resolve
from involve_audit.loading.audit import load_audit
from involve_audit.loading.view import AnswerRules, read_view
from involve_audit.model.view import Audit, View
from involve_audit.render.formats import ASSESSMENT
from involve_audit.render.options import Options
from involve_audit.render.report import ReportPage

ROOT = Path(__file__).parents[1]
TODAY = date.today()
EXAMPLES = ("norfolk", "west-sussex", "riverside")
RANDOM_AUDITS = 2000


def seconds(run: Callable[[], object], repeat: int) -> float:
    start = time.perf_counter()
    for _ in range(repeat):
        run()
    return (time.perf_counter() - start) / repeat


def in_turn(one: Callable[[], float], other: Callable[[], float], rounds: int) -> tuple[float, float]:
    pairs = [(one(), other()) for _ in range(rounds)]
    return median(first for first, _ in pairs), median(second for _, second in pairs)


def cpu_of(command: list[str]) -> float:
    """CPU seconds of a process, its Python caching bytecode as an installed program does."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def reading() -> None:
    content = (ROOT / "examples/riverside/staff.yaml").read_bytes()
    rules = AnswerRules(load_audit([str(ROOT / "examples/riverside")], TODAY).rubric.content)

    def ours() -> None:
        rules.problems(read_view(content, "staff.yaml", TODAY).tree)

    def theirs() -> None:
        yaml.load(content, Loader=yaml.CSafeLoader)

    own, base = in_turn(lambda: seconds(ours, 50), lambda: seconds(theirs, 50), 15)
    report("read a view into the model and check it", own, base, "yaml.load(…, CSafeLoader)", "at most 1.0 x")


def engine() -> None:
    for name in EXAMPLES:
        rubric, views = compiled(name)
        both = median(seconds(lambda: standing(rubric, *resolve(rubric, views)[:2]), 200) for _ in range(9))  # noqa: B023
        everything = median(seconds(lambda: assess(rubric, views), 10) for _ in range(9))  # noqa: B023
        print(f"floor and ceiling, {name:12} {both * 1e6:8.0f} µs   (aim: at most 150 µs)")
        print(f"all readings,      {name:12} {everything * 1e3:8.2f} ms   (aim: at most 5 ms)")
    worst, unproven = worst_case()
    print(f"all readings, worst of {RANDOM_AUDITS} random audits: {worst * 1e3:.1f} ms   (aim: at most 50 ms)")
    print(f"next steps not proven smallest, of {RANDOM_AUDITS} random audits: {unproven}")


def compiled(example: str) -> tuple[CompiledRubric, list[CompiledView]]:
    audit = load_audit([str(ROOT / "examples" / example)], TODAY)
    rubric = compile_rubric(audit.rubric.content)
    return rubric, [compile_view(rubric, view.content) for view in audit.views]


def worst_case() -> tuple[float, int]:
    rubric, _ = compiled("norfolk")
    chance = random.Random(1)
    worst, unproven = 0.0, 0
    for _ in range(RANDOM_AUDITS):
        view = random_view(rubric, chance)
        start = time.perf_counter()
        found = assess(rubric, [view])
        worst = max(worst, time.perf_counter() - start)
        unproven += found.next_steps is not None and not found.next_steps.proven
    return worst, unproven


def random_view(rubric: CompiledRubric, chance: random.Random) -> CompiledView:
    unknown = chance.random() * 0.7
    answers = [rubric.unknown if chance.random() < unknown else chance.choice(item.options) for item in rubric.items]
    return CompiledView((0,), tuple(answers), (False,) * len(answers))


class Typing:
    """Types one number of people, one answer to every question, and measures the time from each line to the next."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.at = 0.0

    def say(self, text: str = "", *, strong: bool = False) -> None:
        pass

    def line(self, prompt: str) -> str:
        if self.at:
            self.waits.append(time.perf_counter() - self.at)
        self.at = time.perf_counter()
        return "1" if "Enter keeps" in prompt else "partly"

    def pending(self) -> bool:
        return False

    def take_pending(self) -> list[str]:
        return []


def asking() -> None:
    audit = load_audit([str(ROOT / "examples/riverside/staff.yaml")], TODAY)
    rubric, view = audit.rubric.content, audit.views[0].content.changed(answers={})
    empty = f"rubric: {view.rubric}\nsubject: {{name: {view.subject.name}}}\ndate: {view.date}\n"
    empty += "respondents: {staff: 5, leaders: 1}\nanswers:\n"
    edited = "format: involve-audit/answers@1\n" + empty + "".join(f"  # {i.ask}\n  {i.id}:\n" for i in rubric.items)
    for kind, content in (("a new file", None), ("a file edited by hand", edited)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "view.yaml"
            if content:
                path.write_text(content, encoding="utf-8")
            draft = Draft(view.rubric, view.subject.name, date=view.date, respondents=dict(view.respondents))
            typing = Typing()
            keeping = Keeping(path, lambda text: None, lambda path: None)
            Interview(rubric, draft, list(rubric.items), typing, keeping.save, TODAY).run()
            assert keeping.path == path
            print(
                f"from key to next question, {kind:22} {median(typing.waits) * 1e3:6.1f} ms, "
                f"at most {max(typing.waits) * 1e3:.1f} ms   (aim: under 50 ms, saving included)"
            )


class Case(NamedTuple):
    """An audit and what follows from it, to be written."""

    audit: Audit
    assessment: Assessment

    @classmethod
    def of(cls, audit: Audit) -> Case:
        return cls(audit, assess_audit(audit))

    @classmethod
    def of_example(cls, name: str) -> Case:
        return cls.of(load_audit([str(ROOT / "examples" / name)], TODAY))

    def page(self) -> str | bytes:
        return self.written("html")

    def written(self, name: str) -> str | bytes:
        return ASSESSMENT.named(name).render(ReportPage(self.audit, self.assessment, Options()))


def first_page() -> float:
    """Seconds that the first report of a new process takes."""
    command = [sys.executable, str(ROOT / "bench/first_page.py")]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout)


def rendering() -> None:
    case = Case.of_example("riverside")
    own, base = in_turn(lambda: seconds(case.page, 5), lambda: seconds(lambda: case.written("record"), 5), 9)
    report("render an HTML report of 31 items", own, base, "rendering its record", "at most 40 ms")
    first = median(first_page() for _ in range(7))
    print(f"render the first HTML report of a process, after imports: {first * 1e3:.1f} ms   (aim: at most 40 ms)")
    large = large_case()
    print(f"render 300 items and 50 views as HTML: {seconds(large.page, 1):.2f} s   (aim: under 1 s)")
    sizes = ", ".join(f"{name} {len(Case.of_example(name).page()) / 1024:.0f} KB" for name in EXAMPLES)
    print(f"size of the HTML report: {sizes}   (aim: under 150 KB)")


def large_case() -> Case:
    """Riverside with ten times its indicators, answered by 25 views of each of its two."""
    audit = Case.of_example("riverside").audit
    content = audit.rubric.content
    copies = [
        indicator.changed(id=f"{indicator.id}-{number}", limits=(), implies=())
        for number in range(1, 12)
        for indicator in content.indicators
    ]
    indicators = (*content.indicators, *copies)[: 300 - len(content.anti_patterns)]
    rubric = content.changed(indicators=indicators)

    def enlarged(view: View) -> View:
        answers = {item.id: view.answers.get(re.sub(r"-\d+$", "", item.id)) for item in rubric.items}
        return view.changed(answers={item: given for item, given in answers.items() if given})

    views = tuple(
        replace(view, content=enlarged(view.content), file=f"{number}-{view.file}")
        for number in range(25)
        for view in audit.views
    )
    return Case.of(replace(audit, rubric=replace(audit.rubric, content=rubric), views=views))


def report(what: str, own: float, base: float, baseline: str, aim: str) -> None:
    print(f"{what}: {own / base:.2f} x {baseline} ({own * 1e3:.2f} ms, {base * 1e3:.2f} ms; aim: {aim})")


if __name__ == "__main__":
    reading()
    engine()
    asking()
    rendering()
    authoring(cpu_of)
    pages(seconds)
    workbooks(seconds)
    tables()
