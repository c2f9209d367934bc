"""`answers read`: responses of any kind to answers files (docs/collecting.md, "Reading what came back")."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from involve_audit import output
from involve_audit.collecting.writing import NewFiles, is_for_folder, name_of, say_all, text_of, with_who
from involve_audit.errors import MOST_PROBLEMS, InputError, NothingToRead, Problem, bounded, reason_of, tried
from involve_audit.language import _, number
from involve_audit.loading.answers_files import FileSearch
from involve_audit.loading.audit import problems_of
from involve_audit.loading.combining import Combining
from involve_audit.loading.files import LARGEST_RECORD, FileContent, digest, is_folder, read_bytes
from involve_audit.loading.responses.received import Assumed, receive
from involve_audit.loading.rubric import load_rubric_by_id
from involve_audit.loading.rubrics import Ready, made_ready
from involve_audit.loading.view import ReadView
from involve_audit.model.names import differ_a_little, folded
from involve_audit.model.reference import Reference
from involve_audit.model.view import View
from involve_audit.words.reports import WARNINGS
from involve_audit.words.responses import COMBINING, RECEIVED


@dataclass
class Intake:
    """A run over files of responses. `separate` keeps each by itself; `notes` keeps notes of those put together."""

    assumed: Assumed
    separate: bool = False
    notes: bool = False
    told: list[str] = field(default_factory=list)
    count: int = 0
    _nothing: list[Problem] = field(default_factory=list)
    _seen: dict[str, str] = field(default_factory=dict)
    _ready: dict[str, Ready] = field(default_factory=dict)
    _by_id: dict[str, tuple[str, ReadView]] = field(default_factory=dict)
    _audits: dict[tuple[str, ...], Combining] = field(default_factory=dict)
    _alone: list[View] = field(default_factory=list)

    def read(self, names: Sequence[str], target: str) -> None:
        """Read these files, and write what is in them to a file or a folder. Raises InputError with every problem."""
        for_folder = is_for_folder(target)
        if not for_folder:
            output.require_places([target])
            output.refuse_what_exists([target])
        taken = self._read_all(names)
        for file, latest in self._by_id.values():
            self._add(file, latest)
        if not self.told:
            raise InputError(Problem("", _("there are no files in these folders"), _("Name the files that came back.")))
        views = [*self._alone, *(view for found in self._audits.values() for view in self._together(found))]
        _require_audits(views)
        if for_folder:
            files = NewFiles(target)
            for view in views:
                files.add(view, with_who(view) if view.combined else name_of(view), only=False)
            files.write()
            self.told += files.told
        elif len(views) == 1:
            output.write_all({target: text_of(views[0], target)})
            output.say_written([target])
        else:
            what = _("there are {count} answers files to write").format(count=number(len(views)))
            raise InputError(Problem(target, what, _("Name a folder for them: end its name in /.")))
        if taken > 1:
            audits = {view.audit or folded(view.subject.name) for view in views}
            numbers = {"files": taken, "responses": self.count, "audits": len(audits)}
            self.told.append(COMBINING["all"].format_map({name: number(of) for name, of in numbers.items()}))
        say_all(self.told)

    def _read_all(self, names: Sequence[str]) -> int:
        """Take what is in these files, and give their number. Raises InputError where anything in any is wrong."""
        problems: list[Problem] = []
        taken = len(tried(self._read, _files(names), problems)) - len(self._nothing)
        if taken and problems:
            what = _("nothing was written; of the other files, {count} can be read").format(count=number(taken))
            hint = _("Mend what is named above, or take those files away and read the others.")
            problems.append(Problem("", what, hint))
        if problems or not self.count:
            problems += self._nothing
        if problems:
            raise InputError(problems)
        self.told += [f"{one.where}: {one.sentences}" for one in self._nothing]
        return taken

    def _read(self, file: FileContent) -> None:
        """Take what is in one file, once. Raises InputError where any of it is wrong."""
        if (taken := self._seen.setdefault(digest(file.content), file.file)) != file.file:
            self.told.append(WARNINGS["copy"].format(file=file.file, taken=taken))
            return
        try:
            received = receive(file, self.assumed)
        except NothingToRead as error:
            self._nothing += error.problems
            return
        problems: list[Problem] = []
        doubts: list[Problem] = []
        count = 0
        for view in received.views:
            count += 1
            wrong = self._problems(view)
            problems += wrong[: MOST_PROBLEMS + 1 - len(problems)]
            if len(problems) > MOST_PROBLEMS:  # to find words for those of very many rows can take hours
                break
            doubts += view.doubts[: MOST_PROBLEMS + 1 - len(doubts)]
            if view.source is None or problems:
                continue
            if not view.source.content.answers and not view.source.content.actions:
                self.told.append(COMBINING["unanswered"].format(file=file.file))
            if view.source.content.response is None:
                self._add(file.file, view)
            else:
                self._keep_latest(file.file, view)
        if problems:
            raise InputError(bounded(problems))
        self.count += count
        self.told += [RECEIVED.of("read", count, file=file.file), *received.told]
        self.told += [f"{doubt.where}: {doubt.sentences}" for doubt in bounded(doubts)]

    def _problems(self, view: ReadView) -> list[Problem]:
        if view.rubric is None:
            return view.problems
        ready = self._rubric(view.rubric)
        return problems_of(view, ready.source, ready.rules)

    def _rubric(self, reference: str) -> Ready:
        """The rubric of a response: the one for all, or that which it names. Raises InputError."""
        name = "" if self.assumed.rubric else Reference.of(reference).id
        if name not in self._ready:
            self._ready[name] = made_ready(self.assumed.rubric or load_rubric_by_id(name))
        return self._ready[name]

    def _keep_latest(self, file: str, view: ReadView) -> None:
        """Of files of one response, the one that was saved last counts, and the others are named."""
        assert view.source is not None
        content = view.source.content
        _file, known = self._by_id.get(content.response or "", (file, None))
        if known is None or known.source is None:
            self._by_id[content.response or ""] = (file, view)
            return
        later = (content.saved or "") > (known.source.content.saved or "")
        old, new = (known, view) if later else (view, known)
        self.told.append(WARNINGS["outdated"].format(file=old.tree.file, taken=new.tree.file))
        if later:
            self._by_id[content.response or ""] = (file, view)

    def _add(self, file: str, view: ReadView) -> None:
        """Put a response to those of the same audit in the same file."""
        assert view.source is not None
        content = view.source.content
        if self.separate:
            self._alone.append(content)
            return
        ready = self._rubric(content.rubric)
        subject = "" if content.audit else folded(content.subject.name)
        key = (file, ready.reference, content.audit or "", subject)
        found = self._audits.setdefault(key, Combining(ready.source.content, ready.compiled, self.notes))
        one = next((group.first.subject.name for group in found.groups.values()), content.subject.name)
        if not differ_a_little(one, content.subject.name):
            what = _("responses of one audit have different subjects: “{one}” and “{other}”")
            what = what.format(one=one, other=content.subject.name)
            raise InputError(view.tree.problem(("subject", "name"), what, _("Use one name in all.")))
        found.add(content, view.tree.file)

    def _together(self, found: Combining) -> Iterator[View]:
        """What a file holds of one audit, by who answered. A response that nothing is put to stays as it is."""
        found.require_the_same()
        views = list(found.views())
        if sum(made_of.inputs for _view, made_of in views) > 1:
            left_out = any(made_of.notes for _view, made_of in views) and not self.notes
            self.told += [*sorted(found.told), *([COMBINING["notes"]] if left_out else [])]
            views = [(view if made_of.inputs > 1 or left_out else made_of.first, made_of) for view, made_of in views]
            yield from (view for view, _made_of in views)
        else:
            yield from (made_of.first for _view, made_of in views)


def _files(names: Sequence[str]) -> Iterator[FileContent]:
    """What was named: files, those that lie in folders, and standard input for `-`."""
    for name in dict.fromkeys(names):
        if name == output.STANDARD_OUTPUT:
            yield FileContent(_("standard input"), _pasted())
        elif is_folder(Path(name)):
            inside = [entry.path for entry in FileSearch().entries(name) if not entry.is_dir()]
            yield from (FileContent(path, read_bytes(path, LARGEST_RECORD)) for path in inside)
        else:
            yield FileContent(name, read_bytes(name, LARGEST_RECORD))


def _pasted() -> bytes:
    """What comes by standard input. Raises InputError where nothing can."""
    try:
        return sys.stdin.buffer.read(LARGEST_RECORD + 1)
    except OSError as error:
        what = _("standard input cannot be read: {reason}").format(reason=reason_of(error))
        raise InputError(Problem("", what)) from None


def _require_audits(views: Sequence[View]) -> None:
    """Raise InputError where responses about the same do not say whether they are of one audit."""
    subjects = [folded(view.subject.name) for view in views if not view.audit]
    if len(set(subjects)) < len(subjects):
        what = _("several responses about the same do not say to which audit they belong")
        raise InputError(Problem("", what, _("Say it for all of them, such as --audit riverside-2026.")))
