"""Whatever is wrong with the input: a clear message with place and remedy, exit 2, no output file touched."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from tests.functional.conftest import ROOT, Run

GOOD = """\
format: involve-audit/answers@1
rubric: service-user-leadership-spectrum@1.0.0
audit: a
subject: {name: Here}
date: 2026-11-01
respondents: {service-users: 3}
answers:
  consult-by-survey: yes
"""
HEAD = GOOD.encode()


def text(content: str) -> Callable[[Path], list[str]]:
    return data(content.encode())


def data(content: bytes) -> Callable[[Path], list[str]]:
    def make(folder: Path) -> list[str]:
        (folder / "v.yaml").write_bytes(content)
        return ["v.yaml"]

    return make


def two(first: str, second: str) -> Callable[[Path], list[str]]:
    def make(folder: Path) -> list[str]:
        (folder / "v.yaml").write_text(first, encoding="utf-8")
        (folder / "w.yaml").write_text(second, encoding="utf-8")
        return ["v.yaml", "w.yaml"]

    return make


def empty_folder(folder: Path) -> list[str]:
    (folder / "empty").mkdir()
    return ["empty"]


def invalid_rubric(folder: Path) -> list[str]:
    rubric = (ROOT / "rubrics/service-user-leadership-spectrum.yaml").read_text(encoding="utf-8")
    (folder / "own.yaml").write_text(rubric.replace("limit_to: partly", "limit_to: party"), encoding="utf-8")
    (folder / "v.yaml").write_text(GOOD, encoding="utf-8")
    return ["v.yaml", "-r", "own.yaml"]


CASES: dict[str, tuple[Callable[[Path], list[str]], str]] = {
    "a missing file": (lambda folder: ["nowhere.yaml"], "nowhere.yaml: there is no such file"),
    "a folder without views": (empty_folder, "there are no answers files in this folder"),
    "an unknown rubric": (
        text(GOOD.replace("spectrum@", "spektrum@")),
        "Did you mean `service-user-leadership-spectrum`",
    ),
    "an unknown rubric named by hand": (
        lambda folder: [*text(GOOD)(folder), "-r", "spectrum-x"],
        "there is no rubric `spectrum-x`",
    ),
    "views of different audits": (
        two(GOOD, GOOD.replace("audit: a", "audit: b")),
        "these views are of different audits",
    ),
    "views for different rubrics": (
        two(GOOD, GOOD.replace("rubric: s", "rubric: x")),
        "these views are for different rubrics",
    ),
    "an invalid rubric": (invalid_rubric, "Did you mean `partly`?"),
    "an item that does not exist": (text(GOOD + "  consult-by-surveys: no\n"), "Did you mean `consult-by-survey`?"),
    "a wrong option": (text(GOOD.replace("survey: yes", "survey: pary")), "v.yaml:8:22"),
    "not-applicable without reason": (text(GOOD + "  hosted-to-independence: not-applicable\n"), "without a reason"),
    "not-applicable where it is not allowed": (
        text(GOOD + "  governance-led: {answer: not-applicable, reason: x}\n"),
        "`governance-led` cannot be not-applicable",
    ),
    "a future date": (text(GOOD.replace("2026-11-01", "2999-01-01")), "is in the future"),
    "an impossible date": (text(GOOD.replace("2026-11-01", "2026-02-30")), "there is no day `2026-02-30`"),
    "respondents below zero": (text(GOOD.replace("users: 3", "users: -3")), "`-3` is not a number of people"),
    "a file of 6 MB": (data(HEAD + b"# x\n" * 1_500_000), "larger than 5 MB"),
    "binary": (data(b"\x7fELF\x00\x01\x02" * 100), "not a text file"),
    "UTF-16": (data(GOOD.encode("utf-16")), "Save it as UTF-8"),
    "100,000 nested brackets": (data(b"a: " + b"[" * 100_000), "nested more than 64 deep"),
    "an alias bomb": (
        text("a: &a [x]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghi"))),
        "repeats another part of the file",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_refused_in_plain_words_and_touches_no_output(case: str, copied: Run, tmp_path: Path) -> None:
    make, said = CASES[case]
    (tmp_path / "out.html").write_text("as it was", encoding="utf-8")
    done = copied("assess", *make(tmp_path), "-o", "out.html", "-o", "new.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out.html").read_text(encoding="utf-8") == "as it was"
    assert not (tmp_path / "new.md").exists()
    assert not list(tmp_path.glob(".involve-audit-*"))


def test_all_problems_of_all_files_are_told_at_once(copied: Run, tmp_path: Path) -> None:
    make = two(GOOD.replace("survey: yes", "survey: pary"), GOOD.replace("users: 3", "users: -3") + "  x: no\n")
    done = copied("assess", *make(tmp_path), cwd=tmp_path)
    assert [line.partition(": ")[0] for line in done.stderr.splitlines() if not line.startswith(" ")] == [
        "v.yaml:8:22",
        "w.yaml:6:30",
        "w.yaml:9:3",
    ]


def test_answers_are_never_overwritten_by_a_report(copied: Run, tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples/riverside/staff.yaml", tmp_path / "v.md")
    before = (tmp_path / "v.md").read_bytes()
    done = copied("assess", "v.md", "-o", "v.md", cwd=tmp_path)
    assert done.returncode == 2
    assert "was read as input" in done.stderr
    assert (tmp_path / "v.md").read_bytes() == before


def test_a_gate_that_was_asked_for_fails_with_exit_code_1(copied: Run, tmp_path: Path) -> None:
    riverside = str(ROOT / "examples/riverside")
    assert copied("assess", riverside, "--fail-under", "beginnings", cwd=tmp_path).returncode == 0
    failed = copied("assess", riverside, "--fail-under", "good", "-o", "r.md", cwd=tmp_path)
    assert failed.returncode == 1
    assert "--fail-under good: the stage is `beginnings`" in failed.stderr
    assert (tmp_path / "r.md").exists()
    assert copied("assess", riverside, "--fail-under", "best", cwd=tmp_path).returncode == 2
