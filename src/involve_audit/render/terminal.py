"""A summary for one screen of a terminal: where are we, why, what next, how sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO

from rich.console import Console
from rich.text import Text

from involve_audit.engine.assessment import Assessment
from involve_audit.language import listed, number
from involve_audit.model.audit import Audit
from involve_audit.render.escaping import clean
from involve_audit.render.options import Options
from involve_audit.render.parts import Disagreement
from involve_audit.render.report import Report
from involve_audit.render.vocabulary import WORDS, counted

_BULLET = "  - "
_MOST_LINES = 2
_MOST_WARNINGS = 2
_PROMPT = 1
_MARKED = ("here", "least", "possible")


def render(audit: Audit, assessment: Assessment, options: Options) -> str:
    """The summary as text, with escape sequences only where `options.colour` asks for them.

    It fits a screen of `options.height` lines, the prompt that follows included; what does not fit is counted.
    """
    stream = StringIO()
    console = Console(
        file=stream,
        width=options.width,
        color_system="standard" if options.colour else None,
        force_terminal=options.colour,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    for line in _Screen(console, Report(audit, assessment, options), options.height - _PROMPT).lines():
        console.print(line, no_wrap=True, crop=False)
    return "".join(line.rstrip() + "\n" for line in stream.getvalue().splitlines())


@dataclass
class _Part:
    """A heading and its entries, each of some lines; the first `shown` of them are shown."""

    heading: str
    entries: list[list[Text]]
    shown: int = 1

    @property
    def title(self) -> str:
        """The heading, with how many entries there are where some are not shown."""
        count = len(self.entries)
        return WORDS["some_of"].format(heading=self.heading, shown=number(self.shown), count=number(count))

    def shown_lines(self) -> list[Text]:
        return [line for entry in self.entries[: self.shown] for line in entry]


class _Screen:
    """Lays out a report so that it fits a number of lines.

    Each part shows its first entry; the parts then take turns to show one more, as long as there is room.
    """

    def __init__(self, console: Console, report: Report, height: int) -> None:
        self.console = console
        self.report = report
        self.height = height
        self.head = list(self._head())
        self.parts = list(self._parts(_MOST_LINES))
        self.foot = self._wrapped(WORDS["all_of_it"], "dim", 1)
        if self._length() > height:
            self.parts = list(self._parts(1))

    def lines(self) -> list[Text]:
        while sum(self._could_grow(part) for part in self.parts):
            pass
        apart = self._length() + len(self.parts) + 1 <= self.height
        gap = [Text()] if apart else []
        body = [line for part in self.parts for line in (*gap, self._heading(part), *part.shown_lines())]
        return [*self.head, *body, *gap, *self.foot]

    def _heading(self, part: _Part) -> Text:
        return self._wrapped(part.heading if part.shown == len(part.entries) else part.title, "bold", 1)[0]

    def _could_grow(self, part: _Part) -> bool:
        """Show one entry more of a part, if it has one and there is room."""
        if part.shown == len(part.entries):
            return False
        part.shown += 1
        if self._length() <= self.height:
            return True
        part.shown -= 1
        return False

    def _length(self) -> int:
        return len(self.head) + sum(1 + len(part.shown_lines()) for part in self.parts) + len(self.foot)

    def _head(self) -> Iterator[Text]:
        report = self.report
        yield from self._wrapped(report.title, "bold")
        yield from self._wrapped(report.headline, "bold")
        yield from self._wrapped(_ladder(report), "", 1)
        yield from self._wrapped(report.answered, "")
        for sentence in report.tailored_in_short:
            yield from self._wrapped(sentence, "yellow")
        if report.left_out:
            yield from self._wrapped(report.left_out[0], "yellow")
        for warning in report.warnings[:_MOST_WARNINGS]:
            yield from self._wrapped(f"{WORDS['warnings']}: {warning}", "yellow")
        if len(report.warnings) > _MOST_WARNINGS:
            yield from self._wrapped(counted("more", len(report.warnings) - _MOST_WARNINGS), "yellow")

    def _parts(self, most: int) -> Iterator[_Part]:
        report = self.report
        voices = [f"{WORDS['answers_of']}: {voice}" for voice in report.deciding_voices]
        for heading, entries in (
            (WORDS["decides"], [*voices, *report.deciding_items]),
            (f"{WORDS['holds_back']} – {report.next_stage}", [line.because for line in report.holds_back]),
            (WORDS["next_steps"], _steps(report)),
            (WORDS["disagreements"], _differences(report)),
            (WORDS["holds_up"], _readings(report)),
        ):
            found = [self._entry(entry, most) for entry in entries]
            if found:
                yield _Part(heading, found)

    def _entry(self, text: str, most: int) -> list[Text]:
        lines = self._wrapped(text, "", most, indent=len(_BULLET))
        bullets = (_BULLET, *[" " * len(_BULLET)] * len(lines))
        return [Text.assemble(bullet, line) for bullet, line in zip(bullets, lines, strict=False)]

    def _wrapped(self, text: str, style: str, most: int = _MOST_LINES, indent: int = 0) -> list[Text]:
        """The text in at most so many lines; where it is longer, it ends in an ellipsis."""
        width = self.console.width - indent
        lines = list(Text(" ".join(clean(text).split()), style=style).wrap(self.console, width, overflow="fold"))
        if len(lines) > most:
            lines[most - 1].truncate(width - 1)
            lines[most - 1].append("…")
        return lines[:most]


def _ladder(report: Report) -> str:
    marked = (f"{step.short} ({step.mark})" if step.state in _MARKED else step.short for step in report.ladder)
    return " > ".join(f"{number} {words}" for number, words in enumerate(marked, 1))


def _steps(report: Report) -> Iterator[str]:
    if report.hear_first:
        yield f"{WORDS['hear_first']}: {'; '.join(report.hear_first)}"
    for change in report.changes:
        yield f"{change.title}: {change.now} → {change.aim}"
    if report.steps_note:
        yield report.steps_note


def _readings(report: Report) -> Iterator[str]:
    """Every reading that comes to another stage than the floor; the others in one sentence."""
    differing = [group for group in report.holds_up if group.differs]
    yield from (f"{group.stage}: {'; '.join(group.readings)}" for group in differing)
    yield WORDS["other_readings" if differing else "every_reading"]


def _differences(report: Report) -> Iterable[str]:
    return (f"{found.title}: {_by_answer(report, found)}" for found in report.disagreements)


def _by_answer(report: Report, found: Disagreement) -> str:
    """Each answer with those who gave it."""
    voices: dict[str, list[str]] = {}
    for perspective, given in zip(report.perspectives, found.answers, strict=True):
        if given is not None:
            voices.setdefault(given.words, []).append(perspective)
    return "; ".join(f"{answer} – {listed(who)}" for answer, who in voices.items())
