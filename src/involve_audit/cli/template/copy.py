"""`involve-audit template copy`: templates to change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from involve_audit import output
from involve_audit.errors import OutputError, Problem, UsageError
from involve_audit.language import _


def command(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="Templates, by the names that `list` shows.")],
    to: Annotated[
        str, typer.Option(metavar="FOLDER", show_default=False, help="The folder to copy them to; else `templates`.")
    ] = "templates",
) -> None:
    """Copy templates to a folder of yours, to change them there.

    Copy only what you change: each file in your folder takes the place of ours, and all others stay up to date.
    No file is ever overwritten. Use the copies with: involve-audit assess … --template FOLDER
    """
    from involve_audit.resources import read_template

    _require_names(names)
    copies = {str(Path(to) / name): read_template(name) for name in names}
    _require_new(copies)
    output.make_folder(Path(to))
    output.write_all(copies)
    output.say_written(copies)


def _require_names(names: list[str]) -> None:
    from involve_audit.errors import suggestion
    from involve_audit.resources import shipped_templates

    known = shipped_templates()
    unknown = [name for name in names if name not in known]
    if unknown:
        what = _("there is no template `{name}`")
        raise UsageError(Problem("", what.format(name=name), suggestion(name, known)) for name in unknown)


def _require_new(targets: dict[str, str]) -> None:
    """Raise OutputError with every file that is there already."""
    problems = list(_there_already(targets))
    if problems:
        raise OutputError(problems)


def _there_already(targets: dict[str, str]) -> Iterator[Problem]:
    for target in targets:
        if Path(target).exists() or Path(target).is_symlink():
            hint = _("Nothing was copied. Rename that file, or name another folder with --to.")
            yield Problem(target, _("this file is there already"), hint)
