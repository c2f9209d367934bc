"""Rubrics by file or id, each examined by itself: one that cannot be read is a finding, and the others go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from involve_audit.authoring.check import check
from involve_audit.authoring.manuscript import Manuscript, manuscript
from involve_audit.authoring.rehearsal import rehearse
from involve_audit.authoring.rules import RULES, VALID, finding
from involve_audit.authoring.version import EarlierOf, held_against_earlier
from involve_audit.engine.reachability import NODES
from involve_audit.errors import InputError, Problem
from involve_audit.loading.rubric import read_reference, read_rubric
from involve_audit.model.finding import Checked, Rule


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
