"""Everything that can be said about a rubric before anybody answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from involve_audit.authoring import translation
from involve_audit.authoring.gates import gate_findings
from involve_audit.authoring.items import (
    anti_patterns_without_limits,
    encodes_a_stage,
    without_help,
    without_source,
    without_use,
)
from involve_audit.authoring.manuscript import Manuscript, manuscript
from involve_audit.authoring.rehearsal import rehearse
from involve_audit.authoring.rules import NEED_A_VALID_FILE, RULES, VALID, finding, in_order
from involve_audit.authoring.version import EarlierOf, held_against_earlier
from involve_audit.authoring.wording import hard_words, nearly_the_same
from involve_audit.engine.reachability import NODES
from involve_audit.errors import GateFailed, InputError, Problem
from involve_audit.language import _, ngettext, number
from involve_audit.loading.audit import load_audit
from involve_audit.loading.files import is_folder
from involve_audit.loading.rubric import at_the_overlay, read_reference, read_rubric
from involve_audit.model.audit import Audit, own_id
from involve_audit.model.finding import Checked, Finding, Findings, Rule

Check = Callable[[Manuscript], Iterable[Finding]]


def check(written: Manuscript, nodes: int = NODES) -> Checked:
    """A rubric, checked; of an overlay, what it brings itself. Each search may open so many nodes."""
    found = [finding(VALID, problem) for problem in written.read.problems]
    if written.in_part:
        return Checked(written.own.file, in_order(found), RULES, frozenset(RULES) - {VALID})
    found += [one for rule in _CHECKS for one in rule(written)]
    found += gate_findings(written, nodes)
    rules = RULES
    if written.overlay is not None:
        rules = RULES | translation.RULES
        found = [*_of_the_overlay(written, found, nodes), *translation.translation_findings(written)]
    left_out = frozenset() if written.rubric else NEED_A_VALID_FILE
    notes = tuple(translation.how_much_is_translated(written))
    return Checked(written.own.file, in_order(found), rules, left_out, notes)


def _of_the_overlay(written: Manuscript, found: Iterable[Finding], nodes: int) -> Iterator[Finding]:
    """The findings without those that the rubric below has too; what follows there is told at the overlay."""
    below = check(manuscript(written.base), nodes).findings if written.base else ()
    known = {(one.rule, one.problem.path, one.problem.line) for one in below}
    for one in found:
        if (one.rule, one.problem.path, one.problem.line) not in known:
            yield replace(one, problem=at_the_overlay(written.own, one.problem))


def _name_of_the_file(written: Manuscript) -> Iterator[Finding]:
    found, name = written.read.source, Path(written.own.file).name
    if found and name.lower().endswith((".yaml", ".yml")) and name != f"{own_id(found)}.yaml":
        what = _("this file is not named after its id, so that `{id}` will not be found").format(id=own_id(found))
        hint = _("Name it `{id}.yaml`. Until then, name the file with -r.").format(id=own_id(found))
        yield finding("found-by-id", written.own.problem(("id",), what, hint))


_CHECKS: tuple[Check, ...] = (
    _name_of_the_file,
    without_help,
    without_source,
    without_use,
    anti_patterns_without_limits,
    encodes_a_stage,
    nearly_the_same,
    hard_words,
)


def check_all(references: Iterable[str], nodes: int = NODES, earlier_of: EarlierOf | None = None) -> list[Checked]:
    """Every rubric of these, checked (`rubric check`). Each search may open so many nodes.

    Where `earlier_of` gives what a file was earlier, its version number is held against that.
    """

    def look(written: Manuscript) -> Checked:
        checked = check(written, nodes)
        return held_against_earlier(checked, written, earlier_of) if earlier_of else checked

    return _each(references, RULES, look)


def rehearse_all(references: Iterable[str]) -> list[Checked]:
    """Every rubric of these, its scenarios played through (`rubric test`)."""
    only_valid = {VALID: RULES[VALID]}

    def play(written: Manuscript) -> Checked:
        if written.rubric is None:
            return _unusable(written.own.file, written.read.problems, only_valid)
        return rehearse(written, written.rubric)

    return _each(references, only_valid, play)


def _each(
    references: Iterable[str], rules: Mapping[str, Rule], examine: Callable[[Manuscript], Checked]
) -> list[Checked]:
    found = []
    for reference in dict.fromkeys(references):
        try:
            found.append(examine(manuscript(read_rubric(*read_reference(reference)))))
        except InputError as error:
            found.append(_unusable(reference, error.problems, rules))
    return found


def _unusable(file: str, problems: Iterable[Problem], rules: Mapping[str, Rule]) -> Checked:
    """A file about which only one thing can be said: what has to be put right before it can be looked at."""
    found = tuple(finding(VALID, problem) for problem in dict.fromkeys(problems))
    return Checked(file, found, rules, frozenset(rules) - {VALID})


_RULES = {VALID: RULES[VALID]}


def check_answers(files: Iterable[str], today: date, rubric: str | None = None) -> list[Checked]:
    """Every answers file of these, checked against `rubric`, or else against the rubric that it names."""
    return [_check(file, today, rubric) for file in dict.fromkeys(files)]


def _check(file: str, today: date, rubric: str | None) -> Checked:
    try:
        if is_folder(Path(file)):
            raise InputError(Problem(file, _("this is a folder"), _("Name the answers files in it.")))
        audit = load_audit([file], today, rubric)
    except InputError as error:
        return Checked(file, tuple(finding(VALID, problem) for problem in error.problems), _RULES)
    return Checked(file, (), _RULES, notes=(_answered(audit),))


def _answered(audit: Audit) -> str:
    items = [item.id for item in audit.rubric.content.items]
    given = audit.views[0].content.answers
    known = sum(item in given and given[item].answer is not None for item in items)
    return _("{known} of {count} questions have an answer.").format(known=number(known), count=number(len(items)))


def refuse_what_does_not_pass(found: Findings) -> None:
    """Raise InputError where a file is not valid, or else GateFailed where one does not pass."""
    invalid = sum(any(finding.rule == VALID for finding in one.findings) for one in found.files)
    failing = sum(not one.passes(found.strict) for one in found.files)
    if invalid:
        what = ngettext("{count} file is not valid", "{count} files are not valid", invalid)
        raise InputError(Problem("", what.format(count=number(invalid)), _("What to change is said above.")))
    if failing:
        what = ngettext("{count} file does not pass", "{count} files do not pass", failing)
        raise GateFailed(Problem("", what.format(count=number(failing)), _("What to change is said above.")))
