"""What a check found about a file that its author should know: data, whatever shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from involve_audit.errors import CheckFailed, InputError, Problem
from involve_audit.language import _, ngettext, number

VALID, ALLOW = "valid", "allow"
"""The rule that every file is checked by, and that of files in which an author may allow what is found."""
DOUBT = "as-meant"
"""The rule that nothing in a file should look like a slip."""


class Severity(StrEnum):
    """How much a finding matters. `unsettled` is what a search was cut off before it knew: no pass."""

    error = "error"
    unsettled = "unsettled"
    warning = "warning"


class Rule(NamedTuple):
    """One rule: how serious it is when broken, and what it asks for, in English for the catalogue."""

    severity: Severity
    asks: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: by which rule, how serious, and where, what and what to do about it.

    `about` are the entries of a rubric that it is found in, each its section (`items`, `gates`, `stages`) and its id.
    """

    rule: str
    severity: Severity
    problem: Problem
    about: tuple[tuple[str, str], ...] = ()

    def fails(self, strict: bool) -> bool:
        """Whether it has to be put right; where `strict`, a warning has to be too."""
        return strict or self.severity is not Severity.warning


class Allowed(NamedTuple):
    """A finding that the author of a file allows, and why."""

    finding: Finding
    because: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One file, checked: its findings from top to end, those that its author allows, and the rules by name.

    `left_out` names the rules that could not be looked at, because the file is not valid. `notes` are sentences for a
    person that are no findings.
    """

    file: str
    findings: tuple[Finding, ...]
    rules: Mapping[str, Rule]
    left_out: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    allowed: tuple[Allowed, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings are so serious."""
        return sum(finding.severity is severity for finding in self.findings)

    def passes(self, strict: bool) -> bool:
        """Whether nothing was found that has to be put right; where `strict`, warnings have to be too."""
        return not any(finding.fails(strict) for finding in self.findings)


class Findings(NamedTuple):
    """What a check found about several files, and whether warnings have to be put right too."""

    files: Sequence[Checked]
    strict: bool = False

    def refuse_what_does_not_pass(self) -> None:
        """Raise InputError where a file is not valid, or else CheckFailed where one does not pass."""
        invalid = sum(any(finding.rule == VALID for finding in checked.findings) for checked in self.files)
        failing = sum(not checked.passes(self.strict) for checked in self.files)
        if invalid:
            what = ngettext("{count} file is not valid", "{count} files are not valid", invalid)
            raise InputError(Problem("", what.format(count=number(invalid)), _("What to change is said above.")))
        if failing:
            what = ngettext("{count} file does not pass", "{count} files do not pass", failing)
            raise CheckFailed(Problem("", what.format(count=number(failing)), _("What to change is said above.")))
