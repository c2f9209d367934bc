"""`involve-audit answers invite`: forms for many services, and a list to tick off who has answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from involve_audit import clock
from involve_audit.cli.writing import naming
from involve_audit.errors import Problem, UsageError
from involve_audit.language import _, first_of, ngettext, number
from involve_audit.output import say
from involve_audit.render.formats import FORMS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from involve_audit.collecting.inviting import Done

_USUAL = ("html", "workbook")
_LONGEST = 300


def command(
    services: Annotated[str, typer.Argument(metavar="FILE", help="A table with a row for each service.")],
    folder: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FOLDER", help="Write a folder for each into this one.")
    ] = None,
    rubric: Annotated[
        str | None,
        typer.Option(
            "--rubric", "-r", metavar="RUBRIC", help="A rubric's id or file; else the first of `rubric list`."
        ),
    ] = None,
    kinds: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help=naming("{words}. Repeat for more.", FORMS.names)),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day to answer, such as 2026-12-24, for the letter.")
    ] = None,
    reply_to: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Whom to send the answers to, for the letter.")
    ] = None,
) -> None:
    """Write forms for many services, and a letter for each.

    The name of the service and the audit are filled in. The folder also gets a list of all services, to tick off who
    has answered. What is there already is never written over: give a longer table again, and only what is new is added.
    """
    from pathlib import Path

    from involve_audit.collecting.inviting import LIST, Invitation
    from involve_audit.loading.rubric import all_ids, file_to_name, load_rubric
    from involve_audit.loading.services import load_services
    from involve_audit.render.forms.blank import BlankForm

    if folder is None:
        raise UsageError(Problem("", _("no folder was named"), _("Name one to write: -o FOLDER")))
    if reply_to is not None and not 0 < len(reply_to.strip()) <= _LONGEST:
        what = _("--reply-to has to have 1 to {most} characters").format(most=number(_LONGEST))
        raise UsageError(Problem("", what, _("Name a person, an office or an address.")))
    formats = [FORMS.named(kind) for kind in dict.fromkeys(kinds or _USUAL)]
    for form in formats:
        form.require()
    today = clock.today()
    last_day = _last_day(by, today) if by is not None else None
    wanted = load_services(services)
    found = load_rubric(rubric or all_ids()[0])
    blank = BlankForm(found.content, today, file=file_to_name(found))
    done = Invitation(Path(folder), blank, formats, last_day, reply_to).write(wanted.services)
    _tell(wanted.left_alone, done, Path(folder) / LIST)


def _tell(left_alone: Sequence[str], done: Done, listing: Path) -> None:
    """What was read and what was written, and what to do once answers come back."""
    if left_alone:
        what = _("Columns of this table that were not read: {list}. Nothing in them is in any of the files.")
        say(what.format(list="; ".join(first_of(left_alone))))
    told = ngettext("{count} service, {new} of them new.", "{count} services, {new} of them new.", done.services)
    say(told.format(count=number(done.services), new=number(done.new)))
    written = ngettext("Written: {count} file in {folder}.", "Written: {count} files in {folder}.", done.files)
    say(written.format(count=number(done.files), folder=listing.parent))
    if done.new < done.services:
        say(
            _("What was there already stays as it is, whatever it was made with. For other forms, name another folder.")
        )
    say(_("To see who has not answered yet: involve-audit batch FOLDER --expected {list}").format(list=listing))


def _last_day(given: str, today: date) -> date:
    """The last day to answer. Raises UsageError where it is no day from today on."""
    from involve_audit.model.view import is_unlikely

    try:
        last = datetime.strptime(given, "%Y-%m-%d").date()
    except ValueError:
        last = date.min
    if last < today or is_unlikely(last, today):
        what = _("--by: `{given}` is no day within a year from today").format(given=given)
        raise UsageError(Problem("", what, _("Write it as year-month-day, such as {day}.").format(day=today)))
    return last
