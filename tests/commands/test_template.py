"""`involve-audit template`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from involve_audit.render.template_files import LARGEST_TEMPLATE
from involve_audit.resources import read_template, shipped_templates

Run = Callable[..., Any]


def test_the_list_names_every_template_and_says_what_each_is_for(run: Run, root: Path) -> None:
    result = run("template", "list")
    lines = [line.split(maxsplit=1) for line in result.stdout.splitlines()]
    assert (result.exit_code, result.stderr) == (0, "")
    assert [name for name, _text in lines] == sorted(path.name for path in (root / "templates").glob("*.j2"))
    for name, purpose in lines:
        comment = re.match(r"\{#-?\s*(.*?)\s*-?#\}", read_template(name), re.DOTALL)
        assert comment, f"{name} has to begin with a comment that says what it is for"
        assert purpose == " ".join(comment[1].split())
        assert len(purpose) < 110


def test_a_copy_is_the_template_as_it_is_shipped(run: Run, here: Path, root: Path) -> None:
    result = run("template", "copy", "report.html.j2", "report.md.j2")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == ["Written: templates/report.html.j2", "Written: templates/report.md.j2"]
    for name in ("report.html.j2", "report.md.j2"):
        assert (here / "templates" / name).read_bytes() == (root / "templates" / name).read_bytes()
    assert len(list((here / "templates").iterdir())) == 2


def test_copies_go_to_the_folder_that_is_named_and_change_nothing_by_themselves(
    run: Run, assess: Run, view: Callable[..., Path], here: Path
) -> None:
    assert run("template", "copy", *shipped_templates(), "--to", "of/ours").exit_code == 0
    path = view(answers={"board": "yes"})
    for name in ("a.html", "a.md"):
        assert assess(path, "-o", name).exit_code == 0
        before = (here / name).read_bytes()
        assert assess(path, "-o", name, "--template", "of/ours").exit_code == 0
        assert (here / name).read_bytes() == before


@pytest.mark.parametrize("make", [lambda path: path.write_text("mine"), lambda path: path.symlink_to("nowhere")])
def test_a_file_that_is_there_is_never_overwritten(make: Callable[[Path], Any], run: Run, here: Path) -> None:
    (here / "templates").mkdir()
    make(here / "templates/report.md.j2")
    result = run("template", "copy", "report.html.j2", "report.md.j2")
    assert result.exit_code == 2
    assert result.stderr.startswith("templates/report.md.j2: this file is there already\n    Nothing was copied.")
    assert [path.name for path in (here / "templates").iterdir()] == ["report.md.j2"]
    assert not (here / "templates/nowhere").exists()


def test_a_template_that_is_too_large_is_refused(assess: Run, view: Callable[..., Path], here: Path) -> None:
    path = view(answers={"board": "yes"})
    (here / "report.md.j2").write_text("x" * LARGEST_TEMPLATE)
    assert assess(path, "-o", "o.md", "--template", ".").exit_code == 0
    (here / "report.md.j2").write_text("x" * (LARGEST_TEMPLATE + 1))
    result = assess(path, "-o", "p.md", "--template", ".")
    assert result.exit_code == 2
    assert "report.md.j2: this template is larger than 1 MB" in result.stderr
    assert not (here / "p.md").exists()


def test_a_template_that_is_a_circle_of_links_is_refused(assess: Run, view: Callable[..., Path], here: Path) -> None:
    path = view(answers={"board": "yes"})
    (here / "report.md.j2").symlink_to("report.md.j2")
    result = assess(path, "-o", "o.md", "--template", ".")
    assert result.exit_code == 2
    assert result.stderr.startswith("report.md.j2: this file cannot be read: ")


def test_a_name_that_is_none_is_refused_with_the_nearest(run: Run, here: Path) -> None:
    result = run("template", "copy", "report.html", "../pyproject.toml", "report.md.j2")
    assert result.exit_code == 2
    assert "there is no template `report.html`\n    Did you mean `report.html.j2`?" in result.stderr
    assert "there is no template `../pyproject.toml`" in result.stderr
    assert not (here / "templates").exists()


def test_without_a_name_nothing_is_copied(run: Run, here: Path) -> None:
    assert run("template", "copy").exit_code == 2
    assert not (here / "templates").exists()


def test_a_folder_that_cannot_be_made_is_told(run: Run, here: Path) -> None:
    result = run("template", "copy", "report.md.j2", "--to", "small.yaml")
    assert (result.exit_code, result.stderr) == (2, "small.yaml: this is not a folder\n    Name another folder.\n")


def test_without_a_command_it_lists_the_commands(run: Run) -> None:
    shown = run("template")
    assert "list" in shown.output
    assert "copy" in shown.output
