"""What is refused for its size, or for its many problems, is refused in little memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
