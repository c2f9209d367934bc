"""The only place that writes: whole files or none, results to standard output, all else to standard error."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from involve_audit.errors import OutputError, Problem
from involve_audit.language import _
from involve_audit.render.escaping import clean

STANDARD_OUTPUT = "-"


def say(text: str) -> None:
    """Something about the run, for a person: to standard error."""
    print(encodable(_without_controls(text), sys.stderr.encoding), file=sys.stderr)


def _without_controls(text: str) -> str:
    return "".join(sign if sign == "\n" else clean(sign.replace("\t", " ")) for sign in text)


def write_all(texts: Mapping[str, str]) -> None:
    """Write each text to its file, or to standard output for `-`.

    Every text is first written in full to a temporary file beside its target, and only then are they renamed:
    a run that fails leaves every file as it was. Raises OutputError.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, text in texts.items():
            if name != STANDARD_OUTPUT:
                waiting.append(_waiting(Path(name), text))
        for temporary, target in waiting:
            _rename(temporary, target)
    finally:
        for temporary, _target in waiting:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    if STANDARD_OUTPUT in texts:
        _to_standard_output(texts[STANDARD_OUTPUT])


def _waiting(target: Path, text: str) -> tuple[Path, Path]:
    """The text, whole and on disk, in a temporary file beside the file that it will become."""
    target = Path(os.path.realpath(target))
    if target.is_dir():
        raise OutputError(Problem(str(target), _("this is a folder"), _("Name a file in it.")))
    try:
        number, name = tempfile.mkstemp(prefix=".involve-audit-", dir=target.parent)
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as stream:
            try:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
                Path(name).chmod(_mode(target))
            except BaseException:
                Path(name).unlink()
                raise
    except OSError as error:
        raise OutputError(_cannot_write(target, error)) from None
    return Path(name), target


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those a new file would have."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _rename(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except OSError as error:
        raise OutputError(_cannot_write(target, error)) from None


def _cannot_write(target: Path, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem(str(target), _("its folder does not exist"), _("Make the folder first, or name another."))
    if isinstance(error, PermissionError):
        return Problem(str(target), _("you may not write here"), _("Name a file in a folder of your own."))
    what = _("this file cannot be written: {reason}").format(reason=error.strerror)
    return Problem(str(target), what, _("Nothing was changed."))


def _to_standard_output(text: str) -> None:
    try:
        sys.stdout.write(encodable(text, sys.stdout.encoding))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough; nothing is flushed again at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        what = _("standard output cannot be written: {reason}").format(reason=error.strerror)
        raise OutputError(Problem("", what)) from None


def encodable(text: str, encoding: str | None) -> str:
    """The text with `?` for what the terminal cannot show."""
    encoding = encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def require_folders(targets: Iterable[str]) -> None:
    """Raise OutputError where a file could not be written later because its folder does not exist."""
    missing = [Path(name) for name in targets if name != STANDARD_OUTPUT and not Path(name).absolute().parent.is_dir()]
    if missing:
        raise OutputError(_cannot_write(target, FileNotFoundError()) for target in missing)


def refuse_to_overwrite(targets: Sequence[str], inputs: Sequence[str]) -> None:
    """Raise OutputError where a file to be written is one that was read."""
    read = {os.path.realpath(name) for name in inputs}
    problems = [
        Problem(name, _("this file was read as input"), _("Name another file to write: no answer may be lost."))
        for name in targets
        if os.path.realpath(name) in read
    ]
    if problems:
        raise OutputError(problems)
