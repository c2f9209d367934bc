"""A translation, put beside the installed program, is what its user reads."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from tests.functional.conftest import ROOT, Run
from tests.pseudo import TAG, pseudo, pseudo_catalogue

CATALOGUE = f"involve_audit/locale/{TAG}/LC_MESSAGES/involve_audit.mo"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("somewhere")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


@pytest.fixture(scope="module")
def translated(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed program with a translation."""
    folder = tmp_path_factory.mktemp("translated") / "program"
    shutil.copytree(installed, folder)
    (folder / CATALOGUE).parent.mkdir(parents=True)
    (folder / CATALOGUE).write_bytes(pseudo_catalogue())
    return folder


def test_the_wheel_holds_the_template_for_translators(built: Path) -> None:
    assert "involve_audit/locale/involve_audit.pot" in zipfile.ZipFile(built).namelist()


@pytest.mark.parametrize("line", ["--language {} assess --help", "assess --help --language={}"])
def test_help_is_translated_wherever_the_language_stands(line: str, run: Run, folder: Path, translated: Path) -> None:
    done = run(*line.format(TAG).split(), cwd=folder, where=translated)
    assert done.returncode == 0
    assert pseudo("Bare text: no colour, no weight.") in done.stdout


def test_reports_and_messages_are_translated(run: Run, folder: Path, translated: Path) -> None:
    words = ("--language", TAG, "-o", "r.html", "-o", "r.md", "-o", "-")
    done = run("assess", "examples/riverside", *words, cwd=folder, where=translated)
    assert "Involvement audit" in done.stdout.partition("\n")[0], "the rubric's own words are not ours to translate"
    assert done.stderr.splitlines() == [pseudo("Written: {file}").format(file=name) for name in ("r.html", "r.md")]
    for name in ("r.html", "r.md"):
        text = (folder / name).read_text(encoding="utf-8")
        assert pseudo("Where views differ") in text
        assert "9 Νοεμβρίου 2026" in text


def test_what_is_wrong_is_translated(run: Run, folder: Path, translated: Path) -> None:
    done = run("assess", "none.yaml", "--language", TAG, cwd=folder, where=translated)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"none.yaml: {pseudo('there is no such file')}\n")


def test_a_language_there_is_not_is_refused_with_those_there_are(run: Run, folder: Path, translated: Path) -> None:
    done = run("assess", "examples/riverside", "--language", "xx", cwd=folder, where=translated)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"there is no language `xx`\n    It can be `en-GB` or `{TAG}`.\n"


def test_a_zipped_wheel_finds_its_translation(run: Run, folder: Path, built: Path, tmp_path: Path) -> None:
    wheel = tmp_path / built.name
    shutil.copy(built, wheel)
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr(CATALOGUE, pseudo_catalogue())
    done = run("schema", "--language", TAG, "--help", cwd=folder, where=wheel)
    assert (done.returncode, done.stderr) == (0, "")
    assert pseudo("Write it to a file.") in done.stdout


def test_a_time_zone_that_is_none_changes_nothing(run: Run, folder: Path) -> None:
    def said(zone: str) -> tuple[int, str, str]:
        words = ("assess", "examples/riverside", "-o", "r.md", "-o", "-")
        done = run(*words, cwd=folder, TZ=zone, SOURCE_DATE_EPOCH="1764000000")
        return done.returncode, done.stdout, done.stderr

    usual = said("UTC")
    assert usual[0] == 0
    for zone in (":/etc/passwd", ".", "UTC+99", "Nowhere/At/All", "Pacific/Kiritimati"):
        assert said(zone) == usual, zone
