"""Where answers files made of responses go: one file, or a folder of them, named after the audit and never after a file
that was read, because that can be the name of a person."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, count, islice
from pathlib import Path

from involve_audit import output
from involve_audit.errors import InputError, OutputError, Problem, UsageError
from involve_audit.language import _, number
from involve_audit.loading.document import view_text
from involve_audit.loading.files import LARGEST_FILE, YAML_SUFFIXES, read_bytes
from involve_audit.model.names import plain_name
from involve_audit.model.view import View
from involve_audit.words.responses import COMBINING


def is_for_folder(target: str) -> bool:
    """Whether a folder is meant. Raises UsageError where it is neither that nor an answers file."""
    if target.endswith(("/", os.sep)) or Path(target).is_dir():
        return True
    if target == output.STANDARD_OUTPUT or target.lower().endswith(YAML_SUFFIXES):
        return False
    hint = _("End it in .yaml for one answers file, or in / for a folder of them.")
    raise UsageError(Problem(target, _("--output: this is neither an answers file nor a folder"), hint))


def name_of(view: View) -> str:
    """What the file of a view is called, without its ending: its audit, or else its subject."""
    return view.audit or plain_name(view.subject.name) or "answers"


def with_who(view: View) -> str:
    """The same, and whose view it is."""
    return "-".join([name_of(view), *(view.present or ["documents"])])


class NewFiles:
    """The files that a command is to write into a folder, none of which is there yet. `told` is what to say of them."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        self.contents: dict[str, str] = {}
        self.told: list[str] = []
        self._there: dict[str, str] = {}
        # By name, the stems that were not tried yet, and those of files that are there and were not met again.
        self._fresh: dict[str, Iterator[str]] = {}
        self._old: dict[str, list[str]] = {}

    def add(self, view: View, name: str, *, only: bool) -> str:
        """Add the file of a view, unless it was written before. Where there is another of its name, it gets a number,
        or, if it is the `only` one of that name that there can be, OutputError is raised."""
        said, beside = view_text(view), [one for one in (self._path(name),) if one in self.contents]
        fresh = self._fresh.setdefault(name, chain([name], (f"{name}-{place}" for place in count(2))))
        old = self._old.setdefault(name, [])
        for stem in [name] if only else chain([*old], fresh):
            path = self._path(stem)
            if only or not self._is_taken(stem):
                break
            if path in self.contents:
                continue
            if stem not in old:
                old.append(stem)
            if self._said(path) == said:
                old.remove(stem)
                self.told.append(COMBINING["again"].format(file=path))
                return path
            beside.append(path)
        self._tell_beside(view, path, said, beside)
        output.refuse_what_exists([path])
        # Two people can say the very same, and of files of the same bytes one is taken: so each names itself.
        self.contents[path] = text_of(view, path, stem)
        return path

    def _tell_beside(self, view: View, path: str, said: str, beside: Iterable[str]) -> None:
        """Say that a file of the same people lies there. A form says when it was saved, and is known again; what is put
        together, or a workbook that was changed, is not."""
        if view.combined or (view.response and not view.saved):
            same = (one for one in beside if _who(self.contents.get(one) or self._said(one)) == _who(said))
            self.told += [COMBINING["beside"].format(file=path, other=one) for one in islice(same, 1)]

    def _path(self, stem: str) -> str:
        return str(self.folder / f"{stem}.yaml")

    def _is_taken(self, stem: str) -> bool:
        return self._path(stem) in self.contents or os.path.lexists(self._path(stem))

    def _said(self, path: str) -> str:
        """What a file that is there says, without its comments; nothing where it cannot be read."""
        if path not in self._there:
            self._there[path] = ""
            with suppress(InputError):
                lines = read_bytes(path).decode(errors="replace").splitlines(keepends=True)
                self._there[path] = "".join(line for line in lines if not line.startswith("#"))
        return self._there[path]

    def write(self) -> None:
        """Write them, all or none. Raises OutputError."""
        output.make_folder(self.folder)
        output.write_all(self.contents)
        output.say_written(self.contents)


def _who(text: str) -> list[str]:
    """The perspectives that an answers file names, and whether it says when it was saved."""
    return re.findall(r"^(?:saved:|  [\w-]+(?=: [1-9]\d*$))", text, re.MULTILINE)


def text_of(view: View, path: str, *comments: str) -> str:
    """The text of an answers file. Raises OutputError where nothing could read it again."""
    text = view_text(view, *comments)
    if len(text.encode()) > LARGEST_FILE:
        what = _("this file would be larger than {size} MB").format(size=number(LARGEST_FILE // 1_000_000))
        raise OutputError(Problem(path, what, _("Put fewer responses together, or leave out their notes.")))
    return text


def say_all(sentences: Iterable[str]) -> None:
    """Say each sentence once."""
    for sentence in dict.fromkeys(sentences):
        output.say(sentence)
