"""A comparison for a terminal: one screen first, then every change."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from involve_audit.engine.comparing.gates import FIGURE
from involve_audit.render.comparing.parts import ActionLine, FlatLine, ItemLine
from involve_audit.render.comparing.report import DiffPage
from involve_audit.render.parts import LadderStep
from involve_audit.render.screen import Headed, Paper, fitted
from involve_audit.words.comparing import COMPARING
from involve_audit.words.reports import COUNTED, WORDS

_PROMPT = 1
_MOST_NOTES = 2
_MARKED = ("here", "least", "possible")
_DEEPER = "      "


def render(report: DiffPage) -> str:
    """The comparison as text. The first screen stands by itself."""
    paper = Paper(report.options)
    height = report.options.height - _PROMPT
    screen = fitted(paper, _head(paper, report), lambda: _parts(report), COMPARING["all_below"], height, most=1)
    return paper.text([*screen, *_details(paper, report)])


def _head(paper: Paper, report: DiffPage) -> Iterator[Text]:
    yield from paper.wrapped(report.title, "bold")
    yield from paper.wrapped(report.span)
    yield from paper.wrapped(report.headline, "bold")
    for sentence in report.more:
        yield from paper.wrapped(sentence)
    for label, line in zip((COMPARING["then"], COMPARING["now"]), report.stages, strict=True):
        yield from paper.wrapped(f"{label}: {_ladder(line.ladder)}", most=1)
    yield from paper.wrapped(report.counted, most=3)
    notes = [*report.notes, *([f"{COMPARING['other_people']} {' '.join(report.people)}"] if report.people else [])]
    for note in notes[:_MOST_NOTES]:
        yield from paper.wrapped(f"{WORDS['warnings']}: {note}", "yellow")
    if len(notes) > _MOST_NOTES:
        more = len(notes) - _MOST_NOTES
        yield from paper.wrapped(COUNTED.of("more", more), "yellow")


def _ladder(steps: list[LadderStep]) -> str:
    marked = (f"{step.short} ({step.mark})" if step.state in _MARKED else step.short for step in steps)
    return " > ".join(f"{place} {words}" for place, words in enumerate(marked, 1))


def _parts(report: DiffPage) -> Headed:
    yield COMPARING["flatters"], [_flat(line) for line in report.flattering]
    yield COMPARING["worse_part"], map(_labelled, report.worse)
    yield COMPARING["gates"], [f"{line.because} ({line.what})" for line in report.gates if line.mark != FIGURE]
    yield COMPARING["actions"], [_action(line) for line in report.actions]
    yield COMPARING["better_part"], map(_labelled, report.better)


def _labelled(item: ItemLine) -> str:
    return f"{_move(item)} ({item.what})"


def _flat(line: FlatLine) -> str:
    return " ".join(filter(None, [f"{line.title}: {'; '.join(line.entries)}.", line.otherwise])).replace(": .", ".")


def _move(item: ItemLine) -> str:
    then = item.then.words if item.then else COMPARING["not_asked"]
    now = item.now.words if item.now else COMPARING["not_asked"]
    return COMPARING["move"].format(item=item.title, then=then, now=now)


def _action(line: ActionLine) -> str:
    became = "; ".join(filter(None, (line.state, line.late, line.moved)))
    return f"{line.what} – {became}" if became else line.what


def _details(paper: Paper, report: DiffPage) -> Iterator[Text]:
    """Everything, however long."""
    for heading, lines in (
        (WORDS["warnings"], (line for note in report.notes for line in paper.entry(note, None))),
        (COMPARING["flatters"], _flattering(paper, report)),
        (COMPARING["split"], _split(paper, report)),
        (COMPARING["changes"], _changes(paper, report)),
        (COMPARING["unchanged"], _unchanged(paper, report)),
        (COMPARING["gates"], _gates(paper, report)),
        (COMPARING["who_answered"], _people(paper, report)),
        (COMPARING["actions"], _actions(paper, report.actions)),
        (COMPARING["agreed_now"], _actions(paper, report.agreed_now)),
        (WORDS["provenance"], _provenance(paper, report)),
    ):
        if found := list(lines):
            yield from (Text(), *paper.wrapped(heading, "bold", None), *found)


def _flattering(paper: Paper, report: DiffPage) -> Iterator[Text]:
    for flat in report.flattering:
        yield from paper.entry(" ".join(filter(None, (f"{flat.title}.", flat.otherwise))), None)
        yield from (line for entry in flat.entries for line in paper.entry(entry, None, _DEEPER))


def _split(paper: Paper, report: DiffPage) -> Iterator[Text]:
    if report.split is None:
        return
    yield from paper.wrapped(COMPARING["split_lead"], most=None)
    for row in report.split.rows:
        yield from paper.entry(row.answers, None)
        for column, stage in zip(report.split.columns, (row.old, row.new), strict=True):
            yield from paper.entry(f"{column}: {stage}", None, _DEEPER)


def _changes(paper: Paper, report: DiffPage) -> Iterator[Text]:
    if not report.themes:
        yield from paper.wrapped(COMPARING["no_changes"])
    for theme in report.themes:
        yield from paper.wrapped(theme.title, "bold", None)
        for item in theme.items:
            yield from paper.entry(f"{item.what}: {_move(item)}", None)
            why = " ".join(filter(None, (item.why, item.evidence and f"({item.evidence})")))
            yield from paper.entry(why, None, _DEEPER)


def _unchanged(paper: Paper, report: DiffPage) -> Iterator[Text]:
    yield from (line for one in report.unchanged for line in paper.entry(f"{one.title}: {one.answer}", None))


def _gates(paper: Paper, report: DiffPage) -> Iterator[Text]:
    if not report.gates:
        yield from paper.wrapped(COMPARING["no_gates"])
    for gate in report.gates:
        yield from paper.entry(f"{gate.because} ({gate.stage}; {gate.what})", None)
        yield from paper.entry(f"{COMPARING['then']}: {gate.found_then} ({gate.asked_then})", None, _DEEPER)
        yield from paper.entry(f"{COMPARING['now']}: {gate.found_now} ({gate.asked_now})", None, _DEEPER)


def _people(paper: Paper, report: DiffPage) -> Iterator[Text]:
    yield from paper.wrapped(COMPARING["other_people" if report.people else "same_people"], most=None)
    for who, then, now in report.who_answered:
        yield from paper.entry(COMPARING["move"].format(item=who, then=then, now=now), None)


def _actions(paper: Paper, lines: list[ActionLine]) -> Iterator[Text]:
    for line in lines:
        yield from paper.entry(_action(line), None)
        about = [line.owner and f"{WORDS['owner']}: {line.owner}", line.due and f"{COMPARING['was_due']}: {line.due}"]
        if any(about):
            yield from paper.entry("; ".join(filter(None, about)), None, _DEEPER)


def _provenance(paper: Paper, report: DiffPage) -> Iterator[Text]:
    yield from (line for label, value in report.provenance for line in paper.entry(f"{label}: {value}", None))
