"""Laying text out for a terminal. Writers say what a page is made of; widths, wrapping, bullets and colour are here.

What is put on a page is text of a rubric or of a person, never markup. Rich draws tables and colour, and folds words
that are too long; where there is none of that, only its widths of characters are loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size

from involve_audit.escaping import clean
from involve_audit.language import number
from involve_audit.words.reports import COUNTED, WORDS

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

BOLD, CAUTION, FAINT = "bold", "yellow", "dim"
_BULLET, _BELOW = "  - ", "      "
_INDENT = "  "
_PROMPT = 1
_LONGEST_WORD = 255
_BOUND = "\ue000"  # a blank that no line ends at; of private use, and none of what is shown
_COMMAND = re.compile(r"`[^`]+`|involve-audit [a-z].*$|(?<!\S)--?[a-z][a-z-]* \S+\.[a-z]+")
_MOST_LINES = 2
_USUAL_WIDTH = 80
_MOST_NOTES = 2


class Paragraph(NamedTuple):
    """Some words, wrapped. `lead` stands before the first line and moves the others in as far.

    At the head of a screen they have at most `most` lines, and end in an ellipsis where they would be longer; on a
    screen that is narrower than usual they are whole.
    """

    words: str
    style: str = ""
    lead: str = ""
    most: int = _MOST_LINES


class Column(NamedTuple):
    """A column of a table: what stands above it, and the most characters it may have, or that it holds figures."""

    title: str = ""
    most: int | None = None
    is_figure: bool = False


class Table(NamedTuple):
    """Rows of cells, which may have more of them than there are columns. A cell that begins with two spaces is moved
    in."""

    rows: Iterable[Sequence[str]]
    columns: Sequence[Column]


class Screen(NamedTuple):
    """What fits a screen of `height` lines, the prompt that follows included, as far as that is possible.

    Each part is a heading with its entries and, where these are the first of more, how many there are. It shows its
    first entry, in at most `most` lines; the parts then take turns to show one more, as long as there is room. Where
    not even the first ones fit, each entry is one line. Parts without entries are left out. What does not fit is
    counted. Without a height everything is shown, and whole.
    """

    head: Iterable[Paragraph]
    parts: Iterable[tuple[str, Iterable[str]] | tuple[str, Iterable[str], int]]
    foot: str
    height: int | None
    most: int = _MOST_LINES


Block = Paragraph | Table | Screen
BLANK_LINE = Paragraph("")


def heading(words: str) -> Paragraph:
    """A heading."""
    return Paragraph(words, BOLD)


def entry(words: str) -> Paragraph:
    """An entry of a list."""
    return Paragraph(words, lead=_BULLET)


def below(words: str) -> Paragraph:
    """What belongs to the entry above it."""
    return Paragraph(words, lead=_BELOW)


def part(title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """A heading with what stands under it, a blank line before both; nothing where nothing stands under it."""
    for place, block in enumerate(blocks):
        if place == 0:
            yield from (BLANK_LINE, heading(title))
        yield block


def notes_in_short(notes: Sequence[str], height: int | None) -> Iterator[Paragraph]:
    """The first things that a reader has to know, and how many more there are; all of them where there is no screen."""
    most = _MOST_NOTES if height is not None else len(notes)
    for note in notes[:most]:
        yield Paragraph(f"{WORDS['warnings']}: {note}", CAUTION)
    if len(notes) > most:
        yield Paragraph(COUNTED.of("more", len(notes) - most), CAUTION)


def laid_out(blocks: Iterable[Block], width: int, colour: bool) -> str:
    """A page as text, with escape sequences only where `colour` asks for them."""
    return _Paper(width, colour).text(blocks)


class _PaperLine(NamedTuple):
    """A line of a paragraph: what stands before it, its words, and their style."""

    lead: str
    words: str
    style: str


class _Paper:
    """A terminal of a certain width, without one: what is printed on it is text."""

    def __init__(self, width: int, colour: bool) -> None:
        self._stream = StringIO()
        self._width, self._colour = width, colour

    @cached_property
    def _console(self) -> Console:
        from rich.console import Console

        return Console(
            file=self._stream,
            width=self._width,
            color_system="standard" if self._colour else None,
            force_terminal=self._colour,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )

    def text(self, blocks: Iterable[Block]) -> str:
        """The blocks, one below the other."""
        for block in blocks:
            if isinstance(block, Table):
                self._console.print(_grid(block))
            else:
                self._print(self._fitted(block) if isinstance(block, Screen) else self._wrapped(block))
        return "".join(line.rstrip() + "\n" for line in self._stream.getvalue().splitlines())

    def _print(self, lines: Iterable[_PaperLine]) -> None:
        for line in lines:
            if self._colour:
                from rich.text import Text

                words = Text(line.words, style=line.style)
                self._console.print(Text.assemble(line.lead, words), no_wrap=True, crop=False)
            else:
                self._stream.write(f"{line.lead}{line.words}\n")

    def _wrapped(self, paragraph: Paragraph, most: int | None = None) -> list[_PaperLine]:
        """A paragraph in at most so many lines; where it is longer, it ends in an ellipsis.

        On a screen that is narrower than usual it is whole: there would be too little left of it to be understood.
        """
        most = None if self._width < _USUAL_WIDTH else most
        width = self._width - len(paragraph.lead)
        words = _on_one_line(paragraph.words)
        lines = [words] if words.isascii() and len(words) <= width else self._between_words(words, width)
        if most is not None and len(lines) > most:
            last = lines[most - 1]
            lines[most - 1] = f"{last if cell_len(last) < width else set_cell_size(last, width - 1)}…"
        leads = (paragraph.lead, *[" " * len(paragraph.lead)] * len(lines))
        return [_PaperLine(lead, line, paragraph.style) for lead, line in zip(leads, lines[:most], strict=False)]

    def _between_words(self, text: str, width: int) -> list[str]:
        """A line in several. What somebody may copy is whole on one of them, however long it is: commands, and every
        word of plain letters, such as an id, the name of a file or an address."""
        text = _COMMAND.sub(lambda found: found[0].replace(" ", _BOUND), text)
        words = text.split()
        if any(len(word) > (_LONGEST_WORD if word.replace(_BOUND, "").isascii() else width) for word in words):
            from rich.text import Text

            lines = [line.plain for line in Text(text).wrap(self._console, width, overflow="fold")]
        else:
            lines = [text[start:end] for start, end in pairwise((0, *_ends(text, width), len(text)))]
        whole = (line.replace(_BOUND, " ") for line in lines)
        return [line[: max(width, len(line.rstrip()))] for line in whole]  # without blanks beyond the width

    def _whole(self, screen: Screen) -> Iterator[_PaperLine]:
        """All of it, as it is where there is no screen to fit."""
        blocks: list[Paragraph] = [*screen.head]
        for title, texts, count in _headed(screen):
            more = [Paragraph(COUNTED.of("more", left))] if (left := count - len(texts)) > 0 else []
            blocks += [BLANK_LINE, heading(title), *map(entry, texts), *more]
        for paragraph in (*blocks, BLANK_LINE, Paragraph(screen.foot, FAINT)):
            yield from self._wrapped(paragraph)

    def _fitted(self, screen: Screen) -> Iterable[_PaperLine]:
        if screen.height is None:
            return self._whole(screen)
        top = [line for paragraph in screen.head for line in self._wrapped(paragraph, paragraph.most)]
        bottom = self._wrapped(Paragraph(screen.foot, FAINT))
        room = screen.height - _PROMPT - len(top) - len(bottom)
        headed = list(_headed(screen))
        parts = self._parts(headed, screen.most)
        if sum(part.length for part in parts) > room:
            parts = self._parts(headed, 1)
        while sum(part.grew(room - sum(other.length for other in parts)) for part in parts):
            pass
        gap = [_PaperLine("", "", "")] if sum(part.length + 1 for part in parts) + 1 <= room else []
        body = [line for part in parts for line in (*gap, *self._wrapped(heading(part.title), 1), *part.lines)]
        return [*top, *body, *gap, *bottom]

    def _parts(self, headed: Iterable[tuple[str, Sequence[str], int]], most: int) -> list[_Part]:
        return [
            _Part(title, [self._wrapped(entry(words), most) for words in texts], count)
            for title, texts, count in headed
        ]


def _ends(text: str, width: int) -> Iterator[int]:
    """Where the lines of a text end, each as long as it can be, or one word that is longer."""
    used = 0
    for word in re.finditer(r"\S+\s*", text):
        if used and used + cell_len(word[0].rstrip()) > width:
            yield word.start()
            used = 0
        used += cell_len(word[0])


def _headed(screen: Screen) -> Iterator[tuple[str, list[str], int]]:
    """The parts that have entries: the heading, the entries, and how many there are in all."""
    for title, entries, *count in screen.parts:
        if texts := list(entries):
            yield title, texts, max([len(texts), *count])


@dataclass
class _Part:
    """A heading and its entries, the first of `count`, each of some lines; the first `shown` of them are shown."""

    heading: str
    entries: Sequence[list[_PaperLine]]
    count: int
    shown: int = 1

    @property
    def title(self) -> str:
        """The heading, with how many entries there are where some are not shown."""
        if self.shown == self.count:
            return self.heading
        return WORDS["some_of"].format(heading=self.heading, shown=number(self.shown), count=number(self.count))

    @property
    def lines(self) -> list[_PaperLine]:
        return [line for lines in self.entries[: self.shown] for line in lines]

    @property
    def length(self) -> int:
        return 1 + len(self.lines)

    def grew(self, room: int) -> bool:
        """Show one entry more, if there is one and it has no more lines than there is room for."""
        fits = self.shown < len(self.entries) and len(self.entries[self.shown]) <= room
        self.shown += fits
        return fits


def _grid(table: Table) -> RenderableType:
    from rich.table import Table as Grid

    has_titles = any(column.title for column in table.columns)
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="", show_header=has_titles)
    for column in table.columns:
        if column.is_figure:
            grid.add_column(column.title, justify="right")
        else:
            grid.add_column(column.title, overflow="fold", max_width=column.most)
    for row in table.rows:
        grid.add_row(*map(_cell, row))
    return grid


def _cell(words: str) -> Text:
    from rich.text import Text

    return Text((_INDENT if words.startswith(_INDENT) else "") + _on_one_line(words))


def _on_one_line(words: str) -> str:
    return " ".join(str(clean(words)).split())
