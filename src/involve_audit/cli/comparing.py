"""The parts that `diff` and `trend` share: which audits, written where, and which gate was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from involve_audit import clock, output, terminal
from involve_audit.cli.writing import Look
from involve_audit.engine.comparing.comparison import FAIL_ON, Comparison, compare
from involve_audit.engine.comparing.correspondence import Correspondence
from involve_audit.engine.comparing.trend import Link, Trend, trend
from involve_audit.errors import GateFailed, Problem, UsageError
from involve_audit.language import _, listed
from involve_audit.loading.rounds import ReadRound
from involve_audit.render.comparing.formats import ComparisonFormat
from involve_audit.render.comparing.report import DiffReport
from involve_audit.render.options import Options
from involve_audit.suggest import suggestion

_MOST = 5
_FEWEST = 2


def compared(before: ReadRound, after: ReadRound) -> Comparison:
    """What changed between two audits that were read."""
    link = _link(before, after)
    return compare(before.round(), after.round(), link.correspondence, link.same_rubric)


def _link(before: ReadRound, after: ReadRound) -> Link:
    related = not set(before.lineage).isdisjoint(after.lineage)
    correspondence = Correspondence(before.rubric.content, after.rubric.content, related)
    return Link(correspondence, before.fingerprint == after.fingerprint)


def over_time(rounds: Sequence[ReadRound]) -> Trend:
    """How a series of audits went, in the order of time. Raises UsageError where there are too few."""
    if len(rounds) < _FEWEST:
        what = _("`trend` needs at least two audits of different days or names")
        raise UsageError(Problem("", what, _("Name more audits, or the folder they are in.")))
    return trend([one.round() for one in rounds], links_between(rounds))


def links_between(rounds: Sequence[ReadRound]) -> list[Link]:
    """How each audit corresponds to the one before; what two rubrics have in common is worked out once."""
    found: dict[tuple[int, int], Link] = {}
    links = []
    for before, after in pairwise(rounds):
        key = id(before.rubric), id(after.rubric)
        if key not in found:
            found[key] = _link(before, after)
        links.append(found[key])
    return links


def require_checks(fail_on: Sequence[str]) -> tuple[str, ...]:
    """What the run may fail on, each once. Raises UsageError for a word that is none of it."""
    problems = [
        Problem("", _("--fail-on: `{name}` is nothing to fail on").format(name=name), suggestion(name, FAIL_ON))
        for name in fail_on
        if name not in FAIL_ON
    ]
    if problems:
        raise UsageError(problems)
    return tuple(dict.fromkeys(fail_on))


def require_one_subject(rounds: Sequence[ReadRound], any_subject: bool) -> None:
    """Raise UsageError where the audits are of different subjects and nobody asked for that."""
    first_of: dict[str, ReadRound] = {}
    for one in rounds:
        first_of.setdefault(" ".join(one.subject.name.split()).casefold(), one)
    if len(first_of) > 1 and not any_subject:
        named = list(first_of.values())[:_MOST]
        shown = listed(_("{file} has “{name}”").format(file=one.name, name=one.subject.name) for one in named)
        what = _("these audits are of different subjects: {list}").format(list=shown)
        hint = _("Compare audits of one subject, or say that it is one with --any-subject.")
        raise UsageError(Problem("", what, hint))


def check(report: DiffReport) -> None:
    """Raise GateFailed where a check that was asked for failed."""
    if failed := report.failures:
        raise GateFailed(Problem("", f"--fail-on {name}: {what}", hint) for name, what, hint in failed)


def write(report_with: Any, formats: Mapping[str, ComparisonFormat], look: Look) -> None:
    """Write everything, or nothing. `report_with` makes the report for given options.

    Raises OutputError, or InputError where a template is wrong.
    """
    in_file = Options(written=clock.time_to_state(), templates=Path(look.template) if look.template else None)
    on_terminal = replace(
        in_file, width=terminal.width(), height=terminal.height(), colour=terminal.wants_colour(look.plain)
    )
    output.write_all(
        {
            name: entry.render(report_with(on_terminal if name == output.STANDARD_OUTPUT else in_file))
            for name, entry in formats.items()
        }
    )
    output.say_written(formats)


def require_templates_for(formats: Mapping[str, ComparisonFormat], look: Look) -> None:
    """Raise UsageError where templates would change nothing, InputError where their folder holds none."""
    if look.template is None:
        return
    if not any(entry.styled for entry in formats.values()):
        what = _("{option} goes with a page, and none is written here").format(option="--template")
        raise UsageError(Problem("", what, _("Name one, such as -o page.html or -o page.md.")))
    from involve_audit.render.template_files import require_templates

    require_templates(Path(look.template))
