"""The overview of a run over very many services, made from sums and rows: no file is read, and little is scored."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from involve_audit.engine.checks import Checks
from involve_audit.engine.compiled import CompiledView, compile_rubric
from involve_audit.engine.overview import Tally, overview
from involve_audit.engine.score import Score
from involve_audit.loading.rubric import load_rubric
from involve_audit.render.batch.listing import row
from involve_audit.render.batch.outcome import GROUPS, FollowUp, Run, Setting
from involve_audit.render.batch.overview import document

TOWNS = ("Ashby", "Barnsley", "Colne", "Darlow", "Fenwick", "Grange", "Harrow", "Jarrow", "Kendal", "Upton", "York")
KINDS = ("talking therapies", "community mental health team", "peer support network", "recovery college", "day centre")
SETTING = Setting(Checks(), reports="reports", markup="html")
_SCORED = 20


def service(number: int) -> FollowUp:
    """One service, in one of the groups."""
    urgency = [0] * (len(GROUPS) - 1)
    if number % 13:
        urgency[1 + number % (len(urgency) - 1)] = -1
    return FollowUp(
        urgency=tuple(urgency),
        id=f"service-{number:05}",
        files=(f"service-{number:05}.yaml",),
        subject=f"{TOWNS[number % len(TOWNS)]} {KINDS[number % len(KINDS)]} {number}",
        stage="Beginnings, could be Good" if number % 9 else "Too little known",
        problem="",
        perspective="People who use the service",
        report=f"service-{number:05}.html",
        failed=("unknown",) if urgency[1] else (),
    )


def rows(number: int, setting: Setting = SETTING) -> Iterator[str]:
    """A row for each of so many services."""
    return (row(service(place), setting) for place in range(number))


def run_over(number: int) -> Run:
    """A run over so many services of which a few were scored: a multiple of 20, or fewer."""
    found = load_rubric("service-user-leadership-spectrum")
    rubric = compile_rubric(found.content)
    chance, some, tally = random.Random(1), Tally(rubric), Tally(rubric)
    for place in range(min(number, _SCORED)):
        answers = tuple(chance.choice((*item.options, *item.options, rubric.unknown)) for item in rubric.items)
        present = (0, 3) if place % 4 else (3,)
        some.add(Score(rubric, [CompiledView(present, answers, (False,) * len(answers))]))
    for _ in range(max(1, number // _SCORED)):
        tally.merge(some)
    return Run(audits=number, files=number, overviews=((found, overview(rubric, tally)),))


@cache
def overview_of(number: int) -> str:
    """The page about so many services."""
    return "".join(document(run_over(number), rows(number), SETTING))
