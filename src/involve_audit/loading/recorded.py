"""A record turned back into the audit that it was made from, as far as it holds it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from involve_audit.engine.compiled import CompiledRubric, CompiledView
from involve_audit.engine.resolve import Resolved
from involve_audit.engine.score import GateResult, ItemResult, RecordedScore
from involve_audit.errors import InputError, Problem
from involve_audit.language import _
from involve_audit.model.audit import Audit, Sourced
from involve_audit.model.record import FewerThan, ItemFound, Record, ViewRead
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import UNANSWERED, UNKNOWN, Action, Answer, Evidence, View


def recorded_audit(record: Record, file: str, rubric: Sourced[Rubric]) -> Audit:
    """The audit: its views with their answers, and what was said and shown beside each."""
    return Audit(
        id=record.audit,
        subject=record.subject,
        date=record.date,
        views=tuple(Sourced(_view(record, view), view.file, view.sha256 or "") for view in record.views),
        rubric=rubric,
        inputs=(file,),
        fewer_than=record.published.fewer_than if record.published else None,
        left_out=record.published.left_out if record.published else (),
    )


def _view(record: Record, view: ViewRead) -> View:
    """One view. A number of people that is not told becomes 1, as in every audit made for sharing."""
    respondents = {name: 1 if isinstance(count, FewerThan) else count for name, count in view.respondents.items()}
    return View.model_construct(
        format="involve-audit/answers@1",
        rubric=f"{record.rubric.id}@{record.rubric.version}",
        audit=record.audit,
        subject=record.subject,
        date=view.date,
        respondents=respondents,
        method=view.method,
        answers=dict(_answers(record, view)),
        actions=tuple(
            Action(item=agreed.item, what=agreed.what, owner=agreed.owner, due=agreed.due, done=agreed.done)
            for agreed in record.actions
            if agreed.view == view.file
        ),
    )


def _answers(record: Record, view: ViewRead) -> Iterator[tuple[str, Answer]]:
    for item in record.items:
        word = view.answers.get(item.id)
        if item.reasons or item.notes or item.evidence:
            given = _with_words(item, word, view)
            if given.answer or given.note or given.evidence:
                yield item.id, given
        elif word:
            yield item.id, _alone(word)


@cache
def _alone(word: str) -> Answer:
    """An answer with nothing beside it, as most are: one for all."""
    return Answer.model_construct(answer=word)


def _with_words(item: ItemFound, word: str | None, view: ViewRead) -> Answer:
    return Answer.model_construct(
        answer=word,
        reason=next((reason.text for reason in item.reasons if reason.view == view.file), None),
        note=next((note.text for note in item.notes if note.view == view.file), None),
        evidence=tuple(
            Evidence.model_construct(text=shown.text, date=shown.date, link=shown.link)
            for shown in item.evidence
            if shown.view == view.file
        ),
    )


def require_sound(record: Record, file: str, rubric: CompiledRubric) -> None:
    """Raise InputError, with everything that is wrong, where a record says what its rubric does not know."""
    problems = [
        Problem(file, what, _("Make the record again from the answers files.")) for what in _oddities(record, rubric)
    ]
    if problems:
        raise InputError(problems)


def _oddities(record: Record, rubric: CompiledRubric) -> Iterator[str]:
    words = {rubric.word(code) for code in range(rubric.unanswered + 1)}
    items = {item.id for item in rubric.items}
    if [item.id for item in record.items] != [item.id for item in rubric.items]:
        yield _("this record and the rubric in it do not have the same questions")
    for view in record.views:
        for name in view.respondents:
            if name not in rubric.perspectives:
                yield _("the rubric in this record does not know the perspective `{word}`").format(word=name)
        for name, word in view.answers.items():
            if (name not in items and not record.rubric.made_of) or word not in words:
                yield _("the rubric in this record does not know the answer `{word}` to `{item}`").format(
                    word=word, item=name
                )


def compiled_views(record: Record, rubric: CompiledRubric) -> tuple[CompiledView, ...]:
    """The views of a record as the engine takes them. What the rubric does not know is left out."""
    codes = {rubric.word(code): code for code in range(rubric.unanswered + 1)}
    shown = {(evidence.view, item.id) for item in record.items for evidence in item.evidence}
    resolved = {item.id: item for item in record.items}
    return tuple(
        CompiledView(
            present=tuple(place for place, name in enumerate(rubric.perspectives) if name in view.respondents),
            answers=tuple(codes.get(view.answers.get(item.id, UNANSWERED), rubric.unknown) for item in rubric.items),
            evidenced=tuple(
                (view.file, item.id) in shown or _is_said_to_be_evidenced(record, view, resolved.get(item.id))
                for item in rubric.items
            ),
        )
        for view in record.views
    )


def _is_said_to_be_evidenced(record: Record, view: ViewRead, item: ItemFound | None) -> bool:
    """Whether a record that leaves out the evidence says that this answer had some."""
    return bool(record.published and item and item.evidenced and view.answers.get(item.id) == item.answer)


def recorded_score(record: Record, rubric: CompiledRubric) -> RecordedScore:
    """The score of an audit that cannot be scored again. `rubric` has the items of the record and no other."""
    codes = {rubric.word(code): code for code in range(rubric.unanswered + 1)}
    places = {view.file: place for place, view in enumerate(record.views)}
    items = {item.id: item for item in record.items}
    found = [items[item.id] for item in rubric.items]
    resolved = Resolved(
        answers=[codes.get(item.answer, codes[UNKNOWN]) for item in found],
        heard=[
            sum(1 << place for place, name in enumerate(rubric.perspectives) if name in item.heard) for item in found
        ],
        sources=[places.get(item.source or "") for item in found],
        evidenced=[record.has_evidence(item) for item in found],
    )
    gates = tuple(
        GateResult(
            stage=gate.stage,
            id=gate.id,
            measure=gate.measure,
            perspective=gate.perspective,
            figure=gate.figure,
            threshold=gate.threshold,
            at_least=gate.side == "at_least",
            holds=gate.holds,
            possible=gate.possible,
            items=gate.items,
        )
        for gate in record.gates
    )
    results = tuple(
        ItemResult(
            id=item.id,
            answer=item.answer,
            value=item.value,
            counts_as=item.counts_as,
            source=places.get(item.source or ""),
            heard=item.heard,
            evidenced=record.has_evidence(item),
            limited_by=item.limited_by,
            implied_by=item.implied_by,
        )
        for item in found
    )
    stage = record.stage
    return RecordedScore(
        rubric,
        compiled_views(record, rubric),
        resolved=resolved,
        floor=stage.floor,
        ceiling=stage.ceiling,
        enough_known=stage.enough_known,
        gates=gates,
        items=results,
    )
