"""The only place that writes: whole files or none, results to standard output, all else to standard error."""

from __future__ import annotations

import errno
import io
import os
import select
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from involve_audit import temporary
from involve_audit.errors import OutputError, Problem, another_name, is_about_the_name, reason_of
from involve_audit.escaping import clean
from involve_audit.inputs import expect, followed, is_taken, not_a_file
from involve_audit.language import _

STANDARD_OUTPUT = "-"


def say(text: str) -> None:
    """Something about the run, for a person: to standard error."""
    print(encodable(_without_controls(text), sys.stderr.encoding), file=sys.stderr)


def _without_controls(text: str) -> str:
    return "".join(sign if sign == "\n" else clean(sign.replace("\t", " ")) for sign in text)


class _Stream(io.FileIO):
    """A standard stream that fails nobody who writes to it: what comes after its first failure goes nowhere."""

    failure: OSError | None = None

    def write(self, content: Any) -> int:
        """Write some of it, once the other end takes it, and give how many bytes."""
        while self.failure is None:
            try:
                written = super().write(content)
            except OSError as error:
                self.failure = error
            else:
                if written is not None:
                    return written
                select.select([], [self], [])
        return len(content)


@contextmanager
def standard_streams() -> Iterator[None]:
    """Let a run go on without a standard stream that is closed, full or broken: all else that it makes is written.

    At its end, a standard output that took nothing is told, and raises SystemExit with 2; a reader of it that has
    seen enough is no failure. Nobody can be told that standard error took nothing.
    """
    if os.name != "posix":  # a console of another system takes more than bytes
        yield
        return
    _open_what_is_closed()
    result = _Stream(1, "w", closefd=False)
    sys.stdin = sys.stdin or open(0, closefd=False)  # noqa: SIM115 - it has no path, and lives as long as the run
    sys.stdout, sys.stderr = _text(result, sys.stdout), _text(_Stream(2, "w", closefd=False), sys.stderr)
    try:
        yield
    except SystemExit as end:
        if result.failure is None or isinstance(result.failure, BrokenPipeError):
            raise
        say(_("standard output cannot be written: {reason}").format(reason=reason_of(result.failure)))
        raise SystemExit(max(2, int(end.code or 0))) from None


def _open_what_is_closed() -> None:
    """Keep the numbers of the standard streams from the files of the run, and let those that were closed fail."""
    for number, way in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, way)  # it gets the lowest number that is free
    os.set_blocking(0, True)  # what is read is waited for


def _text(stream: _Stream, before: Any) -> io.TextIOWrapper:
    encoding, errors = (before.encoding, before.errors) if before else ("utf-8", "replace")
    return io.TextIOWrapper(io.BufferedWriter(stream), encoding, errors, line_buffering=True)


Content = str | bytes


def write_all(contents: Mapping[str, Content], anew: bool = False) -> None:
    """Write each content to its file, or to standard output for `-`.

    Every content is first written in full to a temporary file beside its target, and only then are they renamed:
    a run that fails leaves every file as it was. A file that was read is written only where it is meant to be, `anew`.
    Raises OutputError.
    """
    waiting: list[Pending] = []
    try:
        for name, content in contents.items():
            if name != STANDARD_OUTPUT:
                waiting.append(Pending(name, anew, waiting[-1] if waiting else None))
                waiting[-1].write(content)
        put_in_place(waiting)
    finally:
        for pending in waiting:
            pending.discard()
    if STANDARD_OUTPUT in contents:
        to_standard_output(contents[STANDARD_OUTPUT])


def as_bytes(content: Content) -> bytes:
    """A content as it is on the disk."""
    return content if isinstance(content, bytes) else content.encode("utf-8")


class Pending:
    """A file that is written beside its target, and takes its place only when it is whole and on disk."""

    def __init__(self, name: str, anew: bool = False, before: Pending | None = None) -> None:
        """Begin; `anew` as in `write_all`. What dead runs left is cleared away, unless the one `before` has done so.

        Raises OutputError where nothing can or may be written there.
        """
        self.name, self.anew = name, anew
        self.require_place()
        self.target = place_of(name)
        if before is None or before.target.parent != self.target.parent:
            temporary.clear_away(self.target.parent)
        try:
            number, begun = tempfile.mkstemp(prefix=temporary.prefix(), dir=self.target.parent)
        except OSError as error:
            raise OutputError(cannot_write(str(self.target), error)) from None
        self.temporary = Path(begun)
        self.stream = os.fdopen(number, "wb")

    def write(self, content: Content) -> None:
        """Add to it. Raises OutputError."""
        try:
            self.stream.write(as_bytes(content))
        except OSError as error:
            raise OutputError(cannot_write(str(self.target), error)) from None

    def require_place(self) -> None:
        """Raise OutputError where nothing may take this place, be it since a moment ago."""
        if problem := _refusal(self.name, self.anew):
            raise OutputError(problem)

    def complete(self) -> None:
        """Bring everything to the disk. Raises OutputError."""
        try:
            self.stream.flush()
            os.fsync(self.stream.fileno())
            self.stream.close()
            self.temporary.chmod(_mode(self.target))
        except OSError as error:
            raise OutputError(cannot_write(str(self.target), error)) from None

    def commit(self) -> None:
        """Take the target's place. Raises OutputError."""
        try:
            self.temporary.replace(self.target)
        except OSError as error:
            raise OutputError(cannot_write(str(self.target), error)) from None

    def discard(self) -> None:
        """Leave nothing behind where it was not committed."""
        with suppress(OSError):
            self.stream.close()
        with suppress(OSError):
            self.temporary.unlink(missing_ok=True)


def append(name: str, text: str) -> None:
    """Add text to a file that others write to as well. Raises OutputError."""
    require_places([name])
    try:
        with open(name, "a", encoding="utf-8", newline="\n", opener=_without_waiting) as stream:
            stream.write(text)
    except OSError as error:
        raise OutputError(cannot_write(name, error)) from None


def _without_waiting(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0), 0o666)


def put_in_place(waiting: Sequence[Pending]) -> None:
    """Let files take their places, once all of them are whole. Raises OutputError."""
    for pending in waiting:
        pending.complete()
    for pending in waiting:
        pending.require_place()
    for pending in waiting:
        pending.commit()


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those a new file would have."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def cannot_write(name: str, error: OSError | ValueError | RecursionError) -> Problem:
    """Why a file or a folder cannot be written: by the system, or by Python for a NUL or very many folders."""
    if isinstance(error, FileNotFoundError):
        return Problem(name, _("its folder does not exist"), _("Make the folder first, or name another."))
    if isinstance(error, PermissionError):
        return Problem(name, _("you may not write here"), _("Name a file in a folder of your own."))
    reason = error.strerror if isinstance(error, OSError) else _("the name is not possible")
    hint = another_name() if is_about_the_name(error) else _("Nothing was changed.")
    return Problem(name, _("this file cannot be written: {reason}").format(reason=reason), hint)


def say_written(names: Iterable[str]) -> None:
    """Say which files were written."""
    for name in names:
        if name != STANDARD_OUTPUT:
            say(_("Written: {name}").format(name=name))


def to_standard_output(content: Content) -> None:
    """Write a result, or a part of one, to standard output."""
    if isinstance(content, bytes):
        sys.stdout.buffer.write(content)
    else:
        sys.stdout.write(encodable(content, sys.stdout.encoding))
    sys.stdout.flush()


def encodable(text: str, encoding: str | None) -> str:
    """The text with `?` for what the terminal cannot show."""
    encoding = encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def place_of(name: str) -> Path:
    """Where a file is."""
    return Path(followed(name))


def require_places(names: Iterable[str]) -> None:
    """Raise OutputError with every file that could not be written later, or must not be."""
    places = [name for name in names if name != STANDARD_OUTPUT]
    if problems := [problem for name in places if (problem := _refusal(name))]:
        raise OutputError(problems)
    for name in places:
        expect(name)


def require_room(folder: Path) -> None:
    """Raise OutputError where no file can be made in a folder. A full disk is none: it may have room later."""
    try:
        number, made = tempfile.mkstemp(prefix=temporary.prefix(), dir=folder)
        os.close(number)
        Path(made).unlink()
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise OutputError(cannot_write(followed(str(folder)), error)) from None


def _refusal(name: str, anew: bool = False) -> Problem | None:
    """Why nothing may take this place: only an ordinary file is replaced, and none that was read, by whatever name."""
    target = place_of(name)
    try:
        status = target.lstat()
    except FileNotFoundError as missing:
        return None if target.parent.is_dir() else cannot_write(name, missing)
    except (OSError, ValueError) as error:
        return cannot_write(name, error)
    if stat.S_ISDIR(status.st_mode):
        return Problem(name, _("this is a folder"), _("Name a file in it."))
    if not stat.S_ISREG(status.st_mode):
        return not_a_file(name)
    if is_taken(status) and not anew:
        return Problem(name, _("this file was read as input"), _("Name another file to write: no answer may be lost."))
    return None


def make_folder(folder: Path) -> None:
    """Make a folder, and those it is in, where it is not there yet. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        what, hint = _("this is not a folder"), _("Name another folder.")
        raise OutputError(Problem(str(folder), what, hint)) from None
    except (OSError, ValueError, RecursionError) as error:
        raise OutputError(cannot_write(str(folder), error)) from None


def refuse_what_exists(targets: Iterable[str]) -> None:
    """Raise OutputError where a file that is to be begun is there already."""
    problems = [
        Problem(name, _("there is a file of this name already"), _("Name another: nothing may be lost."))
        for name in targets
        if name != STANDARD_OUTPUT and (Path(name).exists() or Path(name).is_symlink())
    ]
    if problems:
        raise OutputError(problems)
