"""The formats a result can be written in: one registry, from which the command line takes its choices."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple, Protocol, TypeVar

from involve_audit.engine.assessment import Assessment
from involve_audit.errors import Problem, UsageError
from involve_audit.language import _
from involve_audit.model.audit import Audit
from involve_audit.output import STANDARD_OUTPUT
from involve_audit.render.options import Options
from involve_audit.suggest import suggestion


class Format(NamedTuple):
    """A format: the name for `--format`, its file suffixes, and the module whose `render` makes it.

    `styled` where it is made from templates, `binary` where it is not text, `library` the module whose `require` says
    whether something is missing that this format alone needs.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    styled: bool = False
    binary: bool = False
    library: str | None = None

    def require(self) -> None:
        """Raise OutputError where something that this format needs is not installed."""
        if self.library:
            import_module(self.library).require()

    def render(self, audit: Audit, assessment: Assessment, options: Options) -> str | bytes:
        """The result in this format. Its module is imported only now: a run pays for what it uses.

        Raises InputError where a user's template is wrong, and OutputError as `require` does.
        """
        self.require()
        render: Callable[[Audit, Assessment, Options], str | bytes] = import_module(self.module).render
        return render(audit, assessment, options)


FORMATS = (
    Format("text", (".txt",), "involve_audit.render.terminal"),
    Format("html", (".html", ".htm"), "involve_audit.render.html", styled=True),
    Format(
        "pdf",
        (".pdf",),
        "involve_audit.render.pdf",
        styled=True,
        binary=True,
        library="involve_audit.render.pdf_library",
    ),
    Format("markdown", (".md", ".markdown"), "involve_audit.render.markdown", styled=True),
    Format("record", (".audit.json",), "involve_audit.render.record"),
)
TEXT = FORMATS[0]


def format_named(name: str) -> Format | None:
    """The format of this name."""
    return next((entry for entry in FORMATS if entry.name == name), None)


def format_of_file(name: str) -> Format | None:
    """The format that a file's suffix asks for."""
    return next((entry for entry in FORMATS if name.lower().endswith(entry.suffixes)), None)


class Named(Protocol):
    """What every registry of formats holds: a name for `--format`, and file suffixes."""

    @property
    def name(self) -> str: ...

    @property
    def suffixes(self) -> tuple[str, ...]: ...


Form = TypeVar("Form", bound=Named)


def chosen(outputs: Sequence[str], format_name: str | None, formats: Sequence[Form]) -> dict[str, Form]:
    """The format of each file by its suffix; the first format on standard output where no file is named.

    Raises UsageError with every output whose format is not known, or that is named twice.
    """
    for_standard_output = _of_name(format_name, formats)
    if not outputs:
        return {STANDARD_OUTPUT: for_standard_output}
    found: dict[str, Form] = {}
    problems: list[Problem] = []
    places: set[str] = set()
    for name in outputs:
        form = for_standard_output if name == STANDARD_OUTPUT else _of_file(name, formats)
        place = name if name == STANDARD_OUTPUT else os.path.realpath(name)
        if form is None:
            suffixes = " ".join(suffix for known in formats for suffix in known.suffixes)
            hint = _("End its name in one of: {suffixes}").format(suffixes=suffixes)
            problems.append(Problem(name, _("its ending does not say which format to write"), hint))
        elif place in places:
            problems.append(Problem(name, _("this output is named twice"), _("Name each once.")))
        else:
            found[name] = form
            places.add(place)
    if problems:
        raise UsageError(problems)
    return found


def _of_name(format_name: str | None, formats: Sequence[Form]) -> Form:
    if format_name is None:
        return formats[0]
    for form in formats:
        if form.name == format_name:
            return form
    what = _("there is no format `{name}`").format(name=format_name)
    raise UsageError(Problem("", what, suggestion(format_name, [form.name for form in formats])))


def _of_file(name: str, formats: Sequence[Form]) -> Form | None:
    return next((form for form in formats if name.lower().endswith(form.suffixes)), None)
