"""`involve-audit assess`: one audit, from its views to a stage with reasons."""

from __future__ import annotations

from typing import Annotated

import typer

from involve_audit import clock, output
from involve_audit.cli.speaking import LanguageOption
from involve_audit.language import _


def command(
    views: Annotated[
        list[str] | None, typer.Argument(metavar="VIEW", help="Answers files of one audit, or a folder of them.")
    ] = None,
    rubric: Annotated[
        str | None, typer.Option("--rubric", "-r", help="A rubric's id or file; else the one that the views name.")
    ] = None,
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write .html, .pdf, .md, .txt or .audit.json. Repeat for more."
        ),
    ] = None,
    format_name: Annotated[
        str | None, typer.Option("--format", help="The format for `-o -`: text, html, pdf, markdown or record.")
    ] = None,
    style: Annotated[
        str | None, typer.Option(metavar="STYLE", help="How pages look: full, large-print or short.")
    ] = None,
    template: Annotated[
        str | None, typer.Option(metavar="DIR", help="Take templates from this folder first: your house style.")
    ] = None,
    save: Annotated[
        str | None, typer.Option(metavar="FILE", help="When asking: keep the answers in this file.")
    ] = None,
    resume: Annotated[
        str | None, typer.Option(metavar="FILE", help="Go on asking at the first open question of this file.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="When asking: show last time's answers beside each.")
    ] = None,
    theme: Annotated[list[str] | None, typer.Option(metavar="THEME", help="When asking: only this theme.")] = None,
    stage: Annotated[list[str] | None, typer.Option(metavar="STAGE", help="When asking: only this stage.")] = None,
    only_unanswered: Annotated[
        bool, typer.Option("--only-unanswered", help="When asking: only questions that are still open.")
    ] = False,
    fail_under: Annotated[
        str | None,
        typer.Option(metavar="STAGE", help="Exit with code 1 if the stage is lower, or not enough is known."),
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Bare text: no colour, no weight.")] = False,
    publish: Annotated[
        bool,
        typer.Option("--publish", help="For sharing: without notes, evidence, small numbers."),
    ] = False,
    fewer_than: Annotated[
        str | None,
        typer.Option(metavar="N", help="With --publish: hide numbers under N, not under 5."),
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Work out the stage of one audit and show why.

    Without VIEW, on a terminal, it asks the questions and saves every answer. Without -o, a summary is printed.
    Views that share an `audit:` line are assessed together.
    """
    from involve_audit.asking.wanted import Asking
    from involve_audit.cli.assessing import check_stage, is_possible, require_stage, require_views
    from involve_audit.cli.sharing import bound_of
    from involve_audit.cli.writing import Look, planned
    from involve_audit.engine.assessment import assess
    from involve_audit.engine.compiled import compile_rubric, compile_view
    from involve_audit.loading.audit import load_audit
    from involve_audit.render.publishing import to_show

    writing, bound = planned(outputs or [], format_name, Look(style, template, plain)), bound_of(publish, fewer_than)
    asking = Asking(rubric, save, resume, last, tuple(theme or ()), tuple(stage or ()), only_unanswered, plain)
    of_questions, asked = asking.of_questions(), not views and is_possible()
    if asked:
        from involve_audit.asking.session import ask

        (views, rubric), writing, of_questions = ask(asking), writing.and_summary(), []
    audit = load_audit(require_views(views, of_questions), clock.today(), rubric)
    output.refuse_to_overwrite(list(writing.formats), [*audit.inputs])
    require_stage(audit.rubric.content, fail_under)
    compiled = compile_rubric(audit.rubric.content)
    assessment = assess(compiled, [compile_view(compiled, view.content) for view in audit.views])
    writing.write(to_show(audit, bound), assessment)
    if asked and assessment.disagreements:
        output.say(_("What to do with the group next: talk about where views differ."))
    check_stage(audit.rubric.content, assessment, fail_under)
