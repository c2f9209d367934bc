"""The text of a new rubric, overlay or translation, as it was asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from involve_audit.authoring.beginning import copied, skeleton
from involve_audit.authoring.overlay_form import overlay_form, translation_form
from involve_audit.errors import InputError, Problem, UsageError
from involve_audit.language import _
from involve_audit.loading.library import shelf_with
from involve_audit.loading.rubric import ReadRubric, read_rubric
from involve_audit.model.rubric import LANGUAGE_TAG


@dataclass(frozen=True)
class Wanted:
    """What was asked for: nothing but an id, or at most one of the ways to begin with another rubric."""

    id: str
    copied_from: str | None = None
    extends: str | None = None
    translates: str | None = None
    into: str | None = None

    def require_one_way(self) -> None:
        """Raise UsageError where the options do not go together."""
        ways = {"--from": self.copied_from, "--extends": self.extends, "--translates": self.translates}
        given = [name for name, value in ways.items() if value is not None]
        if len(given) > 1:
            what = _("{one} does not go with {other}").format(one=given[0], other=given[1])
            raise UsageError(Problem("", what, _("Leave one of them out.")))
        if (self.translates is None) != (self.into is None):
            what = _("--translates and --into go together")
            hint = _("For Welsh: --translates RUBRIC --into cy")
            raise UsageError(Problem("", what, hint))
        if self.into is not None and not re.fullmatch(LANGUAGE_TAG, self.into):
            what = _("`{tag}` is not the tag of a language").format(tag=self.into)
            raise UsageError(Problem("", what, _("Write it like `cy` or `pt-BR`.")))


def begun(wanted: Wanted) -> str:
    """The text. Raises UsageError where the options do not go together, and InputError about the other rubric."""
    wanted.require_one_way()
    if wanted.copied_from is not None:
        return copied(wanted.id, wanted.copied_from)
    if wanted.extends is not None:
        return overlay_form(wanted.id, _read(wanted.extends))
    if wanted.translates is not None:
        return translation_form(wanted.id, wanted.into or "", _read(wanted.translates))
    return skeleton(wanted.id)


def _read(rubric_id: str) -> ReadRubric:
    """A rubric that is found by its id, as an overlay has to find it again. Raises InputError."""
    shelf = shelf_with(rubric_id)
    read = read_rubric(shelf.read(rubric_id), shelf.file(rubric_id))
    if read.source is None:
        raise InputError(read.problems)
    return read
