"""What changed between two versions of a rubric, whether its number says so, and which answers it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from involve_audit import __version__
from involve_audit.escaping import as_json
from involve_audit.model.rubric import Rubric, Sourced, as_filed
from involve_audit.model.view import View
from involve_audit.render.options import Options
from involve_audit.versions.changes import RubricChange, Verdict, rubric_changes, verdict
from involve_audit.versions.plan import KEPT, AnswerFate, plan, touched

FORMAT = "involve-audit/rubric-diff@1"


@dataclass(frozen=True)
class RubricDiff:
    """Two versions of a rubric, and the answers files that were asked about."""

    before: Sourced[Rubric]
    after: Sourced[Rubric]
    views: Sequence[Sourced[View]] = ()
    options: Options = field(default_factory=Options)

    @property
    def both_as_filed(self) -> tuple[Rubric, Rubric]:
        """Both versions, a tailored or translated one under the id and the version of its own file."""
        return as_filed(self.before), as_filed(self.after)

    @cached_property
    def changes(self) -> tuple[RubricChange, ...]:
        """Everything that changed in the rubric."""
        return rubric_changes(*self.both_as_filed)

    @cached_property
    def verdict(self) -> Verdict:
        """Whether the version number was raised as it should be."""
        return verdict(*self.both_as_filed, self.changes)

    @cached_property
    def touched(self) -> list[AnswerFate]:
        """Which answers are touched in any file."""
        return touched(self.before.content, self.after.content)

    @cached_property
    def touched_files(self) -> list[tuple[str, list[AnswerFate]]]:
        """Which answers are touched in each of the files; none where all are kept."""
        found = ((view.file, plan(view.content, self.after.content, self.before.content)) for view in self.views)
        return [(file, [move for move in planned.moves if move.fate != KEPT]) for file, planned in found]


def render(diff: RubricDiff) -> str:
    """The two versions as data."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "tool": {"version": __version__},
        "before": _rubric(diff.before),
        "after": _rubric(diff.after),
        "verdict": diff.verdict.name,
        "needed": diff.verdict.needed,
        "changes": [change._asdict() for change in diff.changes],
        "touched": [_move(move) for move in diff.touched],
        "files": [{"file": file, "touched": [_move(move) for move in moves]} for file, moves in diff.touched_files],
    }
    return as_json(data, indent=2) + "\n"


def _rubric(source: Sourced[Rubric]) -> dict[str, str]:
    return {
        "file": source.file,
        "id": as_filed(source).id,
        "version": as_filed(source).version,
        "sha256": source.sha256,
    }


def _move(move: AnswerFate) -> dict[str, Any]:
    return {"item": move.item, "answer": move.answer, "fate": move.fate, "now": list(move.now), "why": move.why}
