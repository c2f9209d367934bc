"""`involve-audit rubric check`: exit codes, outputs by suffix, and wrong words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
SHAPES = Path(__file__).parents[1] / "shapes"


@pytest.fixture
def sound(here: Path) -> Path:
    path = here / "ready-to-open.yaml"
    path.write_text((SHAPES / "ready-to-open.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    return path


def changed(path: Path, passage: str, other: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert passage in text
    path.write_text(text.replace(passage, other), encoding="utf-8")


def test_a_sound_rubric_passes_even_where_strict(run: Run, sound: Path) -> None:
    done = run("rubric", "check", "--strict", sound.name)
    assert (done.exit_code, done.stdout) == (0, "ready-to-open.yaml: nothing to put right.\n")


def test_warnings_fail_only_where_strict(run: Run, sound: Path) -> None:
    changed(sound, "    limits: [rota]\n", "")
    done = run("rubric", "check", sound.name)
    assert done.exit_code == 0
    assert "warning: ready-to-open.yaml:142:9: the anti-pattern `one-hero` limits nothing" in done.stdout
    strict = run("rubric", "check", "--strict", sound.name)
    assert strict.exit_code == 1
    assert "1 file does not pass" in strict.stderr


def test_a_stage_out_of_reach_fails_with_1_and_a_file_that_is_not_valid_with_2(run: Run, sound: Path) -> None:
    changed(sound, "measure: share\n        at_least: 2/3", "measure: points\n        at_least: 4")
    assert run("rubric", "check", sound.name).exit_code == 1
    changed(sound, 'limit_to: "no"', "limit_to: on")
    done = run("rubric", "check", sound.name, "small.yaml", "nowhere.yaml")
    assert done.exit_code == 2
    assert "2 files are not valid" in done.stderr
    assert "small.yaml: 10 warnings." in done.stdout


def test_a_search_that_is_cut_off_fails_and_says_so(run: Run, sound: Path) -> None:
    done = run("rubric", "check", sound.name, "--budget", "1")
    assert done.exit_code == 1
    assert "the check was cut off after 1 steps" in done.stdout


def test_findings_are_written_by_suffix_several_at_once(run: Run, sound: Path, here: Path) -> None:
    done = run("rubric", "check", sound.name, "-o", "f.sarif", "-o", "junit.xml", "-o", "f.json", "-o", "f.txt")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert done.stderr.splitlines() == [f"Written: {name}" for name in ("f.sarif", "junit.xml", "f.json", "f.txt")]
    assert json.loads((here / "f.json").read_text(encoding="utf-8"))["passes"] is True
    assert (here / "junit.xml").read_text(encoding="utf-8").startswith("<?xml")


def test_findings_are_written_where_the_file_does_not_pass_too(run: Run, sound: Path, here: Path) -> None:
    changed(sound, 'limit_to: "no"', "limit_to: on")
    assert run("rubric", "check", sound.name, "-o", "f.sarif").exit_code == 2
    assert (here / "f.sarif").exists()


def test_a_format_for_standard_output_can_be_named(run: Run, sound: Path) -> None:
    done = run("rubric", "check", sound.name, "-o", "-", "--format", "json")
    assert json.loads(done.stdout)["format"] == "involve-audit/findings@1"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "f.pdf"], "its ending does not say which format to write"),
        (["--format", "jason"], "Did you mean `json`?"),
        (["-o", "no/f.json"], "its folder does not exist"),
        (["--budget", "0"], "--budget"),
    ],
)
def test_wrong_words_are_refused_and_nothing_is_written(
    run: Run, sound: Path, here: Path, words: list[str], said: str
) -> None:
    before = sorted(path.name for path in here.iterdir())
    done = run("rubric", "check", sound.name, *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert sorted(path.name for path in here.iterdir()) == before


def test_a_version_number_that_was_not_raised_fails_where_the_earlier_file_is_given(
    run: Run, sound: Path, here: Path
) -> None:
    (here / "then.yaml").write_bytes(sound.read_bytes())
    changed(sound, "at_least: 2/3", "at_least: 1/2")
    assert run("rubric", "check", sound.name).exit_code == 0
    done = run("rubric", "check", sound.name, "--earlier", "then.yaml")
    assert done.exit_code == 1
    assert "error: ready-to-open.yaml:4:10: the version is still 1.0.0" in done.stdout
    assert run("rubric", "check", sound.name, "--git", "HEAD").exit_code == 2


def test_a_rubric_is_never_overwritten_by_what_is_said_about_it(run: Run, sound: Path, here: Path) -> None:
    (here / "own.txt").write_bytes(sound.read_bytes())
    done = run("rubric", "check", "./own.txt", "-o", "own.txt")
    assert done.exit_code == 2
    assert "was read as input" in done.stderr


def test_scenarios_pass_and_their_coverage_is_told(run: Run, sound: Path) -> None:
    done = run("rubric", "test", "--strict", sound.name)
    assert done.exit_code == 0
    assert "4 of 4 gates fail in some scenario" in done.stdout


def test_a_failed_scenario_is_exit_code_1_and_a_rubric_that_does_not_load_2(run: Run, sound: Path, here: Path) -> None:
    changed(sound, "    expect: ready\n", "    expect: not-ready\n")
    done = run("rubric", "test", sound.name, "-o", "junit.xml")
    assert done.exit_code == 1
    assert 'failures="1"' in (here / "junit.xml").read_text(encoding="utf-8")
    changed(sound, "    expect: not-ready\n", "    expect: redy\n")
    done = run("rubric", "test", sound.name)
    assert done.exit_code == 2
    assert "Did you mean `ready`?" in done.stdout
