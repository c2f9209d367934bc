"""Items and gates in words: each item with all that was said about it; each gate with what was found and asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.measures import MEASURES, SET_ASIDE, TOLERANCE, VALUE, MeasureRow
from involve_audit.language import listed, number, percent
from involve_audit.model.view import NOT_APPLICABLE, OPEN_ANSWERS, UNANSWERED, Answer, Audit, Evidence
from involve_audit.render.titles import OPEN, PART, WORST
from involve_audit.words.reports import (
    ANSWER_TITLES,
    COUNTED,
    COUNTS_AS,
    FOUND,
    FOUND_OF,
    SIDES,
    SPREAD,
    UNITS,
    WORDS,
)

if TYPE_CHECKING:
    from involve_audit.engine.score import GateResult, ItemResult
    from involve_audit.engine.spread import Spread
    from involve_audit.model.rubric import Item
    from involve_audit.render.titles import Given, Titles

_NOTHING_SAID = Answer()
MARKS = ("problem", "open", "differs")


class SaidByView(NamedTuple):
    """What one view said about an item; `counts` says that this is the answer that was taken, where views differ."""

    who: str
    answer: Given
    counts: str
    reason: str
    note: str
    evidence: tuple[Evidence, ...]

    @property
    def wrote(self) -> bool:
        """Whether it said more than its answer."""
        return bool(self.reason or self.note or self.evidence)


class Entry(NamedTuple):
    """One item with all that was said about it.

    `marks` are those of `MARKS` that it has: a problem, an open question, one on which views differ.

    `spread` says how many of a group gave which answer, a sentence for each group that is large enough.

    `asked` is the rubric's item; `evidence_left_out` is true where a report for sharing does not show its evidence.
    """

    id: str
    title: str
    question: str
    answer: Given
    marks: tuple[str, ...]
    answered_by: str
    counts_as: str
    said: tuple[SaidByView, ...]
    spread: tuple[str, ...]
    evidence_left_out: bool
    how: str
    source: str
    asked: Item

    @property
    def wrote(self) -> bool:
        """Whether anybody said more than an answer."""
        return any(said.wrote for said in self.said)


class Entries:
    """Makes the entry of each item of one audit."""

    def __init__(self, titles: Titles, audit: Audit, spreads: Iterable[Spread], differing: Iterable[str]) -> None:
        self.titles = titles
        self.audit = audit
        self.differing = frozenset(differing)
        self.spread: dict[str, list[str]] = {}
        for spread in spreads:
            self.spread.setdefault(spread.item, []).append(spread_line(titles, spread))
        self.voices = voice_names(titles, audit)

    def entry(self, result: ItemResult) -> Entry:
        """The entry of one item."""
        item, answer = self.titles.items[result.id], self.titles.given(result.id, result.answer)
        bad = answer.tone == WORST or (answer.tone == PART and item.lower_is_better)
        holds = zip(MARKS, (bad, answer.tone == OPEN, item.id in self.differing), strict=True)
        return Entry(
            id=item.id,
            title=self.titles.numbered(item.id),
            question=item.ask,
            answer=answer,
            marks=tuple(mark for mark, is_so in holds if is_so),
            answered_by=WORDS["nobody_knows"] if result.source is None else self.voices[result.source],
            counts_as=self._counts_as(result),
            said=tuple(self._said(item, result.source)),
            spread=tuple(self.spread.get(item.id, ())),
            evidence_left_out=result.evidenced and self.audit.fewer_than is not None,
            how="" if result.answer == NOT_APPLICABLE or _is_best(result, item) else item.next_step,
            source=self.titles.item_sources[item.id],
            asked=item,
        )

    def _counts_as(self, result: ItemResult) -> str:
        """Why an item counts other than as it was answered; empty where it does not."""
        moved, names = ("limited", result.limited_by) if result.limited_by else ("implied", result.implied_by)
        if result.counts_as is None or not names:
            return ""
        sources = listed(f"“{self.titles.numbered(name)}”" for name in names)
        value = self.titles.value(result.counts_as, self.titles.items[result.id].kind)
        return COUNTS_AS[moved].format(value=value, sources=sources)

    def _said(self, item: Item, taken: int | None) -> Iterator[SaidByView]:
        answers = [view.content.answers.get(item.id, _NOTHING_SAID) for view in self.audit.views]
        differ = len({given.answer for given in answers}) > 1
        for place, (voice, given) in enumerate(zip(self.voices, answers, strict=True)):
            yield SaidByView(
                who=voice,
                answer=self.titles.given(item.id, given.answer or UNANSWERED),
                counts=WORDS["taken"] if differ and place == taken else "",
                reason=given.reason or "",
                note=given.note or "",
                evidence=given.evidence,
            )


def _is_best(result: ItemResult, item: Item) -> bool:
    best = 0.0 if item.lower_is_better else 1.0
    return result.answer not in ANSWER_TITLES and result.counts_as == best


def spread_line(titles: Titles, spread: Spread) -> str:
    """What the people of one group said, in numbers, and that their opinions are split where they are."""
    counts = {**spread.answers, UNANSWERED: spread.unanswered}
    told = [SPREAD["answer"].format(answer=titles.answers[word], count=number(n)) for word, n in counts.items() if n]
    who = listed(titles.perspectives[name] for name in spread.perspectives)
    form = SPREAD["split" if spread.is_split else "told"]
    return form.format(who=who, answers=", ".join(told), count=number(spread.responses))


def voice_names(titles: Titles, audit: Audit) -> list[str]:
    """What to call each view: the perspectives in it, and its file where others have the same perspectives."""
    names = [titles.perspectives_of(view.content) for view in audit.views]
    number = Counter(names)
    return [
        f"{name} ({view.file})" if number[name] > 1 else name for name, view in zip(names, audit.views, strict=True)
    ]


Results = Mapping[str, "ItemResult"]


class GateInWords(NamedTuple):
    """One gate: what was found, what was asked for, and the answers it was worked out from.

    `computed_from` are these answers, with what each is worth, and the numbers of the questions that were answered so.
    `because_of` are the items, with their answers, that by themselves keep it from holding.
    """

    because: str
    found: str
    asked_for: str
    holds: str
    ok: bool
    computed_from: tuple[tuple[str, str], ...]
    because_of: tuple[tuple[str, str], ...]


def gate_line(titles: Titles, results: Results, gate: GateResult) -> GateInWords:
    """One gate in words. `results` are the results of the items, by id."""
    written = titles.gates[gate.id]
    threshold = written.at_least if gate.at_least else written.at_most
    asked = SIDES[gate.side].format(threshold=_threshold(titles, gate, threshold or ""))
    return GateInWords(
        because=written.because,
        found=_found(titles, results, gate),
        asked_for=f"{asked} {UNITS.get(gate.measure, '')}".strip(),
        holds=WORDS["yes"] if gate.holds else WORDS["possible" if gate.possible else "no"],
        ok=gate.holds,
        computed_from=tuple(_computed_from(titles, results, gate)),
        because_of=() if gate.holds else tuple(_because_of(titles, results, gate)),
    )


def _threshold(titles: Titles, gate: GateResult, written: str) -> str:
    row = MEASURES[gate.measure]
    is_share = row.is_proportion and not row.names_answer
    return titles.proportion(written, gate.threshold) if is_share else titles.threshold(written)


def _found(titles: Titles, results: Results, gate: GateResult) -> str:
    """The figure, never a percentage without what it is a percentage of, and how much of it is not known."""
    items = [results[item] for item in gate.items]
    total = sum(item.counts_as is not None for item in items)
    row = MEASURES[gate.measure]
    if gate.figure is None or (row.names_answer and not total):
        return WORDS["nothing_applies"]
    of_all = gate.figure * total if row.is_proportion else gate.figure
    words = _pattern(row, total).format(
        figure=number(of_all),
        percent=percent(gate.figure, gate.threshold),
        total=number(total),
        count=number(total),
        aside=number(len(items) - total),
        chosen=number(len(items)),
        who=titles.perspectives[gate.perspective] if gate.perspective else "",
        answer=titles.value(gate.figure, titles.items[gate.items[0]].kind),
    )
    not_known = sum(item.answer in OPEN_ANSWERS for item in items)
    return words + COUNTED.of("open", not_known) if row.looks_at == VALUE and not_known else words


def _pattern(row: MeasureRow, total: int) -> str:
    """How to say what was found; of a measure without words of its own, the bare answer or figure."""
    if row.name in FOUND_OF.texts:
        return FOUND_OF.form(row.name, total)
    return FOUND.get(row.name, "{answer}" if row.names_answer else "{figure}")


def _computed_from(titles: Titles, results: Results, gate: GateResult) -> Iterator[tuple[str, str]]:
    """Each sort of answer, what one adds to the figure, and the questions that have it, by their numbers."""
    numbers: dict[str, list[int]] = {}
    for item in gate.items:
        found = results[item]
        words = titles.answers[found.answer]
        if gate.perspective is not None and found.counts_as is not None:
            words = WORDS["heard" if gate.perspective in found.heard else "not_heard"]
        elif found.counts_as is not None:
            words = COUNTS_AS["worth"].format(answer=words, value=number(found.counts_as))
        numbers.setdefault(words, []).append(titles.numbers[item])
    for words, places in numbers.items():
        yield words, COUNTED.of("questions", len(places), numbers=", ".join(_runs(places)))


def _runs(places: Iterable[int]) -> Iterator[str]:
    """Numbers in order, three or more that follow each other as the first and the last."""
    for _gap, run in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        first, *others = [place for _number, place in run]
        if len(others) < 2:
            yield from map(number, (first, *others))
        else:
            yield COUNTS_AS["run"].format(first=number(first), last=number(others[-1]))


def _because_of(titles: Titles, results: Results, gate: GateResult) -> Iterator[tuple[str, str]]:
    """The known answers that keep it from holding: those that add to what should be little, or are below a least.

    Of a share or of points nothing can be named: a better answer to any of the items would do. Where too many items
    are set aside, it is these.
    """
    by_itself, is_aside = MEASURES[gate.measure].all_or_nothing, MEASURES[gate.measure].looks_at == SET_ASIDE
    for item in gate.items:
        counts_as = results[item].counts_as
        if is_aside:
            counts_as = float(counts_as is None)
        any_would_do = gate.at_least and not by_itself
        if counts_as is None or results[item].answer in OPEN_ANSWERS or any_would_do:
            continue
        too_low = gate.at_least and counts_as < gate.threshold - TOLERANCE
        too_high = not gate.at_least and counts_as > (gate.threshold if by_itself else 0) + TOLERANCE
        if too_low or too_high:
            yield titles.numbered(item), titles.answers[results[item].answer]
