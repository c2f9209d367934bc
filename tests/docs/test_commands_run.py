"""Every command of README.md and docs/*.md runs as it is typed, one after the other, in a fresh copy of the repository.

The guide for authors is followed in `test_writing_a_rubric.py`, to the last output.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.commands.test_migrate import SECOND, TEXT, THIRD
from tests.program import run_in
from tests.workbooks import blank, filled

from involve_audit.loading.rubric import load_rubric

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted(set((ROOT / "docs").glob("*.md")) - {ROOT / "docs/writing-a-rubric.md"})]
BLOCK = re.compile(r"^ *```sh\n(.*?)^ *```$|(?<!`)`(involve-audit [^`\n]+)`(?!`)", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"^`(\S+/\S+)`:\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# A command that is only mentioned: nothing follows its name.
MENTIONED = re.compile(r"involve-audit [a-z]+(?: [a-z]+)?")
PLACEHOLDER = re.compile(r"\b(?!HEAD\b)[A-Z][A-Z]+\b|…|\|")
# What people have who come to these pages: their own rubric in two versions, and an answers file for the earlier one.
OWN = {
    "my-rubric-1.1.0.yaml": SECOND.read_text("utf-8"),
    "my-rubric.yaml": THIRD.read_text("utf-8"),
    "staff.yaml": TEXT,
}
NOT_ZERO = {
    "involve-audit assess": 2,  # it asks, on a terminal
    'involve-audit answers enter -o view.yaml --subject "Riverside" --audit riverside-2026': 2,  # the same
    "involve-audit answers enter --check view.yaml": 2,
    "involve-audit answers check staff.yaml": 2,  # of a file that was only begun, it says what is missing
}


def commands(page: Path) -> list[str]:
    """The commands of a page that name no placeholder, in their order."""
    found: list[str] = []
    for block, inline in BLOCK.findall(page.read_text(encoding="utf-8")):
        lines = [line.partition(" #")[0].strip() for line in block.splitlines()]
        lines += [] if MENTIONED.fullmatch(inline) else [inline]
        found += [line for line in lines if line.startswith("involve-audit ") and not PLACEHOLDER.search(line)]
    return found


def came_back() -> bytes:
    """A workbook that somebody filled in."""
    rubric = load_rubric("service-user-leadership-spectrum").content
    typed = {("subject", "C"): "Riverside", ("date", "C"): "2026-11-22", ("respondents/staff", "C"): 3}
    return filled(blank(rubric), {**typed, ("governance-led", "C"): "Partly"})


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The examples and the rubrics of this repository, as git has them after a change was made to a rubric."""
    for name in ("examples", "rubrics"):
        shutil.copytree(ROOT / name, tmp_path / name)

    def git(*words: str) -> None:
        who = {f"GIT_{role}_{what}": "a@b" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        subprocess.run(["git", *words], cwd=tmp_path, env={**os.environ, **who}, check=True, capture_output=True)

    (tmp_path / "came-back.xlsx").write_bytes(came_back())
    git("init", "--quiet")
    (tmp_path / "my-rubric.yaml").write_text(OWN["my-rubric-1.1.0.yaml"], encoding="utf-8")
    git("add", ".")
    git("commit", "--quiet", "-m", "Before")
    git("tag", "v2025")
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    (tmp_path / "my-rubric.yaml").write_text(OWN["my-rubric.yaml"], encoding="utf-8")
    git("commit", "--quiet", "--all", "-m", "After")
    git("rm", "--quiet", "--cached", "my-rubric.yaml")
    (tmp_path / "my-rubric.yaml").unlink()
    return tmp_path


@pytest.fixture
def empty_pdfs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is laid out for print, which would take longer than all else: `unit/render/test_pdf.py` does that."""
    from weasyprint import HTML

    class Empty(HTML):  # type: ignore[misc]
        def render(self, **options: Any) -> Any:
            return HTML(string="<html lang=en><title>Empty</title></html>").render(**options)

    monkeypatch.setattr("involve_audit.render.pdf.HTML", Empty)


@pytest.mark.usefixtures("empty_pdfs")
@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.name)
def test_every_command_of_a_page_runs_as_it_is_typed(page: Path, clone: Path) -> None:
    if page.name != "README.md":
        for name, text in OWN.items():
            (clone / name).write_text(text, encoding="utf-8")
    for name, text in FILE.findall(page.read_text(encoding="utf-8")):
        (clone / name).parent.mkdir(exist_ok=True)
        (clone / name).write_text(text, encoding="utf-8")
    for command in commands(page):
        done = run_in(clone, *shlex.split(command)[1:])
        may_be = {NOT_ZERO.get(command, 0), *([1] if "--fail-" in command else [])}
        assert done.exit_code in may_be, (command, done.exit_code, done.stderr, done.exception)


def test_nothing_is_said_to_be_in_the_repository_that_is_not() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"@v0|rev: v\d", text), f"{page.name}: the repository has no such tag"
