"""A comparison of two audits, or a series of them, as JSON: the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from involve_audit.model.comparison import (
    DIFF_FORMAT,
    TREND_FORMAT,
    ActionCompared,
    AnswerFound,
    AuditCompared,
    AuditInSeries,
    Diff,
    FlatteringFound,
    HistoryFound,
    ItemCompared,
    Move,
    RubricNamed,
    SplitFound,
    ThemeScored,
    TrendFound,
)
from involve_audit.model.record import Tool

if TYPE_CHECKING:
    from involve_audit.engine.comparing.comparison import Split
    from involve_audit.engine.comparing.round import Round
    from involve_audit.render.comparing.diff_page import DiffPage
    from involve_audit.render.comparing.trend_page import TrendPage


def render(page: Any) -> str:
    """What the page of two audits says, or that of a series of them."""
    data = _of_series(page) if page.stem == "trend" else _of_two(page)
    return data.as_json()


def _of_two(page: DiffPage) -> Diff:
    comparison = page.comparison
    return Diff(
        format=DIFF_FORMAT,
        tool=Tool.this(),
        written=page.options.written,
        before=_audit(page.before),
        after=_audit(page.after),
        comparable=comparison.is_comparable,
        not_comparable_because=comparison.split.reason,
        stage=comparison.split.whole,
        split=_split(comparison.split, page.before, page.after),
        counts=comparison.counts,
        items=_items(page),
        gates=comparison.gates,
        flattering=_flattering(page),
        people=comparison.people,
        actions=_actions(page),
        notes=page.notes,
    )


def _audit(read: Round) -> AuditCompared:
    used = read.record.rubric if read.record else read.rubric.content
    return AuditCompared(
        file=read.name,
        audit=read.id,
        subject=read.subject,
        date=read.date,
        rubric=RubricNamed(id=read.rubric.content.id, version=used.version, sha256=read.rubric.sha256),
        rubric_at_hand=not read.score.is_recorded,
        stage=read.score,
        respondents=read.people,
    )


def _split(parts: Split, before: Round, after: Round) -> SplitFound | None:
    if not parts.rubric_changed:
        return None
    taken_under = after if parts.under_new else before if parts.under_old else None
    return SplitFound(
        then_under_old=parts.then_under_old,
        then_under_new=parts.then_under_new,
        now_under_old=parts.now_under_old,
        now_under_new=parts.now_under_new,
        organisation=parts.organisation,
        organisation_under=taken_under and taken_under.rubric.content.version,
        rubric=parts.rubric,
    )


def _items(page: DiffPage) -> Iterator[ItemCompared]:
    before, after = page.before, page.after
    themes = {item.id: item.theme for item in (*before.rubric.content.items, *after.rubric.content.items)}
    for change in page.comparison.items:
        yield ItemCompared(
            id=change.item,
            theme=themes.get(change.item),
            kind=change.kind,
            cause=change.cause,
            gain=change.gain,
            then=_answer(before, change.before, change.decided_then),
            now=_answer(after, change.after, change.decided_now),
        )


def _answer(read: Round, item: str | None, decided_by: str | None) -> AnswerFound | None:
    if item is None:
        return None
    score, place = read.score, read.score.places[item]
    answer, evidenced = score.rubric.word(score.resolved.answers[place]), score.resolved.evidenced[place]
    return AnswerFound(id=item, answer=answer, decided_by=decided_by or None, evidenced=evidenced)


def _flattering(page: DiffPage) -> Iterator[FlatteringFound]:
    for flattering in page.comparison.flattering:
        yield FlatteringFound(
            kind=flattering.kind,
            items=[change.item for change in flattering.items],
            gates=[gate.id for gate in flattering.gates],
            actions=[action.action.what for action in flattering.actions],
            stage_otherwise=flattering.otherwise,
        )


def _actions(page: DiffPage) -> Iterator[ActionCompared]:
    for change in page.comparison.actions:
        yield ActionCompared(
            item=change.action.item,
            what=change.action.what,
            owner=change.action.owner,
            due=change.action.due,
            due_now=change.now and change.now.due,
            state=change.state,
            overdue_days=change.standing.days,
            moved=change.moved and change.moved.kind,
        )


def _of_series(page: TrendPage) -> TrendFound:
    return TrendFound(
        format=TREND_FORMAT,
        tool=Tool.this(),
        written=page.options.written,
        subject=page.rounds[-1].subject,
        audits=_audits(page),
        histories=_histories(page),
        recurring=page.trend.recurring,
        notes=page.notes,
    )


def _audits(page: TrendPage) -> Iterator[AuditInSeries]:
    steps = zip((None, *page.rounds), page.rounds, (None, *page.trend.splits), page.trend.points, strict=False)
    for before, read, parts, point in steps:
        yield AuditInSeries(
            **_audit(read).said,
            answers=_answers(read),
            themes=[
                ThemeScored(id=name or None, value=score.value, of=score.of) for name, score in point.themes.items()
            ],
            step=parts and parts.whole,
            split=_split(parts, before, read) if parts and before else None,
            not_comparable_because=parts and parts.reason,
        )


def _answers(read: Round) -> dict[str, str]:
    """The answer to each item that an audit asked."""
    rubric = read.score.rubric
    return {item.id: rubric.word(code) for item, code in zip(rubric.items, read.score.resolved.answers, strict=True)}


def _histories(page: TrendPage) -> Iterator[HistoryFound]:
    for history in page.trend.histories:
        moves = [
            Move(
                at=moved.at,
                kind=moved.change.kind,
                cause=moved.change.cause,
                then=moved.change.then and moved.change.then.answer,
                now=moved.change.now and moved.change.now.answer,
            )
            for moved in history.moves
        ]
        yield HistoryFound(item=history.item, moves=moves)
