"""Reading a record of any version of the program, and turning it back into its audit (docs/formats.md, "Record")."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any

from involve_audit.engine.compiled import CompiledRubric, CompiledView
from involve_audit.engine.resolve import Resolved
from involve_audit.engine.score import GateResult, RecordedScore
from involve_audit.errors import InputError, Problem, bounded
from involve_audit.language import _, number
from involve_audit.loading.files import LARGEST_RECORD, digest
from involve_audit.loading.tree import (
    Tree,
    in_file_order,
    parse_tree,
    require_few_values,
    require_ours,
    without_marks,
)
from involve_audit.loading.validation import validated
from involve_audit.model.record import ActionAgreed, FewerThan, Record, Tool, ViewRead
from involve_audit.model.reference import numbers
from involve_audit.model.rubric import Rubric, Sourced
from involve_audit.model.view import FORMAT, UNANSWERED, Answer, Audit, View


def read_record(content: bytes, file: str) -> Sourced[Record]:
    """The record that `content` holds. Raises InputError with every problem of the file."""
    if len(content) > LARGEST_RECORD:
        what = _("this record is larger than {size} MB").format(size=number(LARGEST_RECORD // 1_000_000))
        raise InputError(Problem(file, what))
    require_few_values(content, file)
    with suppress(ValueError, RecursionError):
        return Sourced(Record.from_tree(json.loads(without_marks(content).decode())), file, digest(content))
    raise InputError(_problems(content, file))


def _not_json(said: str, file: str) -> Problem:
    what = _("this file is nested too deep") if "recursion" in said else _("this is not JSON")
    hint = _("A record is written by `involve-audit assess … -o NAME.audit.json`, and not by hand.")
    line = re.search(r"line\s([0-9]+)", said)
    return Problem(file, what, hint, int(line[1]) if line else None)


def _problems(content: bytes, file: str) -> list[Problem]:
    """What is wrong, with its line: found by reading the file once more, slowly."""
    from involve_audit.model.twin import from_json

    try:
        data = from_json(without_marks(content))
    except ValueError as error:
        require_ours(content, file)
        return [_not_json(str(error), file)]
    tree = Tree(file)
    with suppress(InputError):
        tree = parse_tree(content, file)
    tree.data = data
    _record, problems = validated(Record, tree)
    return [*_newer(data, file), *in_file_order(problems)]


def _newer(data: Any, file: str) -> Iterator[Problem]:
    """That a newer program wrote this, where one did: then it may well hold what this one does not know."""
    tool = data.get("tool") if isinstance(data, dict) else None
    theirs, ours = str(tool.get("version")) if isinstance(tool, dict) else "", Tool.this().version
    if numbers(theirs) > numbers(ours):
        what = _("this record was written by involve-audit {theirs}, which is newer than this program ({ours})")
        yield Problem(file, what.format(theirs=theirs, ours=ours), _("Update this program."))


def recorded_audit(record: Record, file: str, rubric: Sourced[Rubric]) -> Audit:
    """The audit: its views with their answers, and what was said and shown beside each."""
    return Audit(
        id=record.audit,
        subject=record.subject,
        date=record.date,
        views=tuple(_views(record)),
        rubric=rubric,
        inputs=(file,),
        fewer_than=record.published.fewer_than if record.published else None,
        left_out=record.published.left_out if record.published else (),
    )


def _views(record: Record) -> Iterator[Sourced[View]]:
    """Every view. A number of people that is not told becomes 1, as in every audit made for sharing."""
    beside = _beside(record)
    actions: defaultdict[str, list[ActionAgreed]] = defaultdict(list)
    for action in record.actions:
        actions[action.view].append(action)
    for view in record.views:
        people = {name: 1 if isinstance(count, FewerThan) else count for name, count in view.respondents.items()}
        read = View.unchecked(
            format=FORMAT,
            rubric=record.rubric.reference,
            audit=record.audit,
            subject=record.subject,
            date=view.date,
            respondents=people,
            method=view.method,
            answers=dict(_answers(record, view, beside)),
            actions=tuple(actions[view.file]),
        )
        yield Sourced(read, view.file, view.sha256 or "")


Beside = dict[str, Any]
"""What a view said and showed beside one answer: fields of `Answer`."""


def _beside(record: Record) -> dict[tuple[str, str], Beside]:
    """What was said and shown, by the file of the view and the item."""
    found: defaultdict[tuple[str, str], Beside] = defaultdict(dict)
    for item in record.items:
        for field, said in (("reason", item.reasons), ("note", item.notes)):
            for one in said:
                found[one.view, item.id].setdefault(field, one.text)
        for shown in item.evidence:
            found[shown.view, item.id].setdefault("evidence", []).append(shown)
    return found


def _answers(record: Record, view: ViewRead, beside: dict[tuple[str, str], Beside]) -> Iterator[tuple[str, Answer]]:
    for item in record.items:
        word, said = view.answers.get(item.id), beside.get((view.file, item.id))
        if said and (word or "note" in said or "evidence" in said):
            shown = tuple(said.get("evidence", ()))
            yield item.id, Answer.unchecked(**{**said, "answer": word, "evidence": shown})
        elif word:
            yield item.id, _alone(word)


@cache
def _alone(word: str) -> Answer:
    """An answer with nothing beside it, as most are: one for all."""
    return Answer.unchecked(answer=word)


def require_sound(record: Record, file: str, rubric: CompiledRubric) -> None:
    """Raise InputError, with what is wrong, where a record says what its rubric does not know."""
    hint = _("Make the record again from the answers files.")
    if problems := bounded(Problem(file, what, hint) for what in _oddities(record, rubric)):
        raise InputError(problems)


def _oddities(record: Record, rubric: CompiledRubric) -> Iterator[str]:
    words = rubric.codes
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
    codes = rubric.codes
    evidenced = {(view, item.id) for item in record.items for view in record.giving_evidence(item)}
    return tuple(
        CompiledView(
            present=tuple(place for place, name in enumerate(rubric.perspectives) if name in view.respondents),
            answers=tuple(codes.get(view.answers.get(item.id, UNANSWERED), rubric.unknown) for item in rubric.items),
            evidenced=tuple((view.file, item.id) in evidenced for item in rubric.items),
        )
        for view in record.views
    )


def recorded_score(record: Record, rubric: CompiledRubric) -> RecordedScore:
    """The score of an audit that cannot be scored again. `rubric` has the items of the record and no other."""
    codes, stage = rubric.codes, record.stage
    places = {view.file: place for place, view in enumerate(record.views)}
    perspectives = {name: 1 << place for place, name in enumerate(rubric.perspectives)}
    by_id = {item.id: item for item in record.items}
    items = [by_id[item.id] for item in rubric.items]
    resolved = Resolved(
        answers=[codes.get(item.answer, rubric.unknown) for item in items],
        heard=[sum(bit for name, bit in perspectives.items() if name in item.heard) for item in items],
        sources=[places.get(item.source or "") for item in items],
        evidenced=[record.has_evidence(item) for item in items],
    )
    return RecordedScore(
        rubric,
        compiled_views(record, rubric),
        resolved=resolved,
        floor=stage.floor,
        ceiling=stage.ceiling,
        enough_known=stage.enough_known,
        gates=[GateResult(*(getattr(gate, name) for name in GateResult._fields)) for gate in record.gates],
        counts_as=[item.counts_as for item in items],
    )
