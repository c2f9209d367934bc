"""The two sides of a `diff`, from the words of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from involve_audit.errors import Problem, UsageError, each
from involve_audit.language import _
from involve_audit.loading.files import real_path
from involve_audit.loading.git import material_in_git
from involve_audit.loading.material import Material, material_at


def materials(audits: Sequence[str], git: str | None) -> list[Material]:
    """What the two sides are read from. Raises UsageError, or InputError with what is wrong with either."""
    if git is not None:
        if len(audits) > 1:
            what = _("--git REV goes with one file or folder")
            raise UsageError(Problem("", what, _("It is compared with itself, as it was in that version.")))
        path = audits[0] if audits else "."
        return [material_in_git(git, path), material_at(path)]
    if len(audits) != 2:
        what = _("`diff` compares two audits") if audits else _("no audits were named")
        hint = _("Name the earlier and the later: involve-audit diff BEFORE AFTER")
        raise UsageError(Problem("", what, hint))
    return each(material_at, audits)


def refuse_one_file_for_a_gate(found: Sequence[Material], checks: Sequence[str]) -> None:
    """Raise UsageError where a gate would look at a file and itself: such a check could never fail."""
    places = [{real_path(Path(file.file)) for file in material.files} for material in found]
    if checks and places[0] == places[1]:
        what = _("both sides are the same file, so that --fail-on could never fail: {file}").format(file=found[0].name)
        raise UsageError(Problem("", what, _("Name two different audits.")))
