"""Each item with all that was said about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.language import listed
from involve_audit.model.view import UNANSWERED, Answer, Audit, Evidence
from involve_audit.words.reports import ABOUT_KINDS, ANSWER_TITLES, COUNTS_AS, WORDS

if TYPE_CHECKING:
    from involve_audit.engine.score import ItemResult
    from involve_audit.model.rubric import Item
    from involve_audit.render.titles import Given, Titles

_NOTHING_SAID = Answer()


class SaidByView(NamedTuple):
    """What one view said about an item."""

    who: str
    answer: Given
    reason: str
    note: str
    evidence: tuple[Evidence, ...]


class Entry(NamedTuple):
    """One item with all that was said about it. `kind` says what the item is about, where a yes is no good sign.

    `evidence_left_out` is true where its answer had evidence that a report made for sharing does not show.
    """

    id: str
    title: str
    kind: str
    question: str
    answer: Given
    answered_by: str
    counts_as: str
    said: tuple[SaidByView, ...]
    evidence_left_out: bool
    how: str
    source: str


class Entries:
    """Makes the entry of each item of one audit."""

    def __init__(self, titles: Titles, audit: Audit) -> None:
        self.titles = titles
        self.audit = audit
        self.voices = voice_names(titles, audit)

    def entry(self, result: ItemResult) -> Entry:
        """The entry of one item."""
        item = self.titles.items[result.id]
        return Entry(
            id=item.id,
            title=item.title,
            kind=ABOUT_KINDS.get(item.kind, ""),
            question=item.ask,
            answer=self.titles.given(item.id, result.answer),
            answered_by=WORDS["nobody_knows"] if result.source is None else self.voices[result.source],
            counts_as=self._counts_as(result),
            said=tuple(self._said(item)),
            evidence_left_out=result.evidenced and self.audit.fewer_than is not None,
            how="" if _is_best(result, item) else item.next_step,
            source=self.titles.item_source(item),
        )

    def _counts_as(self, result: ItemResult) -> str:
        """Why an item counts other than as it was answered; empty where it does not."""
        moved, names = ("limited", result.limited_by) if result.limited_by else ("implied", result.implied_by)
        if result.counts_as is None or not names:
            return ""
        sources = listed(f"“{self.titles.item(name)}”" for name in names)
        value = self.titles.value(result.counts_as, self.titles.items[result.id].kind)
        return COUNTS_AS[moved].format(value=value, sources=sources)

    def _said(self, item: Item) -> Iterator[SaidByView]:
        for voice, view in zip(self.voices, self.audit.views, strict=True):
            given = view.content.answers.get(item.id, _NOTHING_SAID)
            yield SaidByView(
                who=voice,
                answer=self.titles.given(item.id, given.answer or UNANSWERED),
                reason=given.reason or "",
                note=given.note or "",
                evidence=given.evidence,
            )


def _is_best(result: ItemResult, item: Item) -> bool:
    best = 0.0 if item.lower_is_better else 1.0
    return result.answer not in ANSWER_TITLES and result.counts_as == best


def voice_names(titles: Titles, audit: Audit) -> list[str]:
    """What to call each view: the perspectives in it, and its file where others have the same perspectives."""
    names = [titles.perspectives_of(view.content) for view in audit.views]
    number = Counter(names)
    return [
        f"{name} ({view.file})" if number[name] > 1 else name for name, view in zip(names, audit.views, strict=True)
    ]
