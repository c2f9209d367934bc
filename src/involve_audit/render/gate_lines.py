"""Gates in words: what was found, what was asked for, and from which answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.measures import MEASURES, TOLERANCE, VALUE, MeasureRow
from involve_audit.engine.score import GateResult, ItemResult
from involve_audit.language import number, percent
from involve_audit.model.view import OPEN_ANSWERS
from involve_audit.words.reports import COUNTED, FOUND, FOUND_OF, SIDES, UNITS, WORDS

if TYPE_CHECKING:
    from involve_audit.render.titles import Titles

Results = Mapping[str, ItemResult]


class GateInWords(NamedTuple):
    """One gate: what was found, what was asked for, and the answers it was worked out from.

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
    asked = SIDES[gate.side].format(threshold=titles.threshold(threshold or ""))
    return GateInWords(
        because=written.because,
        found=_found(titles, results, gate),
        asked_for=f"{asked} {UNITS.get(gate.measure, '')}".strip(),
        holds=WORDS["yes"] if gate.holds else WORDS["possible" if gate.possible else "no"],
        ok=gate.holds,
        computed_from=tuple(_computed_from(titles, results, gate)),
        because_of=() if gate.holds else tuple(_because_of(titles, results, gate)),
    )


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
        percent=percent(gate.figure),
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
    """Each item's title, its answer, and what it adds to the figure."""
    for item in gate.items:
        found = results[item]
        words = titles.answers[found.answer]
        if gate.perspective is not None:
            words = f"{words}; {WORDS['heard' if gate.perspective in found.heard else 'not_heard']}"
        elif found.counts_as is not None:
            words = f"{words}; {number(found.counts_as)}"
        yield titles.item(item), words


def _because_of(titles: Titles, results: Results, gate: GateResult) -> Iterator[tuple[str, str]]:
    """The known answers that keep it from holding: those that add to what should be little, or are below a least.

    Of a share or of points nothing can be named: a better answer to any of the items would do.
    """
    by_itself = MEASURES[gate.measure].all_or_nothing
    for item in gate.items:
        counts_as = results[item].counts_as
        any_would_do = gate.at_least and not by_itself
        if counts_as is None or results[item].answer in OPEN_ANSWERS or any_would_do:
            continue
        too_low = gate.at_least and counts_as < gate.threshold - TOLERANCE
        too_high = not gate.at_least and counts_as > (gate.threshold if by_itself else 0) + TOLERANCE
        if too_low or too_high:
            yield titles.item(item), titles.answers[results[item].answer]
