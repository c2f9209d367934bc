"""What several commands share: their options, and the one way in which they write results.

Options of outputs are fed from the tables of formats: what goes where, how it looks, and a word on what was written.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from involve_audit import output, terminal
from involve_audit.errors import OutputError, Problem, UsageError, suggestion
from involve_audit.language import _, listed, number
from involve_audit.output import STANDARD_OUTPUT
from involve_audit.render.options import FULL, SHORT, STYLES, Options

if TYPE_CHECKING:
    from involve_audit.render.formats import Format, Formats

Page = TypeVar("Page")
AnyRubrics = Annotated[
    list[str] | None,
    typer.Option("--rubric", "-r", metavar="RUBRIC", help="A rubric's id or file. Repeat for several versions."),
]
Template = Annotated[
    str | None, typer.Option(metavar="FOLDER", help="Take templates from this folder first: your house style.")
]
Plain = Annotated[bool, typer.Option("--plain", help="Bare text: no colour, no weight.")]
FewerThan = Annotated[
    str | None, typer.Option(metavar="NUMBER", help="With --publish: hide numbers under this, not under 5.")
]


def outputs_of(formats: Iterable[Format]) -> Any:
    """The option `--output`, whose help names the suffixes of these formats."""
    endings = [f"{form.suffixes[0]} ({form.known_as})" if form.known_as else form.suffixes[0] for form in formats]
    return typer.Option("--output", "-o", metavar="FILE", help=f"Write {one_of(endings)}. Repeat for more.")


def style_of() -> Any:
    """The option `--style`, whose help names the styles."""
    return typer.Option("--style", metavar="STYLE", help=naming("How pages look: {words}.", STYLES))


def format_of(known: Formats) -> Any:
    """The option `--format`, whose help names these formats."""
    help_text = naming("The format for `-o -`: {words}.", known.names)
    return typer.Option("--format", metavar="FORMAT", help=help_text)


NAMED: dict[str, tuple[str, ...]] = {}
"""The words that may stand where a help text names them."""


def naming(text: str, words: Iterable[str]) -> str:
    """A help text that names, for `{words}`, every word that may stand there."""
    known = tuple(words)
    named = text.format(words=one_of(known))
    NAMED[named] = known
    return named


def one_of(words: Iterable[str]) -> str:
    """Words as a sentence of help names them, before it is looked up in a language: `a, b or c`."""
    *others, last = words
    return f"{', '.join(others)} or {last}"


def bound_of(publish: bool, fewer_than: str | None) -> int | None:
    """Numbers of people below this are not to be shown; None where nothing is made for sharing.

    Raises UsageError where `fewer_than` is no whole number of at least 5, or is given without `publish`.
    """
    from involve_audit.render.publishing import LEAST

    if fewer_than is None:
        return LEAST if publish else None
    if not publish:
        hint = _("Add --publish to make the results for sharing, or leave it out.")
        raise UsageError(Problem("", _("--fewer-than goes with --publish"), hint))
    if not re.fullmatch("[0-9]{1,6}", fewer_than) or int(fewer_than) < LEAST:
        what = _("--fewer-than: `{given}` is not a whole number of at least {least}")
        hint = _("Give a number such as 10, or leave it out for {least}.").format(least=number(LEAST))
        raise UsageError(Problem("", what.format(given=fewer_than, least=number(LEAST)), hint))
    return int(fewer_than)


@dataclass(frozen=True)
class Look:
    """How the command line asks for results to look. `written` is the time to state in them."""

    style: str | None = None
    template: str | None = None
    plain: bool = False
    written: datetime | None = None
    annex: bool = False

    def of_pages(self) -> list[str]:
        """The options given that make sense only where a page is written."""
        given = {"--style": self.style, "--template": self.template, "--annex": self.annex}
        return [name for name, value in given.items() if value]

    def options(self, name: str) -> Options:
        """How to write this output: only standard output has a width, a height and perhaps colour."""
        templates = Path(self.template) if self.template else None
        options = Options(written=self.written, style=self.style or FULL, annex=self.annex, templates=templates)
        if name != STANDARD_OUTPUT:
            return options
        return replace(
            options,
            width=terminal.width(),
            height=None if self.plain else terminal.height(),
            colour=terminal.wants_colour(self.plain),
        )


@dataclass(frozen=True)
class Targets:
    """What is to be written: a format for each file, `-` for standard output, out of the formats that are known."""

    known: Formats
    formats: dict[str, Format]
    look: Look

    def and_summary(self) -> Targets:
        """The same, and the summary on standard output in any case."""
        return replace(self, formats={STANDARD_OUTPUT: self.known.by_name[0]} | self.formats)

    def write(self, page_with: Callable[[Options], Page]) -> Page:
        """Write everything, or nothing, say what was written, and give a page as it was written.

        `page_with` makes the page for given options. Raises OutputError, or InputError where a template is wrong.
        """
        output.require_places(self.formats)
        pages = {options: page_with(options) for options in map(self.look.options, self.formats)}
        contents = {name: form.render(pages[self.look.options(name)]) for name, form in self.formats.items()}
        output.write_all(contents)
        output.say_written(contents)
        return next(iter(pages.values()))


def targets_of(
    known: Formats, outputs: Sequence[str] | None, format_name: str | None, look: Look | None = None
) -> Targets:
    """What the command line asks for.

    Raises UsageError, OutputError or InputError for all that can be known before anything is asked or read.
    """
    look = look or Look()
    targets = Targets(known, known.chosen(outputs or (), format_name), look)
    output.require_places(targets.formats)
    require_style(look.style)
    if look.annex and look.style == SHORT:
        what = _("{option} goes with a whole report, not with the style `{style}`").format(
            option="--annex", style=SHORT
        )
        raise UsageError(Problem("", what, _("Leave out one of the two.")))
    _require_pages(targets)
    for form in targets.formats.values():
        form.require()
    _refuse_terminal(targets)
    if look.template:
        from involve_audit.render.template_files import require_templates

        require_templates(Path(look.template))
    return targets


def require_style(style: str | None, known: Sequence[str] = STYLES) -> None:
    """Raise UsageError where a style is named that is none of these."""
    if style and style not in known:
        raise UsageError(Problem("", _("there is no style `{style}`").format(style=style), suggestion(style, known)))


def _require_pages(targets: Targets) -> None:
    """Raise UsageError where an option would change nothing."""
    asked = targets.look.of_pages()
    if asked and not any(form.template for form in targets.formats.values()):
        what = _("{option} goes with a page, and none is written here").format(option=asked[0])
        pages = [form for form in targets.known.formats if form.template]
        examples = listed((f"-o {targets.known.file}{form.suffixes[0]}" for form in pages), "or")
        raise UsageError(Problem("", what, _("Name one, such as {examples}.").format(examples=examples)))


def _refuse_terminal(targets: Targets) -> None:
    """Raise OutputError where bytes would go to a terminal, which takes them for commands."""
    form = targets.formats.get(STANDARD_OUTPUT)
    if form and form.binary and sys.stdout.isatty():
        what = _("a terminal cannot show a file of the format {format}").format(format=form.name)
        hint = _("Name a file to write: -o report{suffix}").format(suffix=form.suffixes[0])
        raise OutputError(Problem("", what, hint))
