"""The parts of `assess` that other commands share: what to write, and which gate was asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from involve_audit.engine.assessment import Assessment
from involve_audit.errors import GateFailed, Problem, UsageError
from involve_audit.language import _
from involve_audit.model.rubric import Rubric
from involve_audit.output import STANDARD_OUTPUT
from involve_audit.render.formats import FORMATS, TEXT, Format, format_named, format_of_file
from involve_audit.suggest import suggestion, unknown


def is_possible() -> bool:
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


def with_summary(formats: dict[str, Format]) -> dict[str, Format]:
    """The formats, and the summary on standard output in any case."""
    return {STANDARD_OUTPUT: TEXT} | formats


def chosen_formats(outputs: Sequence[str], format_name: str | None) -> dict[str, Format]:
    """What to write where: the format of each file by its suffix, the summary on standard output without any.

    Raises UsageError with every output whose format is not known.
    """
    for_standard_output = _named(format_name)
    if not outputs:
        return {STANDARD_OUTPUT: for_standard_output}
    formats: dict[str, Format] = {}
    problems: list[Problem] = []
    places: set[str] = set()
    for name in outputs:
        entry = for_standard_output if name == STANDARD_OUTPUT else format_of_file(name)
        if entry is None:
            suffixes = " ".join(suffix for known in FORMATS for suffix in known.suffixes)
            hint = _("End its name in one of: {suffixes}").format(suffixes=suffixes)
            problems.append(Problem(name, _("its ending does not say which format to write"), hint))
        elif name in formats or (name != STANDARD_OUTPUT and os.path.realpath(name) in places):
            problems.append(Problem(name, _("this output is named twice"), _("Name each once.")))
        else:
            formats[name] = entry
            places.add(os.path.realpath(name) if name != STANDARD_OUTPUT else name)
    if problems:
        raise UsageError(problems)
    return formats


def _named(format_name: str | None) -> Format:
    if format_name is None:
        return TEXT
    found = format_named(format_name)
    if found is None:
        hint = suggestion(format_name, [entry.name for entry in FORMATS])
        raise UsageError(Problem("", _("there is no format `{format}`").format(format=format_name), hint))
    return found


def check_stage(rubric: Rubric, assessment: Assessment, wanted: str | None) -> None:
    """Raise GateFailed where the floor is below the stage that was asked for, or not enough is known."""
    if wanted is None:
        return
    stages = [stage.id for stage in rubric.stages]
    if stages.index(assessment.floor) < stages.index(wanted):
        what = _("--fail-under {wanted}: the stage is `{stage}`").format(wanted=wanted, stage=assessment.floor)
        raise GateFailed(Problem("", what, _("The report says what holds it back.")))
    if not assessment.enough_known:
        what = _("--fail-under {wanted}: not enough is known to name a stage").format(wanted=wanted)
        raise GateFailed(Problem("", what, _("Answer more of the open questions.")))


def require_stage(rubric: Rubric, wanted: str | None) -> None:
    """Raise UsageError where the rubric has no such stage."""
    stages = [stage.id for stage in rubric.stages]
    if wanted is not None and wanted not in stages:
        raise UsageError(Problem("", *unknown("stage", wanted, stages)))
