"""`involve-audit actions`: what was agreed, in one service or in many."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated

import typer

from involve_audit import clock, output
from involve_audit.cli.writing import AnyRubrics, Look, Plain, Template, format_of, outputs_of, targets_of
from involve_audit.errors import InputError, Problem, UsageError
from involve_audit.language import _
from involve_audit.render.formats import ACTIONS

Audits = Annotated[
    list[str] | None,
    typer.Argument(metavar="AUDIT", help="Answers files, records, or folders of them, of any services."),
]
On = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Count as late on this day, or on `today`; else on that of the latest audit."),
]
Publish = Annotated[bool, typer.Option("--publish", help="For sharing: no words of what was agreed, and no owners.")]
TODAY = "today"


def command(
    audits: Audits = None,
    on: On = None,
    rubrics: AnyRubrics = None,
    outputs: Annotated[list[str] | None, outputs_of(ACTIONS.formats)] = None,
    format_name: Annotated[str | None, format_of(ACTIONS)] = None,
    publish: Publish = False,
    template: Template = None,
    plain: Plain = False,
) -> None:
    """List what was agreed, and where each action stands.

    What is late comes first, then what is open, what is done without effect, and what is done. A folder stands for
    every audit in it and in the folders directly in it. What cannot be read is left out, and said.
    """
    from involve_audit.engine.comparing.following import followed
    from involve_audit.loading.material import materials_at
    from involve_audit.loading.rounds import by_service, readable_rounds, without_words
    from involve_audit.render.actions_page import ActionsPage, of_service
    from involve_audit.render.comparing.rounds import what_was_taken

    look = Look(template=template, plain=plain, written=clock.time_to_state())
    targets = targets_of(ACTIONS, outputs, format_name, look)
    day = _day_of(on)
    unread: list[Problem] = []
    found = materials_at(_required(audits), unread)
    series, left_out = by_service(readable_rounds(found, rubrics or [], clock.today(), unread, without_words))
    if not series:
        raise InputError(unread)
    services = [of_service(rounds, followed(rounds, day), publish) for rounds in series]
    told = ((), ()) if publish else (left_out, unread)  # the names of files are not for sharing
    targets.write(partial(ActionsPage, services, day, publish, *told))
    if unread:
        output.say(what_was_taken(unread, sum(map(len, series))))
        raise InputError(unread)


def _required(audits: list[str] | None) -> list[str]:
    """The audits that were named. Raises UsageError where none was."""
    if not audits:
        hint = _("Name answers files, records, or the folder they are in: involve-audit actions FOLDER")
        raise UsageError(Problem("", _("no audits were named"), hint))
    return audits


def _day_of(on: str | None) -> date | None:
    """The day that was asked for. Raises UsageError where it is none."""
    if on is None:
        return None
    from involve_audit.model.base import Refused, read_day

    if on.strip().casefold() == TODAY:
        return clock.today()
    try:
        return read_day(on)
    except Refused:
        hint = _("Write it as year-month-day, such as 2026-11-22, or `today`.")
        raise UsageError(Problem("", _("--on: `{given}` is not a day").format(given=on), hint)) from None
