"""The guide for authors, followed from its first line to its last: every file, command and output of it.

`UPDATE_GOLDEN=1` writes the outputs anew; read them before you keep them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.program import run_in

PAGE = Path(__file__).parents[2] / "docs/writing-a-rubric.md"
BLOCK = re.compile(r"((?:<!-- [^\n]* -->\n)*)```(\w+)\n(.*?)```", re.DOTALL)
MARK = re.compile(r"<!-- (.*?) -->")
FILE = re.compile(r"(begin|more of) (\S+)")
EDIT = re.compile(r'with "(.*)" as "(.*)" in (\S+)')
OUTPUT = re.compile(r"output(?: (\d))?: involve-audit (.*)")


class Step(NamedTuple):
    """One block of the page: what stands above it, its language, and its text."""

    marks: list[str]
    language: str
    text: str


def steps() -> Iterator[Step]:
    for marks, language, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        yield Step(MARK.findall(marks), language, text)


class Follower:
    """Somebody who does what the page says, in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def follow(self, step: Step) -> None:
        edits = [match for mark in step.marks if (match := EDIT.fullmatch(mark))]
        before = {edit[3]: self.edit(*edit.groups()) for edit in edits}
        for mark in step.marks:
            if file := FILE.fullmatch(mark):
                self.write(file[2], step.text, more=file[1] == "more of")
            elif output := OUTPUT.fullmatch(mark):
                shown = self.run(output[2], int(output[1] or 0))
                if "UPDATE_GOLDEN" in os.environ:
                    PAGE.write_text(PAGE.read_text(encoding="utf-8").replace(step.text, shown), encoding="utf-8")
                assert shown == step.text or "UPDATE_GOLDEN" in os.environ
        if step.language == "sh":
            for line in step.text.splitlines():
                self.run(line.removeprefix("involve-audit "), 0)
        for name, text in before.items():
            (self.folder / name).write_text(text, encoding="utf-8")

    def write(self, name: str, text: str, more: bool) -> None:
        path = self.folder / name
        path.write_text((path.read_text(encoding="utf-8") if more else "") + text, encoding="utf-8")

    def edit(self, passage: str, other: str, name: str) -> str:
        """Replace a passage of a file, which is there once. Returns the file's text as it was."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        passage, other = passage.replace("\\n", "\n"), other.replace("\\n", "\n")
        assert text.count(passage) == 1, passage
        path.write_text(text.replace(passage, other), encoding="utf-8")
        return text

    def run(self, words: str, code: int) -> str:
        done = run_in(self.folder, *words.split())
        assert done.exit_code == code, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guide")
    follower = Follower(folder)
    for step in steps():
        follower.follow(step)
    return folder


def test_the_guide_can_be_followed_to_its_end(followed: Path) -> None:
    made = {path.relative_to(followed).as_posix() for path in followed.rglob("*") if path.is_file()}
    assert made == {
        "rubrics/our-garden.yaml",
        "rubrics/our-street.yaml",
        "rubrics/our-garden-cy.yaml",
        "our-garden.html",
        "answers.yaml",
        "rubrics.sarif",
        "junit.xml",
    }


def test_every_block_of_the_guide_is_followed() -> None:
    languages = {step.language for step in steps()}
    assert languages == {"sh", "yaml", "text"}
    for step in steps():
        known = step.language == "sh" or any(FILE.fullmatch(mark) or OUTPUT.fullmatch(mark) for mark in step.marks)
        assert known, step.text
        if step.language == "sh":
            assert all(line.startswith("involve-audit ") for line in step.text.splitlines())


def test_the_rubric_of_the_guide_is_sound(followed: Path) -> None:
    follower = Follower(followed)
    for what in ("check", "test"):
        assert "our-garden.yaml: nothing to put right." in follower.run(f"rubric {what} --strict our-garden", 0)
