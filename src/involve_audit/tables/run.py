"""A run over tables: read, scored, and written as it goes (docs/tables.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from involve_audit import clock, interruptions, output, terminal
from involve_audit.batch.outputs import Output, Outputs
from involve_audit.engine.checks import Checks
from involve_audit.errors import InputError, Problem, UsageError, tried
from involve_audit.language import _
from involve_audit.loading.rubric import load_rubric, load_rubric_by_id
from involve_audit.loading.rubrics import Ready, made_ready
from involve_audit.model.reference import Reference
from involve_audit.model.view import RUBRIC_REFERENCE
from involve_audit.output import STANDARD_OUTPUT
from involve_audit.render.batch.outcome import Run
from involve_audit.render.formats import PARQUET, TABLES, Format
from involve_audit.tables import parquet
from involve_audit.tables.cells import Vocabulary
from involve_audit.tables.groups import Groups
from involve_audit.tables.layout import layout_of, mapping_for, names_rubric
from involve_audit.tables.problems import RowProblem, RowProblems
from involve_audit.tables.results import Results, TableSetting
from involve_audit.tables.rows import SUFFIXES, TableFile, TableRows, TableSource, sources
from involve_audit.tables.scoring import RowReader, ScoredAudit, Scoring
from involve_audit.words.many import COUNTED_BATCH

if TYPE_CHECKING:
    from involve_audit.loading.responses.mapping import ColumnMap

_PROBLEMS = Format("problems", (), "tables.problems", streamed=True)
_AT_ONCE = 256
"""So many audits are scored before their rows are written."""


@dataclass(frozen=True, slots=True)
class TableRequest:
    """What is asked for, as the command line puts it."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...] = ()
    rubric: str | None = None
    columns: str | None = None
    group: str | None = None
    problems: str | None = None
    long: bool = False
    details: bool = False
    fewer_than: int | None = None
    quiet: bool = False
    plain: bool = False

    def formats(self) -> dict[str, Format]:
        """The format of each output. Raises UsageError with everything that does not go together."""
        formats = TABLES.chosen(self.outputs, None)
        for form in formats.values():
            form.require()
        written = any(form.streamed or form.name == PARQUET for form in formats.values())
        for given, name in ((self.long, "--long"), (self.details, "--details")):
            if given and not written:
                what = _("{option} is for a table of results, and none is written here").format(option=name)
                raise UsageError(Problem("", what, _("Add -o FILE.csv, or leave it out.")))
        if self.long and self.fewer_than is not None:
            hint = _("Leave one of the two out: with --long, every answer of every audit is written.")
            raise UsageError(Problem("", _("--long does not go with --publish"), hint))
        return formats

    @property
    def problems_file(self) -> str:
        """Where problems go: as was said, or beside the first file; nowhere by themselves in results for sharing."""
        files = [name for name in self.outputs if name != STANDARD_OUTPUT]
        if self.problems is not None or not files or self.fewer_than is not None:
            return self.problems or ""
        return str(Path(files[0]).with_suffix("")) + ".problems.csv"


def run(request: TableRequest) -> None:
    """Score what is asked for.

    Raises UsageError and OutputError; InputError where nothing can be read and, once all else is written, where a row
    or a table could not be.
    """
    formats = request.formats()
    output.require_places([*formats, *filter(None, [request.problems_file])])
    problems = RowProblems()
    tables = _tables(request.inputs, problems)
    rubric = made_ready(load_rubric(request.rubric) if request.rubric else load_rubric_by_id(_rubric_of(tables)))
    said = mapping_for(request.columns, rubric.source.content)
    said.require_headings([heading for table in tables for heading in table.headings])
    words = Vocabulary(rubric, clock.today(), said.order_of_days)
    readers = _readers(tables, rubric, said, words, request.group, problems)
    told = tuple(dict.fromkeys(line for reader in readers for line in (*reader.table.told, *reader.layout.told)))
    if not request.quiet:
        for line in told:
            output.say(line)
    of_files = tuple(problems.first)
    of_columns = [name for name, form in formats.items() if form.name == PARQUET]
    if of_columns:
        TABLES.named(PARQUET).made_by.run_columns(request, of_columns, rubric, readers, words, problems)
    if others := {name: form for name, form in formats.items() if name not in of_columns}:
        problems.begin(of_files)  # the same tables are read anew
        job = _Job(request, others, rubric, readers, words, problems, told)
        if not job.done(standing=True):
            job.done(standing=False)
    if problems.count:
        raise InputError(problems.told(request.problems_file))


class _Job:
    """All that is scored and written; to be begun again where the rows of an audit turn out not to stand together."""

    def __init__(
        self,
        request: TableRequest,
        formats: dict[str, Format],
        rubric: Ready,
        readers: Sequence[RowReader],
        words: Vocabulary,
        problems: RowProblems,
        told: tuple[str, ...],
    ) -> None:
        self._request, self._rubric, self._readers, self._words = request, rubric, readers, words
        self._problems, self._told, self._of_files = problems, told, tuple(problems.first)
        setting = TableSetting(
            Checks(),
            request.long,
            fewer_than=request.fewer_than,
            plain=request.plain,
            results=Results(rubric, request.details),
        )
        tables = [Path(name).name for name, form in formats.items() if form.name == "csv"]
        self._outputs = tuple(Output(name, form, _on(setting, name, form, tables)) for name, form in formats.items())
        self._lists = any(not form.streamed for form in formats.values())

    def done(self, standing: bool) -> bool:
        """Score and write everything; False where that has to be begun again, with rows put together."""
        self._problems.begin(self._of_files)
        scoring = Scoring(self._readers, self._words, self._problems.add)
        group = self._readers[0].layout.heading(self._readers[0].layout.group)
        groups = Groups(self._rubric, group, self._request.fewer_than) if self._lists else None
        beside = [Output(name, _PROBLEMS, self._outputs[0].setting) for name in [self._request.problems_file] if name]
        with Outputs([*self._outputs, *beside]) as outputs:
            audits = scoring.standing_together() if standing else scoring.put_together()
            for rows in self._rows(audits, groups):
                outputs.add([*rows, *[""] * len(beside)])
                interruptions.stop_if_asked()
            if standing and scoring.come_again():
                return False
            outputs.add([*[""] * len(self._outputs), *[self._problems.lines()] * len(beside)])
            self._finish(outputs, scoring, groups)
        return True

    def _rows(self, audits: Iterator[ScoredAudit], groups: Groups | None) -> Iterator[list[str]]:
        """The text of some audits at a time, one for each output."""
        made = [(entry.format.made_by.row, entry.format.streamed, entry.setting) for entry in self._outputs]
        while some := list(islice(audits, _AT_ONCE)):
            outcomes = [groups.add(audit) for audit in some] if groups else []
            yield [
                "".join([row(audit, setting) for audit in (some if is_table else outcomes)])
                for row, is_table, setting in made
            ]

    def _finish(self, outputs: Outputs, scoring: Scoring, groups: Groups | None) -> None:
        """Let the files take their places, and print the rest."""
        whole = groups.run(scoring.not_scored, scoring.rows, self._told) if groups else Run()
        outputs.complete(whole)
        interruptions.stop_if_asked()
        files = [*self._request.outputs, *filter(None, [self._request.problems_file])]
        with interruptions.put_off():  # nobody stops the program while files take their places
            output.require_places(files)
            outputs.commit()
        if not self._request.quiet:
            output.say_written(files)
            if not groups:
                output.say(COUNTED_BATCH.of("scored", scoring.scored, rows=COUNTED_BATCH.of("rows", scoring.rows)))
        outputs.print(whole)
        if scoring.not_scored and not groups:
            output.say(COUNTED_BATCH.of("not_scored", scoring.not_scored))


def _on(setting: TableSetting, name: str, form: Format, tables: Sequence[str]) -> TableSetting:
    """How one output is to be written: only standard output has a width, a height and perhaps colour."""
    found = replace(setting, markup=form.template, table=next(iter(tables), ""))
    if name != STANDARD_OUTPUT:
        return found
    return replace(found, width=terminal.width(), height=terminal.height(), colour=terminal.wants_colour(setting.plain))


def _tables(names: Sequence[str], problems: RowProblems) -> list[TableRows]:
    """The tables of these names. Raises InputError where there is none that can be read."""
    wrong: list[Problem] = []
    tables = tried(_table, sources(names, (*SUFFIXES, *parquet.SUFFIXES)), wrong)
    if not tables:
        raise InputError(wrong)
    _of_files(wrong, problems)
    return tables


def _table(source: TableSource) -> TableRows:
    return (parquet.ParquetRows if source.file.lower().endswith(parquet.SUFFIXES) else TableFile)(source)


def _of_files(wrong: Sequence[Problem], problems: RowProblems) -> None:
    """What is wrong with whole files, of which others are read."""
    for problem in wrong:
        problems.add(RowProblem(problem.path, 0, "", "", problem.what, problem.hint))


def _rubric_of(tables: Sequence[TableRows]) -> str:
    """The id of the rubric that the first row with one names. Raises InputError where none does."""
    for table in tables:
        for place, heading in enumerate(table.headings):
            if names_rubric(heading):
                named = (row.cells[place].strip() for row in table if row.problem is None)
                if re.fullmatch(RUBRIC_REFERENCE, found := next(filter(None, named), "")):
                    return Reference.of(found).id
    what, hint = _("this table does not say which rubric it answers"), _("Name it: -r RUBRIC.")
    raise InputError(Problem(tables[0].file, what, hint))


def _readers(
    tables: Sequence[TableRows],
    rubric: Ready,
    said: ColumnMap,
    words: Vocabulary,
    group: str | None,
    problems: RowProblems,
) -> list[RowReader]:
    """What reads the rows of each table. Raises InputError where no table has the columns that it takes."""
    wrong: list[Problem] = []

    def reader(table: TableRows) -> RowReader:
        layout = layout_of(table.file, table.headings, rubric, said, group)
        if isinstance(table, parquet.ParquetRows):
            table.require_cells(layout)
        return RowReader(table, layout, words)

    readers = tried(reader, tables, wrong)
    if not readers:
        raise InputError(wrong)
    _of_files(wrong, problems)
    return readers
