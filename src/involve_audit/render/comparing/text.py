"""A comparison or a series for a terminal: one screen first, which stands by itself, then all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from involve_audit.engine.comparing.changes import FIGURE
from involve_audit.render.screen import (
    BOLD,
    Block,
    Paragraph,
    Screen,
    below,
    entry,
    heading,
    laid_out,
    notes_in_short,
    part,
)
from involve_audit.render.titles import on_one_line
from involve_audit.words.comparing import COMPARING, MATRIX, TREND
from involve_audit.words.reports import WORDS

if TYPE_CHECKING:
    from involve_audit.render.comparing.diff_page import DiffPage
    from involve_audit.render.comparing.lines import ActionLine, FlatLine, ItemLine
    from involve_audit.render.comparing.trend_page import TrendPage


def render(report: DiffPage | TrendPage) -> str:
    """The page as text, with escape sequences only where its options ask for colour."""
    foot, beneath_headline, in_short, in_full = _PAGES[report.stem]
    head = [
        Paragraph(report.title, BOLD),
        Paragraph(report.span),
        Paragraph(report.headline, BOLD),
        *map(Paragraph, report.more),
        *beneath_headline(report),
    ]
    return laid_out(
        [
            Screen(head, in_short(report), foot["all_below"], report.options.height, most=1),
            *part(WORDS["warnings"], map(entry, report.notes)),
            *(block for title, blocks in in_full(report) for block in part(title, blocks)),
            *part(WORDS["provenance"], _labelled(report.provenance)),
        ],
        report.options.width,
        report.options.colour,
    )


def _labelled(lines: Iterable[tuple[str, str]]) -> Iterator[Paragraph]:
    return (entry(f"{label}: {words}") for label, words in lines)


# A comparison


def _diff_head(report: DiffPage) -> Iterator[Paragraph]:
    for label, line in zip((COMPARING["then"], COMPARING["now"]), report.stages, strict=True):
        yield Paragraph(f"{label}: {on_one_line(line.ladder)}", most=1)
    yield Paragraph(report.counted, most=3)
    people = [f"{COMPARING['other_people']} {' '.join(report.people)}"] if report.people else []
    yield from notes_in_short([*report.notes, *people], report.options.height)


def _diff_in_short(report: DiffPage) -> Iterator[tuple[str, Iterable[str]]]:
    yield COMPARING["flatters"], [_flat(line) for line in report.flattering]
    yield COMPARING["worse_part"], [_move(item) for item in report.worse]
    yield COMPARING["gates"], [f"{line.what}: {line.because}" for line in report.gates if line.mark != FIGURE]
    yield COMPARING["actions"], [_action(line) for line in report.actions]
    yield COMPARING["better_part"], [_move(item) for item in report.better]


def _flat(line: FlatLine) -> str:
    return " ".join(filter(None, [f"{line.title}: {'; '.join(line.entries)}.", line.otherwise])).replace(": .", ".")


def _move(item: ItemLine) -> str:
    """What became of a question, then which it is."""
    return f"{item.what}: {item.title}: {item.move}"


def _action(line: ActionLine) -> str:
    """What became of an action, then which it is."""
    what = f"{line.state}: {line.what}"
    return f"{what} – {line.moved}" if line.moved else what


def _diff_in_full(report: DiffPage) -> Iterator[tuple[str, Iterable[Block]]]:
    yield COMPARING["flatters"], _flattering(report)
    yield COMPARING["split"], _split(report)
    yield COMPARING["changes"], _changes(report)
    yield COMPARING["unchanged"], _labelled((line.title, line.answer) for line in report.unchanged)
    yield COMPARING["gates"], _gates(report)
    yield COMPARING["who_answered"], _people(report)
    yield COMPARING["actions"], _actions(report.actions)
    yield COMPARING["agreed_now"], _actions(report.agreed_now)


def _flattering(report: DiffPage) -> Iterator[Block]:
    for flat in report.flattering:
        yield entry(" ".join(filter(None, (f"{flat.title}.", flat.otherwise))))
        yield from map(below, flat.entries)


def _split(report: DiffPage) -> Iterator[Block]:
    if report.split is None:
        return
    yield Paragraph(COMPARING["split_lead"])
    for row in report.split.rows:
        yield entry(row.answers)
        for column, stage in zip(report.split.columns, (row.old, row.new), strict=True):
            yield below(f"{column}: {stage}")


def _changes(report: DiffPage) -> Iterator[Block]:
    if not report.themes:
        yield Paragraph(COMPARING["no_changes"])
    for theme in report.themes:
        yield heading(theme.title)
        for item in theme.items:
            yield entry(_move(item))
            yield below(" ".join(filter(None, (item.why, item.evidence and f"({item.evidence})"))))


def _gates(report: DiffPage) -> Iterator[Block]:
    if not report.gates:
        yield Paragraph(COMPARING["no_gates"])
    for gate in report.gates:
        yield entry(f"{gate.what}: {gate.because} ({gate.stage})")
        yield below(f"{COMPARING['then']}: {gate.found_then} ({gate.asked_then})")
        yield below(f"{COMPARING['now']}: {gate.found_now} ({gate.asked_now})")


def _people(report: DiffPage) -> Iterator[Block]:
    yield Paragraph(COMPARING["other_people" if report.people else "same_people"])
    for who, then, now in report.who_answered:
        yield entry(COMPARING["move"].format(item=who, then=then, now=now))


def _actions(lines: Iterable[ActionLine]) -> Iterator[Block]:
    for line in lines:
        yield entry(_action(line))
        about = [line.owner and f"{WORDS['owner']}: {line.owner}", line.due and f"{COMPARING['was_due']}: {line.due}"]
        if any(about):
            yield below("; ".join(filter(None, about)))


# A series


def _trend_head(report: TrendPage) -> Iterator[Paragraph]:
    return notes_in_short(report.notes, report.options.height)


def _trend_in_short(report: TrendPage) -> Iterator[tuple[str, Iterable[str]]]:
    yield TREND["latest_first"], [f"{line.day}: {line.stage} ({line.version})" for line in reversed(report.audits)]
    yield TREND["rubric_changes"], report.rubric_changes
    yield MATRIX["lost"], [f"{line.title}: {line.now.said}" for line in report.lost]
    yield TREND["themes"], [f"{theme.title}: {_in_a_row(theme.scores[-3:])}" for theme in report.themes]
    yield TREND["recurring"], [f"{line.title}: {'; '.join(line.entries)}" for line in report.recurring]


def _in_a_row(scores: Sequence[str]) -> str:
    """One score after the other."""
    return reduce(lambda before, after: TREND["then"].format(before=before, after=after), scores)


def _trend_in_full(report: TrendPage) -> Iterator[tuple[str, Iterable[Block]]]:
    yield TREND["table"], _audits(report)
    yield TREND["rubric_changes"], map(entry, report.rubric_changes)
    lost = (entry(f"{line.title}: {line.now.said} ({MATRIX['last_right']}: {line.last_right})") for line in report.lost)
    yield MATRIX["lost"], [*lost, *_said(report.lost_left_out)]
    first = report.scores_not_shown
    themes = _labelled((theme.title, _in_a_row(theme.scores[first:])) for theme in report.themes)
    yield TREND["themes"], [Paragraph(TREND["theme_lead"]), *_said(report.scores_left_out), *themes]
    recurring = [(line.title, line.entries) for line in report.recurring]
    yield TREND["recurring"], _with_entries(recurring, TREND["no_recurring"])
    histories = [(line.title, line.jumps) for line in report.histories]
    left_out = _said(report.histories_left_out)
    yield TREND["histories"], [*left_out, *_with_entries(histories, TREND["no_histories"])]


def _said(sentence: str) -> list[Block]:
    """A sentence, where there is one."""
    return [Paragraph(sentence)] if sentence else []


def _audits(report: TrendPage) -> Iterator[Block]:
    for line in report.audits:
        yield entry(f"{line.day}: {line.stage}. {TREND['known']}: {line.known}. {WORDS['rubric']}: {line.version}")
        yield below("; ".join(f"{who}: {count}" for who, count in zip(report.who, line.people, strict=True)))


def _with_entries(lines: Iterable[tuple[str, Iterable[str]]], none: str) -> Iterator[Block]:
    """Each title with all that belongs to it; `none` is what to say where there are no titles."""
    if not lines:
        yield Paragraph(none)
    for title, entries in lines:
        yield entry(title)
        yield from map(below, entries)


_PAGES: dict[str, Any] = {
    "diff": (COMPARING, _diff_head, _diff_in_short, _diff_in_full),
    "trend": (TREND, _trend_head, _trend_in_short, _trend_in_full),
}
"""For each kind of page: its words, what stands under its headline, and its parts on one screen and in full."""
