"""The session shown in docs/asking.md is one that the program held. `UPDATE_GOLDEN=1` writes it anew."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pexpect

PAGE = Path(__file__).parents[2] / "docs/asking.md"
SHOWN = re.compile(r"(<!-- session -->\n```text\n)(.*?)```", re.DOTALL)

ARGUMENTS = ["-m", "involve_audit", "assess", "--plain", "--theme", "leadership-and-vision"]
TYPED = [
    ("> ", "Riverside floating support"),
    ("> ", "2026-11-09"),
    ("> ", "6"),
    ("> ", ""),
    ("> ", "1"),
    ("> ", ""),
    ("> ", ""),
    ("> ", ""),
    ("answer: ", "patrly"),
    ("answer: ", "part"),
    ("answer: ", "?"),
    ("answer: ", "note"),
    ("> ", "We are asked, and then hear nothing."),
    ("> ", ""),
    ("before: ", "1"),
    ("answer: ", "b"),
    ("answer: ", "q"),
]


def held_session(folder: Path) -> str:
    environment = {**os.environ, "COLUMNS": "80"}
    child = pexpect.spawn(sys.executable, ARGUMENTS, cwd=str(folder), env=environment, encoding="utf-8", timeout=20)
    child.delaybeforesend = None
    heard = []
    for prompt, typed in TYPED:
        child.expect_exact(prompt)
        heard += [child.before, prompt]
        child.sendline(typed)
    child.expect(pexpect.EOF)
    text = "".join(heard) + (child.before or "")
    today = re.sub(r"Enter keeps: \d{4}-\d\d-\d\d", "Enter keeps: 2026-11-23", text.replace("\r\n", "\n"))
    return "\n".join(line.rstrip() for line in today.strip().splitlines()) + "\n"


def test_the_session_in_the_docs_is_one_that_was_held() -> None:
    with TemporaryDirectory(dir="/tmp", prefix="audits-") as folder:
        session = held_session(Path(folder)).replace(folder, "/home/ann/audits-all"[: len(folder)])
    page = PAGE.read_text(encoding="utf-8")
    if "UPDATE_GOLDEN" in os.environ:
        PAGE.write_text(SHOWN.sub(lambda found: f"{found[1]}{session}```", page), encoding="utf-8")
    shown = SHOWN.search(PAGE.read_text(encoding="utf-8"))
    assert shown
    assert session == shown[2]
