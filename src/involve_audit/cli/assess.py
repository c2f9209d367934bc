"""`involve-audit assess`: one audit, from its views to a stage with reasons."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from involve_audit import clock, output
from involve_audit.cli.writing import (
    FewerThan,
    Look,
    Plain,
    Template,
    bound_of,
    format_of,
    outputs_of,
    style_of,
    targets_of,
)
from involve_audit.errors import CheckFailed, Problem, UsageError, require_stage
from involve_audit.language import _
from involve_audit.render.formats import ASSESSMENT

if TYPE_CHECKING:
    from involve_audit.engine.assessment import Assessment
    from involve_audit.model.rubric import Rubric

Views = Annotated[
    list[str] | None, typer.Argument(metavar="VIEW", help="Answers files of one audit, or a folder of them.")
]
UsedRubric = Annotated[
    str | None,
    typer.Option("--rubric", "-r", metavar="RUBRIC", help="A rubric's id or file; else the one that the views name."),
]
Style = Annotated[str | None, style_of()]
Annex = Annotated[bool, typer.Option("--annex", help="Add how it was worked out: figures, readings, sources, hashes.")]
Save = Annotated[str | None, typer.Option(metavar="FILE", help="When asking: keep the answers in this file.")]
Resume = Annotated[
    str | None, typer.Option(metavar="FILE", help="Go on asking at the first open question of this file.")
]
Last = Annotated[
    str | None, typer.Option("--from", metavar="FILE", help="When asking: show last time's answers beside each.")
]
Themes = Annotated[list[str] | None, typer.Option(metavar="THEME", help="When asking: only this theme.")]
Stages = Annotated[list[str] | None, typer.Option(metavar="STAGE", help="When asking: only this stage.")]
OnlyUnanswered = Annotated[
    bool, typer.Option("--only-unanswered", help="When asking: only questions that are still open.")
]
FailUnder = Annotated[
    str | None, typer.Option(metavar="STAGE", help="Exit with code 1 if the stage is lower, or not enough is known.")
]
Publish = Annotated[bool, typer.Option("--publish", help="For sharing: without notes, evidence, small numbers.")]


def command(
    views: Views = None,
    rubric: UsedRubric = None,
    outputs: Annotated[list[str] | None, outputs_of(ASSESSMENT.formats)] = None,
    format_name: Annotated[str | None, format_of(ASSESSMENT)] = None,
    style: Style = None,
    annex: Annex = False,
    template: Template = None,
    save: Save = None,
    resume: Resume = None,
    last: Last = None,
    theme: Themes = None,
    stage: Stages = None,
    only_unanswered: OnlyUnanswered = False,
    fail_under: FailUnder = None,
    plain: Plain = False,
    publish: Publish = False,
    fewer_than: FewerThan = None,
) -> None:
    """Work out the stage of one audit and show why.

    Without VIEW, on a terminal, it asks the questions and saves every answer. Without -o, a summary is printed.
    Views that share an `audit:` line are assessed together.
    """
    from involve_audit.asking.wanted import Asking
    from involve_audit.engine.assessment import assess_audit
    from involve_audit.loading.audit import load_audit
    from involve_audit.render.publishing import of_one_person, to_show
    from involve_audit.render.report import ReportPage
    from involve_audit.words.reports import PUBLISHING

    targets = targets_of(ASSESSMENT, outputs, format_name, Look(style, template, plain, clock.time_to_state(), annex))
    bound = bound_of(publish, fewer_than)
    chosen = tuple(theme or ()), tuple(stage or ()), only_unanswered
    asking = Asking(rubric, save, resume, last, *chosen, plain, offers_pages=not (outputs or format_name))
    of_questions, held = asking.of_questions(), None
    if not views and can_ask():
        from involve_audit.asking.session import ask

        held = ask(asking, clock.today())
        views, rubric, targets, of_questions = held.views, held.rubric, targets.and_summary(), []
    audit = load_audit(require_views(views, of_questions), clock.today(), rubric)
    if bound is not None:
        from involve_audit.loading.combining import of_one_voice

        audit = of_one_voice(audit)
    require_stage(fail_under, [stage.id for stage in audit.rubric.content.stages])
    assessment = assess_audit(audit)
    targets.write(page := partial(ReportPage, to_show(audit, bound), assessment))
    if bound is not None:
        for name in of_one_person(audit):
            output.say(PUBLISHING["one_person"].format(file=name))
    if held:
        if assessment.disagreements:
            output.say(_("What to do with the group next: talk about where views differ."))
        if held.pages:
            output.refuse_what_exists(held.pages)
            replace(targets, formats=ASSESSMENT.chosen(held.pages, None)).write(page)
        output.say(held.told(outputs or (), publish, fewer_than))
    _check_stage(audit.rubric.content, assessment, fail_under)


def can_ask() -> bool:
    """Whether somebody can be asked: both ends are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def require_views(views: Sequence[str] | None, of_questions: Sequence[str]) -> list[str]:
    """The views that were named. Raises UsageError where none was."""
    if not views:
        hint = _("Name one or more answers files, or the folder they are in: involve-audit assess FOLDER")
        if of_questions:
            hint = _("Questions can be asked only on a terminal. Start the same command there.")
        raise UsageError(Problem("", _("no answers files were named"), hint))
    if of_questions:
        what = _("{option} goes with asking the questions, not with answers files").format(option=of_questions[0])
        raise UsageError(Problem("", what, _("Leave out either the files or the option.")))
    return list(views)


def _check_stage(rubric: Rubric, assessment: Assessment, wanted: str | None) -> None:
    """Raise CheckFailed where the floor is below the stage that was asked for, or not enough is known."""
    if wanted is None:
        return
    stages = [stage.id for stage in rubric.stages]
    if stages.index(assessment.floor) < stages.index(wanted):
        what = _("--fail-under {wanted}: the stage is `{stage}`").format(wanted=wanted, stage=assessment.floor)
        raise CheckFailed(Problem("", what, _("The report says what holds it back.")))
    if not assessment.enough_known:
        what = _("--fail-under {wanted}: not enough is known to name a stage").format(wanted=wanted)
        raise CheckFailed(Problem("", what, _("Answer more of the open questions.")))
