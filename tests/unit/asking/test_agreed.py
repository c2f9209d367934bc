"""What was agreed is asked at the end, kept at once, shown, changed and taken out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from involve_audit.asking.agreed import Agreeing
from involve_audit.asking.draft import Draft
from involve_audit.asking.prompts import Prompts
from involve_audit.asking.storage import Storage
from involve_audit.errors import Stopped
from involve_audit.loading.view import read_view
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import Action
from involve_audit.render.titles import Titles
from involve_audit.words.asking import AGREED

from .rooms import TODAY, FakeTalk, Typed, begun

ADDED = ["2", "3", "Ask for seats", "The manager", "2027-03-01"]
SEATS = {"item": "board", "what": "Ask for seats", "owner": "The manager", "due": "2027-03-01"}


class Ending:
    """The end of a session on the rubric `small`."""

    def __init__(self, rubric: Rubric, *typed: Typed, draft: Draft | None = None) -> None:
        self.draft = draft or begun(survey="yes")
        self.talk = FakeTalk(typed)
        self.saved: list[Any] = []
        prompts = Prompts(self.talk, lambda: None, lambda: None, TODAY)
        try:
            Agreeing(Titles(rubric), self.draft, prompts, self._save).ask()
            self.finished = True
        except Stopped:
            self.finished = False
        assert self.talk.entries == []

    def _save(self, *touched: str) -> None:
        assert touched == ("actions",)
        self.saved.append(self.draft.as_tree().get("actions", []))

    @property
    def said(self) -> str:
        return "\n".join(self.talk.said)


@pytest.mark.parametrize(
    "typed", ["", "1", "no", "None", "nothing.", "n", "nope", "not yet", "go on", "finish", "done"]
)
def test_where_nothing_was_agreed_it_goes_on_and_saves_nothing(typed: str, small: Rubric) -> None:
    end = Ending(small, typed)
    assert (end.finished, end.saved) == (True, [])


def test_yes_adds_one_and_where_there_is_one_no_goes_on(small: Rubric) -> None:
    assert Ending(small, "Yes", *ADDED[1:], "no").saved[-1] == [SEATS]


def test_what_was_agreed_is_taken_where_it_is_typed_at_once_and_kept_at_once(small: Rubric) -> None:
    assert Ending(small, "Ask the board for seats", "1", "board", "", "", "").saved[-1] == [
        {"item": "board", "what": "Ask the board for seats"}
    ]
    assert Ending(small, "Ask the board for seats", "yes", "q").saved == [[{"what": "Ask the board for seats"}]]
    assert Ending(small, "2", "Ask the board for seats", "q").saved == [[{"what": "Ask the board for seats"}]]


@pytest.mark.parametrize("typed", [["we agreed on nothing", "2"], ["no, not really", "no"], ["maybe later"], ["7"]])
def test_what_says_that_nothing_was_agreed_is_no_action(typed: list[str], small: Rubric) -> None:
    assert Ending(small, *typed, "").saved == []


def test_a_word_of_a_title_is_no_command_where_a_question_is_named(small_data: dict[str, Any]) -> None:
    small_data["indicators"][2]["title"] = "Progress with more help"
    rubric = Rubric.from_tree(small_data)
    for typed in ("progress", "help", "more"):
        assert Ending(rubric, "2", typed, "Do it", "", "", "").saved[-1] == [{"item": "board", "what": "Do it"}]
    end = Ending(rubric, "2", "back", "")
    assert (end.saved, end.finished) == ([], True)


@pytest.mark.parametrize("typed", ["none", "No", "-"])
def test_an_action_belongs_to_no_question_where_that_is_said(typed: str, small: Rubric) -> None:
    assert Ending(small, "2", typed, "Do it", "", typed, "").saved[-1] == [{"what": "Do it"}]


def test_an_action_has_its_question_by_number_who_and_by_when(small: Rubric) -> None:
    end = Ending(small, *ADDED, "")
    assert end.saved[-1] == [SEATS]
    assert "Ask for seats; who: The manager; by 1 March 2027; question 3 (" in end.said


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        *[(typed, "token") for typed in ("5", "5.", "#5", "Question 5", "TOKEN")],
        *(("board", "board"), ("", None), ("-", None)),
    ],
)
def test_a_question_is_found_by_its_number_its_id_or_words_of_its_title(
    typed: str, item: str | None, small: Rubric
) -> None:
    assert [action.item for action in Ending(small, "2", typed, "Do it", "", "", "").draft.actions] == [item]


def test_what_is_no_question_or_several_is_asked_again(small: Rubric) -> None:
    end = Ending(small, "2", "6", "0", "²", "nowhere", "e", "1", "Do it", "", "", "")
    assert end.said.count("Questions have the numbers 1 to 5.") == 4
    assert AGREED["several"].format(typed="e") in end.said
    assert end.saved[-1] == [{"item": "survey", "what": "Do it"}]


@pytest.mark.parametrize(("item", "kept"), [("3", {"item": "board"}), ("", {})])
def test_what_will_be_done_is_not_lost_where_it_is_typed_too_early(
    item: str, kept: dict[str, str], small: Rubric
) -> None:
    end = Ending(small, "2", "Ask the neighbours", item, "Ann", "", "")
    assert end.saved[-1] == [{**kept, "what": "Ask the neighbours", "owner": "Ann"}]


def test_of_many_questions_that_could_be_meant_some_are_named(bundled: Rubric) -> None:
    end = Ending(bundled, "2", "e", "b", "")
    assert sum(line[2:3].isdecimal() for line in end.talk.said if "\n" not in line) == 5


def test_several_can_be_added_changed_and_taken_out(small: Rubric) -> None:
    change = ["3", "9", "1", "1", "", "Somebody", "-"]
    end = Ending(small, *ADDED, "2", "", "Another", "", "", *change, "4", "2", "")
    assert end.saved[-1] == [{"item": "survey", "what": "Ask for seats", "owner": "Somebody"}]
    assert "Taken out: Another" in end.said


def test_a_day_that_is_none_is_asked_again_and_one_to_come_is_right(small: Rubric) -> None:
    end = Ending(small, "2", "", "Do it", "", "soon", "2027-02-30", "2099-01-01", "1", "")
    assert end.said.count("is neither a day such as 2027-03-01") == 2
    assert end.saved[-1] == [{"what": "Do it", "due": "2099-01-01"}]


@pytest.mark.parametrize(("typed", "due"), [("2027-03", "2027-03"), (" Ongoing", "ongoing"), ("2027-13", None)])
def test_it_may_be_a_month_or_go_on(typed: str, due: str | None, small: Rubric) -> None:
    end = Ending(small, "2", "", "Do it", "", typed, *([] if due else [""]), "")
    assert end.saved[-1] == [{"what": "Do it", **({"due": due} if due else {})}]
    assert ("is neither a day" in end.said) == (due is None)


def test_a_day_more_than_a_year_from_today_is_asked_about(small: Rubric) -> None:
    end = Ending(small, "2", "", "Do it", "", "2062-01-01", "no", "2027-11-23", "")
    assert "2062-01-01: is that year right?" in end.said
    assert "2027-11-23: is that" not in end.said
    assert end.saved[-1] == [{"what": "Do it", "due": "2027-11-23"}]


@pytest.mark.parametrize("end", [["b", ""], ["q"], []], ids=["back", "stop", "closed"])
def test_what_was_typed_of_an_action_is_kept_however_it_ends(end: list[str], small: Rubric) -> None:
    ended = Ending(small, "2", "1", "Do it", *end)
    assert ended.saved[-1] == [{"item": "survey", "what": "Do it"}]
    assert ended.finished is (end == ["b", ""])


def test_those_of_an_earlier_session_are_shown_and_keep_what_is_not_asked(small: Rubric) -> None:
    draft = begun(survey="yes")
    draft.actions = [Action(item="gone", what="Old", done=True), Action(what="Older", due=date(2026, 1, 31))]
    end = Ending(small, "3", "2", "", "Oldest", "", "", "", draft=draft)
    assert "  - Older; by 31 January 2026" in end.said
    assert end.saved[-1] == [
        {"item": "gone", "what": "Old", "done": "true"},
        {"what": "Oldest", "due": "2026-01-31"},
    ]


@pytest.mark.parametrize("number", ["3", "4"])
def test_nothing_can_be_changed_where_there_is_nothing(number: str, small: Rubric) -> None:
    end = Ending(small, number, "")
    assert AGREED["none_of_these"] in end.said
    assert end.saved == []


@pytest.mark.parametrize("before", [None, b"actions:\n- {what: Old, done: false} # said Ann\nsubject: {name: R}\n"])
def test_actions_are_read_back_from_the_file_as_they_were_said(before: bytes | None, small: Rubric) -> None:
    head = b"format: involve-audit/answers@1\nrubric: small@1.0.0\ndate: 2026-11-23\n"
    content = None if before is None else head + before
    draft = begun(survey="yes")
    if content is not None:
        source = read_view(content, "", TODAY).source
        assert source is not None
        draft = Draft.of(source.content)
    draft.actions.append(Action(item="board", what="Ask: #2", owner="no", due=date(2027, 3, 1)))
    draft.touched.add("actions")
    text = Storage(content).text(draft)
    again = read_view(text.encode(), "", TODAY).source
    assert again is not None
    assert list(again.content.actions) == draft.actions
    assert content is None or "{what: Old, done: false} # said Ann" in text
    draft.actions.clear()
    assert "actions" not in Storage(text.encode()).text(draft)
