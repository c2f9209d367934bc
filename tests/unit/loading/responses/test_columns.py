"""Headings of tables, as survey tools write them: which question each is of, and what is never looked at."""

from __future__ import annotations

import pytest
from tests.each import each

from involve_audit.loading.responses.columns import Headings, Meaning, columns_of
from involve_audit.loading.rubric import load_rubric_by_id
from involve_audit.model.rubric import Rubric

RUBRIC = load_rubric_by_id("service-user-leadership-spectrum").content
ITEM = next(RUBRIC.items)
NUMBER_SEVEN = list(RUBRIC.items)[6]


def headings(rubric: Rubric = RUBRIC, **mapped: Meaning) -> Headings:
    return Headings([rubric], mapped)


@each(
    "heading",
    [
        "q_consult_by_survey",
        "consult-by-survey",
        "consultbysurvey",  # a code of LimeSurvey
        "voice/q_consult_by_survey",  # Kobo
        "t_voice-q_consult_by_survey",  # ODK Central
        "A group.of groups.q_consult_by_survey",
        "t_voice_q_consult_by_survey",
        ITEM.ask,
        f"1. {ITEM.ask}",
        f"{ITEM.ask} *",
        f"{ITEM.ask.replace(' ', chr(0xA0))}{chr(0xA0)}",  # Microsoft Forms
        ITEM.ask.upper(),
        f"Voice and response/{ITEM.ask}",
        f"G01Q01. {ITEM.ask}",  # LimeSurvey, code and text
        f"Please answer [{ITEM.ask}]",  # a grid of Google Forms
        f"Part one {ITEM.ask}",
        ITEM.title,
        f"Voice | {ITEM.title}",
        *ITEM.wording.values(),
    ],
)
def test_a_question_is_known_by_name_text_title_wording_and_by_its_end(heading: str) -> None:
    assert headings().meaning(heading) == Meaning("answer", ITEM.id)


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("q_consult_by_survey__note", "note"),
        ("voice/q_consult_by_survey__reason", "reason"),
        ("1. A note", "note"),
        ("Voice and response/1. A note", "note"),
        ("1. Why it does not apply", "reason"),
    ],
)
def test_notes_and_reasons_are_those_of_their_question(heading: str, part: str) -> None:
    assert headings().meaning(heading) == Meaning(part, ITEM.id)


def test_a_number_in_front_of_a_note_says_whose_it_is() -> None:
    assert headings().meaning("7. A note") == Meaning("note", NUMBER_SEVEN.id)


@each(
    "heading",
    [
        ITEM.ask.replace("surveys", "survey"),
        ITEM.ask.removesuffix(" for their views?"),
        f"{ITEM.ask} Please say more.",
        "Survey",
        "Feedback - " + ITEM.ask,
        "Points - " + ITEM.ask,
        "A note",
        "",
    ],
)
def test_no_heading_is_a_question_because_it_is_like_one(heading: str) -> None:
    assert headings().meaning(heading) == Meaning("nothing")


def test_a_translation_is_as_good_as_the_original() -> None:
    first = RUBRIC.indicators[0].changed(ask="Ydy'r gwasanaeth yn holi?")
    translated = RUBRIC.changed(indicators=(first, *RUBRIC.indicators[1:]))
    assert Headings([RUBRIC, translated], {}).meaning("1. Ydy’r gwasanaeth yn  holi?") == Meaning("answer", ITEM.id)


def test_text_that_two_questions_share_is_neithers() -> None:
    first, second, *others = RUBRIC.indicators
    alike = second.changed(title=first.title)
    shared = RUBRIC.changed(indicators=(first, alike, *others))
    assert headings(shared).meaning(first.title) == Meaning("nothing")


def test_a_title_that_is_the_id_of_another_is_neithers_but_the_id_as_it_is() -> None:
    first, second, *others = RUBRIC.indicators
    alike = second.changed(title=first.id.replace("-", " ").title())
    known = headings(RUBRIC.changed(indicators=(first, alike, *others)))
    assert known.meaning(alike.title.replace(" ", "-")) == Meaning("nothing")
    assert known.meaning(first.id) == Meaning("answer", first.id)


@each(
    "heading",
    [
        *(
            "Email",
            "Email Address",
            "E‑mail",
            "Name",
            "Name (optional)",
            "First name",
            "What is your name?",
            "username",
        ),
        *(
            "_submitted_by",
            "SubmitterName",
            "SubmitterID",
            "deviceid",
            "DeviceID",
            "phonenumber",
            "IP address",
            "ip-address",
        ),
        *(
            "_geolocation",
            "_home_latitude",
            "Your post code",
            "meta/instanceName",
            "Token",
            "Place",
            "Location",
            "Vorname",
        ),
        *("anna@example.org", "07700 900123", "192.0.2.17", "2001:db8:0:1::17"),
    ],
)
def test_what_can_tell_who_somebody_is_is_counted_and_not_named(heading: str) -> None:
    columns = columns_of(["q_consult_by_survey", heading], headings())
    assert columns.identifying == 1
    assert not columns.left_alone
    assert set(columns.held) == {0}


@pytest.mark.parametrize(
    "heading", ["Is the service user led?", "What is in place?", "Name of the service", "start", "_id"]
)
def test_what_tells_of_nobody_is_left_alone_by_name(heading: str) -> None:
    columns = columns_of(["q_consult_by_survey", heading], headings())
    assert columns.identifying == 0
    assert list(columns.names_left_alone) == [heading]


def test_two_columns_for_one_question_are_told() -> None:
    columns = columns_of(["q_consult_by_survey", "other", f"Round 2 / {ITEM.ask}"], headings())
    assert columns.twice == [(0, 2, Meaning("answer", ITEM.id))]


def test_of_columns_that_tools_write_the_better_one_counts() -> None:
    columns = columns_of(["end", "_submission_time", "Timestamp", "meta/instanceID", "_uuid"], headings())
    assert columns.held == {1: Meaning("sent"), 4: Meaning("response")}
    assert not columns.twice


def test_what_somebody_said_of_a_column_goes_before_what_it_is_called() -> None:
    said = Headings([RUBRIC], {"Frage 1": Meaning("answer", ITEM.id)})
    columns = columns_of([ITEM.ask, "  frage 1 "], said)
    assert columns.held == {1: Meaning("answer", ITEM.id)}
    assert columns.left_alone == [0]


def test_a_heading_that_is_like_a_question_is_named_beside_it() -> None:
    like = ITEM.ask.replace("surveys", "questionnaires")
    assert headings().near([like, "Weather"], [ITEM.id, NUMBER_SEVEN.id]) == [(like, ITEM.id)]


def test_every_column_of_our_own_forms_is_known() -> None:
    own = ["ia_rubric", "ia_audit", "ia_perspective", "ia_people", "ia_subject"]
    assert [headings().meaning(name).part for name in own] == ["rubric", "audit", "perspective", "people", "subject"]
