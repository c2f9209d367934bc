"""`involve-audit answers enter`: typing forms on paper, each into a file of its own, and one of them once more."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from involve_audit.asking.agreed import Agreeing
from involve_audit.asking.choosing import number_of
from involve_audit.asking.conversation import Conversation, at_the_terminal
from involve_audit.asking.draft import Draft
from involve_audit.asking.keeping import Keeping, alone_with
from involve_audit.asking.paper_form import PaperForm
from involve_audit.asking.session import as_typed, hold
from involve_audit.errors import Problem, UsageError
from involve_audit.language import _
from involve_audit.loading.audit import load_audit
from involve_audit.words.asking import ENTERING

if TYPE_CHECKING:
    from involve_audit.model.rubric import Rubric
    from involve_audit.render.forms.blank import BlankForm


@dataclass(frozen=True)
class Entering:
    """What is to be typed: forms as they were printed, into `file` and those named after it.

    `options` are those of the command line that have to be given again to go on.
    """

    blank: BlankForm
    file: Path
    options: tuple[str, ...] = ()
    plain: bool = False

    @property
    def rubric(self) -> Rubric:
        """The rubric, with the perspectives alone that were asked."""
        return self.blank.rubric.changed(perspectives=self.blank.perspectives)

    def file_of(self, place: int) -> Path:
        """The file of a form, by its place from 0: `view.yaml`, `view-2.yaml` and so on."""
        return self.file.with_stem(f"{self.file.stem}-{place + 1}") if place else self.file

    def begun(self, path: Path) -> Draft:
        """What a file holds that is there.

        Raises InputError where it is no view for the rubric, and UsageError where it is of something else.
        """
        blank = self.blank
        draft = Draft.of(load_audit([str(path)], blank.today, blank.file or blank.rubric.id).views[0].content)
        subject = blank.subject.name if blank.subject else draft.subject
        for given, kept in ((subject, draft.subject), (blank.audit or draft.audit, draft.audit)):
            if given != kept:
                what = _("it holds a form of {kept}, and not of {given}").format(kept=kept or "–", given=given)
                raise UsageError(Problem(str(path), what, _("Name another file.")))
        return draft

    def is_of_others(self, draft: Draft) -> bool:
        """Whether people filled in a form of whom these forms are not."""
        asked = self.blank.perspective
        return bool(asked) and any(count for name, count in draft.respondents.items() if name != asked)

    def new(self, before: Draft | None) -> Draft:
        """A form that nothing is typed of, but for what is known and what it shares with the one `before`."""
        blank = self.blank
        draft = Draft(blank.rubric.reference, audit=blank.audit)
        if blank.subject:
            draft.subject, draft.kind = blank.subject.name, blank.subject.kind
        if blank.perspective:
            draft.respondents = {blank.perspective: 1}
        if before:
            draft.date, draft.audit = before.date, blank.audit or before.audit
            draft.subject, draft.kind = (draft.subject, draft.kind) if draft.subject else (before.subject, before.kind)
        return draft

    def command(self, *words: str) -> str:
        """The command that goes on."""
        return as_typed("answers", "enter", *self.options, *words, plain=self.plain)


def enter(wanted: Entering) -> None:
    """Type one form after the other. Raises Stopped where it ends before its end, and AuditError for wrong files."""
    with at_the_terminal(wanted.plain) as talk:
        place = next(place for place in count() if not wanted.file_of(place).exists())
        last = wanted.begun(wanted.file_of(place - 1)) if place else None
        goes_on = last is not None and _goes_on(talk, wanted, place, last)
        place -= goes_on
        while True:
            path = wanted.file_of(place)
            talk.say()
            talk.say(ENTERING["form"].format(number=place + 1, file=path), strong=True)
            draft = last if goes_on and last else wanted.new(last)
            last, goes_on = _typed(talk, wanted, path, draft), False
            place = next(at for at in count(place + 1) if not wanted.file_of(at).exists())
            if number_of(talk, ENTERING["next"].format(file=wanted.file_of(place)), 2, enter="1") == 2:
                break
        talk.say(ENTERING["check"])
        talk.command(wanted.command("--check", str(path)))


def _goes_on(talk: Conversation, wanted: Entering, place: int, last: Draft) -> bool:
    """Whether the people go on with the last form that is there, and not with another one, as for other people."""
    if wanted.is_of_others(last):
        return False
    path, following = wanted.file_of(place - 1), wanted.file_of(place)
    there = _counts("there", wanted, path, last, subject=last.subject, file_of_next=following)
    return number_of(talk, there, 2) == 1


def _counts(how: str, wanted: Entering, path: Path, draft: Draft, **more: object) -> str:
    known, unknown, still_open = draft.counts(item.id for item in wanted.rubric.items)
    return ENTERING[how].format(file=path, known=known, unknown=unknown, open=still_open, **more)


def _typed(talk: Conversation, wanted: Entering, path: Path, draft: Draft, first: Draft | None = None) -> Draft:
    """Type one form, from its first open question on. Raises Stopped."""
    with ExitStack() as stack:
        form, keeping = _form(talk, wanted, stack, path, draft, first)
        option = ("--check", str(wanted.file)) if first else ("-o", str(wanted.file))
        ending = Agreeing(form.titles, draft, form.prompts, form.save).ask
        hold(partial(form.run, ending), form, keeping, talk, lambda _path: wanted.command(*option))
    talk.say()
    if not first:
        talk.say(_counts("kept", wanted, keeping.path or path, draft))
    return draft


def _form(
    talk: Conversation, wanted: Entering, stack: ExitStack, path: Path, draft: Draft, first: Draft | None
) -> tuple[PaperForm, Keeping]:
    """A form and what keeps it, while nobody else goes on with its file."""

    def lock(path: Path) -> None:
        stack.enter_context(alone_with(path))

    lock(path)
    keeping = Keeping(path, talk.say, lock, path.parent)
    if path.exists():
        keeping.storage.require_changeable([item.id for item in wanted.rubric.items], str(path))
        keeping.kept = draft.as_tree()
    form = PaperForm(wanted.rubric, draft, talk, keeping.save, wanted.blank.today, first)
    form.file = str(path)
    return form, keeping


# A form typed once more


def check(wanted: Entering) -> None:
    """Type the form of a file once more, and settle what differs, in that file. Raises as `enter`.

    What is typed the second time is kept in a file beside it, whose name begins with a dot, until it is settled.
    """
    again = wanted.file.with_name(f".{wanted.file.stem}-again.yaml")
    with at_the_terminal(wanted.plain) as talk, ExitStack() as stack:
        first = wanted.begun(wanted.file)
        if wanted.is_of_others(first):
            what = _("others filled in this form than --for says")
            raise UsageError(Problem(str(wanted.file), what, _("Name another file, or leave out --for.")))
        second = wanted.begun(again) if again.exists() else Draft(first.rubric, first.subject, first.kind)
        second.audit = first.audit
        talk.say(ENTERING["again"])
        _typed(talk, wanted, again, second, first)
        form, keeping = _form(talk, wanted, stack, wanted.file, first, second)
        other, _kept = _form(talk, wanted, stack, again, second, first)
        steps = list(form.differences(other))
        if not steps:
            talk.say(ENTERING["same"])
        hold(partial(_settle, steps), form, keeping, talk, lambda _path: wanted.command("--check", str(wanted.file)))
        if steps:
            talk.say()
            talk.say(ENTERING["settled"].format(count=len(steps), file=keeping.path))
        with suppress(OSError):
            again.unlink()


def _settle(steps: list[Callable[[], int]]) -> None:
    place = 0
    while place < len(steps):
        place = max(0, place + steps[place]())
