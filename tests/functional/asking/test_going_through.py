"""Going through the questions: forward, back, skipping, and coming to the end."""

from __future__ import annotations

from pathlib import Path

from tests.functional.asking.conftest import Saved, Start
from tests.functional.asking.session import TODAY, Session
from tests.functional.conftest import Run

GOVERNANCE = ("--theme", "governance-and-policy")
ITEMS = ("influence-on-governance", "governance-led", "policy-development-led")


def test_the_whole_rubric_is_answered_saved_and_assessed(start: Start, saved: Saved, tmp_path: Path, run: Run) -> None:
    session = start("-o", "report.html", "-o", "report.md", "-o", "report.audit.json")
    assert "Question 1 of 31: " in session.begin()
    words = ["1", "partly", "Par", "NO", "u"]
    for number in range(1, 31):
        session.type(words[number % 5], f"Question {number + 1} of 31: ")
    shown = session.end("1")
    assert session.code == 0
    assert f"Every answer is saved in blue-house-{TODAY}.yaml" in shown
    assert [f"Written: report.{suffix}" in shown for suffix in ("html", "md", "audit.json")] == [True] * 3
    assert all((tmp_path / f"report.{suffix}").stat().st_size > 1000 for suffix in ("html", "md", "audit.json"))
    view = saved()
    expected = {"1": "yes", "partly": "partly", "Par": "partly", "NO": "no", "u": "unknown"}
    assert len(view.answers) == 31
    given = [answer.answer for answer in view.answers.values()]
    assert given == [expected[words[number % 5]] for number in range(1, 31)] + ["yes"]
    (file,) = tmp_path.glob("*.yaml")
    again = run("assess", file.name, cwd=tmp_path, LINES="24")
    assert again.returncode == 0
    assert again.stdout.strip() in shown


def test_back_goes_across_themes_to_the_first_prompts_and_every_answer_is_shown_and_can_be_changed(
    start: Start, saved: Saved
) -> None:
    session = start("--theme", "quality-measures", "--theme", "community")
    session.begin(here=(3, 1))
    session.type("yes", "(2 of 3 asked today)")
    session.type("no", "(3 of 3 asked today)")
    session.type("b", "Your answer so far: No. Enter keeps it.")
    session.type("b", "Your answer so far: Yes. Enter keeps it.")
    session.type("B", "How many are here: Commissioners?\n(Enter keeps: 0)")
    for _ in range(4):
        session.type("b")
    session.type("b", "How many are here: People who use the service?\n(Enter keeps: 3)")
    session.type("b", f"(Enter keeps: {TODAY})")
    session.type("b", "(Enter keeps: Blue House)")
    session.type("b", "There is nothing before it.")
    session.type("Green House", "On what day")
    session.type("2026-01-31", "(Enter keeps: 3)")
    session.type("5", "(Enter keeps: 1)")
    for _ in range(4):
        session.type("")
    session.type("", "Your answer so far: Yes. Enter keeps it.")
    session.type("", "Your answer so far: No. Enter keeps it.")
    session.type("partly", "(3 of 3 asked today)")
    session.end("3")
    assert session.code == 0
    view = saved()
    assert (view.subject.name, str(view.date), view.respondents) == (
        "Green House",
        "2026-01-31",
        {"service-users": 5, "carers": 1},
    )
    assert [answer.answer for answer in view.answers.values()] == ["yes", "partly", "planned"]


def test_skipped_questions_are_offered_once_more_at_the_end(start: Start, saved: Saved) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("s", "(2 of 3 asked today)")
    session.type("yes", "(3 of 3 asked today)")
    session.type("s", "1 Go through them now, 2 Finish: ")
    assert "still open" in session.type("maybe", "1 Go through them now")
    session.type("1", "(1 of 3 asked today)")
    session.type("no", "(3 of 3 asked today)")
    session.type("s", "1 Go through them now, 2 Finish: ")
    session.end("2")
    assert session.code == 0
    assert {item: answer.answer for item, answer in saved().answers.items()} == {ITEMS[0]: "no", ITEMS[1]: "yes"}


def test_enter_alone_answers_nothing(start: Start, saved: Saved) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    session.type("", "Type a number, or h for the list")
    session.type("   ", "Type a number, or h for the list")
    session.type("where", "0 answered, 0 not known, 3 open.")
    session.end("q")
    assert saved().answers == {}


def test_where_are_we_names_the_file_and_counts_by_theme(start: Start) -> None:
    session = start(*GOVERNANCE, "--theme", "community")
    session.begin()
    session.type("yes", "(2 of 4 asked today)")
    session.type("u", "(3 of 4 asked today)")
    shown = session.type("where", f"1 answered, 1 not known, 2 open. Saved in blue-house-{TODAY}.yaml.")
    assert "Governance and policy: 2 of 3" in shown
    assert "of 1" in shown


def test_help_at_a_question_says_what_counts_and_what_the_words_mean(start: Start) -> None:
    session = start(*GOVERNANCE)
    shown = session.begin()
    assert "What “Yes” looks like:" not in shown
    shown = session.type("?")
    headings = ("What “Yes” looks like:", "Not enough to say “Yes”:", "Whom to ask:", "What the words mean:")
    assert [heading in shown for heading in headings] == [True] * 4
    assert "\n  - " in shown


def test_the_list_of_what_can_be_typed_is_shown_once_and_by_h(start: Start) -> None:
    session = start(*GOVERNANCE)
    assert "Type q to stop at any point and go on another day, and h to see all" in " ".join(session.prompt().split())
    _first_prompts(session)
    assert "nobody here knows" in session.written.getvalue()
    session.type("h", "At any question you can type:")
    assert "At any question" not in session.type("yes", "(2 of 3")
    assert session.written.getvalue().count("At any question you can type:") == 2


def _first_prompts(session: Session) -> None:
    for typed in ("Blue House", "", "3", "", "", "", "", ""):
        session.type(typed)


def test_nobody_who_uses_the_service_in_the_room_is_said_plainly_and_it_goes_on(start: Start, saved: Saved) -> None:
    session = start(*GOVERNANCE)
    shown = session.begin(here=(0, 0, 0, 4, 1))
    assert "Nobody is here for: People who use the service." in shown
    assert "To get their view" in shown
    assert "(1 of 3 asked today)" in shown
    session.type("1", "(2 of 3 asked today)")
    session.end("q")
    assert saved().respondents == {"staff": 4, "leaders": 1}


def test_the_room_is_asked_for_in_numbers_and_nothing_else(start: Start, saved: Saved) -> None:
    session = start(*GOVERNANCE)
    session.prompt()
    session.type("", "Something is needed here.")
    session.type("Blue House", "On what day")
    session.type("yesterday", "`yesterday` is not a day up to today written")
    session.type("2999-01-01", "`2999-01-01` is not a day up to today written")
    session.type("2026-02-30", "is not a day")
    session.type("", "never names")
    for wrong in ("Ann and Bob", "-1", "2.5", "1000000000"):
        session.type(wrong, f"`{wrong}` is not a whole number.")
    session.type("2", "Carers")
    for _ in range(5):
        session.type("")
    session.end("q")
    assert saved().respondents == {"service-users": 2}


def test_the_question_is_put_in_the_words_of_the_one_perspective_that_answers(start: Start) -> None:
    assert "because you or others" in start(*GOVERNANCE).begin(here=(3,))


def test_several_perspectives_together_get_the_common_words(start: Start) -> None:
    assert "because people who use" in start(*GOVERNANCE).begin(here=(3, 1))
