"""What every report says, whatever its format."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest

from involve_audit import __version__
from involve_audit.escaping import JOINT
from involve_audit.words.reports import ANSWER_TITLES, READINGS, WARNINGS, WORDS

Small = Callable[..., Any]
Data = dict[str, Any]
MEMBERS = {"members": 2}
PAGES = ("text", "html", "markdown")
TAGS = re.compile("<style>.*?</style>|<[^>]*>", re.DOTALL)


def plain(case: Any, format_name: str) -> str:
    """A format's text without its marks, on one line."""
    text = case.text(format_name)
    text = (
        unescape(TAGS.sub(" ", text)) if format_name == "html" else unescape(text.replace("**", "").replace("\\", ""))
    )
    return " ".join(text.split())


def entry(case: Any, item: str) -> Any:
    every = [entry for _, entries in case.report.themes for entry in entries] + case.report.anti_patterns
    return next(found for found in every if found.id == item)


def gate(case: Any, because: str) -> Any:
    return next(line for _, lines in case.report.gates for line in lines if line.because == because)


# The title and the headline


def test_the_title_says_whose_answers_are_missing(small: Small) -> None:
    assert small({}, respondents={"staff": 2}).report.title == ("Audit: Riverside – without the answers of: Members")


def test_a_group_that_answered_nothing_is_not_heard_for_being_named(small: Small) -> None:
    views = {
        "a.yaml": {"answers": {"survey": "no"}, "respondents": {"staff": 3}},
        "b.yaml": {"answers": {"survey": {"note": "Later."}}, "respondents": {"members": 4}},
    }
    assert "without the answers of: Members" in small(views=views).report.title


@pytest.mark.parametrize("format_name", PAGES)
def test_every_page_says_in_its_title_whose_answers_are_missing(format_name: str, small: Small) -> None:
    text = small({}, respondents={"members": 0, "staff": 2}).text(format_name)
    assert "without the answers of: Members" in text.partition("</title>")[0].partition("\n\n")[0]


def test_the_title_names_nobody_where_the_first_voice_was_heard(small: Small, riverside: Any) -> None:
    assert small({"survey": "yes"}, respondents={"members": 1}).report.title == "Audit: Riverside"
    assert "without" not in riverside.report.title


HEADLINES = {
    "one stage": (
        {"survey": "yes", "agenda": "no", "board": "no", "ignored": "no", "token": "no"},
        "Low: Nothing yet.",
    ),
    "a range": (
        {"survey": "yes", "agenda": "no", "board": "unknown", "ignored": "no", "token": "no"},
        "Low: Nothing yet.",
    ),
    "too little known": (
        {"survey": "yes"},
        "Not enough is known to name a stage. It lies between “Low” and “High”.",
    ),
    "too little known, and settled": (
        {"ignored": "yes", "token": "yes"},
        "Not enough is known to name a stage. Whatever the open answers are, the rule comes to “Low”.",
    ),
}


@pytest.mark.parametrize("name", HEADLINES)
def test_the_headline_names_a_stage_only_where_enough_is_known(name: str, small: Small) -> None:
    answers, headline = HEADLINES[name]
    case = small(answers, respondents=MEMBERS)
    assert case.report.headline == headline
    for format_name in PAGES:
        text = plain(case, format_name)
        assert headline in text
        stages = [place for word in ("Low", "High") if (place := text.find(word)) >= 0]
        assert min(stages) <= f"{text}%".index("%"), "a percentage comes before the stage"


LADDERS = {
    "one stage": ["here", ""],
    "a range": ["at the least", "possible"],
    "too little known": ["possible", "possible"],
    "too little known, and settled": ["possible", ""],
}


@pytest.mark.parametrize("name", LADDERS)
def test_the_ladder_says_here_only_where_a_stage_can_be_named(name: str, small: Small) -> None:
    case = small(HEADLINES[name][0], respondents=MEMBERS)
    assert [step.mark for step in case.report.ladder] == LADDERS[name]
    assert [step.title for step in case.report.ladder] == ["Low", "High"]


def test_the_ladder_marks_what_is_passed(small: Small, all_best: Data) -> None:
    assert [step.mark for step in small(all_best, respondents=MEMBERS).report.ladder] == ["passed", "here"]


def test_a_number_in_a_stage_s_name_is_not_told_beside_another(small: Small, small_rubric: Data) -> None:
    assert [step.label for step in small({}).report.ladder] == ["1 Low", "2 High"]
    small_rubric["stages"][0]["short"] = "Level 0"
    named = small({}, rubric=small_rubric, folder="named")
    assert [step.label for step in named.report.ladder] == ["Level 0", "High"]
    assert "1 Level 0" not in named.text("html")
    assert "- Low" in named.text("markdown")


def test_what_decides_a_range_is_named(small: Small) -> None:
    case = small(HEADLINES["a range"][0], respondents=MEMBERS)
    assert case.report.deciding_items == ["3. Board"]
    assert case.report.deciding_voices == []


def test_the_voices_that_decide_a_range_are_named(small: Small, all_best: Data) -> None:
    case = small(all_best, respondents={"staff": 3})
    assert case.report.beneath_headline[0] == "It could be as high as “High”: not everything is known yet."
    assert case.report.deciding_voices == ["Members"]
    assert gate(case, "Members should have been asked.").holds == WORDS["possible"]
    for format_name in PAGES:
        assert "The answers of: Members" in plain(case, format_name)


# Gates


def test_what_holds_back_is_every_failing_gate_of_the_next_stage_and_no_other(example: Any) -> None:
    stages = [stage.id for stage in example.audit.rubric.content.stages]
    above = stages[stages.index(example.assessment.floor) + 1]
    failing = [g for g in example.assessment.gates if g.stage == above and not g.holds]
    assert failing
    assert len(example.report.holds_back) == len(failing)
    assert not any(line.ok for line in example.report.holds_back)
    lines = dict(example.report.gates)[example.report.next_stage]
    assert example.report.holds_back == [line for line in lines if not line.ok]


def test_nothing_holds_back_at_the_top(small: Small, all_best: Data) -> None:
    report = small(all_best, respondents=MEMBERS).report
    assert report.holds_back == []
    assert report.next_stage == ""


def test_every_measure_is_put_in_words(small: Small, small_rubric: Data) -> None:
    items = {"kind": "achievement"}
    small_rubric["stages"][1]["gates"] += [
        {"id": "low", "items": items, "measure": "lowest", "at_least": "partly", "because": "lowest"},
        {"id": "top", "items": {"kind": "deficit"}, "measure": "highest", "at_most": "partly", "because": "highest"},
        {"id": "aside", "items": items, "measure": "not-applicable", "at_most": "1/3", "because": "aside"},
    ]
    answers = {
        "survey": "yes",
        "agenda": {"answer": "not-applicable", "reason": "None"},
        "board": "planned",
        "ignored": "partly",
        "token": "unknown",
    }
    case = small(answers, respondents=MEMBERS, rubric=small_rubric)
    found = {line.because: (line.found, line.asked_for, line.holds) for line in dict(case.report.gates)["High"]}
    assert found == {
        "Half of it should be in place.": ("0 of 1 (0%)", "at least 50% in place", "no"),
        "Members should have been asked.": ("1 of 1 (100%) – Members", "at least 1/3 answered", "yes"),
        "Little should stand in the way.": (
            "1.5 in all, from 2 questions; not known, and so counted at the worst: 1",
            "at most 1 in all",
            WORDS["possible"],
        ),
        "lowest": ("the lowest counts as “No”", "at least Partly", "no"),
        "highest": ("the highest counts as “Partly”", "at most Partly", "yes"),
        "aside": ("1 of 2 (50%)", "at most 1/3 set aside", "no"),
    }


def test_a_gate_that_nothing_applies_to_says_so(small: Small, small_rubric: Data) -> None:
    set_aside = {"answer": "not-applicable", "reason": "There are no meetings"}
    only = {"items": {"ids": ["agenda"]}, "measure": "share", "at_least": "50%", "because": "only", "id": "only"}
    small_rubric["stages"][1]["gates"].append(only)
    case = small({"agenda": set_aside}, respondents=MEMBERS, rubric=small_rubric)
    assert gate(case, "only").found == "nothing here applies"
    assert gate(case, "only").holds == "no"


def test_a_gate_with_a_highest_figure_of_nothing_does_not_name_an_answer(small: Small, small_rubric: Data) -> None:
    small_rubric["indicators"][3]["not_applicable_when"] = "Nobody gives feedback."
    only = {"items": {"ids": ["ignored"]}, "measure": "highest", "at_most": "partly", "because": "only", "id": "only"}
    small_rubric["stages"][1]["gates"].append(only)
    case = small({"ignored": {"answer": "not-applicable", "reason": "None"}}, rubric=small_rubric)
    assert gate(case, "only").ok
    assert gate(case, "only").found == "nothing here applies"


def test_every_gate_shows_the_answers_it_was_worked_out_from(riverside: Any) -> None:
    lines = [line for _, lines in riverside.report.gates for line in lines]
    for line, result in zip(lines, riverside.assessment.gates, strict=True):
        told = [places(questions) for _answers, questions in line.computed_from]
        numbers = list(riverside.assessment.items)
        asked = [place for place, item in enumerate(numbers, 1) if item.id in result.items]
        assert sorted(place for group in told for place in group) == asked
    first = gate(riverside, "Being asked means little if staff are free to ignore the answer.")
    assert first.computed_from == (("Yes (1)", "question 5"),)


def places(questions: str) -> list[int]:
    """The numbers that a sentence such as `questions 1, 3 to 5` names."""
    runs = [[int(word) for word in run.split(" to ")] for run in questions.partition(" ")[2].split(", ")]
    return [place for run in runs for place in range(run[0], run[-1] + 1)]


def test_the_answers_of_a_gate_are_named_by_number_so_that_ninety_of_them_are_one_line(
    small: Small, small_rubric: Data
) -> None:
    more = [{**small_rubric["indicators"][2], "id": f"board-{n}", "implies": []} for n in range(90)]
    rubric = {**small_rubric, "indicators": [*small_rubric["indicators"], *more]}
    case = small({"board-3": "yes"}, rubric=rubric)
    line = gate(case, "Half of it should be in place.")
    assert line.computed_from[-2:] == (
        ("Not answered (0)", "questions 2, 3, 5 to 7, 9 to 94"),
        ("Yes (1)", "question 8"),
    )


@pytest.mark.parametrize(
    ("threshold", "yeses", "asked", "found"),
    [
        ("62.5%", 5, "at least 62.5% in place", "5 of 8 (62.5%)"),
        ("0.625", 5, "at least 62.5% in place", "5 of 8 (62.5%)"),
        ("5/8", 5, "at least 5/8 in place", "5 of 8 (62.5%)"),
        ("62.5%", 4, "at least 62.5% in place", "4 of 8 (50%)"),
        ("62.4%", 5, "at least 62.4% in place", "5 of 8 (62.5%)"),
        ("partly", 4, "at least 50% in place", "4 of 8 (50%)"),
        ("37.49%", 3, "at least 37.49% in place", "3 of 8 (37.5%)"),
    ],
)
def test_a_figure_has_as_many_decimals_as_its_verdict_needs(
    threshold: str, yeses: int, asked: str, found: str, small: Small, small_rubric: Data
) -> None:
    board = small_rubric["indicators"][2]
    more = [{**board, "id": f"item-{n}", "implies": []} for n in range(8)]
    only = {"items": {"ids": [item["id"] for item in more]}, "measure": "share", "at_least": threshold}
    small_rubric["indicators"] += more
    small_rubric["stages"][1]["gates"].append({**only, "because": "only", "id": "only"})
    answers = {item["id"]: "yes" if n < yeses else "no" for n, item in enumerate(more)}
    line = gate(small(answers, rubric=small_rubric), "only")
    assert (line.asked_for, line.found.partition(";")[0]) == (asked, found)


@pytest.mark.parametrize("format_name", PAGES)
@pytest.mark.parametrize(("minimum", "said"), [("0%", ""), ("0", ""), ("37.5%", "37.5%"), ("0.375", "37.5%")])
def test_how_many_have_to_be_answered_is_said_where_any_have_to_be(
    minimum: str, said: str, format_name: str, small: Small, small_rubric: Data
) -> None:
    case = small({"survey": "yes", "board": "no"}, rubric={**small_rubric, "minimum_answered": minimum})
    assert case.report.answered.partition(" A stage")[2] == (f" needs at least {said}." if said else "")
    assert "at least 0%" not in plain(case, format_name)


PERCENTAGE = re.compile(r"[^ ]+%")
SHOWN = re.compile(r"\d+(\.\d+)? of \d+ (questions have a known answer )?\(\d+%\)")


@pytest.mark.parametrize("format_name", PAGES)
def test_a_percentage_never_stands_without_its_denominator(format_name: str, small: Small) -> None:
    text = plain(small({"agenda": "partly", "board": "no"}, respondents=MEMBERS), format_name)
    assert SHOWN.search(text)
    asked_for = re.compile("(at least|at most|At least|At most) [0-9/]+%")
    assert "%" not in asked_for.sub("", SHOWN.sub("", text))


def test_a_share_that_misses_its_mark_is_not_shown_as_reaching_it(small: Small, small_rubric: Data) -> None:
    small_rubric["scale"].insert(2, {"id": "nearly", "title": "Nearly", "value": "0.4999"})
    case = small({"agenda": "nearly", "board": "nearly"}, respondents=MEMBERS, rubric=small_rubric)
    line = gate(case, "Half of it should be in place.")
    assert not line.ok
    assert "(49%)" in line.found
    assert not line.found.startswith("1 of 2"), "1 of 2 is half"


def test_how_much_is_known_is_said_with_what_is_asked(small: Small) -> None:
    assert small({"survey": "no", "board": "unknown"}).report.answered == (
        "1 of 5 questions have a known answer (20%). A stage needs at least 50%."
    )


def test_a_gate_that_fails_names_the_answers_that_keep_it_from_holding(small: Small, small_rubric: Data) -> None:
    low = {"items": {"kind": "achievement"}, "measure": "lowest", "at_least": "partly", "because": "low", "id": "low"}
    small_rubric["stages"][1]["gates"].append(low)
    case = small(
        {"agenda": "partly", "board": "no", "ignored": "yes", "token": "partly"},
        respondents=MEMBERS,
        rubric=small_rubric,
    )
    assert gate(case, "low").because_of == (("3. Board", "No"),)
    assert gate(case, "Little should stand in the way.").because_of == (("4. Ignored", "Yes"), ("5. Token", "Partly"))
    assert gate(case, "Half of it should be in place.").because_of == (), "any better answer would do"
    for format_name in ("html", "markdown"):
        assert "Because of: 4. Ignored (Yes); 5. Token (Partly)." in plain(case, format_name)


def test_what_nobody_knows_is_not_named_as_the_cause(small: Small) -> None:
    case = small({"ignored": "yes", "token": "unknown"}, respondents=MEMBERS)
    assert gate(case, "Little should stand in the way.").because_of == (("4. Ignored", "Yes"),)


def test_a_gate_that_holds_has_no_cause(small: Small, all_best: Data) -> None:
    lines = [line for _, lines in small(all_best, respondents=MEMBERS).report.gates for line in lines]
    assert {line.because_of for line in lines} == {()}


# Next steps


def test_the_next_steps_say_what_to_change_and_how(small: Small) -> None:
    case = small({"survey": "yes", "agenda": "no", "board": "no", "ignored": "no", "token": "no"}, respondents=MEMBERS)
    assert [tuple(change) for change in case.report.changes] == [
        (
            "agenda",
            "2. Agenda",
            "Set it together.",
            "Set it together.",
            "Today: “2. Agenda” – No – not in place.",
            "",
            (),
            "",
        )
    ]
    assert case.report.steps_note == ""
    assert case.report.next_stage == "High"


def test_who_has_to_be_heard_comes_first(small: Small, all_best: Data) -> None:
    case = small({**all_best, "board": "no", "agenda": "no"}, respondents={"staff": 1})
    assert case.report.hear_first == ["Members"]
    for format_name in PAGES:
        text = plain(case, format_name)
        assert text.index("Next steps") < text.index("First, hear: Members") < text.index("Set it together.")


def test_at_the_top_there_are_no_next_steps(small: Small, all_best: Data) -> None:
    case = small(all_best, respondents=MEMBERS)
    assert case.report.changes == []
    assert case.report.hear_first == []
    for format_name in PAGES:
        text = plain(case, format_name)
        assert WORDS["no_next"] in text
        assert "What keeps it from" not in text
        assert "to do for" not in text


def test_a_stage_that_no_answers_reach_is_called_that(small: Small, small_rubric: Data) -> None:
    small_rubric["stages"][1]["gates"][2] |= {"items": {"kind": "achievement"}, "at_least": "3"}
    del small_rubric["stages"][1]["gates"][2]["at_most"]
    del small_rubric["scenarios"]
    case = small({}, respondents=MEMBERS, rubric=small_rubric)
    assert case.report.steps_note == WORDS["unreachable"]
    assert case.report.changes == []
    for format_name in PAGES:
        assert WORDS["unreachable"] in plain(case, format_name)


def test_a_list_that_is_not_proven_shortest_says_so(small: Small, assess_audit: Any) -> None:
    case = small({"board": "no"}, respondents=MEMBERS)
    steps = case.assessment.next_steps._replace(proven=False)
    case = dataclasses.replace(case, assessment=dataclasses.replace(case.assessment, next_steps=steps))
    for format_name in PAGES:
        assert WORDS["not_proven"] in plain(case, format_name)


# Readings, voices, disagreements


def test_every_reading_is_put_in_words(riverside: Any) -> None:
    lines = riverside.report.readings
    assert [line.words for line in lines[:6]] == [READINGS[reading.id] for reading in riverside.assessment.readings[:6]]
    assert [line.words for line in lines[6:]] == [
        f"only the joint views of {who}" for who in ("People who use the service and Peer workers", "Staff and Leaders")
    ]
    assert [line.differs for line in lines] == [
        reading.stage != riverside.assessment.floor
        for reading in riverside.assessment.readings
        if reading.id not in ("view:peer-workers", "view:leaders")
    ]


ONLY, JOINT_VIEWS = "only the views with: ", "only the joint views of "
ALL_TOGETHER = "All answered together, so no group's view can be read alone."
EACH_TOGETHER = "Each group answered together with others, so no group's view can be read alone."
MIXTURES: dict[str, tuple[list[str], list[str], str]] = {
    "each alone": (["members", "staff"], [f"{ONLY}Members", f"{ONLY}Staff"], ""),
    "all in one view": (["members carers staff"], [f"{JOINT_VIEWS}Members, Carers and Staff"], ALL_TOGETHER),
    "all in each of two": (["members staff"] * 2, [f"{JOINT_VIEWS}Members and Staff"], ALL_TOGETHER),
    "and one alone": (
        ["members staff", "staff"],
        [
            f"{ONLY}Members (who answered together with Staff)",
            f"{ONLY}Staff (who also answered together with Members)",
        ],
        "",
    ),
    "two together, one alone": (
        ["members carers", "staff"],
        [f"{JOINT_VIEWS}Members and Carers", f"{ONLY}Staff"],
        "",
    ),
    "one twice, with others": (
        ["members staff", "carers staff"],
        [
            f"{ONLY}Members (who answered together with Staff)",
            f"{ONLY}Carers (who answered together with Staff)",
            f"{ONLY}Staff (who answered together with Members and Carers)",
        ],
        EACH_TOGETHER,
    ),
    "one alone": (["members"], [f"{ONLY}Members"], ""),
    "documents only": ([""], [], ""),
}


@pytest.mark.parametrize("mixture", MIXTURES)
def test_what_several_gave_together_is_not_counted_as_views_that_agree(
    mixture: str, small: Small, small_rubric: Data
) -> None:
    groups, said, together = MIXTURES[mixture]
    small_rubric["perspectives"].insert(1, {"id": "carers", "title": "Carers"})
    views = {
        f"{place}.yaml": {"respondents": dict.fromkeys(group.split(), 2), "answers": {"board": "no"}}
        for place, group in enumerate(groups)
    }
    case = small(views=views, rubric=small_rubric)
    of_groups = (ONLY, JOINT_VIEWS)
    assert [line.words for line in case.report.readings if line.words.startswith(of_groups)] == said
    shown = [words for group in case.report.holds_up for words in group.readings if words.startswith(of_groups)]
    assert shown == ([] if together == ALL_TOGETHER else said)
    assert case.report.together == together
    for format_name in PAGES:
        text = plain(case, format_name)
        assert (ALL_TOGETHER in text, EACH_TOGETHER in text) == (together == ALL_TOGETHER, together == EACH_TOGETHER)
    held = {name for group in groups for name in group.split()}
    assert {reading.id for reading in case.assessment.readings if ":" in reading.id} == {f"view:{one}" for one in held}


def test_a_view_of_all_that_comes_to_another_stage_is_shown(small: Small, all_best: Data) -> None:
    heard = {item: all_best[item] for item in ("agenda", "board")}
    few = {"respondents": {"members": 2, "staff": 2}, "answers": heard}
    case = small(views={"a.yaml": few, "b.yaml": {"respondents": {}, "answers": all_best}})
    assert case.assessment.reading("view:members") != case.assessment.floor
    ((words,),) = (group.readings for group in case.report.holds_up if group.differs)
    assert words == "only the joint views of Members and Staff"


def test_those_who_answered_together_differ_from_others_as_one(small: Small, small_rubric: Data) -> None:
    small_rubric["perspectives"].insert(1, {"id": "carers", "title": "Carers"})
    views = {
        "a.yaml": {"respondents": {"members": 1, "carers": 1}, "answers": {"board": "no"}},
        "b.yaml": {"respondents": {"staff": 1}, "answers": {"board": "yes"}},
    }
    case = small(views=views, rubric=small_rubric)
    assert case.report.perspectives == ["Members and Carers", "Staff"]
    (found,) = case.report.disagreements
    assert [given and given.words for given in found.answers] == ["No", "Yes"]


FILES_DIFFER = "These files differ by half of the scale or more: {files}. They do so on: 3. Board."


@pytest.mark.parametrize(
    ("groups", "files", "perspectives"),
    [
        (["members staff", "staff"], "Members and Staff; Staff", "Staff (who also answered together with Members)"),
        (["members staff", "staff", "members"], "Members and Staff; Staff; Members", ""),
        (["members staff", "members staff"], "Members and Staff (0.yaml); Members and Staff (1.yaml)", ""),
        (["staff", "staff"], "Staff (0.yaml); Staff (1.yaml)", "Staff"),
        (["members", ""], "Members; nobody: a reading of documents", "Members"),
    ],
)
def test_files_that_differ_are_named_where_what_the_perspectives_say_does_not_show_it(
    groups: list[str], files: str, perspectives: str, small: Small
) -> None:
    answers = ["yes", "no", "no"]
    views = {
        f"{place}.yaml": {"respondents": dict.fromkeys(group.split(), 2), "answers": {"board": answers[place]}}
        for place, group in enumerate(groups)
    }
    case = small(views=views)
    assert case.report.disagreements == []
    assert case.report.files_differ.startswith(FILES_DIFFER.format(files=files))
    assert perspectives in [*case.report.perspectives, ""]
    for format_name in PAGES:
        text = plain(case, format_name)
        assert FILES_DIFFER.format(files=files) in text
        assert not any(WORDS[said] in text for said in ("no_disagreements", "one_voice"))


def test_of_many_files_that_differ_some_are_named(small: Small) -> None:
    views = {
        f"{place}.yaml": {"respondents": {"staff": place + 1}, "answers": {"board": "yes" if place else "no"}}
        for place in range(9)
    }
    assert "Staff (5.yaml); … and 3 more. They do so on: 3. Board." in small(views=views).report.files_differ


def test_a_joint_answer_is_not_put_into_the_mouth_of_one_group(small: Small, small_rubric: Data) -> None:
    small_rubric["perspectives"].insert(1, {"id": "carers", "title": "Carers"})
    views = {
        "a.yaml": {"respondents": {"members": 1, "carers": 1}, "answers": {"board": "no"}},
        "b.yaml": {"respondents": {"members": 1, "staff": 1}, "answers": {"board": "yes"}},
    }
    case = small(views=views, rubric=small_rubric)
    assert case.report.perspectives == [
        "Members (who answered together with Carers and Staff)",
        "Carers (who answered together with Members)",
        "Staff (who answered together with Members)",
    ]
    for format_name in PAGES:
        assert "Staff (who answered together with Members)" in plain(case, format_name)
    assert case.report.files_differ, "so do those with Members in them"


def test_files_whose_difference_is_shown_group_by_group_are_not_named_again(small: Small) -> None:
    views = {
        "a.yaml": {"respondents": {"members": 1}, "answers": {"board": "no"}},
        "b.yaml": {"respondents": {"staff": 1}, "answers": {"board": "yes"}},
    }
    case = small(views=views)
    assert case.report.disagreements
    assert case.report.files_differ == ""


def test_nobody_is_said_to_agree_who_answered_with_everybody_else(small: Small) -> None:
    case = small({"board": "no"}, respondents={"members": 1, "staff": 1})
    assert case.report.no_disagreements == ALL_TOGETHER


def test_the_readings_of_page_one_are_all_of_them_by_stage_and_the_floor_first(example: Any) -> None:
    groups, lines = example.report.holds_up, example.report.readings
    of_all = [line.words for line in lines if example.report.together and line.words.startswith(JOINT_VIEWS)]
    told = [words for group in groups for words in group.readings]
    assert sorted(told) == sorted(line.words for line in lines if line.words in told or line.words not in of_all)
    assert [group.differs for group in groups] == [False] + [True] * (len(groups) - 1)
    for group in groups:
        assert {line.stage for line in lines if line.words in group.readings} == {group.stage}


def test_the_other_placement_is_read_only_where_the_rubric_has_one(small: Small, small_rubric: Data) -> None:
    words = READINGS["alternative-placement"]
    small_rubric["indicators"][3] |= {"alternative_stage": "high", "alternative_because": "It could stand there."}
    case = small({}, rubric=small_rubric)
    assert words in [line.words for line in case.report.readings]
    assert entry(case, "ignored").source.endswith("It could stand there.")


def test_no_other_placement_is_no_reading(small: Small) -> None:
    assert READINGS["alternative-placement"] not in [line.words for line in small({}).report.readings]


def test_a_judged_placement_without_a_source_is_one_clean_sentence(small: Small, small_rubric: Data) -> None:
    small_rubric["indicators"][3] |= {"alternative_stage": "high", "alternative_because": "It could stand there."}
    assert entry(small({}, rubric=small_rubric), "ignored").source == "It could stand there."


def test_who_took_part_is_shown_view_by_view(riverside: Any) -> None:
    voices = riverside.report.voices
    assert [voice.file for voice in voices] == ["service-users.yaml", "staff.yaml"]
    assert voices[1].who == "Staff: 5; Leaders: 1"
    assert voices[0].date == "9 November 2026"
    assert "an afternoon session" in voices[0].method


@pytest.mark.parametrize("format_name", PAGES)
def test_disagreements_are_shown_with_the_answer_of_each(format_name: str, small: Small) -> None:
    views = {
        "a.yaml": {"respondents": MEMBERS, "answers": {"board": "no", "survey": "yes"}},
        "b.yaml": {"respondents": {"staff": 1}, "answers": {"board": "yes", "survey": "yes"}},
    }
    case = small(views=views)
    assert case.report.perspectives == ["Members", "Staff"]
    (found,) = case.report.disagreements
    assert (found.title, found.answers) == ("3. Board", (("No", "worst", "not in place"), ("Yes", "best", "in place")))
    side_by_side = {
        "text": "3. Board: No – not in place (Members); Yes – in place (Staff)",
        "html": "3. Board ✗ No – not in place ✓ Yes – in place",
        "markdown": "| Question | Members | Staff | |---|---|---| | 3. Board | No – not in place | Yes – in place |",
    }
    assert side_by_side[format_name] in plain(case, format_name)


def test_a_group_that_gave_no_answer_to_a_disputed_item_is_shown_without_one(small: Small, small_rubric: Data) -> None:
    small_rubric["perspectives"].append({"id": "carers", "title": "Carers"})
    answers = {"members": {"board": "no"}, "staff": {"board": "yes"}, "carers": {"survey": "yes"}}
    views = {f"{name}.yaml": {"respondents": {name: 1}, "answers": given} for name, given in answers.items()}
    (found,) = small(views=views, rubric=small_rubric).report.disagreements
    assert [given and given.words for given in found.answers] == ["No", "Yes", None]


def test_agreement_and_a_single_voice_are_not_the_same(small: Small) -> None:
    assert small({"board": "no"}, respondents=MEMBERS).report.no_disagreements == WORDS["one_voice"]


def test_a_reading_of_documents_is_not_said_to_be_one_voice(small: Small) -> None:
    assert small({"board": "no"}).report.no_disagreements not in (WORDS["one_voice"], WORDS["no_disagreements"])


def test_two_voices_that_agree_are_said_to(small: Small) -> None:
    views = {name: {"respondents": {name: 1}, "answers": {"board": "no"}} for name in ("members", "staff")}
    case = small(views={f"{name}.yaml": view for name, view in views.items()})
    assert case.report.no_disagreements == WORDS["no_disagreements"]


@pytest.mark.parametrize("said", [{"board": "unknown"}, {"survey": "no"}, {}])
def test_voices_of_which_one_knows_nothing_of_what_the_other_said_are_not_said_to_agree(
    small: Small, said: Data
) -> None:
    given = {"members": {"board": "no"}, "staff": said}
    views = {f"{name}.yaml": {"respondents": {name: 1}, "answers": answers} for name, answers in given.items()}
    assert small(views=views).report.no_disagreements == WORDS["none_compared"]


def test_a_rubric_without_perspectives_says_nothing_of_voices(small: Small, small_rubric: Data) -> None:
    del small_rubric["perspectives"], small_rubric["scenarios"], small_rubric["indicators"][1]["wording"]
    del small_rubric["stages"][1]["gates"][1]
    case = small({"board": "yes", "ignored": "no", "token": "no"}, rubric=small_rubric)
    assert case.report.title == "Audit: Riverside"
    assert case.report.headline == "High: Something."
    assert case.report.warnings == []
    for format_name in PAGES:
        text = plain(case, format_name)
        assert WORDS["nobody"] not in text, "nobody could be named"
        assert WORDS["one_voice"] not in text


# Items


TONES = {
    ("board", "yes"): "best",
    ("board", "partly"): "part",
    ("board", "planned"): "planned",
    ("board", "no"): "worst",
    ("ignored", "yes"): "worst",
    ("ignored", "no"): "best",
    ("token", "partly"): "part",
    ("survey", "yes"): "plain",
    ("survey", "no"): "plain",
    ("survey", "unknown"): "open",
}


@pytest.mark.parametrize(("item", "answer"), TONES)
def test_a_yes_is_a_good_sign_only_where_it_is_one(item: str, answer: str, small: Small) -> None:
    assert entry(small({item: answer}, respondents=MEMBERS), item).answer.tone == TONES[item, answer]


def test_a_question_where_no_is_the_good_answer_says_so(small: Small) -> None:
    case = small({"survey": "yes", "ignored": "no", "board": "no"}, respondents=MEMBERS)
    assert entry(case, "ignored").answer.said == "No – as it should be"
    assert entry(case, "survey").answer.said == "Yes"
    assert entry(case, "board").answer.said == "No – not in place"


def test_views_of_the_same_people_are_told_apart_by_their_files(small: Small) -> None:
    views = {f"{name}.yaml": {"respondents": MEMBERS, "answers": {"board": "no"}, "method": name} for name in "ab"}
    views["c.yaml"] = {"respondents": {"staff": 1}, "answers": {"board": "yes"}}
    said = entry(small(views=views), "board").said
    assert [what.who for what in said] == ["Members (a.yaml)", "Members (b.yaml)", "Staff"]


def test_how_many_they_were_is_said_where_several_groups_were_in_the_room(small: Small, riverside: Any) -> None:
    assert [voice.total for voice in riverside.report.voices] == ["7", "6"]
    assert small({}, respondents=MEMBERS).report.voices[0].total == ""


def test_a_limit_is_put_in_words(small: Small) -> None:
    case = small({"agenda": "yes", "ignored": "yes"}, respondents=MEMBERS)
    assert entry(case, "agenda").counts_as == "“Partly” only, because the answer is a full yes to “4. Ignored”"
    assert entry(case, "ignored").counts_as == ""


def test_an_implication_is_put_in_words(small: Small) -> None:
    case = small({"agenda": "no", "board": "partly"}, respondents=MEMBERS)
    assert entry(case, "agenda").counts_as == "“Partly”, because of “3. Board”"


def test_what_an_implication_lifts_again_is_not_said_to_be_limited(small: Small) -> None:
    case = small({"agenda": "yes", "board": "yes", "ignored": "yes", "token": "no"}, respondents=MEMBERS)
    (found,) = (item for item in case.assessment.items if item.id == "agenda")
    assert found.counts_as == found.value == 1
    assert "at most" not in entry(case, "agenda").counts_as
    assert case.report.warnings == []


def test_what_to_do_is_left_out_where_all_is_done(small: Small, all_best: Data) -> None:
    case = small({**all_best, "board": "partly"}, respondents=MEMBERS)
    assert entry(case, "board").how == "Elect some."
    assert entry(case, "survey").how == ""
    assert entry(case, "token").how == ""
    assert entry(case, "survey").answered_by == "Members"


def test_an_item_that_nobody_answered_says_so(small: Small) -> None:
    found = entry(small({"survey": "no"}, respondents=MEMBERS), "board")
    assert found.answer == (ANSWER_TITLES["unanswered"], "open", "")
    assert found.answered_by == WORDS["nobody_knows"]


def test_the_source_of_an_item_is_its_place(small: Small, riverside: Any) -> None:
    assert entry(small({}), "agenda").source == "page 1", "there is one source only"
    assert entry(riverside, "governance-led").source.endswith("page 5, column Service user led, no. 1")


def test_evidence_has_its_date_and_its_link(small: Small) -> None:
    evidence = [
        {"text": "Minutes", "date": "2026-10-14", "link": "https://example.org/a_b"},
        {"text": "What we saw"},
    ]
    case = small({"board": {"answer": "yes", "evidence": evidence}}, respondents=MEMBERS)
    link = '<a href="https://example.org/a_b" rel="noopener noreferrer">https://example.org/a_b</a>'
    assert f"Minutes</span> (14 October 2026) {link}" in case.text("html")
    markdown = case.text("markdown")
    shown = markdown.replace(JOINT, "")
    assert r"- Evidence: Minutes (14 October 2026) [https://example.org/a\_b](https://example.org/a_b)" in shown
    assert "- Evidence: What we saw\n" in markdown


@pytest.mark.parametrize("format_name", ["html", "markdown"])
def test_notes_reasons_and_the_view_they_are_from_are_shown(format_name: str, small: Small) -> None:
    set_aside = {"answer": "not-applicable", "reason": "No meetings", "note": "Ask again"}
    views = {
        "a.yaml": {"respondents": MEMBERS, "answers": {"agenda": set_aside}},
        "b.yaml": {"respondents": {"staff": 1}, "answers": {"agenda": "unknown"}},
    }
    text = plain(small(views=views), format_name)
    for words in ("Reason", "No meetings", "Ask again", "Does not apply", "Not known"):
        assert words in text


def test_open_questions_say_whom_to_ask(small: Small, small_rubric: Data) -> None:
    small_rubric["indicators"][2]["who_to_ask"] = ["The chair", "Any member", "The minutes"]
    case = small({"survey": "unknown", "agenda": "no", "ignored": "no", "token": "yes"}, rubric=small_rubric)
    assert case.report.open_questions == [
        ("survey", "1. Survey", "Not known", "", False),
        ("board", "3. Board", "Not answered", "The chair, Any member and The minutes", True),
    ]


def test_no_open_question_is_said_to_be_left(small: Small, all_best: Data) -> None:
    case = small(all_best, respondents=MEMBERS)
    assert case.report.open_questions == []
    for format_name in ("html", "markdown"):
        assert WORDS["no_open_questions"] in plain(case, format_name)


def test_the_grid_says_where_the_source_does_not_distinguish(riverside: Any) -> None:
    rows = dict(riverside.report.grid)
    assert [len(cell.items) for cell in rows["Community"]] == [0, 0, 1]
    empty = sum(not cell.items for cells in rows.values() for cell in cells)
    assert empty > 0
    for format_name in ("html", "markdown"):
        assert riverside.text(format_name).count("The source does not distinguish here.") == empty


def test_the_grid_holds_every_indicator_once(example: Any) -> None:
    shown = [title for _, cells in example.report.grid for cell in cells for _, title, _ in cell.items]
    numbered = [f"{n}. {item.title}" for n, item in enumerate(example.audit.rubric.content.indicators, 1)]
    assert sorted(shown) == sorted(numbered)


def test_the_counts_add_up_to_the_questions(example: Any) -> None:
    counts = dict(example.report.counts)
    assert sum(counts.values()) == len(example.assessment.items)
    assert list(counts) == ["Yes", "Partly", "Planned", "No", "Does not apply", "Not known", "Not answered"]


def test_actions_are_shown_with_who_and_when(small: Small) -> None:
    actions = [
        {"item": "board", "what": "Elect two", "owner": "Chair", "due": "2027-01-31", "done": True},
        {"what": "Ask again"},
    ]
    case = small({}, actions=actions)
    assert [tuple(action) for action in case.report.actions] == [
        ("", "", "Ask again", "", "", "open", "Open"),
        ("board", "3. Board", "Elect two", "Chair", "31 January 2027", "done", "Done"),
    ]
    for format_name in ("html", "markdown"):
        assert "Elect two" in case.text(format_name)


# Where it comes from


def test_a_report_names_everything_that_it_was_made_from(riverside: Any) -> None:
    lines = dict(riverside.report.provenance)
    audit = riverside.audit
    assert lines["Rubric"] == "Service user leadership spectrum (service-user-leadership-spectrum), 1.1.0"
    assert lines["Rubric, SHA-256"] == audit.rubric.sha256
    assert lines["Program"] == f"involve-audit {__version__}"
    assert lines["Answers file staff.yaml, SHA-256"] == audit.views[1].sha256
    assert "Written" not in lines


def test_the_time_is_shown_only_where_it_is_given(riverside: Any) -> None:
    report = riverside.report_with(written=datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    assert dict(report.provenance)["Written"] == "22 November 2026, 09:30:00 +0000"


@pytest.mark.parametrize("format_name", ["html", "markdown"])
def test_a_page_says_what_it_is_not(format_name: str, example: Any) -> None:
    assert WORDS["not_a_certificate"] in plain(example, format_name)


# Warnings


def test_a_view_that_nobody_answered_is_pointed_out(small: Small) -> None:
    assert small({}).report.warnings == [
        WARNINGS["unheard"].format(perspective="Members"),
        WARNINGS["no_respondents"].format(file="view.yaml"),
    ]


def test_a_first_voice_that_is_missing_is_pointed_out(small: Small) -> None:
    case = small({}, respondents={"staff": 1})
    assert case.report.warnings == [WARNINGS["unheard"].format(perspective="Members")]


@pytest.mark.parametrize("answers", [{}, {"board": "unknown"}])
def test_people_who_gave_no_answer_are_no_voice(small: Small, answers: Data) -> None:
    case = small(answers, respondents={"members": 4})
    assert case.report.warnings == [WARNINGS["unheard"].format(perspective="Members")]


def test_an_older_version_of_the_rubric_is_pointed_out(small: Small, small_rubric: Data) -> None:
    small_rubric["version"] = "1.2.0"
    wanted = {"old.yaml": "small@1.0.0", "range.yaml": "small@1"}
    views = {
        file: {"rubric": version, "respondents": MEMBERS, "answers": {"survey": "yes"}}
        for file, version in wanted.items()
    }
    case = small(views=views, rubric=small_rubric)
    assert case.report.warnings == [WARNINGS["older"].format(file="old.yaml", wanted="1.0.0", used="1.2.0")]


def test_a_rubric_that_has_only_the_id_of_a_shipped_one_is_pointed_out(small: Small, small_rubric: Data) -> None:
    small_rubric["id"] = "service-user-leadership-spectrum"
    case = small({"survey": "yes"}, respondents=MEMBERS, rubric=small_rubric)
    assert case.report.warnings == [WARNINGS["not_the_shipped"]]


def test_a_file_that_was_left_alone_is_pointed_out(small: Small) -> None:
    case = small({"survey": "yes"}, respondents=MEMBERS, beside={"notes.yaml": "just: notes\n", "read.me": "x"})
    why = "not read, because it holds no answers."
    assert case.report.warnings == [f"{name}: {why}" for name in ("notes.yaml", "read.me")]


def test_an_answer_that_another_answer_holds_down_is_pointed_out(small: Small) -> None:
    case = small({"agenda": "yes", "ignored": "yes"}, respondents=MEMBERS)
    assert case.report.warnings == [WARNINGS["contradiction"].format(item="2. Agenda", limit="4. Ignored")]


@pytest.mark.parametrize("format_name", PAGES)
def test_warnings_are_on_every_page(format_name: str, small: Small) -> None:
    case = small({})
    for warning in case.report.warnings:
        assert warning in plain(case, format_name)


def test_a_file_that_is_there_twice_is_pointed_out(small: Small) -> None:
    view = {"respondents": MEMBERS, "answers": {"board": "no"}}
    case = small(views={"a.yaml": view, "a (1).yaml": view})
    assert case.report.warnings == [WARNINGS["copy"].format(file="a (1).yaml", taken="a.yaml")]


def test_an_earlier_copy_of_a_response_is_pointed_out(small: Small) -> None:
    same = {"respondents": MEMBERS, "response": "a" * 32}
    earlier = {**same, "saved": "2026-11-22T09:00:00Z", "answers": {"board": "yes"}}
    later = {**same, "saved": "2026-11-22T10:00:00Z", "answers": {"board": "no"}}
    case = small(views={"a.yaml": earlier, "b.yaml": later})
    assert case.report.warnings == [WARNINGS["outdated"].format(file="a.yaml", taken="b.yaml")]


def test_every_warning_there_is_has_its_test_here() -> None:
    tested = {"no_respondents", "unheard", "older", "not_the_shipped", "contradiction", "copy", "outdated"}
    assert set(WARNINGS) == tested


# The pages as a whole


def test_every_id_of_the_page_is_its_own_whatever_the_items_are_called(small: Small, small_rubric: Data) -> None:
    small_rubric["indicators"][0]["id"] = "grid"
    ids = re.findall(r'\bid="([^"]*)"', small({}, rubric=small_rubric).text("html"))
    assert len(set(ids)) == len(ids)


def test_no_heading_of_the_markdown_stands_over_nothing(small: Small, small_rubric: Data) -> None:
    del small_rubric["scenarios"], small_rubric["anti_patterns"]
    small_rubric["stages"][1]["gates"][2]["items"] = {"kind": "deficit"}
    lines = [line for line in small({}, rubric=small_rubric).text("markdown").splitlines() if line]
    depth = [len(line) - len(line.lstrip("#")) for line in lines] + [1]
    empty = [line for line, here, below in zip(lines, depth, depth[1:], strict=False) if here and 0 < below <= here]
    assert empty == []


def test_no_section_of_the_page_is_empty(small: Small, small_rubric: Data) -> None:
    del small_rubric["scenarios"], small_rubric["anti_patterns"]
    small_rubric["stages"][1]["gates"][2]["items"] = {"kind": "deficit"}
    page = small({}, rubric=small_rubric).text("html")
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>\s*</section>", page) == []


def test_the_markdown_leaves_no_line_with_a_stray_tag_but_a_break(example: Any) -> None:
    assert set(re.findall("<[^>]*>", example.text("markdown"))) <= {"<br>"}


@pytest.mark.parametrize("width", [40, 100])
def test_the_summary_keeps_to_its_width(width: int, riverside: Any) -> None:
    lines = riverside.text("text", width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert not any(line != line.rstrip() for line in lines)


def test_the_summary_says_the_same_at_every_width(riverside: Any) -> None:
    assert riverside.text("text", width=70, height=100).split() == riverside.text("text", width=100, height=100).split()


@pytest.mark.parametrize("height", [24, 30, 60])
def test_the_summary_fits_the_screen_with_the_prompt_after_it(example: Any, height: int) -> None:
    lines = example.text("text", width=80, height=height).splitlines()
    assert len(lines) < height
    assert max(map(len, lines)) <= 80


def test_the_summary_of_very_long_words_fits_the_screen_too(small: Small, small_rubric: Data) -> None:
    word = "w" * 5000
    for named in (*small_rubric["indicators"], *small_rubric["stages"], *small_rubric["perspectives"]):
        named |= {"title": word} | ({"short": word} if "short" in named else {})
    views = {
        f"{name}.yaml": {"respondents": {name: 1}, "answers": {"board": board}, "subject": {"name": word}}
        for name, board in (("members", "no"), ("staff", "yes"))
    }
    lines = small(views=views, rubric=small_rubric).text("text", height=24).splitlines()
    assert len(lines) < 24
    assert max(map(len, lines)) <= 80
    assert any(line.endswith("…") for line in lines)


def test_the_summary_counts_what_it_leaves_out(riverside: Any) -> None:
    short, long = (riverside.text("text", height=height) for height in (24, 100))
    part = short.partition("Where views differ")[2].partition("Does it hold up?")[0]
    shown = sum(found.title in part for found in riverside.report.disagreements)
    assert 0 < shown < len(riverside.report.disagreements)
    assert f"Where views differ ({shown} of {len(riverside.report.disagreements)})" in short
    assert all(found.title in long for found in riverside.report.disagreements)
    assert "Where views differ\n" in long


def test_a_line_break_in_a_name_makes_no_line_of_its_own(small: Small) -> None:
    case = small({}, respondents=MEMBERS, subject={"name": "Riverside\nStage: High\n\n# Stage: High"})
    for format_name in ("text", "markdown"):
        lines = case.text(format_name).splitlines()
        assert not [line for line in lines if line.startswith(("Stage: High", "# Stage"))], format_name


def test_what_does_not_apply_has_nothing_to_do_under_it(small: Small, small_rubric: Data) -> None:
    item = small_rubric["indicators"][2]
    item |= {"not_applicable_when": "Never.", "next_step": "Found a board."}
    case = small({item["id"]: {"answer": "not-applicable", "reason": "There is none."}}, rubric=small_rubric)
    assert entry(case, item["id"]).how == ""
    for format_name in ("html", "markdown"):
        below = plain(case, format_name).rpartition("There is none.")[2]
        assert "Found a board." not in below.partition("Answered by")[0]


def test_every_answer_says_in_words_whether_it_is_good_or_bad(riverside: Any) -> None:
    titles = riverside.report._titles
    said = {
        (item.lower_is_better, option.id): titles.given(item.id, option.id).said
        for item in riverside.report.rubric.items
        for option in riverside.report.rubric.scale
        if option.is_for(item.kind) and item.kind != "practice"
    }
    assert said[False, "yes"] == "Yes – in place"
    assert said[True, "yes"] == "Yes – a problem"
    assert said[True, "no"] == "No – as it should be"
    assert said[False, "partly"] == "Partly – partly in place"
    assert said[True, "partly"] == "Partly – partly a problem"
    assert said[False, "planned"] == "Planned – not yet in place"


def test_where_too_many_are_set_aside_these_are_named(small: Small, small_rubric: Data) -> None:
    aside = {"items": {"kind": "achievement"}, "measure": "not-applicable", "at_most": "0%", "because": "a", "id": "a"}
    small_rubric["stages"][1]["gates"].append(aside)
    board = next(item for item in small_rubric["indicators"] if item["id"] == "board")
    board["not_applicable_when"] = "There is no board."
    case = small(
        {"agenda": "yes", "board": {"answer": "not-applicable", "reason": "None."}},
        respondents=MEMBERS,
        rubric=small_rubric,
    )
    assert gate(case, "a").because_of == (("3. Board", "Does not apply"),)


def test_readings_that_a_rubric_leaves_out_are_named(small: Small, small_rubric: Data) -> None:
    small_rubric["readings"] = ["evidence-only"]
    left_out = small({}, respondents=MEMBERS, rubric=small_rubric).report.readings_left_out
    assert "the answers of each group alone" in left_out
    assert "evidence" not in left_out
