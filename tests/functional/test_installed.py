"""The installed wheel does the main job, from any folder, without the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.functional.conftest import ROOT, Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a copy of the examples, far from the checkout."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


def test_the_wheel_holds_the_rubrics_the_templates_and_the_licence(built: Path) -> None:
    names = zipfile.ZipFile(built).namelist()
    shipped = [path.name for path in (ROOT / "rubrics").iterdir()] + [p.name for p in (ROOT / "templates").iterdir()]
    held = {name.rpartition("/")[2] for name in names}
    assert set(shipped) <= held
    assert "LICENSE" in held
    assert "involve_audit/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "examples/"))]


def test_it_runs_from_its_own_files_and_not_from_the_checkout(run: Run, folder: Path, installed: Path) -> None:
    code = "import involve_audit, sys; sys.stdout.write(involve_audit.__file__)"
    env = {**os.environ, "PYTHONPATH": str(installed)}
    found = subprocess.run([sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, text=True)
    assert found.stdout.startswith(str(installed))


def test_the_main_job_on_the_examples(run: Run, folder: Path) -> None:
    done = run("assess", "examples/norfolk", "-o", "n.html", "-o", "n.md", "-o", "n.audit.json", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == ["Written: n.html", "Written: n.md", "Written: n.audit.json"]
    record = json.loads((folder / "n.audit.json").read_text(encoding="utf-8"))
    assert (record["stage"]["floor"], record["stage"]["ceiling"]) == ("beginnings", "good")
    assert record["stage"]["decided_by"]["items"]
    assert (folder / "n.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (folder / "n.md").read_text(encoding="utf-8").startswith("# Involvement audit: Norfolk")


def test_a_result_for_sharing_holds_no_word_of_the_notes(copied: Run, folder: Path) -> None:
    outputs = [word for name in ("r.html", "r.md", "r.txt", "r.audit.json") for word in ("-o", name)]
    done = copied("assess", "examples/riverside", "--publish", *outputs, cwd=folder)
    assert done.returncode == 0
    secrets = ("An agenda comes by e-mail", "walking group", "induction-plan", "staff.yaml", "afternoon session")
    for name in outputs[1::2]:
        text = (folder / name).read_text(encoding="utf-8")
        assert "Riverside floating support" in text
        assert [secret for secret in secrets if secret in text] == [], name


def test_the_console_script_is_the_same_program(installed: Path, folder: Path) -> None:
    script = installed / "bin/involve-audit"
    env = {**os.environ, "PYTHONPATH": str(installed)}
    found = subprocess.run([str(script), "--version"], env=env, capture_output=True, text=True, cwd=folder)
    assert found.stdout.startswith("involve-audit ")


def test_its_first_page_needs_no_template_compiled(folder: Path, installed: Path) -> None:
    code = """
from jinja2 import Environment
from involve_audit.cli.main import main
Environment._generate = None
main()
"""
    env = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", code, "assess", "examples/riverside", "-o", "r.html", "-o", "r.md"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "Written: r.html\nWritten: r.md\n")


def test_a_zipped_wheel_finds_its_rubrics_and_templates(run: Run, folder: Path, built: Path) -> None:
    done = run("assess", "examples/riverside", "-o", "r.html", cwd=folder, where=built)
    assert (done.returncode, done.stderr) == (0, "Written: r.html\n")


def test_a_record_is_the_same_bytes_wherever_it_is_made(copied: Run, folder: Path) -> None:
    copied("assess", "examples/riverside", "-o", "one.audit.json", cwd=folder)
    views = ["riverside/staff.yaml", "riverside/service-users.yaml"]
    copied("assess", *views, "-o", "../two.audit.json", cwd=folder / "examples")
    assert (folder / "one.audit.json").read_bytes() == (folder / "two.audit.json").read_bytes()


def test_a_changed_copy_of_the_rubric_changes_the_result(copied: Run, folder: Path) -> None:
    text = (ROOT / "rubrics/service-user-leadership-spectrum.yaml").read_text(encoding="utf-8")
    (folder / "own.yaml").write_text(text.replace("at_least: 50%", "at_least: 90%"), encoding="utf-8")
    done = copied("assess", "examples/norfolk", "-r", "own.yaml", "-o", "n.audit.json", cwd=folder)
    assert done.returncode == 0
    assert json.loads((folder / "n.audit.json").read_text(encoding="utf-8"))["stage"]["ceiling"] == "beginnings"


def test_results_go_to_standard_output_and_everything_else_to_standard_error(run: Run, folder: Path) -> None:
    done = run("assess", "examples/riverside", cwd=folder)
    assert done.stdout.startswith("Involvement audit: Riverside")
    assert done.stderr == ""


def test_a_pipe_gets_bare_text_and_is_never_asked_anything(run: Run, folder: Path) -> None:
    done = run("assess", "examples/riverside", cwd=folder)
    assert "\x1b" not in done.stdout
    nothing = run("assess", cwd=folder, stdin="yes\nyes\n")
    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert "no answers files were named" in nothing.stderr


def test_a_pdf_is_the_same_bytes_in_every_process(run: Run, folder: Path, installed: Path, built: Path) -> None:
    for name, where in {"1": installed, "2": built}.items():
        words = ["examples/riverside", "--style", "short", "-o", f"{name}.pdf"]
        done = run("assess", *words, cwd=folder, where=where, SOURCE_DATE_EPOCH="1700000000", PYTHONHASHSEED=name)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", f"Written: {name}.pdf\n")
    assert (folder / "1.pdf").read_bytes() == (folder / "2.pdf").read_bytes()
    metadata = PdfReader(folder / "1.pdf").metadata
    assert metadata is not None
    assert metadata.creation_date == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_the_templates_are_listed_and_copied_from_a_zipped_wheel_too(copied: Run, folder: Path, built: Path) -> None:
    listed = copied("template", "list", cwd=folder, where=built)
    names = [line.split()[0] for line in listed.stdout.splitlines()]
    assert names == sorted(path.name for path in (ROOT / "templates").glob("*.j2"))
    assert copied("template", "copy", *names, "--to", "ours", cwd=folder, where=built).returncode == 0
    for name in names:
        assert (folder / "ours" / name).read_bytes() == (ROOT / "templates" / name).read_bytes()
    done = copied("assess", "examples/riverside", "-o", "r.html", "--template", "ours", cwd=folder, where=built)
    assert (done.returncode, done.stderr) == (0, "Written: r.html\n")
