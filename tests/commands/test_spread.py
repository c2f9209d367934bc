"""How the answers of many people of one group are spread: in reports, records and overviews, and hidden when small."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
WriteView = Callable[..., Path]
SAID = "Yes 7, No 5 of 12 responses. Opinions are split."


@pytest.fixture
def responses(view: WriteView) -> Callable[[dict[str, int]], Path]:
    """Writes so many single responses of members, a file each, and one of staff."""

    def write(said: dict[str, int]) -> Path:
        answers = [answer for answer, count in said.items() for _response in range(count)]
        for number, answer in enumerate(answers):
            given = {"survey": "yes"} | ({"board": answer} if answer else {})
            view(f"all/{number}.yaml", respondents={"members": 1}, answers=given, response=f"aaaaaaa{number:02}")
        return view("all/staff.yaml", respondents={"staff": 1}, answers={"board": "yes"}).parent

    return write


def test_it_says_how_many_said_what(assess: Run, responses: Callable[..., Path], here: Path) -> None:
    outputs = ["r.html", "r.md", "r.txt", "r.audit.json"]
    assess(responses({"yes": 7, "no": 5}), *(word for name in outputs for word in ("-o", name)))
    for name in outputs[:3]:
        assert SAID in " ".join((here / name).read_text(encoding="utf-8").split())
    spread = json.loads((here / "r.audit.json").read_text(encoding="utf-8"))["spread"]
    board = {"item": "board", "perspectives": ["members"], "answers": {"yes": 7, "no": 5}, "of": 12, "split": True}
    survey = {"item": "survey", "perspectives": ["members"], "answers": {"yes": 12}, "of": 12, "split": False}
    assert sorted(spread, key=lambda one: str(one["item"])) == [board, survey]


def test_a_combined_view_says_the_same(assess: Run, responses: Callable[..., Path], view: WriteView) -> None:
    single = json.loads(assess(responses({"yes": 7, "no": 4, "": 1}), "--format", "record").stdout)
    board, survey = ({"answer": "yes", "tally": tally} for tally in ({"yes": 7, "no": 4}, {"yes": 12}))
    answers = {"board": board, "survey": survey}
    together = view("one/members.yaml", respondents={"members": 12}, answers=answers, combined={"files": 12})
    view("one/staff.yaml", respondents={"staff": 1}, answers={"board": "yes"})
    combined = json.loads(assess(together.parent, "--format", "record").stdout)
    assert combined["spread"] == single["spread"] != []
    assert combined["stage"] == single["stage"]


@pytest.mark.parametrize(
    ("said", "words", "items"),
    [
        ({"yes": 2, "no": 2}, [], set()),
        ({"yes": 4, "no": 1}, [], {"board", "survey"}),
        ({"yes": 6, "no": 5}, ["--publish"], {"board", "survey"}),
        ({"yes": 6, "no": 4}, ["--publish"], {"survey"}),
        ({"yes": 6, "": 1}, ["--publish"], {"survey"}),
        ({"yes": 6, "no": 5}, ["--publish", "--fewer-than", "6"], {"survey"}),
    ],
)
def test_it_is_hidden_when_small(
    assess: Run, responses: Callable[..., Path], said: dict[str, int], words: list[str], items: set[str]
) -> None:
    record = json.loads(assess(responses(said), *words, "--format", "record").stdout)
    assert {spread["item"] for spread in record["spread"]} == items


def test_an_overview_names_the_questions_on_which_a_group_is_split(
    run: Run, responses: Callable[..., Path], here: Path
) -> None:
    folder = responses({"yes": 7, "no": 5})
    outputs = ["o.html", "o.md", "o.txt", "o.json"]
    run("batch", "-r", "small.yaml", folder, *(word for name in outputs for word in ("-o", name)))
    for name in outputs[:3]:
        assert "Where people of one group are split most often" in (here / name).read_text(encoding="utf-8")
    (overview,) = json.loads((here / "o.json").read_text(encoding="utf-8"))["overviews"]
    assert overview["split"] == [{"item": "board", "audits": 1, "of": 1}]


def test_responses_that_were_put_together_say_the_same(run: Run, assess: Run, responses: Callable[..., Path]) -> None:
    folder = responses({"yes": 7, "no": 4, "": 1})
    single = json.loads(assess(folder, "--format", "record").stdout)
    assert run("answers", "combine", folder, "-r", "small.yaml", "-o", "together").exit_code == 0
    combined = json.loads(assess("together", "--format", "record").stdout)
    assert combined["spread"] == single["spread"] != []
    assert combined["stage"] == single["stage"]


@pytest.mark.parametrize(
    ("tally", "more", "said"),
    [
        ({"yes": 7}, {"combined": {"files": 6}}, "counts more responses than there are in `combined`: 6"),
        ({"yes": 7}, {}, "counts more responses than there are in `combined`: 0"),
        ({"maybe": 1}, {"combined": {"files": 6}}, "`maybe` is not an answer to `board`"),
    ],
)
def test_a_tally_that_cannot_be_is_refused(
    assess: Run, view: WriteView, tally: dict[str, int], more: dict[str, Any], said: str
) -> None:
    result = assess(view(answers={"board": {"answer": "yes", "tally": tally}}, **more))
    assert result.exit_code == 2
    assert said in result.stderr
