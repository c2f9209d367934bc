"""An audit as a record, in JSON: the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit import __version__
from involve_audit.engine.assessment import Assessment
from involve_audit.engine.score import ItemResult
from involve_audit.escaping import json_text
from involve_audit.model.audit import Audit, Sourced, layers
from involve_audit.model.record import (
    FORMAT,
    ActionAgreed,
    ChangeAsked,
    DecidedBy,
    DisagreementFound,
    EvidenceFound,
    FewerThan,
    GateFound,
    ItemFound,
    NextStepsFound,
    NoteFound,
    Published,
    ReadingFound,
    Record,
    RubricBelow,
    RubricUsed,
    StageFound,
    StageUnderOriginal,
    Tool,
    ViewRead,
)
from involve_audit.model.rubric import Rubric
from involve_audit.render.options import Options
from involve_audit.render.page_one import PageOne
from involve_audit.render.tailoring import under_original
from involve_audit.render.warnings import warnings


def render(page: PageOne) -> str:
    """The record as text."""
    record = as_record(page.audit, page.assessment, page.options)
    return json_text(record.model_dump_json(indent=2, by_alias=True, exclude_none=False)) + "\n"


def as_record(audit: Audit, assessment: Assessment, options: Options) -> Record:
    """Everything that the report says, as data."""
    rubric = audit.rubric
    return Record(
        format=FORMAT,
        tool=Tool(version=__version__),
        written=options.written,
        published=_published(audit),
        rubric=RubricUsed(
            id=rubric.content.id,
            version=rubric.content.version,
            title=rubric.content.title,
            sha256=rubric.sha256,
            made_of=tuple(_made_of(rubric)),
            content=rubric.content.without_help(),
        ),
        audit=audit.id,
        subject=audit.subject,
        date=audit.date,
        views=tuple(_views(audit)),
        stage=StageFound(
            floor=assessment.floor,
            ceiling=assessment.ceiling,
            enough_known=assessment.enough_known,
            known=assessment.known,
            of=len(assessment.items),
            decided_by=DecidedBy(**assessment.decided_by._asdict()),
        ),
        under_original=StageUnderOriginal(**below._asdict()) if (below := under_original(audit)) else None,
        readings=tuple(ReadingFound(id=reading.id, stage=reading.stage) for reading in assessment.readings),
        gates=tuple(_gates(assessment)),
        items=tuple(_item(audit, item) for item in assessment.items),
        counts=assessment.counts,
        disagreements=tuple(
            DisagreementFound(item=found.item, answers=found.answers) for found in assessment.disagreements
        ),
        next_steps=_next_steps(assessment),
        actions=tuple(
            ActionAgreed(view=view.file, **dict(action)) for view in audit.views for action in view.content.actions
        ),
        warnings=tuple(warnings(audit, assessment)),
    )


def _published(audit: Audit) -> Published | None:
    if audit.fewer_than is None:
        return None
    return Published(fewer_than=audit.fewer_than, left_out=audit.left_out)


def _people(count: int, fewer_than: int) -> int | FewerThan:
    return FewerThan(fewer_than=fewer_than) if count < fewer_than else count


def _made_of(rubric: Sourced[Rubric]) -> Iterator[RubricBelow]:
    for layer in layers(rubric):
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
        yield ViewRead(
            file=view.file,
            sha256=view.sha256 or None,
            date=view.content.date,
            respondents={name: _people(count, bound) for name, count in view.content.present.items()},
            method=view.content.method,
            answers={item: given.answer for item, given in view.content.answers.items() if given.answer is not None},
        )


def _gates(assessment: Assessment) -> Iterator[GateFound]:
    for gate in assessment.gates:
        yield GateFound(
            stage=gate.stage,
            id=gate.id,
            measure=gate.measure,
            perspective=gate.perspective,
            value=None if gate.figure is None else round(gate.figure, 9),
            side=gate.side,
            threshold=round(gate.threshold, 9),
            holds=gate.holds,
            possible=gate.possible,
            items=gate.items,
        )


def _item(audit: Audit, item: ItemResult) -> ItemFound:
    given = [(view.file, answer) for view in audit.views if (answer := view.content.answers.get(item.id))]
    return ItemFound(
        id=item.id,
        answer=item.answer,
        value=item.value,
        counts_as=item.counts_as,
        from_view=None if item.source is None else audit.views[item.source].file,
        heard=item.heard,
        limited_by=item.limited_by,
        implied_by=item.implied_by,
        reasons=tuple(NoteFound(view=file, text=answer.reason) for file, answer in given if answer.reason),
        notes=tuple(NoteFound(view=file, text=answer.note) for file, answer in given if answer.note),
        evidence=tuple(
            EvidenceFound(view=file, **dict(evidence)) for file, answer in given for evidence in answer.evidence
        ),
        evidenced=item.evidenced,
    )


def _next_steps(assessment: Assessment) -> NextStepsFound | None:
    found = assessment.next_steps
    if found is None:
        return None
    changes = (ChangeAsked(item=c.item, from_answer=c.before, to=c.after) for c in found.changes)
    return NextStepsFound(
        to=found.to, changes=tuple(changes), hear=found.hear, proven=found.proven, reachable=found.reachable
    )
