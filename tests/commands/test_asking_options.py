"""The options of asking: where they go, which questions they choose, and which file a session is on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from involve_audit import clock, inputs
from involve_audit.asking.draft import Draft, Filled
from involve_audit.asking.session import command_to_go_on, file_to_go_on_with, items_to_ask
from involve_audit.asking.wanted import Asking
from involve_audit.cli.assess import require_views
from involve_audit.errors import InputError, OutputError, Stopped, UsageError
from involve_audit.loading.audit import open_views, views_beside
from involve_audit.loading.rubric import load_rubric
from involve_audit.model.rubric import Rubric

Run = Callable[..., Any]
WriteView = Callable[..., Path]
OPTIONS = {
    "--save": ["--save", "a.yaml"],
    "--resume": ["--resume", "a.yaml"],
    "--from": ["--from", "a.yaml"],
    "--theme": ["--theme", "voice", "--theme", "other"],
    "--stage": ["--stage", "high"],
    "--only-unanswered": ["--only-unanswered"],
}
ALL = {"survey": "yes", "agenda": "yes", "board": "yes", "ignored": "no", "token": "no"}


class FakeTalk:
    """Somebody who is offered a file."""

    def __init__(self, typed: Iterable[str]) -> None:
        self.typed = list(typed)
        self.said: list[str] = []

    def say(self, text: str = "", *, strong: bool = False) -> None:
        self.said.append(text)

    def line(self, prompt: str) -> str:
        self.said.append(prompt)
        if not self.typed:
            raise EOFError
        return self.typed.pop(0)


def file_of(*typed: str, **wanted: Any) -> tuple[Path | None, str]:
    """The file that a session would be on, and what was said about it."""
    inputs.begin()
    talk: Any = FakeTalk(typed)
    path = file_to_go_on_with(talk, Asking(rubric="small.yaml", **wanted), clock.today())
    assert talk.typed == []
    return path, "\n".join(talk.said)


@pytest.fixture
def small(here: Path) -> Rubric:
    return load_rubric("small.yaml").content


def asked(rubric: Rubric, draft: Draft | None = None, **wanted: Any) -> list[str]:
    return [item.id for item in items_to_ask(rubric, draft or Draft("small@1.0.0"), Asking(**wanted))]


# Where nobody can be asked


@pytest.mark.parametrize("name", OPTIONS)
def test_asking_without_a_terminal_is_refused_with_where_to_start_it(name: str, assess: Run, here: Path) -> None:
    result = assess(*OPTIONS[name])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "no answers files were named" in result.stderr
    assert "Questions can be asked only on a terminal." in result.stderr
    assert not (here / "a.yaml").exists()


def test_without_any_option_the_hint_is_to_name_files(assess: Run) -> None:
    result = assess()
    assert result.exit_code == 2
    assert "involve-audit assess FOLDER" in result.stderr


def test_answers_that_come_through_a_pipe_are_not_taken(process: Run, here: Path) -> None:
    result = process("assess", "-r", "small.yaml", input="Riverside\n\n2\n0\nyes\n")
    assert result.returncode == 2
    assert result.stdout == ""
    assert "no answers files were named" in result.stderr
    assert [path.name for path in here.iterdir()] == ["small.yaml"]


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_of_asking_beside_files_is_refused(name: str, assess: Run, view: WriteView) -> None:
    result = assess(view(), *OPTIONS[name])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert name in result.stderr


def test_the_options_of_asking_are_named_in_their_order() -> None:
    assert Asking(rubric="r", plain=True).of_questions() == []
    every = Asking("r", "s", "f", "l", ("t",), ("g",), True, True)
    assert every.of_questions() == list(OPTIONS)


def test_files_alone_are_what_is_assessed() -> None:
    assert require_views(["a", "b"], []) == ["a", "b"]
    for nothing in (None, []):
        with pytest.raises(UsageError):
            require_views(nothing, [])


# Which questions


def test_without_a_choice_every_question_is_asked_in_the_rubrics_order(small: Rubric) -> None:
    assert asked(small) == ["survey", "agenda", "board", "ignored", "token"]


@pytest.mark.parametrize(
    ("wanted", "items"),
    [
        ({"themes": ("voice",)}, ["survey", "agenda", "board", "ignored"]),
        ({"stages": ("high",)}, ["agenda", "board"]),
        ({"stages": ("high", "low")}, ["survey", "agenda", "board", "ignored"]),
        ({"themes": ("voice",), "stages": ("low",)}, ["survey", "ignored"]),
        ({"only_unanswered": True}, ["board", "ignored", "token"]),
        ({"only_unanswered": True, "stages": ("high",)}, ["board"]),
    ],
)
def test_themes_stages_and_open_questions_can_be_chosen(
    wanted: dict[str, Any], items: list[str], small: Rubric
) -> None:
    answers = {"survey": Filled("yes"), "agenda": Filled("unknown"), "board": Filled(note="N.")}
    assert asked(small, Draft("small@1.0.0", answers=answers), **wanted) == items


def test_an_unknown_theme_or_stage_is_refused_with_the_nearest_each(small: Rubric) -> None:
    with pytest.raises(UsageError) as caught:
        asked(small, themes=("voise", "voice"), stages=("hihg",))
    assert str(caught.value) == (
        "`voise` is not a theme of this rubric\n    Did you mean `voice`?\n"
        "`hihg` is not a stage of this rubric\n    Did you mean `high`?"
    )


def test_the_command_to_go_on_asks_the_same_questions_again() -> None:
    wanted = Asking("my rubric.yaml", "a.yaml", None, "last.yaml", ("voice", "x"), ("high",), True, True)
    words = command_to_go_on(wanted, Path("a file.yaml"))
    assert words == (
        "involve-audit assess --resume 'a file.yaml' --rubric 'my rubric.yaml' --from last.yaml "
        "--theme voice --theme x --stage high --plain"
    )
    assert command_to_go_on(Asking(), Path("a.yaml")) == "involve-audit assess --resume a.yaml"


# Which file


def test_a_file_to_resume_is_taken_without_a_question(here: Path) -> None:
    assert file_of(resume="a.yaml") == (Path("a.yaml"), "")


def test_a_new_file_needs_no_question(here: Path) -> None:
    assert file_of() == (None, "")
    assert file_of(save="a.yaml") == (Path("a.yaml"), "")


def test_a_file_with_open_questions_is_offered(view: WriteView) -> None:
    view("a.yaml", answers={"survey": "yes"})
    for wanted in ({}, {"save": "a.yaml"}):
        path, said = file_of("", "yes", "1", **wanted)
        assert path == Path("a.yaml")
        assert said.count("a.yaml has 4 open questions") == 3


def test_a_file_that_is_not_wanted_is_left_alone(view: WriteView) -> None:
    view("a.yaml", answers={"survey": "yes"})
    assert file_of("2")[0] is None
    assert file_of("2", save="a.yaml")[0] == Path("a-2.yaml")


def test_the_newest_file_with_open_questions_is_the_one_offered(view: WriteView, here: Path) -> None:
    for place, name in enumerate(["a.yaml", "c.yaml", "b.yaml"]):
        os.utime(view(name, answers=ALL if name == "b.yaml" else {}), (place, place))
    (here / "broken.yaml").write_text("format: involve-audit/answers@1\n  - [")
    assert [path.name for path, _ in open_views(Path(), clock.today())] == ["b.yaml", "c.yaml", "a.yaml"]
    assert file_of("1")[0] == Path("c.yaml")


def test_a_file_with_all_answers_is_not_offered_and_not_written_over(view: WriteView) -> None:
    view("a.yaml", answers=ALL)
    assert file_of() == (None, "")
    with pytest.raises(UsageError, match="already holds all the answers"):
        file_of(save="a.yaml")


def test_a_file_that_is_no_view_is_not_written_over(here: Path) -> None:
    (here / "a.yaml").write_text("shopping: milk\n")
    with pytest.raises(InputError):
        file_of(save="a.yaml")


def test_leaving_at_the_offer_ends_quietly(view: WriteView) -> None:
    view("a.yaml", answers={})
    with pytest.raises(Stopped):
        file_of()


def test_a_name_that_no_file_can_have_is_told(here: Path) -> None:
    with pytest.raises(OutputError, match="this file cannot be written: File name too long"):
        file_of(save="x" * 300 + ".yaml")


@pytest.mark.parametrize("option", ["save", "resume"])
def test_a_folder_is_no_file_to_keep_answers_in(option: str, view: WriteView) -> None:
    folder = view("folder/a.yaml", answers={}).parent
    with pytest.raises(OutputError, match="this is a folder"):
        file_of(**{option: str(folder)})


def test_a_file_for_another_rubric_is_not_offered(view: WriteView) -> None:
    view("a.yaml", rubric="another@1.0.0", answers={})
    view("b.yaml", rubric="small@2.0.0", answers={})
    assert file_of() == (None, "")


# The views that a session ends with


def test_other_views_of_the_same_audit_are_assessed_together(view: WriteView, here: Path) -> None:
    for name, audit in (("b.yaml", "spring"), ("a.yaml", "spring"), ("c.yaml", "autumn")):
        view(name, audit=audit)
    assert views_beside(Path("b.yaml")) == ["a.yaml", "b.yaml"]


def test_a_view_of_no_audit_is_assessed_alone(view: WriteView, here: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        text = view(name).read_text()
        (here / name).write_text(text.replace('audit: "spring"\n', ""))
    assert views_beside(Path("a.yaml")) == ["a.yaml"]


@pytest.mark.parametrize("name", ["answers.txt", "answers", "folder/answers.json"])
def test_a_view_is_assessed_whatever_its_file_is_called(name: str, view: WriteView, here: Path) -> None:
    path = view(name)
    assert views_beside(path) == [str(path)]
