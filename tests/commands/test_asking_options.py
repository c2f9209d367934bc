"""The options of asking: where they go, which questions they choose, and which file a session is on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from involve_audit import clock, inputs
from involve_audit.asking.choosing import (
    Elsewhere,
    Way,
    Ways,
    are_the_same_here,
    begun_beside,
    questions_left,
    rubric_to_ask,
    views_beside_draft,
)
from involve_audit.asking.draft import Draft, Filled
from involve_audit.asking.keeping import Keeping, add_audit
from involve_audit.asking.session import command_to_go_on, in_words, items_to_ask, require_place
from involve_audit.asking.wanted import Asking
from involve_audit.cli.assess import require_views
from involve_audit.errors import InputError, OutputError, Stopped, UsageError
from involve_audit.loading.audit import load_audit, views_beside, views_in
from involve_audit.loading.rubric import load_rubric
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import Action, View
from involve_audit.render.titles import Titles

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


def way_of(*typed: str, **wanted: Any) -> tuple[Way, str]:
    """The view that a session would be on, and what was said about it."""
    inputs.begin()
    talk: Any = FakeTalk(typed)
    way = Ways(talk, Asking(rubric="small.yaml", **wanted), clock.today()).to_begin()
    assert talk.typed == []
    return way, "\n".join(talk.said)


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


# Which file, and which audit

NEW = Way()


def test_a_file_to_resume_is_taken_without_a_question(here: Path) -> None:
    assert way_of(resume="a.yaml") == (Way(Path("a.yaml")), "")


def test_a_new_file_needs_no_question(here: Path) -> None:
    assert way_of() == (NEW, "")
    assert way_of(save="a.yaml") == (Way(Path("a.yaml")), "")


def test_a_view_that_is_there_is_offered_with_its_subject_day_and_people(view: WriteView) -> None:
    view("a.yaml", answers={"survey": "yes"})
    for wanted in ({}, {"save": "a.yaml"}):
        way, said = way_of("", "yes", "1", **wanted)
        assert way == Way(Path("a.yaml"))
        assert (
            said.count("a.yaml: Riverside, 29 February 2024. Here were: Members: 2. 4 questions are open in it.") == 3
        )


def test_another_groups_view_joins_it_and_a_new_audit_leaves_it_alone(view: WriteView) -> None:
    view("a.yaml", answers={"survey": "yes"})
    assert way_of("2")[0] == Way(joins=Path("a.yaml"))
    assert way_of("2", save="a.yaml")[0] == Way(Path("a-2.yaml"), Path("a.yaml"))
    assert way_of("3")[0] == NEW
    assert way_of("3", save="a.yaml")[0] == Way(Path("a-2.yaml"))


def test_the_newest_view_with_open_questions_is_the_one_offered(view: WriteView, here: Path) -> None:
    for place, name in enumerate(["a.yaml", "c.yaml", "b.yaml"]):
        os.utime(view(name, answers=ALL if name == "b.yaml" else {}), (place, place))
    (here / "broken.yaml").write_text("format: involve-audit/answers@1\n  - [")
    assert [found.path.name for found in views_in(Path(), clock.today())] == ["b.yaml", "c.yaml", "a.yaml"]
    assert way_of("1")[0] == Way(Path("c.yaml"))


def test_a_view_with_all_answers_can_be_joined_and_changed_and_is_not_written_over(view: WriteView) -> None:
    view("a.yaml", answers=ALL)
    way, said = way_of("2")
    assert way == Way(joins=Path("a.yaml"))
    assert "0 questions are open in it." in said
    assert way_of("3", save="a.yaml")[0] == Way(Path("a-2.yaml"))


def test_a_file_that_is_no_view_is_not_written_over(here: Path) -> None:
    (here / "a.yaml").write_text("shopping: milk\n")
    with pytest.raises(InputError):
        way_of(save="a.yaml")


@pytest.mark.parametrize("typed", [(), ("q",)])
def test_leaving_at_the_offer_ends_quietly(typed: tuple[str, ...], view: WriteView) -> None:
    view("a.yaml", answers={})
    with pytest.raises(Stopped):
        way_of(*typed)


def test_a_name_that_no_file_can_have_is_told(here: Path) -> None:
    with pytest.raises(OutputError, match="this file cannot be written: File name too long"):
        require_place(Asking(save="x" * 300 + ".yaml"))


@pytest.mark.parametrize("option", ["save", "resume"])
def test_a_folder_is_no_file_to_keep_answers_in(option: str, view: WriteView) -> None:
    folder = view("folder/a.yaml", answers={}).parent
    with pytest.raises(OutputError, match="this is a folder"):
        require_place(Asking(**{option: str(folder)}))


def test_a_view_for_another_rubric_is_not_offered(view: WriteView) -> None:
    view("a.yaml", rubric="another@1.0.0", answers={})
    view("b.yaml", rubric="small@2.0.0", answers={})
    assert way_of() == (NEW, "")


def test_the_audit_shown_as_last_times_is_not_offered(view: WriteView) -> None:
    view("a.yaml", answers={})
    view("b.yaml", answers={})
    view("c.yaml", audit="autumn", answers={})
    assert way_of("1", last="a.yaml")[0] == Way(Path("c.yaml"))


class Named:
    """The subject of a new audit is named in a folder that has views."""

    def __init__(self, rubric: Rubric, subject: str, *typed: str, begin: Iterable[str] = ()) -> None:
        inputs.begin()
        talk: Any = FakeTalk([*begin, *typed])
        ways = Ways(talk, Asking(rubric="small.yaml"), clock.today())
        if begin:
            assert ways.to_begin() == NEW
        self.way: Way | None = None
        try:
            ways.of_subject(rubric, subject, NEW)
        except Elsewhere as elsewhere:
            self.way = elsewhere.way
        self.left, self.said = talk.typed, "\n".join(talk.said)


@pytest.mark.parametrize("subject", ["Riverside", "  RIVERSIDE ", "Riverside\u200b"])
def test_a_subject_of_another_view_of_any_month_is_offered_to_be_joined(
    subject: str, small: Rubric, view: WriteView
) -> None:
    view("a.yaml", answers=ALL)
    assert Named(small, subject, "2").way == Way(joins=Path("a.yaml"))
    assert Named(small, subject, "1").way == Way(Path("a.yaml"))
    assert Named(small, subject, "3").way is None


def test_of_several_audits_each_can_be_joined_and_the_newest_comes_first(small: Rubric, view: WriteView) -> None:
    view("old.yaml", audit="then", date="2025-03-01", answers={})
    view("new.yaml", audit="now", date="2026-11-20", answers=ALL)
    way, said = way_of("1", "2")
    assert way == Way(joins=Path("new.yaml"))
    assert said.index("(new.yaml)") < said.index("(old.yaml)")
    assert way_of("2", "1")[0] == Way(Path("old.yaml"))
    assert (
        way_of(
            "none of",
        )[0]
        == NEW
    )
    assert Named(small, "Riverside", "1", "another group", begin=()).way == Way(joins=Path("new.yaml"))


def test_what_is_no_way_is_told_what_can_be_typed(view: WriteView) -> None:
    view("a.yaml", answers={})
    way, said = way_of("no idea", "go on")
    assert (way, "Type one of the numbers 1, 2 or 3" in said) == (Way(Path("a.yaml")), True)


def test_another_subject_joins_nothing(small: Rubric, view: WriteView) -> None:
    view("a.yaml", answers=ALL)
    assert Named(small, "Riverbank").said == ""


def test_whoever_wants_a_new_audit_is_asked_once(small: Rubric, view: WriteView) -> None:
    view("a.yaml", answers=ALL)
    view("b.yaml", answers=ALL)
    named = Named(small, "Riverside", begin=["3"])
    assert (named.way, named.left) == (None, [])


# Who is here, and what is left to ask

LEAP_DAY = date(2024, 2, 29)


def read(path: Path) -> View:
    return load_audit([str(path)], clock.today(), "small.yaml").views[0].content


def test_on_the_day_itself_nobody_is_asked_who_is_here(small: Rubric, view: WriteView) -> None:
    there = read(view(answers={"survey": "yes"}))
    silent: Any = FakeTalk([])
    assert are_the_same_here(silent, small, there, LEAP_DAY)
    assert are_the_same_here(silent, small, read(view(answers={})), clock.today())
    for typed, same in (("1", True), ("2", False)):
        talk: Any = FakeTalk([typed])
        assert are_the_same_here(talk, small, there, clock.today()) is same
        assert "These answers are of 29 February 2024. Here were: Members: 2." in "\n".join(talk.said)


def test_a_view_beside_one_of_an_audit_leaves_its_file_byte_for_byte(small: Rubric, view: WriteView) -> None:
    path = view(answers={"survey": "yes"})
    before = path.read_bytes()
    talk: Any = FakeTalk([])
    draft = begun_beside(talk, small, path, read(path))
    assert (draft.audit, draft.subject, draft.date, draft.respondents) == ("spring", "Riverside", None, {})
    assert path.read_bytes() == before


def test_a_view_beside_one_that_is_an_audit_of_its_own_gives_it_a_line_and_says_so(
    small: Rubric, view: WriteView
) -> None:
    path = view(answers={"survey": "yes"})
    text = path.read_text().replace('audit: "spring"\n', "")
    path.write_text(text)
    talk: Any = FakeTalk([])
    draft = begun_beside(talk, small, path, read(path))
    assert draft.audit == read(path).audit == "riverside-2024-02-29"
    assert set(text.splitlines()) < set(path.read_text().splitlines())
    assert "`audit: riverside-2024-02-29` was added to" in "\n".join(talk.said)


def test_an_audit_that_gets_a_line_is_none_of_the_folders_others(view: WriteView, here: Path) -> None:
    path = view(answers={})
    path.write_text(path.read_text().replace('audit: "spring"\n', ""))
    view("b.yaml", audit="riverside-2024-02-29")
    assert add_audit(path, read(path)) == "riverside-2024-02-29-2"


@pytest.mark.parametrize(
    ("typed", "items"),
    [("1", ["survey", "ignored", "token"]), ("2", ["survey", "agenda", "board", "ignored", "token"])],
)
def test_what_is_open_in_the_audit_can_be_asked_alone_and_what_was_answered_here_stays(
    typed: str, items: list[str], small: Rubric, view: WriteView
) -> None:
    other = read(view("b.yaml", answers={"survey": "no", "agenda": "unknown", "board": "no", "token": {"note": "N."}}))
    draft = Draft("small@1.0.0", audit="spring", answers={"survey": Filled("yes")})
    talk: Any = FakeTalk([typed])
    assert [item.id for item in questions_left(talk, list(small.items), draft, [other])] == items
    assert "(2)" in talk.said[0]
    assert "(4)" in talk.said[0]


def test_where_nothing_or_all_is_left_nothing_has_to_be_chosen(small: Rubric, view: WriteView) -> None:
    silent: Any = FakeTalk([])
    for answers in (ALL, {}):
        other = read(view("b.yaml", answers=answers))
        assert len(questions_left(silent, list(small.items), Draft("small@1.0.0"), [other])) == 5


def test_the_other_views_of_an_audit_are_those_of_its_folder(view: WriteView, here: Path) -> None:
    for name, audit in (("a.yaml", "spring"), ("b.yaml", "spring"), ("c.yaml", "autumn")):
        view(name, audit=audit, answers={})
    draft = Draft("small@1.0.0", audit="spring")
    assert len(views_beside_draft(draft, Way(Path("a.yaml")), clock.today())) == 1
    assert len(views_beside_draft(draft, Way(here / "a.yaml"), clock.today())) == 1
    assert len(views_beside_draft(draft, Way(Path("new.yaml"), Path("a.yaml")), clock.today())) == 2


def test_a_folder_that_cannot_be_written_is_found_before_anything_is_asked(here: Path) -> None:
    with pytest.raises(OutputError, match="its folder does not exist"):
        require_place(Asking(save="none/a.yaml"))


# The rubric


def test_each_rubric_to_choose_has_a_short_line_of_its_summary(here: Path) -> None:
    long = "Word " * 100
    text = (here / "small.yaml").read_text()
    assert "\nsummary: " in text
    (here / "rubrics").mkdir()
    for name, summary in (("first", "Is it so? And more."), ("second", long)):
        lines = [f"summary: {summary}" if line.startswith("summary:") else line for line in text.splitlines()]
        (here / f"rubrics/{name}.yaml").write_text("\n".join(lines).replace("\nid: small", f"\nid: {name}", 1))
    talk: Any = FakeTalk(["1"])
    rubric_to_ask(talk, Asking())
    assert "    Is it so?" in talk.said
    assert max(len(line) for line in talk.said if line.startswith("    Word ")) <= 4 + 160


# What is not kept


def test_of_much_that_is_not_saved_some_is_named_and_the_rest_counted(small: Rubric, here: Path) -> None:
    draft = Draft("small@1.0.0", "Riverside", date=LEAP_DAY, audit="spring", respondents={"members": 2})
    keeping = Keeping(None, lambda _told: None, lambda _path: None)
    keeping.save(draft)
    assert keeping.not_kept(draft) == []
    for item in small.items:
        draft.item(item.id).answer = "no"
    draft.actions.append(Action(what="Do it"))
    assert keeping.not_kept(draft) == [*(item.id for item in small.items), "actions"]
    told = in_words(Titles(small), keeping.not_kept(draft))
    assert told.startswith("question 1 (")
    assert told.endswith(") and 1 more")
    assert in_words(Titles(small), ["actions"]) == "what was agreed"


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
