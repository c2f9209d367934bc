"""Everything that can be said about a rubric before anybody answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
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
from involve_audit.authoring.rules import NEED_A_VALID_FILE, RULES, VALID, finding
from involve_audit.authoring.wording import hard_words, nearly_the_same
from involve_audit.engine.reachability import NODES
from involve_audit.language import _
from involve_audit.loading.rubric import at_the_overlay
from involve_audit.model.finding import Checked, Finding
from involve_audit.model.overlaid import own_id

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


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one file from its top to its end, each once."""
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda one: (one.problem.line or 0, one.problem.column or 0, one.rule)))


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
