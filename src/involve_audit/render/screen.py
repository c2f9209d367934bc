"""Laying text out for a terminal: a screen that fits so many lines, each part of it shown as far as there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from rich.console import Console
from rich.text import Text

from involve_audit.escaping import clean
from involve_audit.language import number
from involve_audit.render.options import Options
from involve_audit.words.reports import WORDS

_BULLET = "  - "
_MOST_LINES = 2


class Paper:
    """A terminal of a certain width, without one: what is printed on it is text."""

    def __init__(self, options: Options) -> None:
        self._stream = StringIO()
        self._console = Console(
            file=self._stream,
            width=options.width,
            color_system="standard" if options.colour else None,
            force_terminal=options.colour,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )

    def text(self, lines: Iterable[Text]) -> str:
        """The lines as text, with escape sequences only where the options ask for colour."""
        if self._console.color_system is None:
            return "".join(line.plain.rstrip() + "\n" for line in lines)
        for line in lines:
            self._console.print(line, no_wrap=True, crop=False)
        return "".join(line.rstrip() + "\n" for line in self._stream.getvalue().splitlines())

    def wrapped(self, text: str, style: str = "", most: int | None = _MOST_LINES, indent: int = 0) -> list[Text]:
        """The text in at most so many lines; where it is longer, it ends in an ellipsis."""
        width = self._console.width - indent
        line = Text(" ".join(clean(text).split()), style=style)
        fits = line.plain.isascii() and len(line) <= width
        lines = [line] if fits and line else list(line.wrap(self._console, width, overflow="fold"))
        if most is not None and len(lines) > most:
            lines[most - 1].truncate(width - 1)
            lines[most - 1].append("…")
        return lines[:most]

    def entry(self, text: str, most: int | None = _MOST_LINES, bullet: str = _BULLET) -> list[Text]:
        """The text as an entry of a list."""
        lines = self.wrapped(text, "", most, indent=len(bullet))
        bullets = (bullet, *[" " * len(bullet)] * len(lines))
        return [Text.assemble(before, line) for before, line in zip(bullets, lines, strict=False)]


@dataclass
class Part:
    """A heading and its entries, each of some lines; the first `shown` of them are shown."""

    heading: str
    entries: Sequence[list[Text]]
    shown: int = 1

    @property
    def title(self) -> str:
        """The heading, with how many entries there are where some are not shown."""
        count = len(self.entries)
        if self.shown == count:
            return self.heading
        return WORDS["some_of"].format(heading=self.heading, shown=number(self.shown), count=number(count))

    def shown_lines(self) -> list[Text]:
        return [line for entry in self.entries[: self.shown] for line in entry]


Headed = Iterable[tuple[str, Iterable[str]]]
"""Headings, each with its entries."""


def fitted(
    paper: Paper, head: Iterable[Text], parts: Callable[[], Headed], foot: str, height: int, most: int = _MOST_LINES
) -> list[Text]:
    """A screen of at most `height` lines, as far as that is possible.

    Each part shows its first entry, in at most `most` lines; the parts then take turns to show one more, as long as
    there is room. Where not even the first ones fit, each entry is one line. Parts without entries are left out.
    """
    top, bottom = list(head), paper.wrapped(foot, "dim", 1)
    found = list(_parts(paper, parts(), most))
    if _length(top, found, bottom) > height:
        found = list(_parts(paper, parts(), 1))
    while sum(_grew(part, lambda: _length(top, found, bottom) <= height) for part in found):
        pass
    gap = [Text()] if _length(top, found, bottom) + len(found) + 1 <= height else []
    body = [line for part in found for line in (*gap, *paper.wrapped(part.title, "bold", 1), *part.shown_lines())]
    return [*top, *body, *gap, *bottom]


def _parts(paper: Paper, headed: Headed, most: int) -> Iterator[Part]:
    for heading, entries in headed:
        lines = [paper.entry(entry, most) for entry in entries]
        if lines:
            yield Part(heading, lines)


def _length(top: Sequence[Text], parts: Sequence[Part], bottom: Sequence[Text]) -> int:
    return len(top) + sum(1 + len(part.shown_lines()) for part in parts) + len(bottom)


def _grew(part: Part, fits: Callable[[], bool]) -> bool:
    """Show one entry more of a part, if it has one and there is room."""
    if part.shown == len(part.entries):
        return False
    part.shown += 1
    if fits():
        return True
    part.shown -= 1
    return False
