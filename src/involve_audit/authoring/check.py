"""Everything that can be said about a rubric before anybody answers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from involve_audit.authoring import translation
from involve_audit.authoring.allowing import as_allowed
from involve_audit.authoring.gates import gate_findings
from involve_audit.authoring.manuscript import (
    NEED_A_VALID_FILE,
    RULES,
    VERSION,
    VERSION_RULES,
    Manuscript,
    each_rubric,
    in_order,
    manuscript,
    not_valid,
)
from involve_audit.authoring.questions import question_findings
from involve_audit.authoring.typed import typed_findings
from involve_audit.language import _
from involve_audit.loading.files import YAML_SUFFIXES
from involve_audit.model.finding import DOUBT, VALID, Checked, Finding, Severity
from involve_audit.versions.earlier import EarlierOf, wrong_number


def check(written: Manuscript, nodes: int | None = None) -> Checked:
    """A rubric, checked; of an overlay, what it brings itself. All searches together may open so many nodes."""
    found = as_allowed(written, _checked(written, nodes))
    return replace(found, findings=in_order(found.findings))


def _checked(written: Manuscript, nodes: int | None) -> Checked:
    """Everything that is found, also what the author allows."""
    findings = list(not_valid(written.read.problems))
    if written.in_part:
        return Checked(written.own.file, tuple(findings), RULES, frozenset(RULES) - {VALID})
    findings += [*_name_of_the_file(written), *question_findings(written), *typed_findings(written)]
    findings += [*gate_findings(written, nodes)]
    rules = RULES
    if written.is_overlay:
        rules = RULES | translation.RULES
        findings = [*_of_the_overlay(written, findings, nodes), *translation.translation_findings(written)]
    findings += [Finding(DOUBT, RULES[DOUBT].severity, doubt) for doubt in written.read.doubts]
    left_out = frozenset() if written.rubric else NEED_A_VALID_FILE
    notes = tuple(translation.how_much_is_translated(written))
    return Checked(written.own.file, tuple(findings), rules, left_out, notes)


def _of_the_overlay(written: Manuscript, findings: Iterable[Finding], nodes: int | None) -> Iterator[Finding]:
    """The findings without those that the rubric below has too; what follows there is told at the overlay."""
    below = _checked(manuscript(written.base), nodes).findings if written.base else ()
    known = {(finding.rule, finding.problem.path, finding.problem.line) for finding in below}
    for finding in findings:
        if (finding.rule, finding.problem.path, finding.problem.line) not in known:
            yield replace(finding, problem=written.at_the_overlay(finding.problem))


def _name_of_the_file(written: Manuscript) -> Iterator[Finding]:
    own, name = written.id, Path(written.own.file).name
    if own and name.lower().endswith(YAML_SUFFIXES) and name != f"{own}.yaml":
        what = _("this file is not named after its id, so that `{id}` will not be found").format(id=own)
        hint = _("Name it `{id}.yaml`. Until then, name the file with -r.").format(id=own)
        yield Finding("found-by-id", RULES["found-by-id"].severity, written.own.problem(("id",), what, hint))


def check_all(
    references: Iterable[str], nodes: int | None = None, earlier_of: EarlierOf | None = None
) -> list[Checked]:
    """Every rubric of these, checked (`rubric check`). All searches together may open so many nodes.

    Where `earlier_of` gives what a file was earlier, its version number is held against that.
    """

    def look(written: Manuscript) -> Checked:
        checked = check(written, nodes)
        return held_against_earlier(checked, written, earlier_of) if earlier_of else checked

    return each_rubric(references, RULES, look)


def held_against_earlier(checked: Checked, written: Manuscript, earlier_of: EarlierOf) -> Checked:
    """What was found, and what there is to say of the version number."""
    checked = replace(checked, rules={**checked.rules, **VERSION_RULES})
    source, earlier = written.read.source, earlier_of(written.own.file)
    if source is None:
        return replace(checked, left_out=checked.left_out | {VERSION})
    if earlier is None:
        note = _("The file was not there earlier, so its version number was not looked at.")
        return replace(checked, notes=(*checked.notes, note))
    if wrong := wrong_number(earlier, source):
        problem = written.own.problem((wrong.key,), wrong.what, wrong.hint)
        checked = replace(checked, findings=in_order([*checked.findings, Finding(VERSION, Severity.error, problem)]))
    return checked
