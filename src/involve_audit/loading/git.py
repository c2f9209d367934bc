"""An earlier version of answers or a record, as git keeps it. Nothing is checked out."""

from __future__ import annotations

import errno
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from involve_audit.errors import InputError, Problem, UsageError, each
from involve_audit.language import _
from involve_audit.loading.answers_files import RECORD_SUFFIX, is_answers, is_looked_at, parted
from involve_audit.loading.files import LARGEST_RECORD, YAML_SUFFIXES, FileContent, is_folder
from involve_audit.loading.material import Material, chosen, material_at

_REGULAR, _LINK = ("100644", "100755"), "120000"
_SECONDS = 60


def both_sides(audits: Sequence[str], revision: str | None) -> list[Material]:
    """What is compared: two audits, or one with itself as it was in a revision.

    Raises UsageError, or InputError with what is wrong with either.
    """
    if revision is not None:
        if len(audits) > 1:
            what = _("--git REVISION goes with one file or folder")
            raise UsageError(Problem("", what, _("It is compared with itself, as it was in that version.")))
        path = audits[0] if audits else "."
        now = material_at(path)
        return [material_in_git(revision, path), now]
    if len(audits) != 2:
        what = _("`diff` compares two audits") if audits else _("no audits were named")
        hint = _("Name the earlier and the later: involve-audit diff BEFORE AFTER")
        raise UsageError(Problem("", what, hint))
    return each(material_at, audits)


def material_in_git(revision: str, path: str) -> Material:
    """What a file or a folder held in a revision, such as `HEAD~1` or a tag.

    Raises InputError where there is no git, no repository, no such revision or nothing to compare in it; UsageError
    where the revision reads like an option.
    """
    name = f"{revision}:{path}"
    if not is_folder(Path(path)):
        return Material(name, (file_in_git(revision, path),))
    return chosen(name, parted(_Earlier(Path(path), revision).inside()))


def file_in_git(revision: str, path: str) -> FileContent:
    """One file as it was in a revision. Raises what `material_in_git` raises."""
    found = earlier_in_git(revision, path)
    if found is None:
        what = _("this file is not in the version `{revision}`").format(revision=revision)
        raise InputError(Problem(path, what, _hint_to_revisions()))
    return found


def earlier_in_git(revision: str, path: str) -> FileContent | None:
    """One file as it was in a revision; None where it was not there yet. Raises what `material_in_git` raises."""
    return _Earlier(Path(path).parent, revision).file(Path(path).name)


class _Entry(NamedTuple):
    """A file of a folder as git keeps it."""

    name: str
    mode: str
    blob: str
    size: int


class _Earlier:
    """A folder as it was in a revision, asked for through the `git` command."""

    def __init__(self, folder: Path, revision: str) -> None:
        """Raises UsageError where the revision reads like an option, InputError where there is none, or no folder."""
        if revision.startswith("-") or not revision.strip():
            what = _("`{word}` is not a version in git").format(word=revision)
            raise UsageError(Problem("", what, _hint_to_revisions()))
        self.folder, self.revision = folder, revision
        if not is_folder(folder):
            raise InputError(Problem(str(folder), _("there is no such folder"), _("Check the name.")))
        found = self._run("rev-parse", "--is-inside-work-tree")
        if found.returncode != 0 or found.stdout.strip() != b"true":
            raise InputError(self._refusal(found))
        found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found.returncode != 0:
            what = _("there is no version `{revision}` in this repository").format(revision=revision)
            raise InputError(Problem(str(folder), what, _hint_to_revisions()))
        self.commit = found.stdout.decode().strip()

    def _refusal(self, found: subprocess.CompletedProcess[bytes]) -> Problem:
        said = found.stderr.decode(errors="replace").strip()
        if "not a git repository" in said or not said:
            what, hint = _("this folder is not in a git repository"), _("Name the earlier file or record instead.")
            return Problem(str(self.folder), what, hint)
        return Problem(str(self.folder), _("git says: {words}").format(words=" ".join(said.split())))

    def _run(self, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run git where the folder is, so that it neither asks, pages, translates nor fetches.

        Raises InputError where it cannot be run.
        """
        surroundings = {
            **os.environ,
            "LC_ALL": "C",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_TERMINAL_PROMPT": "0",
        }
        command = ["git", "--no-pager", "--literal-pathspecs", *words]
        try:
            return subprocess.run(
                command,
                cwd=self.folder,
                env=surroundings,
                input=given,
                capture_output=True,
                check=False,
                timeout=_SECONDS,
            )
        except OSError as error:
            if error.errno not in (errno.ENOENT, errno.ENOTSUP):  # the other where nothing can be run, as in a browser
                raise
            what, hint = _("git is not installed on this computer"), _("Name the earlier file or record instead.")
            raise InputError(Problem("", what, hint)) from None
        except ValueError:  # with a NUL
            raise InputError(Problem("", _("git knows no such name"), _hint_to_revisions())) from None
        except subprocess.TimeoutExpired:
            raise InputError(Problem(str(self.folder), _("git gives no answer"))) from None

    def _read(self, *words: str) -> bytes:
        found = self._run(*words)
        if found.returncode != 0:
            raise InputError(self._refusal(found))
        return found.stdout

    def file(self, name: str) -> FileContent | None:
        """The file of this name; None where there was none."""
        found = [entry for entry in self._entries(f"./{name}") if entry.mode in _REGULAR]
        return self._content(found[0]) if found else None

    def inside(self) -> Iterator[FileContent]:
        """The files of the folder that could hold an audit, each once."""
        entries = [entry for entry in self._entries("./") if self._is_looked_at(entry)]
        met = {entry.blob for entry in entries if entry.mode != _LINK}
        for entry in entries:
            if entry.mode != _LINK:
                yield self._content(entry)
            elif (led_to := self._led_to(entry)).blob not in met:
                met.add(led_to.blob)
                yield self._content(led_to)

    def _is_looked_at(self, entry: _Entry) -> bool:
        suffixes, is_link = (*YAML_SUFFIXES, RECORD_SUFFIX), entry.mode == _LINK
        return is_looked_at(entry.name, suffixes, lambda: is_link or is_answers(self._content(entry).content))

    def _entries(self, place: str) -> Iterator[_Entry]:
        for line in filter(None, self._read("ls-tree", "-z", "-l", self.commit, "--", place).split(b"\0")):
            about, _tab, path = line.partition(b"\t")
            mode, _kind, blob, size = about.decode().split()
            if mode in (*_REGULAR, _LINK):
                yield _Entry(Path(os.fsdecode(path)).name, mode, blob, int(size))

    def _led_to(self, link: _Entry) -> _Entry:
        """What a link led to, under its own name. Raises InputError where it led to nothing that git keeps."""
        asked = os.fsencode(f"{self.commit}:./{link.name}\n")
        found = self._run("cat-file", "--batch-check", "--follow-symlinks", given=asked).stdout.decode(errors="replace")
        if match := re.fullmatch(r"(\w+) blob (\d+)\n", found):
            return link._replace(blob=match[1], size=int(match[2]))
        what, hint = _("this link led to no file of that version"), _("Name the earlier file instead.")
        raise InputError(Problem(self._label(link), what, hint))

    def _content(self, entry: _Entry) -> FileContent:
        if entry.size > LARGEST_RECORD:
            raise InputError(Problem(self._label(entry), _("this file is too large")))
        return FileContent(self._label(entry), self._read("cat-file", "blob", entry.blob))

    def _label(self, entry: _Entry) -> str:
        return f"{self.revision}:{self.folder / entry.name}"


def _hint_to_revisions() -> str:
    return _("`git log --oneline -- FILE` lists the versions of a file.")
