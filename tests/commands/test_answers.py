"""`involve-audit answers new` and `answers check`, and the schema of one rubric's answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
View = Callable[..., Path]


def test_an_empty_file_is_begun_filled_in_and_assessed(run: Run, here: Path) -> None:
    done = run("answers", "new", "small.yaml", "-o", "v.yaml")
    assert (done.exit_code, done.stderr) == (0, "Written: v.yaml\n")
    text = (here / "v.yaml").read_text(encoding="utf-8")
    assert run("answers", "check", "v.yaml", "-r", "small.yaml").exit_code == 2
    (here / "v.yaml").write_text(text.replace("  name:", "  name: Here").replace("  board:", "  board: yes"), "utf-8")
    checked = run("answers", "check", "v.yaml", "-r", "small.yaml")
    assert checked.exit_code == 0
    assert "1 of 5 questions have an answer." in checked.stdout
    assert run("assess", "v.yaml", "-r", "small.yaml").exit_code == 0


def test_without_a_name_it_is_for_the_first_rubric_there_is(run: Run, here: Path) -> None:
    assert "rubric: service-user-leadership-spectrum@" in run("answers", "new").stdout
    (here / "rubrics").mkdir()
    (here / "small.yaml").rename(here / "rubrics/small.yaml")
    assert "rubric: small@1.0.0" in run("answers", "new").stdout


def test_the_commands_in_it_name_the_file_of_a_rubric_that_its_id_does_not_find(run: Run, here: Path) -> None:
    assert "#   involve-audit assess -r small.yaml FILE\n" in run("answers", "new", "small.yaml").stdout
    (here / "rubrics").mkdir()
    (here / "rubrics/small.yaml").write_bytes((here / "small.yaml").read_bytes())
    assert "#   involve-audit assess FILE\n" in run("answers", "new", "small.yaml").stdout
    (here / "small.yaml").rename(here / "our own.yaml")
    with (here / "our own.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert "assess -r 'our own.yaml' FILE\n" in run("answers", "new", "our own.yaml").stdout
    (here / "rubrics/cy.yaml").write_text(
        "format: involve-audit/overlay@1\nid: cy\nversion: 1.0.0\nextends: small@1\nlanguage: cy\n", encoding="utf-8"
    )
    assert "assess FILE\n" in run("answers", "new", "cy").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["small.yaml", "-o", "small.yaml"], "there is a file of this name already"),
        (["small.yaml", "-o", "nowhere/v.yaml"], "its folder does not exist"),
        (["smal"], "there is no rubric `smal`"),
    ],
)
def test_nothing_is_written_over_and_wrong_words_are_answered(
    run: Run, here: Path, words: list[str], said: str
) -> None:
    before = (here / "small.yaml").read_bytes()
    done = run("answers", "new", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert (here / "small.yaml").read_bytes() == before


def test_each_file_is_checked_by_itself_and_all_problems_are_told(run: Run, view: View, here: Path) -> None:
    view("good.yaml", answers={"board": "yes"})
    view("bad.yaml", answers={"board": "yess", "x": "no"}, audit="other")
    done = run(
        "answers", "check", "good.yaml", "bad.yaml", "nowhere.yaml", ".", "-r", "small.yaml", "-o", "f.json", "-o", "-"
    )
    assert done.exit_code == 2
    files = json.loads((here / "f.json").read_text(encoding="utf-8"))["files"]
    assert [(one["file"], one["passes"], len(one["findings"])) for one in files] == [
        ("good.yaml", True, 0),
        ("bad.yaml", False, 2),
        ("nowhere.yaml", False, 1),
        (".", False, 1),
    ]
    assert "Did you mean `yes`?" in done.stdout
    assert "3 files are not valid" in done.stderr


def test_the_schema_can_be_that_of_the_answers_to_one_rubric(run: Run) -> None:
    schema = json.loads(run("schema", "answers", "-r", "small.yaml").stdout)
    assert list(schema["properties"]["answers"]["properties"]) == ["agenda", "board", "ignored", "survey", "token"]
    refused = run("schema", "record", "-r", "small.yaml")
    assert refused.exit_code == 2
    assert "--rubric goes with answers, not with record" in refused.stderr


def test_of_a_file_with_very_many_problems_the_first_are_told_in_every_format(
    run: Run, view: Callable[..., Path], here: Path
) -> None:
    view(answers={f"no-such-item-{place:03}": "yes" for place in range(300)})
    done = run("answers", "check", "-r", "small.yaml", "view.yaml", *("-o", "f.sarif", "-o", "f.xml", "-o", "f.json"))
    assert done.exit_code == 2
    shown = run("answers", "check", "-r", "small.yaml", "view.yaml").stdout
    assert shown.count("is not an item of this rubric") == 100
    assert "there are more problems than these, which are not told" in shown
    assert "view.yaml: more than 100 errors.\n" in shown
    for name in ("f.sarif", "f.xml", "f.json"):
        text = (here / name).read_text(encoding="utf-8")
        assert text.count("no-such-item-299") == 0
        assert "no-such-item-099" in text
        assert "there are more problems than these" in text


@pytest.mark.parametrize(
    ("file", "option"),
    [
        *(("f.html", "--views 2"), ("f.yaml", "--views 2"), ("f.pdf", "--views 2"), ("f.xlsform.xlsx", "--views 3")),
        *(("f.xlsform.xlsx", "--style large-print"), ("f.yaml", "--style large-print")),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(run: Run, here: Path, file: str, option: str) -> None:
    refused = run("answers", "new", "small.yaml", "-o", file, *option.split())
    assert refused.exit_code == 2
    assert f"{option} does nothing for this sort of form" in refused.stderr
    assert not (here / file).exists()
    assert run("answers", "new", "small.yaml", "-o", file, "-o", "f.xlsx", *option.split()).exit_code == 0
