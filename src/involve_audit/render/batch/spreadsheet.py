"""Comma-separated values for a spreadsheet: one row an audit, or one row an item of each audit.

Column names are part of the format and are not translated. No cell can be taken for a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from involve_audit.engine.checks import ANTI_PATTERN
from involve_audit.escaping import cell
from involve_audit.language import number
from involve_audit.render.batch.outcome import Outcome, Scored, Setting, why
from involve_audit.words.many import BATCH
from involve_audit.words.reports import PUBLISHING

BYTE_ORDER_MARK = "\ufeff"  # without it, a spreadsheet takes UTF-8 for something else


class _Line:
    """Where the writer of rows writes to: it gives each line back."""

    @staticmethod
    def write(line: str) -> str:
        return line


_WRITER: Any = csv.writer(_Line)


def csv_line(cells: Sequence[object]) -> str:
    """One line of cells, which hold no more than cells may (`escaping.cell`)."""
    line: str = _WRITER.writerow(cells)
    return line


AUDIT_COLUMNS = (
    *("audit", "subject", "kind", "date", "rubric", "files", "stage", "stage_title", "could_be", "enough_known"),
    *("known", "of", "not_applicable", "heard", "held_back_by", "anti_patterns", "disagreements", "evidence_only"),
    *("findings", "failed", "why", "problems", "report"),
    *("follow_up", "reasons", "not_known", "anti_patterns_count", "unevidenced_count", "counts", "respondents"),
    *("rubric_title", "could_be_title", "evidence_only_title", "heard_titles", "held_back_by_titles"),
    *("anti_patterns_titles",),
)
ITEM_COLUMNS = (
    *("audit", "subject", "date", "rubric", "item", "title", "kind", "theme", "item_stage"),
    *("answer", "value", "counts_as", "heard", "evidence", "problems"),
    *("number", "theme_title", "item_stage_title", "answer_title", "heard_titles"),
)


def head(setting: Setting) -> str:
    """The names of the columns."""
    return BYTE_ORDER_MARK + _lines([ITEM_COLUMNS if setting.long else AUDIT_COLUMNS])


def row(outcome: Outcome, setting: Setting) -> str:
    """One line; with `setting.long`, one line an item. An audit that could not be scored always has one line."""
    columns = ITEM_COLUMNS if setting.long else AUDIT_COLUMNS
    if outcome.scored is None:
        problems = " | ".join(f"{problem.where}: {problem.what}" for problem in outcome.problems)
        known: dict[str, object] = {"audit": outcome.id, "files": "; ".join(outcome.files), "problems": problems}
        known |= {"follow_up": outcome.follow_up.rank, "reasons": "; ".join(outcome.follow_up.reasons)}
        return _lines([[known.get(column, "") for column in columns]])
    if setting.long:
        return _lines(_items(outcome, outcome.scored))
    return _lines([_audit(outcome, outcome.scored, setting)])


def _audit(outcome: Outcome, scored: Scored, setting: Setting) -> list[object]:
    audit, score = scored.audit, scored.score
    rubric = audit.rubric.content
    return [
        outcome.id,
        audit.subject.name,
        audit.subject.kind or "",
        audit.date,
        rubric.reference,
        "; ".join(outcome.files),
        score.floor,
        _named(scored, score.floor),
        score.ceiling,
        _truth(score.enough_known),
        score.known,
        len(score.rubric.items),
        score.counts["not-applicable"],
        "; ".join(score.heard),
        "; ".join(score.held_back_by),
        "; ".join(_anti_patterns(scored)),
        len(score.disagreements),
        score.evidence_only,
        "; ".join(concern.check for concern in scored.concerns),
        "; ".join(concern.check for concern in scored.failed),
        " | ".join(why(scored, concern, setting.checks.fail_under) for concern in scored.failed),
        "",
        setting.link(outcome.report),
        *_for_people(outcome, scored, setting),
    ]


def _for_people(outcome: Outcome, scored: Scored, setting: Setting) -> Iterator[object]:
    """What somebody sorts by who asks whom to talk to first, and the titles of what the other columns have as ids."""
    score, titles, follow_up = scored.score, scored.titles, outcome.follow_up
    yield from (follow_up.rank or "", "; ".join(follow_up.reasons), len(score.not_known))
    yield from (len(_anti_patterns(scored)), len(score.unevidenced))
    yield "; ".join(f"{titles.answers[word]}: {number(count)}" for word, count in score.counts.items() if count)
    yield "; ".join(_respondents(scored, setting.fewer_than or 0))
    yield from (scored.audit.rubric.content.title, titles.stages[score.ceiling], _named(scored, score.evidence_only))
    yield "; ".join(titles.perspectives[name] for name in score.heard)
    yield "; ".join(titles.gates[gate].because for gate in score.held_back_by)
    yield "; ".join(map(titles.item, _anti_patterns(scored)))


def _named(scored: Scored, stage: str) -> str:
    """The title of a stage, or that none is named where not enough is known: a title is counted as it stands."""
    if not stage:
        return ""
    return scored.titles.stages[stage] if scored.score.enough_known else BATCH["little_known"]


def _respondents(scored: Scored, fewer_than: int) -> Iterator[str]:
    """How many people of each perspective answered; view by view where one of the numbers is not to be told."""
    hidden = PUBLISHING["fewer_than"].format(bound=number(fewer_than))
    present = [view.content.present for view in scored.audit.views]
    for name, title in scored.titles.perspectives.items():
        if counts := [here[name] for here in present if name in here]:
            told = [sum(counts)] if min(counts) >= fewer_than else counts
            people = " + ".join(hidden if count < fewer_than else number(count) for count in told)
            yield f"{title}: {people}"


def _anti_patterns(scored: Scored) -> list[str]:
    return [item for concern in scored.concerns if concern.check == ANTI_PATTERN for item in concern.items]


def _items(outcome: Outcome, scored: Scored) -> Iterator[list[object]]:
    audit, score = scored.audit, scored.score
    rubric = audit.rubric.content
    about = [outcome.id, audit.subject.name, audit.date, rubric.reference]
    answers, counts_as, titles = scored.words_by_item(), score.standing.floor_values, scored.titles
    for place, item in enumerate(rubric.items):
        heard = score.resolved.heard[place]
        yield [
            *about,
            item.id,
            item.title,
            item.kind,
            item.theme or "",
            item.stage or "",
            answers[item.id],
            _number(score.own_values[place]),
            _number(counts_as[place]),
            "; ".join(name for n, name in enumerate(score.rubric.perspectives) if heard >> n & 1),
            _truth(score.resolved.evidenced[place]),
            "",
            place + 1,
            titles.themes.get(item.theme or "", ""),
            titles.stages.get(item.stage or "", ""),
            titles.answers[answers[item.id]],
            "; ".join(titles.perspectives[name] for n, name in enumerate(score.rubric.perspectives) if heard >> n & 1),
        ]


def _number(value: float | None) -> object:
    return "" if value is None else f"{value:g}"


def _truth(value: bool) -> str:
    return "yes" if value else "no"


def _lines(rows: Iterable[Iterable[object]]) -> str:
    return "".join([csv_line(list(map(cell, row))) for row in rows])
