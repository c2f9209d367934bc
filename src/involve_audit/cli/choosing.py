"""Which format goes where: by the ending of each file, or by name for standard output."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Protocol, TypeVar

from involve_audit.cli.output import STANDARD_OUTPUT
from involve_audit.errors import Problem, UsageError
from involve_audit.language import _
from involve_audit.suggest import suggestion


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
