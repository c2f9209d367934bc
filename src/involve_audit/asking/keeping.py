"""Keeping the answers of a session: which file, never over somebody else's, and never two sessions on one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from involve_audit import output, temporary
from involve_audit.asking.draft import Draft
from involve_audit.asking.storage import Storage, whole
from involve_audit.errors import InputError, OutputError, Problem, UsageError, told_of_surroundings
from involve_audit.language import _
from involve_audit.loading.audit import audits_in
from involve_audit.loading.files import read_bytes, real_path
from involve_audit.model.names import audit_id, plain_name
from involve_audit.words.asking import ASKING

if TYPE_CHECKING:
    from involve_audit.model.view import View


class Keeping:
    """Writes a draft to its file after every answer.

    `path` is None until the subject and the date give the file a name, in `folder`. `tell` is told where answers go
    elsewhere; `lock` keeps others from a file before it is first written.
    """

    def __init__(
        self, path: Path | None, tell: Callable[[str], None], lock: Callable[[Path], None], folder: Path = Path()
    ) -> None:
        self.path = path
        self.tell = tell
        self.lock = lock
        self.began_in, self.folder = real_path(Path()), folder
        self.on_disk = _content(path) if path else None
        self.kept: dict[str, Any] = {}
        self.storage = Storage(self.on_disk)

    def save(self, draft: Draft) -> str:
        """Write the draft and return the file's name. Raises AuditError, with the file on disk as it was."""
        with told_of_surroundings():
            self._go_back()
            return self._saved(draft)

    def not_kept(self, draft: Draft) -> list[str]:
        """What was said since it was last saved: ids of items, and parts of the file such as `respondents`."""
        now = draft.as_tree()
        answers, kept = now.pop("answers"), self.kept.get("answers", {})
        items = [item for item in answers if answers[item] != kept.get(item)]
        return items + [part for part in now if now[part] != self.kept.get(part)]

    def whole(self, draft: Draft) -> str:
        """The draft as a file of its own would hold it."""
        return whole(draft)

    def leave_for(self, folder: Path) -> None:
        """Save to a new file in another folder from now on, named after the subject and the date."""
        self.path, self.folder = None, folder

    def _go_back(self) -> None:
        """Be where the session began, where that folder was gone and is there again: names lead from it."""
        try:
            Path.cwd()
        except OSError:
            with suppress(OSError):
                os.chdir(self.began_in)

    def _saved(self, draft: Draft) -> str:
        if self.on_disk is None and draft.audit is None:
            draft.audit = audit_id(draft.subject, draft.date, audits_in(self.path.parent if self.path else self.folder))
        if self.path is None:
            self.path = self._claimed(self.folder / f"{name_for(draft)}.yaml")
        elif self.path.exists() and _content(self.path) != self.on_disk:
            self._move_aside(draft, "moved")
        text = self._text(draft)
        _write(self.path, text)
        self.on_disk, self.kept = text.encode(), draft.as_tree()
        return str(self.path)

    def is_kept(self) -> bool:
        """Whether what was saved last stands in its file still."""
        return self.path is None or (self.on_disk is not None and _content(self.path) == self.on_disk)

    def _text(self, draft: Draft) -> str:
        """The file's text; where the file at hand cannot hold the draft, that of a new one."""
        try:
            return self.storage.text(draft)
        except OutputError:
            self.storage = Storage(self.storage.anew(draft).encode())
            self._move_aside(draft, "moved_without_comments")
            return self.storage.text(draft)

    def _claimed(self, wanted: Path) -> Path:
        """The first free name that no other session has claimed, locked. Raises OutputError."""
        return next(name for name in free_names(wanted) if self._could_lock(name))

    def _could_lock(self, path: Path) -> bool:
        with suppress(UsageError):
            self.lock(path)
            return True
        return False

    def _move_aside(self, draft: Draft, why: str) -> None:
        """Go on in a new file: the one at hand holds what this session must not change.

        The people who answered are in both. So the new file is an audit of its own, and nobody is counted twice.
        """
        assert self.path is not None
        other = self._claimed(self.path)
        self.tell(ASKING[why].format(file=self.path, other=other))
        if draft.audit:
            self.tell(ASKING["moved_audit"].format(file=self.path, other=other, audit=draft.audit))
            draft.audit = audit_id(draft.subject, draft.date, audits_in(self.path.parent))
            draft.touched.add("audit")
        self.path, self.on_disk = other, None


def _write(path: Path, text: str) -> None:
    """Write a file and read it back. Raises OutputError where it does not hold the text then."""
    output.write_all({str(path): text}, anew=True)
    if _content(path) != text.encode():
        what = _("what was written is not what can be read there")
        raise OutputError(Problem(str(path), what, _("Look whether the disk is full or broken.")))


def _content(path: Path) -> bytes | None:
    with suppress(InputError):
        return read_bytes(path)
    return None


def name_for(draft: Draft) -> str:
    """A file name from the subject and the date: letters, digits and hyphens only."""
    return f"{plain_name(draft.subject) or 'answers'}-{draft.date}"


def add_audit(path: Path, view: View) -> str:
    """Give the file of a view that is an audit of its own an `audit:` line, and return the id.

    Raises AuditError where somebody is going on with it, or where nothing else may be changed in it.
    """
    draft = Draft.of(view)
    with alone_with(path):
        storage = Storage(read_bytes(path))
        draft.audit = audit_id(draft.subject, draft.date, audits_in(path.parent))
        draft.touched.add("audit")
        _write(path, storage.text(draft))
    return draft.audit


def free_name(path: Path) -> Path:
    """The path, or the first with a number behind its name that is not taken."""
    return next(free_names(path))


def free_names(path: Path) -> Iterator[Path]:
    """The path, and the same with a number behind its name, as far as they are not taken."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return (name for name in chain([path], numbered) if not name.exists())


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Nobody else goes on with this file meanwhile. Raises UsageError or OutputError where that cannot be."""
    with ExitStack() as stack:
        try:
            stack.enter_context(temporary.locked(temporary.lock_of(path)))
        except BlockingIOError:
            what = _("another session is going on with this file")
            hint = _("Finish that one first, or name another file.")
            raise UsageError(Problem(str(path), what, hint)) from None
        except OSError as error:
            what = _("nothing can be written beside it: {reason}").format(reason=error.strerror)
            raise OutputError(Problem(str(path), what)) from None
        yield
