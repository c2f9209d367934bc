"""What is refused for its size, or for its many problems, is refused in little memory, and long runs do not grow."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MEASURED = """
import resource, sys
from datetime import date
from involve_audit.errors import InputError
from involve_audit.loading.baseline import load_baseline
from involve_audit.loading.record import read_record
from involve_audit.loading.rubric import read_rubric
from involve_audit.loading.view import read_view

def refused(call, *words):
    try:
        return call(*words)
    except InputError as error:
        assert len(error.problems) < 200

record, rubric = (open(name, "rb").read() for name in sys.argv[1:])
answers = b"format: involve-audit/answers@1\\n"
resource.setrlimit(resource.RLIMIT_AS, (600_000_000,) * 2)
empty = lambda opening, one, many: record.replace(opening, opening + one * many, 1)
for content in (
    b"[" + b"[]," * 16_000_000 + b"1]",
    b"[" + b'"",' * 16_000_000 + b"1]",
    b"[" * 40_000_000,
    record.replace(b'"involve-audit/record@1"', b'"' + b"x" * 40_000_000 + b'"', 1),
    b"{" + b",".join(b'"k%d":1' % n for n in range(400_000)) + b"}",
    empty(b'"views": [', b"[],", 1_600_000),
    empty(b'"views": [', b"[],", 200_000),
    empty(b'"items": [', b"{},", 49_000),
    empty(b'"indicators": [', b"{},", 49_000),
):
    refused(read_record, content, "r.json")
for content in (answers + b"x: [" + b"[]," * 1_600_000, answers + b"actions:\\n" + b"- {}\\n" * 90_000):
    refused(read_view, content, "a.yaml", date(2026, 11, 22))
refused(read_rubric, rubric.replace(b"indicators:\\n", b"indicators:\\n" + b"- {}\\n" * 50_000), "r.yaml")
print("bounded")
"""


def test_no_file_takes_all_memory() -> None:
    files = [ROOT / "tests/records/0.1.0/own-rubric.audit.json", ROOT / "tests/cases/valid/rubric-small.yaml"]
    done = subprocess.run([sys.executable, "-c", MEASURED, *files], capture_output=True, text=True, check=False)
    assert done.stdout == "bounded\n", done.stderr[-2000:]


OF_SMALL = """\
format: involve-audit/answers@1
rubric: small@1.0.0
subject: {name: Riverside}
date: 2024-02-29
respondents: {members: 2}
answers: {survey: yes, board: {answer: no, note: Not yet}}
actions: [{what: Ask, due: 2030-01-31, item: board}]
"""
LEFT = """
import gc, sys
from involve_audit.cli.main import main

left = []
for words in eval(sys.argv[1]):
    sys.argv = ["involve-audit", *words]
    try:
        main()
    except SystemExit as end:
        assert not end.code
    assert not gc.isenabled()
    left.append(gc.collect())
print("left:", left[2] - left[1])
"""
"""Runs have no collector at work. It would find so much more after the third run than after the second."""


@pytest.mark.parametrize(("formats", "many"), [(("html", "markdown", "text", "record"), 50), (("pdf",), 2)])
def test_reports_leave_nothing_to_collect(formats: tuple[str, ...], many: int, tmp_path: Path) -> None:
    answers = (ROOT / "examples/riverside/staff.yaml").read_text(encoding="utf-8").replace("\naudit:", "\n# audit:")
    rubric = "service-user-leadership-spectrum"
    if "pdf" in formats:  # which takes long for each page
        answers, rubric = OF_SMALL, str(ROOT / "tests/cases/valid/rubric-small.yaml")
    files = [tmp_path / f"{number}.yaml" for number in range(many)]
    for file in files:
        file.write_text(answers, encoding="utf-8")
    command = ["batch", "-q", "-j", "1", "-r", rubric, "--reports", str(tmp_path / "reports")]
    command += [word for name in formats for word in ("--report-format", name)]
    assert _left(*([*command, *map(str, files[:count])] for count in (1, 1, many))) == 0


def test_forms_for_many_services_leave_nothing_to_collect(tmp_path: Path) -> None:
    runs = []
    for count in (1, 2, 12):
        table = tmp_path / f"{count}.csv"
        table.write_text("service\n" + "".join(f"House {n}\n" for n in range(count)), encoding="utf-8")
        runs.append(["answers", "invite", str(table), "-o", str(tmp_path / f"forms-{count}")])
        runs[-1] += [word for name in ("yaml", "html", "workbook", "xlsform") for word in ("--kind", name)]
    assert _left(*runs) == 0


GROWN = """
import resource, sys
from involve_audit.cli.main import main

peaks = []
for words in eval(sys.argv[1]):
    sys.argv = ["involve-audit", *words]
    try:
        main()
    except SystemExit:
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
print("grown:", peaks[1] / peaks[0])
"""
"""How much more memory a process has needed after a second run than after its first."""
SOUND = """format: involve-audit/answers@1
rubric: small@1
audit: service-{number}
subject: {{name: Service {number}}}
date: 2026-06-01
respondents: {{members: 3}}
answers:
  survey: {{answer: "yes", note: We were asked in room {number}.}}
"""


@pytest.mark.parametrize(
    ("answers", "output"),
    [(SOUND, "--reports"), (SOUND, "-o"), (SOUND.replace("date", "day"), "-o")],
    ids=["reports", "rows", "problems"],
)
def test_900_audits_take_no_more_memory_than_300(answers: str, output: str, tmp_path: Path) -> None:
    for number in range(900):
        folder = tmp_path / ("first" if number < 300 else "then")
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.yaml").write_text(answers.format(number=number), encoding="utf-8")
    command = ["batch", "-q", "-j", "1", "-r", str(ROOT / "tests/cases/valid/rubric-small.yaml")]
    command += [output, str(tmp_path / "made.csv")]
    grown = _told(GROWN, "grown", [[*command, str(tmp_path / name)] for name in ("first", "then")])
    assert float(grown) <= 1.1


def test_records_in_a_series_leave_nothing_to_collect(tmp_path: Path) -> None:
    record = (ROOT / "tests/records/0.1.0/own-rubric.audit.json").read_text(encoding="utf-8")
    days = [f"20{number:02}-06-01" for number in range(10, 22)]
    for day in days:
        dated = re.sub(r'"date": "[-0-9]+"', f'"date": "{day}"', record)
        (tmp_path / f"{day}.audit.json").write_text(dated, encoding="utf-8")
    records = [str(tmp_path / f"{day}.audit.json") for day in days]
    assert _left(*(["trend", *records[:count], "-o", str(tmp_path / "made.html")] for count in (2, 3, 12))) == 0


ASKED = """
import gc, sys
from itertools import chain, cycle, islice
from pathlib import Path
from involve_audit.asking.draft import Draft
from involve_audit.asking.interview import Interview
from involve_audit.asking.keeping import Keeping
from involve_audit.errors import Stopped
from involve_audit.loading.rubric import parse_rubric
from tests.unit.asking.rooms import FIRST, TODAY, FakeTalk

ROUND = ["yes", "note 1: They moved.", "no", "b", "b", "perhaps", "no", "b"]
held = []

class Talk(FakeTalk):
    def say(self, text="", *, strong=False):
        pass

    def line(self, prompt):
        for number, line in self.entries:
            if number in (300, 900):
                held.append((gc.collect(), sys.getallocatedblocks()))
            return line
        raise EOFError

gc.disable()
file, rubric = map(Path, eval(sys.argv[1]))
small = parse_rubric(rubric.read_bytes(), "small.yaml").content
keeping = Keeping(file, print, lambda path: None)
talk = Talk([])
talk.entries = enumerate(chain(FIRST, islice(cycle(ROUND), 1_000)))
saved = []
def save(draft):
    saved[:] = [len(saved[:1]) and saved[0] + 1]
    return keeping.save(draft)
try:
    Interview(small, Draft("small@1.0.0"), list(small.items), talk, save, TODAY, None).run(lambda: None)
except Stopped:
    (_, early), (left, late) = held
    print("held:", left, late - early, saved[0])
"""
"""A long session, in which people go back and forth: how much the collector finds, and how many blocks of memory there
are more, once 900 lines were typed instead of 300; and how often it was saved."""


def test_a_session_holds_no_more_after_900_lines_than_after_300(tmp_path: Path) -> None:
    held = _told(ASKED, "held", [str(tmp_path / "a.yaml"), str(ROOT / "tests/cases/valid/rubric-small.yaml")])
    left, more, saved = map(int, held.split())
    assert left == 0
    assert more < 100
    assert saved > 100


def _left(*runs: list[str]) -> int:
    return int(_told(LEFT, "left", list(runs)))


def _told(script: str, word: str, given: Sequence[object]) -> str:
    """What a script prints behind a word."""
    command = [sys.executable, "-c", script, repr(given)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert f"{word}: " in done.stdout, done.stderr
    return done.stdout.rpartition(f"{word}: ")[2]
