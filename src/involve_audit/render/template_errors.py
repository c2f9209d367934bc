"""What is wrong with a user's template, in the words of somebody who edits templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import walk_tb
from typing import NamedTuple

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from involve_audit.errors import AuditError, InputError, Problem, nearest
from involve_audit.language import _
from involve_audit.render.template_files import SHIPPED, TemplateFiles, is_ours, text_of

_LONGEST_LINE = 120


class TemplateLine(NamedTuple):
    """A line of a template; no line where the template as a whole is meant."""

    file: str
    line: int | None = None


@contextmanager
def told_to_authors(files: TemplateFiles) -> Iterator[None]:
    """Raise InputError, with the line of the template, for whatever goes wrong in filling templates of a folder.

    Without a folder there is no author to tell: what goes wrong is a fault of the program.
    """
    try:
        yield
    except AuditError:
        raise
    except Exception as error:
        if files.folder is None and not getattr(error, "told_without", False):
            raise
        raise InputError(_problem(error, files.folder or Path(), files.names())) from error


def _problem(error: Exception, folder: Path, names: Iterable[str]) -> Problem:
    place = _place(error, folder)
    what, hint = _words(error, names)
    return Problem(place.file.strip("<>"), what, hint, place.line, text=_text(place))


def _words(error: Exception, names: Iterable[str]) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    if isinstance(error, TemplateNotFound):
        near = nearest(str(error.name), names)
        hint = _("Did you mean `{name}`?").format(name=near) if near else ""
        return _("there is no template `{name}`").format(name=error.name), hint
    if isinstance(error, TemplateError):
        return error.message or "", ""
    if isinstance(error, RecursionError):
        hint = _("A template that extends its namesake names it with `{shipped}` before.").format(shipped=SHIPPED)
        return _("this goes round in a circle"), hint
    return _("this cannot be worked out: {reason}").format(reason=str(error) or type(error).__name__), ""


def _place(error: Exception, folder: Path) -> TemplateLine:
    """The innermost line of a template of the folder that led to the error, or else of ours."""
    if isinstance(error, TemplateSyntaxError):
        return TemplateLine(error.filename or str(folder), error.lineno)
    # Jinja puts a frame of its own for each line of a template into the traceback, with this name in it.
    frames = [(frame, line) for frame, line in walk_tb(error.__traceback__) if "__jinja_exception__" in frame.f_globals]
    places = [TemplateLine(frame.f_code.co_filename, line) for frame, line in frames]
    own = [place for place in places if not is_ours(place.file)]
    return [TemplateLine(str(folder)), *places, *own][-1]


def _text(place: TemplateLine) -> str:
    """The line as it stands in the user's file; nothing for a file of ours."""
    with suppress(InputError, IndexError):
        if place.line:
            line = text_of(Path(place.file)).split("\n")[place.line - 1].strip()
            return line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + "…"
    return ""
