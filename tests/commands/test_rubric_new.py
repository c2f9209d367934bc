"""`involve-audit rubric new`: what it writes is sound as it stands, and nothing is written over."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from ruamel.yaml import YAML

from involve_audit.loading.rubric import load_rubric, load_rubric_by_id
from involve_audit.model.rubric import BasedOn, Overlaid

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]


def sound(run: Run, rubric: str) -> None:
    """A rubric passes `check` and `test`, strict as they can be."""
    for what in ("check", "test"):
        done = run("rubric", what, "--strict", rubric)
        assert done.exit_code == 0, done.stdout


def test_a_new_rubric_is_sound_as_it_stands_and_found_by_its_id(run: Run, here: Path) -> None:
    done = run("rubric", "new", "our-club")
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        "Written: rubrics/our-club.yaml",
        "  involve-audit rubric check our-club",
        "  involve-audit rubric test our-club",
        "  involve-audit rubric show our-club",
    ]
    sound(run, "our-club")
    assert run("rubric", "show", "our-club").exit_code == 0
    text = (here / "rubrics/our-club.yaml").read_text(encoding="utf-8")
    assert "my-rubric" not in text
    assert text.count("#") > 30


def test_it_can_be_written_elsewhere(run: Run, here: Path) -> None:
    assert run("rubric", "new", "our-club", "-o", "own.yaml").stderr == "Written: own.yaml\n"
    assert load_rubric("own.yaml").content.id == "our-club"
    assert not (here / "rubrics").exists()


@pytest.mark.parametrize("source", ["service-user-leadership-spectrum", "small.yaml"])
def test_a_copy_says_what_it_is_based_on_and_is_otherwise_the_same(run: Run, here: Path, source: str) -> None:
    original = load_rubric(source)
    assert run("rubric", "new", "copy", "--from", source).exit_code == 0
    copied = load_rubric_by_id("copy").content
    assert copied.based_on == BasedOn(id=original.content.id, version=original.content.version, sha256=original.sha256)
    assert copied.title == f"{original.content.title} (our own copy)"
    head = {"id": "", "version": "", "title": "", "based_on": None}
    assert copied.changed(**head) == original.content.changed(**head)
    assert run("rubric", "test", "copy").exit_code == 0
    shown = run("rubric", "show", "copy", "-o", "-", "--format", "markdown").stdout
    assert f"It began as a copy of: {original.content.id} {original.content.version}, SHA-256" in shown


def test_a_copy_keeps_comments_and_a_copy_of_a_copy_names_only_the_last(run: Run, here: Path) -> None:
    run("rubric", "new", "first")
    run("rubric", "new", "second", "--from", "first")
    run("rubric", "new", "third", "--from", "second")
    first, third = ((here / f"rubrics/{name}.yaml").read_text(encoding="utf-8") for name in ("first", "third"))
    comments = [line for line in first.splitlines() if line.strip().startswith("#")]
    assert [line for line in third.splitlines() if line.strip().startswith("#")] == comments
    based_on = load_rubric_by_id("third").content.based_on
    assert based_on
    assert based_on.id == "second"
    assert third.count("based_on:") == 1


def test_an_overlay_is_sound_as_it_stands_and_so_are_its_examples(run: Run, here: Path) -> None:
    run("rubric", "new", "club")
    assert run("rubric", "new", "own", "--extends", "club").exit_code == 0
    sound(run, "own")
    found = load_rubric_by_id("own")
    assert isinstance(found, Overlaid)
    path = here / "rubrics/own.yaml"
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r"^# (?=(thresholds|texts|add):|  )", "", text, flags=re.MULTILINE)
    changed = changed[: changed.index("# switch_off")] + changed[changed.index("\n# Other thresholds") :]
    path.write_text(changed, encoding="utf-8")
    assert run("rubric", "check", "own").exit_code == 0, run("rubric", "check", "own").stdout


def test_a_translation_begins_with_every_text_and_is_whole_once_the_marks_are_gone(run: Run, here: Path) -> None:
    run("rubric", "new", "club")
    assert run("rubric", "new", "club-cy", "--translates", "club", "--into", "cy").exit_code == 0
    begun = run("rubric", "check", "club-cy")
    assert begun.exit_code == 0
    assert "0 of 55 texts are translated." in begun.stdout
    path = here / "rubrics/club-cy.yaml"
    text = re.sub(r"^( {4,})# ", r"\1", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    sound(run, "club-cy")
    assert "55 of 55 texts are translated." in run("rubric", "check", "club-cy").stdout
    club = load_rubric_by_id("club").content
    assert load_rubric_by_id("club-cy").content == club.changed(language="cy")


def test_the_shipped_rubric_can_be_tailored_and_translated(run: Run) -> None:
    shipped = "service-user-leadership-spectrum"
    assert run("rubric", "new", "own", "--extends", shipped).exit_code == 0
    assert run("rubric", "new", "own-cy", "--translates", shipped, "--into", "cy").exit_code == 0
    for name in ("own", "own-cy"):
        assert run("rubric", "check", name).exit_code == 0
        assert run("rubric", "test", name).exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Our Club"], "`Our Club` cannot be the id of a rubric"),
        (["../club"], "`../club` cannot be the id of a rubric"),
        (["x" * 81], "cannot be the id of a rubric"),
        (["service-user-leadership-spectrum"], "there is a rubric `service-user-leadership-spectrum` already"),
        (["club", "-o", "small.yaml"], "there is a file of this name already"),
        (["club", "-o", "nowhere/club.yaml"], "its folder does not exist"),
        (["club", "--from", "x", "--extends", "y"], "--from does not go with --extends"),
        (["club", "--translates", "x"], "--translates and --into go together"),
        (["club", "--into", "cy"], "--translates and --into go together"),
        (["club", "--translates", "x", "--into", "in Welsh"], "`in Welsh` is not the tag of a language"),
        (["club", "--from", "nowhere.yaml"], "there is no such file"),
        (["club", "--extends", "smal"], "there is no rubric `smal`"),
    ],
)
def test_wrong_words_are_answered_and_nothing_is_written(run: Run, here: Path, words: list[str], said: str) -> None:
    before = (here / "small.yaml").read_bytes()
    done = run("rubric", "new", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert (here / "small.yaml").read_bytes() == before
    assert [path.name for path in here.iterdir()] == ["small.yaml"]


def test_what_is_no_rubric_by_itself_or_not_valid_is_not_copied(run: Run, here: Path) -> None:
    run("rubric", "new", "club")
    run("rubric", "new", "own", "--extends", "club")
    refused = run("rubric", "new", "copy", "--from", "own")
    assert refused.exit_code == 2
    assert "this is an overlay, and no rubric by itself" in refused.stderr
    (here / "broken.yaml").write_text("format: involve-audit/rubric@1\n", encoding="utf-8")
    assert "`id` is missing" in run("rubric", "new", "copy", "--from", "broken.yaml").stderr
    club = json.dumps(load_rubric_by_id("club").content.as_tree())
    (here / "flow.yaml").write_text(club, encoding="utf-8")
    refused = run("rubric", "new", "copy", "--from", "flow.yaml")
    assert refused.exit_code == 2
    assert "this file cannot be copied line by line" in refused.stderr


def read_by_others(file: Path) -> list[Any]:
    text = file.read_text(encoding="utf-8")
    return [yaml.safe_load(text), YAML(typ="safe", pure=True).load(text)]


@pytest.mark.parametrize("rubric", ["no", "null", "1e5", "123", "2026-11-27", "0o7"])
@pytest.mark.parametrize("way", [(), ("--from", "small.yaml"), ("--extends", "tiny"), ("--translates", "tiny")])
def test_every_reader_of_yaml_reads_an_id_as_text(run: Run, here: Path, rubric: str, way: tuple[str, ...]) -> None:
    (here / "rubrics").mkdir()
    text = (here / "small.yaml").read_text(encoding="utf-8").replace("id: small\n", "id: tiny\n")
    (here / "rubrics/tiny.yaml").write_text(text, encoding="utf-8")
    into = ("--into", "no") if "--translates" in way else ()  # Norwegian
    assert run("rubric", "new", rubric, *way, *into).exit_code == 0
    for found in read_by_others(here / f"rubrics/{rubric}.yaml"):
        assert (found["id"], found["version"]) == (rubric, "1.0.0")
        assert found.get("extends", "tiny@1.0.0") == "tiny@1.0.0"
        assert "--translates" not in way or found["language"] == "no"


def test_a_copy_keeps_what_the_original_allows(run: Run, here: Path) -> None:
    run("rubric", "new", "ours", "--from", "service-user-leadership-spectrum")
    done = run("rubric", "check", "ours", "--strict")
    assert done.exit_code == 0
    assert "Allowed by its author: 2 warnings of `gate-can-fail` (" in done.stdout
