"""An audit as a record, in JSON: the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from involve_audit.model.record import (
    FORMAT,
    ActionAgreed,
    EvidenceFound,
    FewerThan,
    ItemFound,
    NoteFound,
    Record,
    RubricBelow,
    RubricUsed,
    Tool,
    ViewRead,
)
from involve_audit.model.rubric import Rubric, Sourced, layers

if TYPE_CHECKING:
    from involve_audit.model.view import Audit
    from involve_audit.render.report import ReportPage


def render(page: ReportPage) -> str:
    """The record as text."""
    return as_record(page).as_json()


def as_record(page: ReportPage) -> Record:
    """Everything that the report says, as data. What the engine has in the same shape is taken as it is."""
    audit, assessment = page.audit, page.assessment
    return Record(
        format=FORMAT,
        tool=Tool.this(),
        written=page.options.written,
        published=None if audit.fewer_than is None else audit,
        rubric=_rubric(audit.rubric),
        audit=audit.id,
        subject=audit.subject,
        date=audit.date,
        views=_views(audit),
        stage=assessment,
        under_original=assessment.under_original,
        readings=assessment.readings,
        gates=assessment.gates,
        items=_items(page),
        counts=assessment.counts,
        disagreements=assessment.disagreements,
        spread=page.spreads,
        next_steps=assessment.next_steps,
        actions=[ActionAgreed(view=view.file, **done.said) for view in audit.views for done in view.content.actions],
        warnings=page.warnings,
    )


def _rubric(source: Sourced[Rubric]) -> RubricUsed:
    rubric = source.content
    return RubricUsed(
        id=rubric.id,
        version=rubric.version,
        title=rubric.title,
        sha256=source.sha256,
        made_of=_made_of(source),
        content=rubric.without_help(),
    )


def _made_of(source: Sourced[Rubric]) -> Iterator[RubricBelow]:
    for layer in layers(source):
        yield RubricBelow(
            by=layer.overlay.id,
            by_version=layer.overlay.version,
            tailored=not layer.is_translation,
            id=layer.base.content.id,
            version=layer.base.content.version,
            sha256=layer.base.sha256,
        )


def _views(audit: Audit) -> Iterator[ViewRead]:
    bound = audit.fewer_than or 0
    for view in audit.views:
        people = view.content.present.items()
        yield ViewRead(
            file=view.file,
            sha256=view.sha256 or None,
            date=view.content.date,
            respondents={name: FewerThan(fewer_than=bound) if count < bound else count for name, count in people},
            method=view.content.method,
            answers={item: given.answer for item, given in view.content.answers.items() if given.answer is not None},
        )


def _items(page: ReportPage) -> Iterator[ItemFound]:
    """Every item with what the views wrote beside their answers."""
    views = page.audit.views
    for item in page.assessment.items:
        given = [(view.file, answer) for view in views if (answer := view.content.answers.get(item.id))]
        source = None if item.source is None else views[item.source].file
        yield ItemFound(
            **item._asdict() | {"source": source},
            reasons=[NoteFound(view=file, text=answer.reason) for file, answer in given if answer.reason],
            notes=[NoteFound(view=file, text=answer.note) for file, answer in given if answer.note],
            evidence=[EvidenceFound(view=file, **shown.said) for file, answer in given for shown in answer.evidence],
        )
