"""`involve-audit answers new`: a form to answer a rubric's questions in, for every way in which people answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import Annotated

import typer

from involve_audit import clock, output
from involve_audit.cli.writing import Targets, naming, outputs_of, require_style, targets_of
from involve_audit.errors import Problem, UsageError
from involve_audit.language import _, in_short
from involve_audit.render.formats import FORMS, Format
from involve_audit.render.options import LARGE_PRINT, SHORT, STYLES

_LARGE = ("html", "workbook", "paper")
_STYLES = [style for style in STYLES if style != SHORT]


def command(
    rubric: Annotated[
        str | None,
        typer.Argument(metavar="RUBRIC", help="A rubric's id or file; else the first of `rubric list`."),
    ] = None,
    outputs: Annotated[list[str] | None, outputs_of(FORMS.formats)] = None,
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help=naming("The sort of form: {words}.", FORMS.names)),
    ] = None,
    subject: Annotated[str | None, typer.Option(metavar="TEXT", help="Fill in what is looked at.")] = None,
    audit: Annotated[str | None, typer.Option(metavar="ID", help="Fill in the audit they belong to.")] = None,
    perspective: Annotated[
        str | None, typer.Option("--for", metavar="PERSPECTIVE", help="Ask this one group of people only.")
    ] = None,
    style: Annotated[str | None, typer.Option(metavar="STYLE", help=naming("How it looks: {words}.", _STYLES))] = None,
    with_help: Annotated[bool, typer.Option("--with-help", help="Put the help with each question too.")] = False,
    views: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Room for this many groups, in a workbook.")
    ] = None,
) -> None:
    """Make a form with every question, to be filled in.

    The ending of its name says what it is. Nothing is written over.
    """
    from involve_audit.loading.rubric import all_ids, file_to_name, load_rubric, translations_of
    from involve_audit.render.forms.blank import BlankForm, require_sound, subject_named

    require_style(style, _STYLES)
    targets = targets_of(FORMS, outputs, kind)
    targets = replace(targets, formats={name: _of_kind(name, form, kind) for name, form in targets.formats.items()})
    _require_use(targets, f"--views {views}", ("workbook",) if views not in (None, "1") else None)
    _require_use(targets, f"--style {style}", _LARGE if style == LARGE_PRINT else None)
    output.refuse_what_exists(targets.formats)
    found = load_rubric(rubric or all_ids()[0])
    blank = BlankForm(
        found.content,
        clock.today(),
        file=file_to_name(found),
        subject=subject_named(subject),
        audit=audit,
        perspective=perspective,
        with_help=with_help,
        large_print=style == LARGE_PRINT,
        views=_number(views or "1"),
        sha256=found.sha256,
        translations=partial(translations_of, found),
    )
    require_sound(blank)
    targets.write(lambda _options: blank)


def _require_use(targets: Targets, option: str, kinds: Sequence[str] | None) -> None:
    """Raise UsageError where none of the forms that are asked for is of a sort that the option does anything for."""
    if kinds is not None and not any(form.name in kinds for form in targets.formats.values()):
        what = _("{option} does nothing for this sort of form").format(option=option)
        ways = in_short(f"`--kind {kind}`" for kind in kinds)
        raise UsageError(Problem("", what, _("Leave it out, or choose {ways}.").format(ways=ways)))


def _number(given: str) -> int:
    return int(given) if re.fullmatch("[0-9]{1,3}", given) else 0


def _of_kind(name: str, form: Format, kind: str | None) -> Format:
    """The sort of form to write to this file. Raises UsageError where it cannot be the one that is asked for."""
    if kind is None or name == output.STANDARD_OUTPUT or form.name == kind:
        return form
    wanted = FORMS.named(kind)
    if not any(suffix.endswith(PurePath(name).suffix.lower()) for suffix in wanted.suffixes):
        what = _("--kind {kind} does not go with this ending").format(kind=kind)
        raise UsageError(Problem(name, what, _("End its name in {ending}.").format(ending=wanted.suffixes[0])))
    return wanted
