"""Everything that can be said about a rubric before anybody answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from involve_audit.authoring.gates import gate_findings
from involve_audit.authoring.items import (
    anti_patterns_without_limits,
    encodes_a_stage,
    without_help,
    without_source,
    without_use,
)
from involve_audit.authoring.manuscript import Manuscript
from involve_audit.authoring.rules import NEED_A_VALID_FILE, RULES, VALID, finding
from involve_audit.authoring.wording import hard_words, nearly_the_same
from involve_audit.engine.reachability import NODES
from involve_audit.language import _
from involve_audit.model.finding import Checked, Finding

Check = Callable[[Manuscript], Iterable[Finding]]


def check(written: Manuscript, nodes: int = NODES) -> Checked:
    """A rubric, checked. Each search may open so many nodes."""
    found = [finding(VALID, problem) for problem in written.problems]
    found += [one for rule in _CHECKS for one in rule(written)]
    found += gate_findings(written, nodes)
    left_out = frozenset() if written.rubric else NEED_A_VALID_FILE
    return Checked(written.tree.file, in_order(found), RULES, left_out)


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one file from its top to its end, each once."""
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda one: (one.problem.line or 0, one.problem.column or 0, one.rule)))


def _name_of_the_file(written: Manuscript) -> Iterator[Finding]:
    rubric, name = written.rubric, Path(written.tree.file).name
    if rubric and name.lower().endswith((".yaml", ".yml")) and name != f"{rubric.id}.yaml":
        what = _("this file is not named after its id, so that `{id}` will not be found").format(id=rubric.id)
        hint = _("Name it `{id}.yaml`. Until then, name the file with -r.").format(id=rubric.id)
        yield finding("found-by-id", written.tree.problem(("id",), what, hint))


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
