"""What the audits of a table have in common, and those of each group: what an overview of many audits is made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from involve_audit.batch.totals import Totals
from involve_audit.engine.checks import concerns
from involve_audit.engine.overview import Tally, overview
from involve_audit.language import _
from involve_audit.model.view import Audit, Subject
from involve_audit.render.batch.outcome import Outcome, PlaceInFile, Run, Scored
from involve_audit.render.titles import Titles

if TYPE_CHECKING:
    from involve_audit.engine.overview import Overview
    from involve_audit.loading.rubrics import Ready
    from involve_audit.tables.scoring import ScoredAudit

MOST_GROUPS = 500
_NO_DAY = date.min


class Groups:
    """Counts of audits, of all and of each group."""

    def __init__(self, rubric: Ready, column: str, fewer_than: int | None) -> None:
        """`column` is the heading that groups are told by, empty without any; `fewer_than` the bound of results for
        sharing, None for any others."""
        self._rubric, self._column, self._fewer_than = rubric, column, fewer_than
        self._titles = Titles(rubric.source.content)
        self.totals = Totals()
        self._groups: dict[str, Tally] = {}

    def add(self, audit: ScoredAudit) -> Outcome:
        """Count an audit, and give it as what an overview lists."""
        about, score = audit.about, audit.score
        subject = Subject(name=about.subject or about.audit, kind=about.kind or None)
        day = date.fromisoformat(about.date) if about.date else _NO_DAY
        stands_for = Audit(about.audit, subject, day, (), self._rubric.source)
        scored = Scored(stands_for, score, self._titles, tuple(concerns(score)), (), _nowhere)
        outcome = Outcome(about.audit, (), scored)
        self.totals.count(outcome, outcome)
        if self._column:
            name = audit.group if audit.group in self._groups or len(self._groups) < MOST_GROUPS else _("all others")
            if name not in self._groups:
                self._groups[name] = Tally(self._rubric.compiled)
            self._groups[name].add(score)
        return outcome

    def run(self, not_scored: int, rows: int, told: tuple[str, ...]) -> Run:
        """The whole run, for its overviews. `told` is what there is to say of the tables."""
        totals, compiled = self.totals, self._rubric.compiled
        tallies = list(totals.tallies.values())
        return Run(
            audits=totals.audits,
            not_scored=not_scored,
            about_files=told,
            overviews=tuple((self._rubric.source, overview(compiled, tally)) for tally in tallies),
            groups=tuple(self._by_group()),
            follow_ups=totals.most_urgent,
            to_follow_up=totals.to_follow_up,
            rows=rows,
        )

    def _by_group(self) -> Iterator[tuple[str, Overview]]:
        """The groups by name, each with what its audits have in common."""
        groups, others = dict(sorted(self._groups.items())), Tally(self._rubric.compiled)
        if self._fewer_than is not None:  # small groups are put together, and what could be worked out of them, too
            for name in sorted(groups, key=lambda name: groups[name].one("audits")):
                fewest = min(groups[name].one("audits"), others.one("audits") or self._fewer_than)
                if fewest < self._fewer_than:
                    others.merge(groups.pop(name))
        for name, tally in groups.items():
            yield self._title(name or _("(not said)")), overview(self._rubric.compiled, tally)
        if others.one("audits"):
            yield self._title(_("all others")), overview(self._rubric.compiled, others)

    def _title(self, name: str) -> str:
        title = _("{column}: {group}")
        return title.format(column=self._column, group=name)


def _nowhere(_view: int, _keys: tuple[str, ...]) -> PlaceInFile:
    """Where an answer stands: it has no line of a file."""
    return PlaceInFile("", 1, 1)
