"""`involve-audit answers enter`: what came back on paper, typed quickly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from involve_audit import clock
from involve_audit.cli.assess import can_ask
from involve_audit.cli.writing import Plain
from involve_audit.errors import Problem, UsageError
from involve_audit.language import _

_ENDINGS = (".yaml", ".yml")


def command(
    rubric: Annotated[
        str | None,
        typer.Argument(metavar="RUBRIC", help="A rubric's id or file; else the first of `rubric list`."),
    ] = None,
    file: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Keep the first form in it, such as view.yaml.")
    ] = None,
    again: Annotated[
        str | None, typer.Option("--check", metavar="FILE", help="Type this form once more, and settle what differs.")
    ] = None,
    subject: Annotated[str | None, typer.Option(metavar="TEXT", help="What is looked at, on every form.")] = None,
    audit: Annotated[str | None, typer.Option(metavar="ID", help="The audit that the forms belong to.")] = None,
    perspective: Annotated[
        str | None, typer.Option("--for", metavar="PERSPECTIVE", help="Who filled in all of these forms.")
    ] = None,
    plain: Plain = False,
) -> None:
    """Type answers that were given on paper, one letter a question.

    Each form is kept in a file of its own: view.yaml, view-2.yaml and so on. Nothing is lost where it is stopped.
    """
    from involve_audit.asking import entering
    from involve_audit.asking.session import require_place
    from involve_audit.asking.wanted import Asking
    from involve_audit.loading.audit import load_audit
    from involve_audit.loading.rubric import all_ids, file_to_name, load_rubric
    from involve_audit.render.forms.blank import BlankForm, require_sound, subject_named

    path = _file(file, again)
    _require_terminal()
    require_place(Asking(save=str(path)))
    named = load_audit([again], clock.today(), rubric).rubric if again else load_rubric(rubric or all_ids()[0])
    blank = BlankForm(
        named.content,
        clock.today(),
        file=file_to_name(named),
        subject=subject_named(subject),
        audit=audit,
        perspective=perspective,
    )
    require_sound(blank)
    given = {"--subject": subject, "--audit": audit, "--for": perspective}
    options = [word for name, value in given.items() if value for word in (name, value)]
    wanted = entering.Entering(blank, path, (*([rubric] if rubric else []), *options), plain)
    (entering.check if again else entering.enter)(wanted)


def _file(file: str | None, again: str | None) -> Path:
    """The file to type into. Raises UsageError where it is not said, or said twice."""
    if file and again:
        what = _("-o and --check do not go together")
        raise UsageError(Problem("", what, _("--check puts what was settled into the file that it names.")))
    if again:
        return Path(again)
    if not file or not file.lower().endswith(_ENDINGS):
        hint = _("Name one: involve-audit answers enter -o view.yaml")
        raise UsageError(Problem(file or "", _("the answers are kept in a .yaml file"), hint))
    return Path(file)


def _require_terminal() -> None:
    if not can_ask():
        hint = _("Start the same command on a terminal. Other forms are read with: involve-audit answers read FILE")
        raise UsageError(Problem("", _("forms can be typed only on a terminal"), hint))
