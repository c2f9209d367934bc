"""A series of audits as JSON: the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit import __version__
from involve_audit.engine.comparing.trend import History
from involve_audit.escaping import json_text
from involve_audit.model.comparison import (
    TREND_FORMAT,
    AuditInSeries,
    HistoryFound,
    Move,
    RecurringFound,
    ThemeScored,
    TrendFound,
)
from involve_audit.model.record import Tool
from involve_audit.render.comparing.data import audit_of, split_of, step_of
from involve_audit.render.comparing.trend_report import TrendPage


def render(report: TrendPage) -> str:
    """The series as text."""
    return json_text(as_data(report).model_dump_json(indent=2, by_alias=True)) + "\n"


def as_data(report: TrendPage) -> TrendFound:
    """Everything that the report says, as data."""
    return TrendFound(
        format=TREND_FORMAT,
        tool=Tool(version=__version__),
        written=report.options.written,
        subject=report.rounds[-1].subject,
        audits=tuple(_audits(report)),
        histories=tuple(_history(history) for history in report.trend.histories),
        recurring=tuple(
            RecurringFound(kind=one.kind, about=one.about, item=one.item, at=one.at) for one in report.trend.recurring
        ),
        notes=tuple(report.notes),
    )


def _audits(report: TrendPage) -> Iterator[AuditInSeries]:
    for place, (read, point) in enumerate(zip(report.rounds, report.trend.points, strict=True)):
        before = report.rounds[place - 1] if place else None
        parts = report.trend.splits[place - 1] if place else None
        changed = before is not None and before.rubric.sha256 != read.rubric.sha256
        yield AuditInSeries(
            **dict(audit_of(read)),
            themes=tuple(
                ThemeScored(id=name or None, value=round(score.value, 9), of=score.of)
                for name, score in point.themes.items()
            ),
            step=step_of(parts.whole) if parts else None,
            split=split_of(parts, before, read) if parts and before and changed else None,
            not_comparable_because=parts.reason if parts else None,
        )


def _history(history: History) -> HistoryFound:
    return HistoryFound(
        item=history.item,
        moves=tuple(
            Move(
                at=moved.at,
                change=moved.change.kind,
                cause=moved.change.cause,
                then=moved.change.then.answer if moved.change.then else None,
                now=moved.change.now.answer if moved.change.now else None,
            )
            for moved in history.moves
        ),
    )
