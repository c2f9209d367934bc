"""Scoring some audits of many and writing their rows: what a worker does, or the only process there is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.batch.totals import Totals
from involve_audit.engine.checks import concerns, stage_concern
from involve_audit.engine.comparing.kept import kept_of, since
from involve_audit.engine.score import score_of
from involve_audit.errors import InputError, Problem, bounded
from involve_audit.language import _
from involve_audit.loading.answers_files import Group
from involve_audit.loading.baseline import before_from, kept_before
from involve_audit.loading.files import FileContent, as_text
from involve_audit.loading.rubrics import load_group
from involve_audit.render.batch.outcome import NEW, NOT_COMPARABLE, Outcome, PlaceInFile, Scored
from involve_audit.render.titles import titles_of
from involve_audit.words.many import BATCH

if TYPE_CHECKING:
    from datetime import date

    from involve_audit.batch.cache import Fault
    from involve_audit.batch.expected import Expected
    from involve_audit.batch.outputs import Output
    from involve_audit.batch.reports import Reports
    from involve_audit.engine.checks import Checks
    from involve_audit.engine.comparing.kept import Since
    from involve_audit.engine.score import Score
    from involve_audit.loading.rubrics import Loaded, RubricsOfRun
    from involve_audit.loading.tree import Tree


class Task(NamedTuple):
    """One audit to score: its number in the run, its files, and its line of the baseline, if there is one.

    `contents` are these files, where they were read already.
    """

    number: int
    group: Group
    before: bytes | None = None
    contents: tuple[FileContent, ...] = ()


class Portion(NamedTuple):
    """What came of some audits: their rows for each output, and their sums.

    `fresh` is what of it a cache is to keep, and `fault` what was found wrong with that.
    """

    rows: list[str]
    totals: Totals
    fresh: tuple[tuple[bytes, bytes], ...] = ()
    fault: Fault | None = None


@dataclass(slots=True)
class Scorer:
    """All that it takes to score audits. Sent to every worker once."""

    rubrics: RubricsOfRun
    outputs: tuple[Output, ...]
    checks: Checks
    today: date
    has_baseline: bool = False
    fewer_than: int | None = None
    reports: Reports | None = None
    expected: Expected | None = None

    def score(self, tasks: Sequence[Task]) -> Portion:
        """What comes of these audits. Raises OutputError where a report cannot be written."""
        return self._counted(map(self._outcome, tasks))

    def give_up(self, tasks: Sequence[Task]) -> Portion:
        """What is said of audits that ended the process they were scored in."""
        what = _("the process that read this was ended from outside, twice")
        hint = _("Is there too little memory? Assess it by itself: involve-audit assess FILE")
        return self._counted(
            self._bad(task, [Problem(file, what, hint) for file in task.group.files]) for task in tasks
        )

    def name_problems(self, problems: Sequence[Problem]) -> Portion:
        """What is said of names and folders that give no audits at all."""
        tasks = (Task(0, Group(problem.path, ())) for problem in problems)
        return self._counted(self._bad(task, [problem]) for task, problem in zip(tasks, problems, strict=True))

    def _counted(self, outcomes: Iterable[Outcome]) -> Portion:
        """Each audit is written and counted before the next one is scored: little is in memory at a time."""
        totals, rows = Totals(), [[""] * len(self.outputs)]
        for outcome in outcomes:
            shown = outcome if self.fewer_than is None else _shareable(outcome)
            totals.count(outcome, shown)
            if self.expected:
                totals.arrived.count(outcome, shown, self.expected)
            rows.append([output.format.made_by.row(shown, output.setting) for output in self.outputs])
        return Portion(["".join(texts) for texts in zip(*rows, strict=True)], totals)

    def _outcome(self, task: Task) -> Outcome:
        try:
            loaded = load_group(task.group, self.rubrics, self.today, task.contents)
            loaded = loaded if self.fewer_than is None else _for_sharing(loaded)
        except InputError as error:
            return self._bad(task, error.problems)
        audit = self.id_of(task)
        report = self.reports.write(audit, loaded) if self.reports else ""
        scored = self._scored(task, loaded)
        return Outcome(as_text(audit), _files(task), scored, report=report, is_named=task.group.named)

    def _bad(self, task: Task, problems: Sequence[Problem]) -> Outcome:
        """An audit that could not be scored; a problem of no file in particular is put to its first one."""
        first = task.group.files[0] if task.group.files else ""
        placed = tuple(replace(problem, path=as_posix(problem.path or first)) for problem in bounded(problems))
        return Outcome(as_text(self.id_of(task)), _files(task), None, placed, is_named=task.group.named)

    def _scored(self, task: Task, loaded: Loaded) -> Scored:
        rubric = loaded.rubric
        views = [view.content for view in loaded.audit.views]
        score = score_of(rubric.compiled, views)
        changed, not_compared = self._compared(task, loaded, score)
        held = tuple(concerns(score, changed))
        stage = stage_concern(score, self.checks.fail_under) if self.checks.fail_under else None
        asked_for = tuple(concern for concern in held if concern.check in self.checks.fail_on)
        return Scored(
            audit=loaded.audit,
            score=score,
            titles=titles_of(rubric.source.content),
            concerns=held,
            failed=(stage, *asked_for) if stage else asked_for,
            place=lambda view, keys: _place(loaded.trees[view], keys),
            since=changed,
            not_compared=not_compared,
            below=score_of(rubric.original, views) if rubric.original else None,
        )

    def _compared(self, task: Task, loaded: Loaded, score: Score) -> tuple[Since | None, str]:
        """How an audit differs from the baseline; without a comparison, why there is none."""
        if task.before is None:
            return None, NEW if self.has_baseline else ""
        model = loaded.rubric.source.content
        before = kept_before(before_from(task.before), model.id, model.version, score.rubric)
        if before is None:
            return None, NOT_COMPARABLE
        return since(score.rubric, before, kept_of(score)), ""

    def id_of(self, task: Task) -> str:
        """An audit's id; in results for sharing never the name of a file, which can say who wrote it."""
        named = task.group.named or self.fewer_than is None
        return task.group.id if named else f"audit-{task.number}"


def _for_sharing(loaded: Loaded) -> Loaded:
    """The same without any person's own answers among many; each view has the tree of its first file.

    Raises InputError where it would come to something else.
    """
    from involve_audit.loading.combining import of_one_voice

    audit = of_one_voice(loaded.audit, loaded.rubric.compiled)
    trees = {view.file: tree for view, tree in zip(loaded.audit.views, loaded.trees, strict=True)}
    return loaded._replace(audit=audit, trees=tuple(trees[view.file] for view in audit.views))


def _shareable(outcome: Outcome) -> Outcome:
    """An outcome without the names of files, nor what is wrong with them."""
    problems = (Problem("", BATCH["not_scored"]),) if outcome.problems else ()
    return replace(outcome, files=(), problems=problems)


def _files(task: Task) -> tuple[str, ...]:
    return tuple(map(as_posix, task.group.files))


def as_posix(path: str) -> str:
    """A path as it is written in every output."""
    return as_text(path.replace(os.sep, "/"))


def _place(tree: Tree, keys: tuple[str, ...]) -> PlaceInFile:
    found = tree.problem(keys, "", at_key=True)
    return PlaceInFile(as_posix(found.path), found.line or 1, found.column or 1)
