"""Every audit on the page: once among those to talk to first, and once from A to Z."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from tests.many import SETTING, overview_of, rows, run_over, service

from involve_audit.render.batch.listing import MOST_LISTED, MOST_OF_GROUP, MOST_OF_REASONS, listing, row
from involve_audit.render.batch.outcome import GROUPS
from involve_audit.render.batch.page import MOST_HOLDING_BACK, OverviewPage, _where_most
from involve_audit.render.titles import Titles


def listed(names: list[str]) -> list[tuple[str, list[str]]]:
    """What stands under each letter, of services with these names."""
    made = (row(service(0)._replace(subject=name, id=f"a-{place}"), SETTING) for place, name in enumerate(names))
    return [(letter, [audit.name for audit in audits]) for letter, audits in listing(made, 100, "", SETTING).letters]


def test_each_service_stands_in_one_group_and_under_one_letter() -> None:
    found = listing(rows(500), 500, "People who use the service", SETTING)
    every = {service(number).subject for number in range(500)}
    for lists in ([group.audits for group in found.groups], [audits for _letter, audits in found.letters]):
        assert Counter(audit.name for audits in lists for audit in audits) == Counter(every)
    assert len(found.groups) == len(GROUPS) - 1, "all but those that could not be assessed"
    assert found.groups[1].title.startswith("Nobody was heard of: People who use the service: ")
    assert not found.elsewhere


def test_a_group_is_what_is_most_urgent() -> None:
    both = service(0)._replace(urgency=(0, 0, 0, 0, 0, -1, 0, -3, 0))
    assert (both.group, both._replace(urgency=(0,) * 9).group) == ("anti-pattern", "nothing")


def test_names_are_in_order_whatever_their_case_and_accents_and_others_come_last() -> None:
    names = ["Zoo", *(f"b {number:02}" for number in range(20)), "Étang", "1st Home", "Eden"]
    found = listed(names)
    assert [letter for letter, _names in found] == ["B", "E", "Z", "0 to 9, and other signs"]
    assert found[1][1] == ["Eden", "Étang"]


def test_very_many_letters_are_one_list() -> None:
    ((letter, names),) = listed([chr(0x4E00 + number) for number in range(60)])
    assert (letter, len(names)) == ("All of them", 60)


def test_more_than_a_page_has_room_for_are_counted_and_the_page_says_where_all_are() -> None:
    many = MOST_LISTED + 1
    found = listing(rows(many), many, "", SETTING)
    assert found.letters == []
    assert found.elsewhere.startswith("1,501 are too many for a page.")
    assert found.elsewhere.endswith("write it with -o list.csv")
    assert "table: all.csv, one row" in listing(rows(many), many, "", replace(SETTING, table="all.csv")).elsewhere
    for group in found.groups:
        count = int(group.title.rpartition(" ")[2])
        assert len(group.audits) == MOST_OF_GROUP
        assert group.more == f"… and {count - MOST_OF_GROUP} more: see the table"
    of_all = sorted(service(number).subject for number in range(many) if service(number).group == "unheard")
    assert [audit.name.partition(" (")[0] for audit in found.groups[1].audits] == of_all[:MOST_OF_GROUP]


def test_a_group_that_is_not_too_large_says_everything_there_is_to_follow_up() -> None:
    many = [service(1)._replace(id=f"a-{number}") for number in range(MOST_OF_REASONS + 1)]
    tells = [
        listing((row(one, SETTING) for one in some), 100, "", SETTING).groups[0].tells_why for some in (many[1:], many)
    ]
    assert tells == [True, False]


def test_of_very_many_questions_that_hold_back_the_first_are_listed() -> None:
    page = OverviewPage(run_over(20), SETTING)
    (section,) = page.sections
    apart = [item for item in section.holding_back if item.is_anti_pattern]
    assert apart, "they are told apart"
    left = len(section.holding_back) - len(apart) - MOST_HOLDING_BACK
    assert left > 0
    assert (len(section.in_the_way), section.more_in_the_way) == (
        MOST_HOLDING_BACK,
        f"{left} more questions hold back as many audits as the last one here, or fewer.",
    )


def test_the_numbers_of_each_question_add_up_to_all_audits() -> None:
    (section,) = OverviewPage(run_over(40), SETTING).sections
    assert {sum(item.counts) for item in (*section.holding_back, *section.anti_patterns)} == {40}


def test_the_finding_adds_up_and_says_who_was_not_heard() -> None:
    (section,) = OverviewPage(run_over(40), SETTING).sections
    stages, bearing = (" ".join(sentences) for sentences in section.finding)
    named = re.sub(r" of 40\b", "", stages)
    assert sum(map(int, re.findall(r"\d+", named))) == 40
    assert "In 10 nobody was heard of: People who use the service." in bearing


def test_of_audits_at_many_stages_the_finding_says_up_to_which_half_of_them_are() -> None:
    run = run_over(40)
    (rubric, found) = run.overviews[0]
    stages = tuple(found.stages[0]._replace(audits=8) for _ in range(5))
    assert list(_where_most(Titles(rubric.content), found._replace(stages=stages))) == [
        f"24 of 40 are at “{rubric.content.stages[0].short}” or lower.",
        f"The lowest is “{rubric.content.stages[0].short}”, the highest “{rubric.content.stages[0].short}”.",
    ]


def test_the_finding_says_no_more_than_is_known() -> None:
    finding = OverviewPage(run_over(40), SETTING).sections[0].finding
    assert any("could be higher" in sentence for sentence in finding[1])
    assert not any(sentence.startswith("None is at") for sentence in finding[0])


def test_a_page_of_very_many_is_not_too_large() -> None:
    assert len(overview_of(1_000).encode()) <= 250_000
    assert len(overview_of(50_000).encode()) <= 400_000


def test_only_a_page_with_a_list_has_a_script_and_its_policy_allows_no_other() -> None:
    small, large = overview_of(40), overview_of(50_000)
    assert (small.count("<script"), large.count("<script")) == (1, 0)
    assert re.search(r"default-src 'none'; script-src 'sha256-[\w+/=]{44}'; style-src 'sha256-[\w+/=]{44}'; ", small)
    assert "script-src" not in large
