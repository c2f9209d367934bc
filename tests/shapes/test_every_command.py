"""Every command works on rubrics of other shapes than the shipped ones (tests/shapes).

Two stages and answers that are yes or no; six answers, no anti-patterns and no perspectives; 300 questions in 12
themes and 6 stages.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests import program
from tests.shapes.large import large_rubric
from tests.unit.asking.rooms import held

from involve_audit.loading.rubric import load_rubric_by_id
from involve_audit.model.rubric import Rubric

Run = Callable[..., Any]
SHAPES = Path(__file__).parent
NAMES = ("ready-to-open", "quiet-evenings", "village-hall")


def text_of(name: str) -> str:
    return large_rubric() if name == "village-hall" else (SHAPES / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(here: Path) -> Run:
    """Runs the program in the working folder."""
    return program.run


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest, here: Path) -> str:
    """The id of one of the rubrics, which is found in `./rubrics`."""
    (here / "rubrics").mkdir()
    (here / f"rubrics/{request.param}.yaml").write_text(text_of(request.param), encoding="utf-8")
    return str(request.param)


@pytest.fixture
def rubric(name: str) -> Rubric:
    return load_rubric_by_id(name).content


def done(run: Run, *words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, f"{words}: {result.stdout}{result.stderr}"
    return str(result.stdout)


def test_they_have_the_shapes_that_are_claimed(here: Path) -> None:
    (here / "rubrics").mkdir()
    for name in NAMES:
        (here / f"rubrics/{name}.yaml").write_text(text_of(name), encoding="utf-8")
    two, six, large = (load_rubric_by_id(name).content for name in NAMES)
    assert (len(two.stages), [option.id for option in two.scale]) == (2, ["yes", "no"])
    assert (len(six.scale), six.anti_patterns, six.perspectives) == (6, (), ())
    assert len({option.value for option in six.scale}) == 6
    assert (len(list(large.items)), len(large.themes), len(large.stages)) == (300, 12, 6)


def test_the_authors_commands_work(run: Run, name: str, here: Path) -> None:
    assert "nothing to put right" in done(run, "rubric", "check", "--strict", name)
    assert "nothing to put right" in done(run, "rubric", "test", "--strict", name)
    assert f"   {name} " in done(run, "rubric", "list")
    done(run, "rubric", "show", name, "-o", "r.html", "-o", "r.md", "-o", "r.txt")
    assert "The rule" in done(run, "rubric", "show", name)
    for new in (["own", "--from"], ["tailored", "--extends"]):
        done(run, "rubric", "new", *new, name)
        done(run, "rubric", "check", new[0])
        done(run, "rubric", "test", new[0])
    done(run, "rubric", "new", "other", "--translates", name, "--into", "cy")
    done(run, "rubric", "check", "other")
    assert "0 of " in done(run, "rubric", "check", "other")


def answered(rubric: Rubric, text: str) -> str:
    """An empty file filled in: a subject, somebody of each perspective, and some answer to every question."""
    chance = random.Random(len(rubric.id))
    text = text.replace("  name:\n", "  name: Here\n")
    for perspective in rubric.perspectives:
        text = text.replace(f"  {perspective.id}: 0", f"  {perspective.id}: 2")
    for item in rubric.items:
        words = [option.id for option in rubric.scale if option.is_for(item.kind)] + ["unknown"]
        text = text.replace(f"\n  {item.id}:\n", f"\n  {item.id}: {chance.choice(words)}\n")
    return text


def test_answers_are_begun_checked_and_assessed_in_every_format(
    run: Run, name: str, rubric: Rubric, here: Path
) -> None:
    done(run, "answers", "new", name, "-o", "v.yaml")
    (here / "v.yaml").write_text(answered(rubric, (here / "v.yaml").read_text(encoding="utf-8")), encoding="utf-8")
    count = len(list(rubric.items))
    assert f"{count} of {count} questions have an answer." in done(run, "answers", "check", "v.yaml")
    json.loads(done(run, "schema", "answers", "--rubric", name))
    assert "Here" in done(run, "assess", "v.yaml")
    done(run, "assess", "v.yaml", "-o", "a.html", "-o", "a.md", "-o", "a.txt", "-o", "a.audit.json")
    done(run, "assess", "v.yaml", "--publish", "-o", "p.html", "-o", "p.audit.json")
    done(run, "assess", "v.yaml", "--style", "short", "-o", "s.html")
    record = json.loads((here / "a.audit.json").read_text(encoding="utf-8"))
    assert sum(record["counts"].values()) == count
    assert run("assess", "v.yaml", "--fail-under", rubric.stages[-1].id).exit_code in (0, 1)


def test_its_audits_can_stand_in_a_table(run: Run, name: str, rubric: Rubric, here: Path) -> None:
    chance = random.Random(len(name))
    given = {
        item.id: chance.choice([option.id for option in rubric.scale if option.is_for(item.kind)] + ["unknown"])
        for item in rubric.items
    }
    people = {f"respondents.{one.id}": "2" for one in rubric.perspectives}
    with (here / "t.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["audit", *people, *given], ["here", *people.values(), *given.values()]])
    view = {"format": "involve-audit/answers@1", "rubric": rubric.reference, "audit": "here", "date": "2026-11-22"}
    who = {one.id: 2 for one in rubric.perspectives}
    view |= {"subject": {"name": "Here"}, "respondents": who, "answers": given}  # type: ignore[dict-item]
    (here / "v.yaml").write_text(json.dumps(view), encoding="utf-8")
    done(run, "table", "t.csv", "-r", name, "--details", "-o", "t.jsonl", "-o", "t.md")
    done(run, "table", "t.csv", "-r", name, "--long", "-o", "long.csv")
    done(run, "batch", "v.yaml", "-o", "batch.csv")
    ours = json.loads((here / "t.jsonl").read_text(encoding="utf-8"))
    (theirs,) = csv.DictReader((here / "batch.csv").read_text(encoding="utf-8-sig").splitlines())
    same = ("stage", "could_be", "held_back_by", "anti_patterns", "evidence_only", "known", "unevidenced_count")
    assert [str(ours[column]) for column in same] == [theirs[column] for column in same]
    assert len((here / "long.csv").read_text(encoding="utf-8").splitlines()) == 1 + len(given)


def test_its_questions_can_be_asked(rubric: Rubric) -> None:
    items = [item.id for item in rubric.items][:3]
    before = ["Here", "", *["1" for _ in rubric.perspectives]]
    room = held(rubric, [*before, *["1"] * 3, "2"], items=items)
    assert room.finished
