"""Views of the same perspectives put together as one (docs/collecting.md, "Putting many people's answers together").

The rule is that of the method for views of one rank. Nothing is kept of who said what, nor when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from involve_audit.engine.combining import Voices, not_the_same
from involve_audit.engine.compiled import CompiledRubric, compile_rubric, compile_view
from involve_audit.engine.spread import FEWEST_RESPONSES
from involve_audit.errors import InputError, Problem
from involve_audit.language import _, in_short, number
from involve_audit.model.reference import Reference, numbers
from involve_audit.model.rubric import Rubric, Sourced
from involve_audit.model.view import (
    FORMAT,
    NOT_APPLICABLE,
    UNANSWERED,
    Action,
    Answer,
    Audit,
    Combined,
    Evidence,
    View,
)
from involve_audit.words.responses import COMBINING

if TYPE_CHECKING:
    from datetime import date


@dataclass
class Together:
    """What is kept of views of the same perspectives: numbers, and texts without whose they are.

    `inputs` is how many views there were; `uncounted` are the files of those that were put together before and do not
    say how many gave which answer.
    """

    voices: Voices
    first: View
    date: date
    inputs: int = 0
    uncounted: list[str] = field(default_factory=list)
    rubrics: set[str] = field(default_factory=set)
    methods: set[str | None] = field(default_factory=set)
    respondents: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, set[str]] = field(default_factory=dict)
    notes: dict[str, set[str]] = field(default_factory=dict)
    evidence: dict[tuple[str, str], set[Evidence]] = field(default_factory=dict)
    actions: dict[Action, None] = field(default_factory=dict)


class Combining:
    """The views of one audit on their way to one view for each set of perspectives. Nothing of a view is kept but what
    the result needs, so there may be very many of them."""

    def __init__(self, rubric: Rubric, compiled: CompiledRubric, notes: bool = False) -> None:
        self.rubric, self.compiled, self.with_notes = rubric, compiled, notes
        self.groups: dict[tuple[int, ...], Together] = {}
        self.told: set[str] = set()

    def add(self, view: View, file: str) -> None:
        """Add a view, each of whose answers the rubric allows."""
        said = compile_view(self.compiled, view)
        present = said.present
        if present not in self.groups:
            self.groups[present] = Together(Voices(self.compiled, present), view, view.date)
        group = self.groups[present]
        group.voices.add(said)
        group.inputs += 1
        if said.responses > 1 and not said.tallies:
            group.uncounted.append(file)
        group.date = max(view.date, group.date)
        group.rubrics.add(view.rubric)
        group.methods.add(view.method)
        group.respondents.update(view.present)
        group.actions |= dict.fromkeys(view.actions)
        for item, given in view.answers.items():
            if given.reason is not None:
                group.reasons.setdefault(item, set()).add(given.reason)
            if given.note is not None:
                group.notes.setdefault(item, set()).update([given.note] if self.with_notes else ())
            if given.evidence:
                group.evidence.setdefault((item, given.answer or UNANSWERED), set()).update(given.evidence)
        if view.retired:
            self.told.add(COMBINING["retired"])

    def require_the_same(self) -> None:
        """Raise InputError where the audit would come to other answers with its views put together, or where that
        cannot be known."""
        if uncounted := [file for group in self.groups.values() if group.inputs > 1 for file in group.uncounted]:
            what = _("it was put together before, and does not say how many gave which answer")
            hint = _("Put the responses themselves together, all at once.")
            raise InputError(Problem(file, what, hint) for file in uncounted)
        groups = [group.voices for group in self.groups.values()]
        if items := not_the_same(self.compiled, groups):
            what = _("put together, these responses would come to another answer to {items}")
            hint = _(
                "Different groups of people rank the same here, and a response counts as much as another only while it "
                "stands alone. Assess the responses as they are, without putting them together."
            )
            raise InputError(Problem("", what.format(items=in_short(f"`{item}`" for item in items)), hint))

    def views(self) -> Iterator[tuple[View, Together]]:
        """One view for each set of perspectives, in their order of precedence, and what it was made of."""
        for present in sorted(self.groups, key=lambda present: present or (len(self.compiled.perspectives),)):
            yield self._view(self.groups[present]), self.groups[present]

    def _view(self, group: Together) -> View:
        files = group.voices.number
        if 1 < files < FEWEST_RESPONSES:
            self.told.add(COMBINING["few"].format(count=number(files), fewest=number(FEWEST_RESPONSES)))
        methods = group.methods if len(group.methods) == 1 else {None}
        if len(group.methods) > 1:
            self.told.add(COMBINING["methods"])
        return View.unchecked(
            format=FORMAT,
            rubric=self._named(group.rubrics),
            audit=group.first.audit,
            subject=group.first.subject,
            date=group.date,
            respondents={
                name: group.respondents[name] for name in self.compiled.perspectives if name in group.respondents
            },
            method=next(iter(methods)),
            answers=dict(self._answers(group)),
            actions=tuple(sorted(group.actions, key=self._place_of_action)),
            combined=Combined.unchecked(files=files) if files > 1 else None,
        )

    def _named(self, rubrics: set[str]) -> str:
        """The rubric that views name; of several versions the earliest, so that a report still says how old it is."""
        named = [Reference.of(one) for one in rubrics]
        if len({one.id for one in named}) > 1:
            return self.rubric.reference
        return str(min(named, key=lambda one: numbers(one.version)))

    def _answers(self, group: Together) -> Iterator[tuple[str, Answer]]:
        for item, code, said in zip(self.compiled.items, group.voices.answers, group.voices.said, strict=True):
            word = self.compiled.word(code)
            files = group.voices.number
            tally = {self.compiled.word(one): said[one] for one in sorted(+said) if one != self.compiled.unanswered}
            given: dict[str, Any] = {
                "answer": None if word == UNANSWERED else word,
                "reason": _as_one(group.reasons.get(item.id, ())) if word == NOT_APPLICABLE else None,
                "evidence": tuple(sorted(group.evidence.get((item.id, word), ()), key=repr)),
                "tally": tally if files >= FEWEST_RESPONSES and not group.uncounted else {},
            }
            other = {answer for one, answer in group.evidence if one == item.id} - {word}
            if other:
                self.told.add(COMBINING["evidence"])
            if self.with_notes:
                beside = () if word == NOT_APPLICABLE else group.reasons.get(item.id, ())
                given["note"] = _as_one([*group.notes.get(item.id, ()), *beside])
            if any(given.values()):
                yield item.id, Answer.unchecked(**{key: value for key, value in given.items() if value})

    def _place_of_action(self, action: Action) -> tuple[Any, ...]:
        known = [item.id for item in self.compiled.items]
        place = known.index(action.item) if action.item in known else len(known)
        return place, action.what, action.owner or "", str(action.due or ""), action.done


def _as_one(texts: Iterable[str]) -> str | None:
    """Texts of several people as one, each once and by their letters: their order tells nothing of who wrote which."""
    return "\n".join(sorted(set(texts))) or None


def of_one_voice(audit: Audit, compiled: CompiledRubric | None = None) -> Audit:
    """The audit with one view for each set of perspectives, so that no person's own answers stand among many
    (docs/sharing.md). It comes to the same as before. `compiled` is its rubric, where that was compiled before.

    Raises InputError where it would not.
    """
    combining = Combining(audit.rubric.content, compiled or compile_rubric(audit.rubric.content), notes=True)
    for view in audit.views:
        combining.add(view.content, view.file)
    several = [group for group in combining.groups.values() if group.inputs > 1]
    if not several:
        return audit
    if any(group.voices.number > group.inputs for group in several):
        what = _(
            "views of the same people lie beside one that was put together of many, and each counts as much as that"
        )
        raise InputError(Problem("", what, _("Put all responses together anew: involve-audit answers combine")))
    combining.require_the_same()
    made = {id(group.first): (view, group.inputs) for view, group in combining.views()}
    kept = [(read, *made[id(read.content)]) for read in audit.views if id(read.content) in made]
    views = (read if inputs == 1 else Sourced(view, read.file, "") for read, view, inputs in kept)
    return replace(audit, views=tuple(views))
