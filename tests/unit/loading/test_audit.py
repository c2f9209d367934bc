"""The promises of `load_audit`: which files make an audit, and which do not go together."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from involve_audit.errors import Problem
from involve_audit.loading.audit import load_audit

Problems = Callable[..., tuple[Problem, ...]]
Text = Callable[..., str]
RUBRIC = "rubrics/small.yaml"


def write(folder: Path, **texts: str) -> None:
    """Each text into the file of its name."""
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def views(here: Path, answers: Text) -> Path:
    """A folder `views` with two views of one audit."""
    (here / "views").mkdir()
    write(
        here / "views",
        staff=answers(audit="one", respondents="{staff: 2}"),
        members=answers(audit="one", date="2026-11-23", respondents="{members: 3}"),
    )
    return here / "views"


def test_one_file_is_an_audit_named_after_the_file(here: Path, answers: Text, today: date) -> None:
    write(here, riverside=answers())
    audit = load_audit(["riverside.yaml"], today, RUBRIC)
    assert (audit.id, audit.subject.name, audit.date) == ("riverside", "Riverside", date(2026, 11, 22))
    assert [view.file for view in audit.views] == ["riverside.yaml"]
    assert audit.rubric.content.id == "small"


def test_a_folder_is_all_views_in_it(views: Path, today: date) -> None:
    audit = load_audit(["views"], today, RUBRIC)
    assert [view.file for view in audit.views] == ["members.yaml", "staff.yaml"]
    assert (audit.id, audit.date) == ("one", date(2026, 11, 23))


def test_a_file_without_an_audit_line_cannot_join_others(
    views: Path, answers: Text, today: date, problems_of: Problems
) -> None:
    write(views, third=answers())
    (problem,) = problems_of(load_audit, ["views"], today, RUBRIC)
    assert problem.what == (
        "these views are of different audits: views/members.yaml has `one`, views/staff.yaml has `one`, "
        "views/third.yaml has `(none)`"
    )


def test_other_yaml_in_a_folder_is_left_alone_and_named(views: Path, small_rubric: str, today: date) -> None:
    write(views, rubric=small_rubric, broken="a: [", shopping="- tea\n")
    (views / "notes.txt").write_text("format of the day: tea\n", encoding="utf-8")
    (views / "folder.yaml").mkdir()
    audit = load_audit(["views"], today, RUBRIC)
    assert len(audit.views) == 2
    left = [problem.in_short for problem in audit.left_alone]
    assert left == [f"{name}: not read, because it holds no answers" for name in OTHERS]


OTHERS = ("broken.yaml", "notes.txt", "rubric.yaml", "shopping.yaml")


def test_text_that_holds_answers_is_read(views: Path, today: date) -> None:
    (views / "staff.yaml").rename(views / "staff.yaml.txt")
    assert len(load_audit(["views"], today, RUBRIC).views) == 2


def test_folders_inside_a_folder_are_left_alone(views: Path, today: date) -> None:
    assert len(load_audit(["views"], today, RUBRIC).views) == 2
    (views / "deeper").mkdir()
    (views / "staff.yaml").rename(views / "deeper/staff.yaml")
    assert len(load_audit(["views"], today, RUBRIC).views) == 1


def test_a_folder_without_views_is_a_problem(here: Path, today: date, problems_of: Problems) -> None:
    assert problems_of(load_audit, ["rubrics"], today) == (
        Problem(
            "rubrics",
            "there are no answers files in this folder",
            "An answers file ends in .yaml or .txt and has a line `format: involve-audit/answers@1`.",
        ),
        Problem("small.yaml", "not read, because it holds no answers"),
    )


def test_views_of_different_audits_do_not_go_together(
    views: Path, answers: Text, today: date, problems_of: Problems
) -> None:
    write(views, staff=answers(audit="two"))
    (problem,) = problems_of(load_audit, ["views"], today, RUBRIC)
    assert (problem.where, problem.what) == (
        "",
        "these views are of different audits: views/members.yaml has `one`, views/staff.yaml has `two`",
    )


def test_views_of_different_subjects_do_not_go_together(
    views: Path, answers: Text, today: date, problems_of: Problems
) -> None:
    write(views, staff=answers(audit="one", subject="{name: Lakeside}"))
    (problem,) = problems_of(load_audit, ["views"], today, RUBRIC)
    assert problem.what == (
        "views of one audit have different subjects: views/members.yaml has `Riverside`, "
        "views/staff.yaml has `Lakeside`"
    )


def test_views_for_different_rubrics_do_not_go_together(
    views: Path, answers: Text, today: date, problems_of: Problems
) -> None:
    write(views, staff=answers(audit="one", rubric="service-user-leadership-spectrum@1.0.0"))
    (problem,) = problems_of(load_audit, ["views"], today)
    assert problem.what == (
        "these views are for different rubrics: views/members.yaml has `small`, "
        "views/staff.yaml has `service-user-leadership-spectrum`"
    )


def test_problems_of_all_files_are_reported_together_by_file(
    views: Path, answers: Text, today: date, problems_of: Problems
) -> None:
    write(views, staff=answers(audit="one", answers="{survey: pary}"), members=answers(weather="fine"))
    found = problems_of(load_audit, ["views"], today, RUBRIC)
    assert [problem.where for problem in found] == ["views/members.yaml:5:1", "views/staff.yaml:6:19"]


def test_a_file_that_is_no_yaml_does_not_hide_what_is_wrong_in_the_others(
    views: Path, answers: Text, today: date, problems_of: Problems
) -> None:
    write(views, members="format: involve-audit/answers@1\na: [", staff=answers(weather="fine"))
    found = problems_of(load_audit, ["views", "missing.yaml"], today, RUBRIC)
    assert sorted(problem.path for problem in found) == ["missing.yaml", "views/members.yaml", "views/staff.yaml"]


def test_a_file_that_is_given_twice_is_read_once(views: Path, today: date) -> None:
    given = ["views/staff.yaml", "views/../views/staff.yaml", str(views / "staff.yaml"), "views"]
    assert len(load_audit(given, today, RUBRIC).views) == 2


def test_a_link_to_a_file_is_that_file(views: Path, today: date) -> None:
    (views.parent / "link.yaml").symlink_to(views / "staff.yaml")
    assert len(load_audit(["views/staff.yaml", "link.yaml"], today, RUBRIC).views) == 1
    assert len(load_audit(["link.yaml"], today, RUBRIC).views) == 1


def test_a_link_that_leads_nowhere_is_a_missing_file(views: Path, today: date, problems_of: Problems) -> None:
    (views.parent / "link.yaml").symlink_to("nowhere.yaml")
    assert problems_of(load_audit, ["link.yaml"], today)[0].what == "there is no such file"


def test_the_order_of_the_arguments_does_not_matter(views: Path, answers: Text, today: date) -> None:
    write(views.parent, third=answers(audit="one", subject="{name: Riverside, kind: team}"))
    given = ["third.yaml", "views/staff.yaml", "views/members.yaml"]
    (first, *others) = (load_audit(order, today, RUBRIC) for order in permutations(given))
    assert all(other == first for other in others)
    assert [view.file for view in first.views] == ["third.yaml", "views/members.yaml", "views/staff.yaml"]


def test_the_order_does_not_matter_where_one_argument_is_a_link(views: Path, today: date) -> None:
    (views / "a-link.yaml").symlink_to(views / "staff.yaml")
    given = ["views/staff.yaml", "views/a-link.yaml"]
    assert load_audit(given, today, RUBRIC) == load_audit(given[::-1], today, RUBRIC)


def test_the_names_of_the_views_do_not_depend_on_where_one_stands(
    views: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load_audit(["views"], today, RUBRIC)
    monkeypatch.chdir(views)
    after = load_audit(["."], today, f"../{RUBRIC}")
    assert before.views == after.views


def test_a_rubric_at_hand_that_is_not_the_one_named_is_a_problem(
    here: Path, answers: Text, today: date, problems_of: Problems
) -> None:
    write(here, a=answers(rubric="smaller@1.0.0"))
    (problem,) = problems_of(load_audit, ["a.yaml"], today, RUBRIC)
    assert problem.where == "a.yaml:2:9"
    assert problem.what == "these answers are for `smaller@1.0.0`; the rubric at hand is `small@1.0.0`"


@pytest.mark.parametrize("wanted", ["small@1", "small@1.0", "small@1.0.0"])
def test_answers_that_name_the_start_of_a_range_are_read_with_the_rubric_in_it(
    here: Path, answers: Text, today: date, wanted: str
) -> None:
    write(here, a=answers(rubric=wanted))
    assert load_audit(["a.yaml"], today, RUBRIC).rubric.content.version == "1.0.0"


def test_windows_line_ends_and_a_bom_change_nothing_but_the_digest(here: Path, answers: Text, today: date) -> None:
    text = answers(answers="{survey: yes}")
    write(here, a=text)
    (here / "b.yaml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    ((plain,), (windows,)) = (load_audit([name], today, RUBRIC).views for name in ("a.yaml", "b.yaml"))
    assert plain.content == windows.content
    assert plain.sha256 != windows.sha256


def test_a_day_ahead_is_not_the_future_since_it_may_be_tomorrow_elsewhere(
    here: Path, answers: Text, today: date, problems_of: Problems
) -> None:
    write(here, a=answers(date="2026-11-24"), b=answers(date="2026-11-25"))
    assert load_audit(["a.yaml"], today, RUBRIC).date == date(2026, 11, 24)
    assert problems_of(load_audit, ["b.yaml"], today, RUBRIC)[0].what == "`2026-11-25` is in the future"


def test_a_pipe_among_the_files_is_refused_and_not_waited_for(here: Path, today: date, problems_of: Problems) -> None:
    os.mkfifo(here / "pipe.yaml")
    assert problems_of(load_audit, ["pipe.yaml"], today)[0].what == "this is not a file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_one_may_not_read_is_a_problem(views: Path, today: date, problems_of: Problems) -> None:
    views.chmod(0)
    try:
        assert problems_of(load_audit, ["views"], today)[0].what.startswith("this folder cannot be read")
    finally:
        views.chmod(0o700)


@pytest.mark.parametrize("name", ["loop.yaml", "x" * 300, "a\0b"])
def test_an_impossible_name_is_a_problem_and_no_fault(
    here: Path, today: date, problems_of: Problems, name: str
) -> None:
    (here / "loop.yaml").symlink_to("loop.yaml")
    assert problems_of(load_audit, [name], today)


@pytest.mark.parametrize("rubric", [None, RUBRIC])
def test_no_files_at_all_is_a_problem_that_says_so(
    here: Path, today: date, problems_of: Problems, rubric: str | None
) -> None:
    assert problems_of(load_audit, [], today, rubric)


@pytest.mark.parametrize("named", ["my-own", "rubrics/secret.yaml", "/etc/hostname", "../rubrics/secret.yaml"])
def test_an_answers_file_cannot_make_the_program_read_another_file(
    here: Path, answers: Text, today: date, problems_of: Problems, small_rubric: str, named: str
) -> None:
    (here / "my-own").write_text(small_rubric.replace("id: small", "id: my-own"), encoding="utf-8")
    (here / "rubrics/secret.yaml").write_text("secret: [", encoding="utf-8")
    write(here, a=answers(rubric=f"{named}@1.0.0"))
    (problem,) = problems_of(load_audit, ["a.yaml"], today)
    assert problem.what in (f"there is no rubric `{named}`", f"`{named}@1.0.0` is not possible for `rubric`")
