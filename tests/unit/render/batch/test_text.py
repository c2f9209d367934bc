"""The summary of a run on a terminal: it fits the screen, and how many stand where comes last."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.many import run_over, service

from involve_audit.engine.checks import Checks
from involve_audit.render.batch.outcome import FollowUp, Run, Setting
from involve_audit.render.batch.text import document


def run_with(services: list[FollowUp], more: int = 0) -> Run:
    return replace(run_over(40), follow_ups=tuple(services), to_follow_up=len(services) + more)


def lines(run: Run, height: int | None = 24, width: int = 80) -> list[str]:
    return "".join(document(run, (), Setting(Checks(), width=width, height=height))).splitlines()


def test_forty_services_fit_a_screen_with_the_summary_last() -> None:
    shown = lines(run_with([service(number) for number in range(1, 13)], more=25))
    assert len(shown) < 24
    assert max(map(len, shown)) <= 80
    assert shown[-1] == "40 audits assessed, from 40 answers files."
    assert any(line.endswith("of 37)") for line in shown), "what does not fit is counted"


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_id_is_broken_however_long_it_is(width: int) -> None:
    id = "service-of-the-northern-towns-and-of-every-village-around-them-2026-11"
    same_name = [service(1)._replace(id=id), service(1)]
    shown = lines(run_with(same_name), height=None, width=width)
    assert sum(f"({id})" in line for line in shown) == 1


@pytest.mark.parametrize("width", [40, 50, 60, 70, 80])
def test_a_name_after_an_option_stays_beside_it(width: int) -> None:
    text = "\n".join(lines(run_with([service(1)]), width=width))
    assert "-o overview.html" in text
    assert "-o overview.csv" in text


def test_in_a_file_nothing_is_left_out() -> None:
    shown = lines(run_with([service(number) for number in range(1, 13)]), height=None)
    assert sum(line.startswith("  - ") for line in shown) == 12 + 5
