"""One audit of many: the same as by itself, each rubric read once, every problem kept with its audit."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from involve_audit.errors import InputError, Problem
from involve_audit.loading.answers_files import Group, gather
from involve_audit.loading.audit import load_audit
from involve_audit.loading.rubrics import load_group, rubrics_for

Problems = Callable[..., tuple[Problem, ...]]
Text = Callable[..., str]
RUBRIC = "rubrics/small.yaml"
SHIPPED = "service-user-leadership-spectrum@1.0.0"


@pytest.fixture
def views(here: Path, answers: Text) -> Path:
    """A folder with two views of one audit that lie apart."""
    for name, lines in {"b/a.yaml": {"respondents": "{staff: 2}"}, "a/b/z.yaml": {"date": "2026-11-23"}}.items():
        path = here / "views" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(answers(audit="one", **lines), encoding="utf-8")
    return here / "views"


def test_an_audit_of_many_is_the_audit_by_itself(views: Path, today: date) -> None:
    (group,) = gather(["views"]).groups()
    loaded = load_group(group, rubrics_for((), RUBRIC), today)
    assert loaded.audit == load_audit(list(group.files), today, RUBRIC)
    assert [(view.file, tree.file) for view, tree in zip(loaded.audit.views, loaded.trees, strict=True)] == [
        ("a/b/z.yaml", "views/a/b/z.yaml"),
        ("b/a.yaml", "views/b/a.yaml"),
    ]


def test_the_rubrics_of_a_run_go_to_a_worker_as_they_are(today: date, root: Path) -> None:
    rubrics = rubrics_for({SHIPPED}, None)
    group = Group("riverside-2026-11", (str(root / "examples/riverside/staff.yaml"),))
    assert (
        load_group(group, pickle.loads(pickle.dumps(rubrics)), today).audit == load_group(group, rubrics, today).audit
    )
    assert rubrics.by_id.keys() == {"service-user-leadership-spectrum"}


def test_a_rubric_that_only_a_file_names_is_a_problem_of_this_file(
    here: Path, answers: Text, today: date, problems_of: Problems
) -> None:
    (here / "a.yaml").write_text(answers(rubric="nowhere@1"), encoding="utf-8")
    rubrics = rubrics_for({"nowhere@1", SHIPPED, ""}, None)
    (problem,) = problems_of(load_group, Group("a", ("a.yaml",), named=False), rubrics, today)
    assert (problem.where, problem.what) == ("a.yaml:2:9", "there is no rubric `nowhere`")


def test_a_rubric_for_all_has_to_be_there() -> None:
    with pytest.raises(InputError, match=r"no-such\.yaml: there is no such file"):
        rubrics_for((), "no-such.yaml")


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ({}, {"subject": "{name: Elsewhere}"}, "views of one audit have different subjects"),
        ({}, {"rubric": "other@1"}, "these views are for different rubrics"),
    ],
)
def test_views_that_do_not_go_together_are_a_problem_that_names_them(
    here: Path, answers: Text, today: date, problems_of: Problems, one: dict[str, str], other: dict[str, str], what: str
) -> None:
    for name, lines in (("a.yaml", one), ("b.yaml", other)):
        text = answers(**{"audit": "one", "rubric": SHIPPED} | lines)
        (here / name).write_text(text, encoding="utf-8")
    (group,) = gather(["a.yaml", "b.yaml"]).groups()
    (problem,) = problems_of(load_group, group, rubrics_for({SHIPPED}, None), today)
    assert problem.what.startswith(what)
    assert "a.yaml" in problem.what
    assert "b.yaml" in problem.what


def test_all_problems_of_all_files_of_an_audit_are_told(
    here: Path, answers: Text, today: date, problems_of: Problems
) -> None:
    (here / "a.yaml").write_text(answers(audit="one", date="never"), encoding="utf-8")
    (here / "b.yaml").write_text("audit: one\n[", encoding="utf-8")
    group = Group("one", ("a.yaml", "b.yaml", "c.yaml"))
    found = problems_of(load_group, group, rubrics_for((), RUBRIC), today)
    assert [problem.path for problem in found] == ["b.yaml", "c.yaml", "a.yaml"]


@pytest.mark.parametrize(("before", "now"), [("one", "two"), ("one", None), (None, "two")])
def test_a_file_whose_audit_changed_meanwhile_is_a_problem(
    here: Path, answers: Text, today: date, problems_of: Problems, before: str | None, now: str | None
) -> None:
    path = here / "a.yaml"
    path.write_text(answers(**{"audit": before} if before else {}), encoding="utf-8")
    (group,) = gather(["a.yaml"]).groups()
    path.write_text(answers(**{"audit": now} if now else {}), encoding="utf-8")
    (problem,) = problems_of(load_group, group, rubrics_for((), RUBRIC), today)
    assert problem.what == "its `audit:` line is not what it was a moment ago"


def test_a_file_whose_rubric_changed_meanwhile_is_a_problem(
    here: Path, answers: Text, today: date, problems_of: Problems
) -> None:
    (here / "a.yaml").write_text(answers(rubric=SHIPPED), encoding="utf-8")
    (problem,) = problems_of(load_group, Group("a", ("a.yaml",), named=False), rubrics_for({"small@1"}, None), today)
    assert (problem.where, problem.what) == ("a.yaml:2:9", "its `rubric:` line is not what it was a moment ago")


def test_a_file_that_is_gone_meanwhile_is_a_problem(today: date, here: Path, problems_of: Problems) -> None:
    (problem,) = problems_of(load_group, Group("a", ("a.yaml",)), rubrics_for((), RUBRIC), today)
    assert problem.where == "a.yaml"
