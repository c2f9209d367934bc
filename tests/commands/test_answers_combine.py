"""`answers combine`: the answers of many people together, by who they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
WriteView = Callable[..., Path]
NAME = "jane-doe"


@pytest.fixture
def responses(view: WriteView) -> Callable[..., None]:
    """Writes responses of members: their answers to `board`, each with what else it says."""

    def write(*answers: str, folder: str = "in", people: str = "members", **more: Any) -> None:
        for place, answer in enumerate(answers):
            beside = {"note": f"{NAME} {place}", "evidence": [{"text": f"minutes {place}"}]}
            reason = {"reason": f"because {place}"} if answer == "not-applicable" else {}
            item = "agenda" if reason else "board"
            lines = {
                "date": f"2024-02-{20 + place}",
                "respondents": {people: 1},
                "answers": {item: {"answer": answer, **beside, **reason}},
            }
            view(f"{folder}/{NAME}-{people}-{place}.yaml", **(lines | more))

    return write


@pytest.fixture
def combine(run: Run) -> Run:
    def invoke(*words: str) -> Any:
        return run("answers", "combine", "-r", "small.yaml", *words)

    return invoke


def test_the_responses_of_each_group_of_people_become_one_file(responses: Any, combine: Run, here: Path) -> None:
    responses("yes", "yes", "no", "no", "no")
    responses("yes", people="staff")
    result = combine("in", "-o", "out/")
    assert result.exit_code == 0
    assert sorted(path.name for path in (here / "out").iterdir()) == ["spring-members.yaml", "spring-staff.yaml"]
    text = (here / "out/spring-members.yaml").read_text(encoding="utf-8")
    for words in ("members: 5", "files: 5", 'date: "2024-02-24"', '"yes": 2', '"no": 3', "text: minutes 4"):
        assert words in text
    for gone in (NAME, "minutes 0", "2024-02-20", "note"):
        assert gone not in text
    assert "out/spring-members.yaml: 5 responses put together, of Members." in result.stderr
    assert "Notes were left out" in result.stderr
    assert "Evidence for another answer" in result.stderr


def test_put_together_they_come_to_what_they_came_to_before(
    responses: Any, combine: Run, assess: Run, here: Path
) -> None:
    responses("yes", "no", "partly", "yes", "no")
    responses("no", "no", people="staff")
    assert combine("in", "-o", "out/", "--notes").exit_code == 0
    before, after = (json.loads(assess(folder, "--format", "record").stdout) for folder in ("in", "out"))
    for part in ("subject", "date", "stage", "readings", "gates", "counts", "disagreements", "spread", "next_steps"):
        assert after[part] == before[part]
    beside = ("from", "notes", "reasons", "evidence")
    items = [
        [{key: item[key] for key in item if key not in beside} for item in one["items"]] for one in (before, after)
    ]
    assert items[0] == items[1]


def test_reasons_are_kept_without_whose_they_are_and_notes_where_they_are_wanted(
    responses: Any, combine: Run, here: Path
) -> None:
    responses("not-applicable", "not-applicable")
    assert combine("in", "-o", "out/", "--notes").exit_code == 0
    text = (here / "out/spring-members.yaml").read_text(encoding="utf-8")
    assert r'reason: "because 0\nbecause 1"' in text
    assert rf'note: "{NAME} 0\n{NAME} 1"' in text
    assert "tally" not in text


def test_of_few_responses_nothing_is_counted_and_it_is_said(responses: Any, combine: Run, here: Path) -> None:
    responses("yes", "yes", "no", "no")
    result = combine("in", "-o", "out/")
    assert "Of fewer than 5 responses it is not said how many gave which answer" in result.stderr
    assert "tally" not in (here / "out/spring-members.yaml").read_text(encoding="utf-8")


def test_a_response_that_is_left_over_is_named(responses: Any, combine: Run, here: Path) -> None:
    responses("yes", "yes", "no")
    result = combine(f"in/{NAME}-members-0.yaml", f"in/{NAME}-members-1.yaml", "-o", "out/")
    assert result.exit_code == 2
    assert f"{NAME}-members-2.yaml: it is of the same audit and the same people" in result.stderr
    assert not (here / "out").exists()
    responses("no", people="staff")
    assert combine(*(f"in/{NAME}-members-{place}.yaml" for place in range(3)), "-o", "out/").exit_code == 0
    responses("yes", folder="late", respondents={"members": 6})
    assert "it is of the same audit" in combine("late", "-o", "out/").stderr


@pytest.mark.parametrize("target", ["in", "in/out/", "."])
def test_the_result_does_not_lie_beside_what_it_is_made_of(
    target: str, responses: Any, combine: Run, here: Path
) -> None:
    responses("yes", "no")
    before = sorted(here.rglob("*"))
    assert combine("in", "-o", target).exit_code == 2
    assert sorted(here.rglob("*")) == before


def test_what_is_put_together_already_is_added_up(responses: Any, combine: Run, here: Path) -> None:
    responses("yes", "yes", "yes", "no", "no", folder="one")
    responses("no", "no", "no", "partly", "partly", folder="two")
    assert combine("one", "-o", "both/a/").exit_code == 0
    assert combine("two", "-o", "both/b/").exit_code == 0
    assert combine("both", "-o", "out/").exit_code == 0
    text = (here / "out/spring-members.yaml").read_text(encoding="utf-8")
    for words in ("files: 10", "members: 10", '"yes": 3', "partly: 2", '"no": 5'):
        assert words in text


def test_what_cannot_be_added_up_is_refused(responses: Any, combine: Run, here: Path) -> None:
    responses("yes", "no", folder="few")
    responses("no", folder="both/more")
    assert combine("few", "-o", "both/few/").exit_code == 0
    result = combine("both", "-o", "out/")
    assert result.exit_code == 2
    assert "does not say how many gave which answer" in result.stderr


def test_what_would_change_an_answer_is_refused(view: WriteView, run: Run, here: Path) -> None:
    """Carers alone and carers with staff have one rank, in which each view counts as much as another."""
    for place, (people, answer) in enumerate([(["carers"], "yes")] * 3 + [(["carers", "staff"], "no")] * 2):
        rubric = "service-user-leadership-spectrum@1.1.0"
        answers = {"governance-led": {"answer": answer, "note": f"{place}"}}
        view(f"in/{place}.yaml", rubric=rubric, respondents=dict.fromkeys(people, 1), answers=answers)
    for words in (("answers", "combine", "in", "-o", "out/"), ("assess", "in", "--publish", "-o", "x.audit.json")):
        result = run(*words)
        assert result.exit_code == 2
        assert "would come to another answer to `governance-led`" in result.stderr
    assert run("answers", "combine", "in", "-o", "out/").stderr.startswith("spring: "), "which of many audits it is"


def test_several_audits_are_each_by_themselves(responses: Any, combine: Run, here: Path) -> None:
    responses("yes", "no")
    responses("no", "no", folder="in/autumn", audit="autumn")
    assert combine("in", "-o", "out/").exit_code == 0
    assert sorted(path.name for path in (here / "out").iterdir()) == ["autumn-members.yaml", "spring-members.yaml"]


def test_files_that_do_not_say_which_audit_they_are_of_are_refused(responses: Any, combine: Run, here: Path) -> None:
    responses("yes", "no")
    for path in (here / "in").iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace('audit: "spring"\n', ""), encoding="utf-8")
    result = combine("in", "-o", "out/")
    assert result.exit_code == 2
    assert "it does not say which audit it belongs to" in result.stderr
    slip = combine("in", "no-file.yaml", "-o", "out/")
    assert "no-file.yaml: there is no such file" in slip.stderr


def test_every_part_of_a_view_has_its_place(view: WriteView, combine: Run, here: Path) -> None:
    action = {"item": "board", "what": "meet", "owner": "chair", "due": "2024-05-01", "done": "false"}
    for place, method in enumerate(["phone", "phone"]):
        lines = {"method": method, "actions": [action], "retired": {"old": "yes"}, "response": f"{place}" * 8}
        answers = {"board": {"answer": "yes", "last_time": "changed"}}
        view(f"in/{place}.yaml", **lines, saved="2024-02-29T10:00:00Z", answers=answers)
    result = combine("in", "-o", "out/")
    assert result.exit_code == 0
    text = (here / "out/spring-members.yaml").read_text(encoding="utf-8")
    assert "method: phone" in text
    assert text.count("what: meet") == 1
    for gone in ("retired", "last_time", "response", "saved"):
        assert gone not in text
    assert "`retired` was left out" in result.stderr


def test_a_view_beside_one_that_is_put_together_is_told(responses: Any, combine: Run, assess: Run, here: Path) -> None:
    responses("yes", "yes", "no", "no", "no")
    assert combine("in", "-o", "out/").exit_code == 0
    responses("yes", folder="out", respondents={"members": 6})
    told = assess("out", "--format", "text").stdout
    assert "counts as much as all the responses in that together" in " ".join(told.split())
    refused = assess("out", "--publish", "--format", "record")
    assert refused.exit_code == 2
    assert "involve-audit answers combine" in refused.stderr


def test_what_was_put_together_before_may_hold_the_others_already(
    responses: Any, combine: Run, assess: Run, here: Path
) -> None:
    responses("yes", "yes", "no", "no", "no")
    combine("in", "-o", "out/")
    responses("yes", folder="later")
    result = combine("out", "later", "-o", "all/")
    assert result.exit_code == 0, result.stderr
    assert "spring-members.yaml was put together before" in result.stderr
    assert "counts as much" not in result.stderr
    (here / "out/again.yaml").write_text((here / "out/spring-members.yaml").read_text("utf-8") + "\n", "utf-8")
    told = assess("out", "--format", "text").stdout
    assert "counts as much as all the responses in that together" in " ".join(told.split()), "the same twice"


def test_of_several_versions_the_earliest_stays_so_that_a_report_says_how_old_answers_are(
    view: WriteView, run: Run
) -> None:
    for place, version in enumerate(("1.0.1", "1.0.0", "1.0.1")):
        answers = {"governance-led": {"answer": "yes", "note": f"{place}"}}
        rubric = f"service-user-leadership-spectrum@{version}"
        view(f"in/{place}.yaml", rubric=rubric, respondents={"staff": 1}, answers=answers)
    assert run("answers", "combine", "in", "-o", "out/").exit_code == 0
    told = " ".join(run("assess", "out", "--format", "text").stdout.split())
    assert "written for version 1.0.0 of the rubric and read with version 1.1.0" in told
