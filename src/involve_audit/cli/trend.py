"""`involve-audit trend`: a series of audits of one subject over time."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from involve_audit import clock, output
from involve_audit.cli.writing import AnyRubrics, Look, Plain, Template, format_of, outputs_of, targets_of
from involve_audit.errors import InputError, Problem
from involve_audit.render.formats import SERIES

Audits = Annotated[
    list[str] | None,
    typer.Argument(metavar="AUDIT", help="Answers files, records, or folders of them; each audit once."),
]
AnySubject = Annotated[bool, typer.Option("--any-subject", help="Put audits of different subjects together.")]


def command(
    audits: Audits = None,
    rubrics: AnyRubrics = None,
    outputs: Annotated[list[str] | None, outputs_of(SERIES.formats)] = None,
    format_name: Annotated[str | None, format_of(SERIES)] = None,
    any_subject: AnySubject = False,
    template: Template = None,
    plain: Plain = False,
) -> None:
    """Show how a series of audits went over time.

    It shows the stage and the themes, when each question changed, and what keeps coming back. A folder stands
    for every audit in it and in the folders directly in it. What cannot be read is left out, and said.
    """
    from involve_audit.engine.comparing.trend import trend
    from involve_audit.loading.material import materials_at
    from involve_audit.loading.rounds import in_order, readable_rounds, require_series, without_words
    from involve_audit.render.comparing.trend_page import TrendPage

    look = Look(template=template, plain=plain, written=clock.time_to_state())
    targets = targets_of(SERIES, outputs, format_name, look)
    unread: list[Problem] = []
    found = materials_at(audits or [], unread)
    rounds, left_out = in_order(readable_rounds(found, rubrics or [], clock.today(), unread, without_words))
    require_series(rounds, any_subject, unread)
    page = targets.write(partial(TrendPage, rounds, trend(rounds), left_out, unread))
    if unread:
        output.say(page.taken)
        raise InputError(unread)
