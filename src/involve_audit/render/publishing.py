"""What may be shared of an audit: its answers, without free text and without small numbers of people.

The redaction is made once, on the data, so that every format and every template is given only what may be shown.
Audits that differ in nothing but what is left out become the same published audit; so nothing that is worked out
from it, not even by subtraction, can tell what was left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from involve_audit.language import listed, number
from involve_audit.model.rubric import Sourced
from involve_audit.model.view import Action, Answer, Audit, View
from involve_audit.words.reports import LEFT_OUT, PUBLISHING

if TYPE_CHECKING:
    from involve_audit.engine.spread import Spread

LEAST = 5
"""The lowest bound: smaller numbers of people than this are hidden in everything that is shared."""


def to_show(audit: Audit, bound: int | None) -> Audit:
    """The audit as results may show it: as it is, or made for sharing."""
    return audit if bound is None else published(audit, bound)


def published(audit: Audit, fewer_than: int) -> Audit:
    """The audit with only what may be shared: what is not named here is left out.

    Every number of respondents from 1 to below `fewer_than` becomes 1, and renderers say "fewer than" instead. The
    SHA-256 of the answers files goes too: whoever guesses the rest of a short file could try each number against it.
    Assess the full audit, not this one, which no longer knows the evidence.
    """
    views = tuple(
        Sourced(_shareable(audit, view.content, fewer_than), file=f"view-{place}", sha256="")
        for place, view in enumerate(audit.views, 1)
    )
    return Audit(
        id=views[0].content.audit or views[0].file,
        subject=audit.subject,
        date=audit.date,
        views=views,
        rubric=replace(audit.rubric, file=audit.rubric.content.id),
        fewer_than=fewer_than,
        left_out=_kinds_left_out(audit, fewer_than),
    )


def spreads_to_show(spreads: Iterable[Spread], fewer_than: int | None) -> tuple[Spread, ...]:
    """Those of an audit's spreads that may be shown: of results for sharing, those without any small number."""
    return tuple(spread for spread in spreads if spread.is_told(fewer_than or 0))


def _shareable(audit: Audit, view: View, fewer_than: int) -> View:
    return View(
        format=view.format,
        rubric=view.rubric,
        audit=view.audit,
        subject=audit.subject,
        date=view.date,
        respondents={name: 1 if count < fewer_than else count for name, count in view.present.items()},
        answers={item: Answer(answer=given.answer) for item, given in view.answers.items() if given.answer},
        actions=tuple(without_words(action) for action in view.actions),
    )


def without_words(action: Action) -> Action:
    """An action as it may be shared: which question it is about, when it is due and whether it is done."""
    return Action(item=action.item, what=PUBLISHING["action"], due=action.due, done=action.done)


def _kinds_left_out(audit: Audit, fewer_than: int) -> tuple[str, ...]:
    """What the audit holds, by its names in `LEFT_OUT`. How many notes somebody wrote would tell something of them."""
    views = [view.content for view in audit.views]
    answers = [answer for view in views for answer in view.answers.values()]
    actions = [action for view in views for action in view.actions]
    held = {
        "notes": any(answer.note for answer in answers),
        "reasons": any(answer.reason for answer in answers),
        "evidence": any(answer.evidence for answer in answers),
        "methods": any(view.method for view in views),
        "actions": bool(actions),
        "owners": any(action.owner for action in actions),
        "spreads": any(_has_small_numbers(view, fewer_than) for view in views),
        "files": True,
        "left_alone": bool(audit.left_alone),
    }
    return tuple(kind for kind, there in held.items() if there)


def _has_small_numbers(view: View, fewer_than: int) -> bool:
    """Whether it is not shown of any question how many gave which answer."""
    tallies = [answer.tally.values() for answer in view.answers.values() if answer.tally]
    files = view.combined.files if view.combined else 0
    return any(0 < count < fewer_than for tally in tallies for count in (*tally, files - sum(tally)))


def of_one_person(audit: Audit) -> list[str]:
    """The files of views that one person answered alone: all of that person's answers stand in a published audit."""
    return [view.file for view in audit.views if sum(view.content.present.values()) == 1]


def left_out(audit: Audit) -> list[str]:
    """What a reader of a published audit has to know about it, one sentence each; nothing for any other audit."""
    if audit.fewer_than is None:
        return []
    sentences = [PUBLISHING["left_out"].format(what=listed(LEFT_OUT[kind] for kind in audit.left_out))]
    if any(count < audit.fewer_than for view in audit.views for count in view.content.present.values()):
        sentences.append(PUBLISHING["numbers"].format(bound=number(audit.fewer_than)))
    return [*sentences, PUBLISHING["unaffected"], PUBLISHING["recognised"]]
