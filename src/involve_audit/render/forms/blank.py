"""A form that nobody has filled in yet: what every sort of form is made from (docs/collecting.md)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from involve_audit.errors import Problem, UsageError, unknown
from involve_audit.language import _, number
from involve_audit.model.names import is_sound_id, no_audit_id
from involve_audit.model.rubric import Item, Rubric, Titled
from involve_audit.model.view import Subject

MOST_VIEWS = 20


@dataclass(frozen=True)
class BlankForm:
    """What stands in a form before it is filled in; what is None is left for those who fill it in.

    `file` is that of the rubric where its id does not find it; `audit` the id of the audit that the answers belong to;
    `perspective` the id of the only perspective that is asked. `views` is how many groups can answer in one file, where
    a sort of form has room for more than one. `sha256` is that of the rubric's file, and `translations` gives the
    rubric in every other language, where a sort of form can have more than one.
    """

    rubric: Rubric
    today: date
    file: str | None = None
    subject: Subject | None = None
    audit: str | None = None
    perspective: str | None = None
    with_help: bool = False
    large_print: bool = False
    views: int = 1
    sha256: str = ""
    translations: Callable[[], Sequence[Rubric]] = tuple

    @property
    def name(self) -> str:
        """What is looked at; empty where that is to be filled in."""
        return self.subject.name if self.subject else ""

    @property
    def perspectives(self) -> tuple[Titled, ...]:
        """Those that are asked how many of them answer."""
        return tuple(one for one in self.rubric.perspectives if self.perspective in (None, one.id))

    def ask(self, item: Item) -> str:
        """The question in the words for those who are asked."""
        return item.wording.get(self.perspective or "", item.ask)


def subject_named(text: str | None) -> Subject | None:
    """What is looked at, as somebody typed it; `require_sound` says whether it can be that."""
    return Subject.unchecked(name=" ".join(text.split())) if text is not None else None


def require_sound(blank: BlankForm) -> None:
    """Raise UsageError with everything that a form cannot be filled in with."""
    problems = []
    if blank.subject and not blank.subject.name.strip():
        problems.append(Problem("", _("--subject is empty"), _("Name what is looked at, or leave it out.")))
    if blank.audit is not None and not is_sound_id(blank.audit):
        problems.append(no_audit_id(blank.audit))
    known = [perspective.id for perspective in blank.rubric.perspectives]
    if blank.perspective is not None and blank.perspective not in known:
        problems.append(Problem("", *unknown("perspective", blank.perspective, known)))
    if not 1 <= blank.views <= MOST_VIEWS:
        what = _("--views: there can be 1 to {most} groups in one file").format(most=number(MOST_VIEWS))
        problems.append(Problem("", what, _("Name a number such as 2.")))
    if problems:
        raise UsageError(problems)
