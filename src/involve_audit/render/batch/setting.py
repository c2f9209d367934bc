"""What all outputs of a run have in common: what was asked for, and how much may be shown."""

from __future__ import annotations

from dataclasses import dataclass

from involve_audit.engine.checks import Checks


@dataclass(frozen=True, slots=True)
class Setting:
    """How results are to be written.

    `long` asks for one row an item where a format can do that; `has_baseline` says whether there is one.
    `fewer_than` is the bound of a run whose outputs are for sharing, None for any other; groups of fewer audits than
    this are not broken down. `reports` is where the audits' own reports are, as a link leads there from the output;
    empty where there are none. `width` counts the characters of a line, where that matters.
    """

    checks: Checks
    long: bool = False
    has_baseline: bool = False
    fewer_than: int | None = None
    reports: str = ""
    width: int = 80
    colour: bool = False

    def link(self, report: str) -> str:
        """Where an audit's own report is, from the output; empty where it has none."""
        return f"{self.reports}/{report}" if report else ""
