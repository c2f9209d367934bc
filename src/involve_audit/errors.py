"""What can go wrong, in the user's words, and which word was meant. One tree of errors, one handler (`cli.program`)."""

from __future__ import annotations

import errno
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from involve_audit.language import N_, Words, _, in_short
from involve_audit.letters import as_seen, oddities

INTERRUPTED = 130
"""The exit code of a run that was stopped from the keyboard."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, and what to do about it.

    `line` and `column` count from 1; `text` is the line of the file as it stands there.
    """

    path: str
    what: str
    hint: str = ""
    line: int | None = None
    column: int | None = None
    text: str = ""

    @property
    def where(self) -> str:
        """`path`, `path:line:column`, or nothing where no file is to blame."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)

    @property
    def in_short(self) -> str:
        """Where and what, on one line."""
        return f"{self.where}: {self.what}" if self.where else self.what

    @property
    def sentences(self) -> str:
        """What is wrong and what to do about it, wherever that is shown beside the place."""
        return " ".join(part for part in (f"{self.what}.", self.hint) if part)

    def as_data(self) -> dict[str, str | int | None]:
        """What a program is told of it."""
        place = {"file": self.path, "line": self.line, "column": self.column}
        return {**place, "what": self.what, "hint": self.hint}

    def __str__(self) -> str:
        return "\n    ".join(part for part in (self.in_short, self.text.strip(), self.hint) if part)


MOST_PROBLEMS = 100
"""How many problems of one file are told. Whoever puts these right is told the next ones."""


def bounded(problems: Iterable[Problem]) -> list[Problem]:
    """The first problems of one file and, at the place of the last one, that there are more if there are.

    No more of them are asked for than that: it can take long to find the words for each of very many.
    """
    first = list(islice(problems, MOST_PROBLEMS + 1))
    if len(first) > MOST_PROBLEMS:
        what, hint = _("there are more problems than these, which are not told"), _("Put these right first.")
        first[-1] = replace(first[-2], what=what, hint=hint)
    return first


class AuditError(Exception):
    """Something the user can put right. Carries every problem found, not only the first."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(AuditError):
    """The command's words are wrong."""


class InputError(AuditError):
    """A file cannot be read or is not valid."""


class NothingToRead(InputError):
    """A file is as it should be, and nothing is filled in: among others it is named and passed over."""


SAVE_AS_UTF8 = N_("Save it as UTF-8: where a program saves under a name, it asks for the encoding.")


def not_utf8(file: str, line: int | None = None) -> InputError:
    """That a file is saved in another way than all of ours."""
    return InputError(Problem(file, _("this file is not saved as UTF-8"), _(SAVE_AS_UTF8), line))


Given = TypeVar("Given")
Result = TypeVar("Result")


def tried(call: Callable[[Given], Result], entries: Iterable[Given], problems: list[Problem]) -> list[Result]:
    """What a call gives for each entry; the problems of those that it refuses with InputError go into `problems`."""
    results = []
    for entry in entries:
        try:
            results.append(call(entry))
        except InputError as error:
            problems += error.problems
    return results


def each(call: Callable[[Given], Result], entries: Iterable[Given]) -> list[Result]:
    """What a call gives for each entry. Raises InputError, once all were tried, with every problem of every entry."""
    problems: list[Problem] = []
    results = tried(call, entries, problems)
    if problems:
        raise InputError(problems)
    return results


class OutputError(AuditError):
    """A file cannot be written."""


def is_about_the_name(error: Exception) -> bool:
    """Whether the system, or Python, would refuse this name whatever room and rights there are."""
    return not isinstance(error, OSError) or error.errno in (errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTDIR)


def another_name() -> str:
    """What to do about a name that the system does not take."""
    return _("Choose another name: a shorter one, in a folder that is there.")


def reason_of(error: OSError) -> str:
    """Why the system refuses something, as it says so itself."""
    return _("it is closed") if error.errno == errno.EBADF else error.strerror or str(error)


@contextmanager
def told_of_surroundings() -> Iterator[None]:
    """Raise AuditError where the system refuses what nobody foresaw: it is no fault of the program."""
    reserve = [bytes(2_000_000)]  # so that there is memory to say that there is none
    try:
        yield
    except (OSError, MemoryError) as error:
        reserve.clear()
        raise AuditError(_refused(error)) from error


def _refused(error: OSError | MemoryError) -> Problem:
    if isinstance(error, MemoryError):
        return Problem("", _("there is not enough memory"), _("Close other programs, or give fewer or smaller files."))
    try:
        Path.cwd()
    except OSError:
        return Problem("", _("the folder you are in is gone"), _("Go to another one, or make it again."))
    what = _("the system refuses this: {reason}").format(reason=reason_of(error))
    if is_about_the_name(error):
        return Problem(str(error.filename or ""), what, another_name())
    hint = _("Look after room and rights on the disk, also where temporary files go (TMPDIR), and try again.")
    return Problem(str(error.filename or ""), what, hint)


class CheckFailed(AuditError):
    """A check that was asked for failed, such as `--fail-under`."""

    exit_code = 1


class Stopped(AuditError):
    """The people want to stop. Nothing is wrong, and nothing is left to say."""

    def __init__(self, exit_code: int = 0) -> None:
        super().__init__(())
        self.exit_code = exit_code


_MOST_LISTED = 12
_LONGEST_MEANT = 1_000  # to look for what is like a longer text takes forty times its size in memory
_UNKNOWN = Words(
    {
        "stage": "`{word}` is not a stage of this rubric",
        "theme": "`{word}` is not a theme of this rubric",
        "gate": "`{word}` is not a gate of this rubric",
        "perspective": "`{word}` is not a perspective of this rubric",
        "item": "`{word}` is not an item of this rubric",
        "kind": "`{word}` is not a kind of this rubric",
        "source": "`{word}` is not a source of this rubric",
        "answer": "`{word}` is not an answer of this rubric",
        "option": "`{word}` is not an option of the scale of this rubric",
    }
)


def unknown(sort: str, word: str, known: Iterable[str]) -> tuple[str, str]:
    """That the rubric knows no such word of this sort (`stage`, `item` …), and which it does know."""
    return _UNKNOWN[sort].format(word=word), suggestion(word, known)


def nothing_to_fail_on(words: Iterable[str], known: Collection[str]) -> list[Problem]:
    """What is wrong with the words of `--fail-on`, of which a command knows these."""
    what = _("--fail-on: `{name}` is nothing to fail on")
    return [Problem("", what.format(name=word), suggestion(word, known)) for word in words if word not in known]


def require_checks(words: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """What a run may fail on, each once. Raises UsageError for a word that is none of what a command knows."""
    asked = tuple(dict.fromkeys(words))
    if problems := nothing_to_fail_on(asked, known):
        raise UsageError(problems)
    return asked


def require_stage(wanted: str | None, stages: Collection[str]) -> None:
    """Raise UsageError where `--fail-under` asks for a stage that is none of these."""
    if wanted is not None and wanted not in stages:
        raise UsageError(Problem("", *unknown("stage", wanted, stages)))


def suggestion(word: object, allowed: Iterable[str]) -> str:
    """A hint that names the allowed word nearest to `word`, or else the allowed words (not more than twelve).

    Before that, it names what in the word cannot be seen or only looks like another sign.
    """
    words = list(allowed)
    odd = oddities(word) if isinstance(word, str) else ""
    if near := nearest(word, words):
        hint = _("Did you mean `{word}`?").format(word=near)
    else:
        hint = choice(words) if 0 < len(words) <= _MOST_LISTED else ""
    return f"{odd} {hint}".strip()


def nearest(word: object, allowed: Iterable[str], at_least: float = 0.6) -> str | None:
    """The allowed word that is most like `word`, where one is like it `at_least` so much: 1 is the same."""
    import difflib

    if not isinstance(word, str) or len(word) > _LONGEST_MEANT:
        return None
    near = difflib.get_close_matches(as_seen(word).lower(), allowed, n=1, cutoff=at_least)
    return near[0] if near else None


def choice(words: Iterable[str]) -> str:
    """A hint that names all the words there are."""
    return _("It can be {words}.").format(words=one_of(words))


def one_of(words: Iterable[str]) -> str:
    """`a`, `b` or `c`, each as it stands in a file."""
    return in_short((f"`{word}`" for word in words), style="or")
