"""The text of an answers file that is being filled in.

A new file is written out whole. A file that a person may have edited is changed in place (`loading.document`), so that
only what changed is changed. Either way the text is read back and held against the draft before anybody may keep it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from involve_audit.asking.draft import Draft, Filled
from involve_audit.errors import InputError, OutputError, Problem
from involve_audit.language import N_, _
from involve_audit.loading.document import edited, written
from involve_audit.loading.view import read_view
from involve_audit.model.strict import fields
from involve_audit.model.view import NOT_APPLICABLE, UNKNOWN, Answer, Evidence, View

_HEADER = N_("Written by involve-audit while the questions were answered. It can be edited by hand.")


class Storage:
    """How one draft becomes text: `content` is what its file held when it was opened, None for a new file."""

    def __init__(self, content: bytes | None = None) -> None:
        self.content = content

    def text(self, draft: Draft) -> str:
        """The file's text with the draft in it. Raises OutputError where it would not read back as the draft."""
        return _held(draft, whole(draft) if self.content is None else _amended(self.content, draft))

    def anew(self, draft: Draft) -> str:
        """The text of a new file with the draft in it, and with all else that the file at hand says.

        Its comments are not in it. Raises OutputError where that would not read back as the draft.
        """
        said = {} if self.content is None else read_view(self.content, "", date.min).tree.data
        tree = said | draft.as_tree()
        return _held(draft, _written({key: tree[key] for key in fields(View) if key in tree}))

    def require_changeable(self, items: Collection[str], file: str) -> None:
        """Raise OutputError, with the place, where an answer to one of these items could not be put into the file.

        That is found by trying: a word, and as much as an answer can hold.
        """
        if self.content is None:
            return
        read = read_view(self.content, file, date.min)
        assert read.source is not None
        view = read.source.content
        for full in (False, True):
            tried = {item: _another(view.answers.get(item), full) for item in items}
            if self._takes(view, tried):
                continue
            at = next((item for item in tried if not self._takes(view, {item: tried[item]})), "")
            what = _("an answer cannot be put in here without changing something else in this file")
            hint = _("Write one answer to a line, as in `{line}`, and start again.").format(line=f"{at or '…'}: …")
            raise OutputError(read.tree.problem(("answers", at), what, hint, at_key=True))

    def _takes(self, view: View, answers: dict[str, Filled]) -> bool:
        draft = Draft.of(view)
        draft.answers |= answers
        draft.touched |= answers.keys()
        try:
            return bool(self.text(draft))
        except OutputError:
            return False


def _another(now: Answer | None, full: bool) -> Filled:
    """Another answer than the one there is."""
    word = NOT_APPLICABLE if now and now.answer == UNKNOWN else UNKNOWN
    return Filled(word, "…", "…", [Evidence(text="…")]) if full else Filled(word)


def _held(draft: Draft, text: str) -> str:
    """The text, where it reads back as the draft. Raises OutputError where it does not."""
    if not reads_as(text, draft):
        raise OutputError(Problem("", _("the answers could not be put into this file without changing something else")))
    return text


def _amended(content: bytes, draft: Draft) -> str:
    """The text of a file with everything in it that was touched; empty where the file is no view."""
    try:
        read = read_view(content, "", date.min)
    except InputError:
        return ""
    if read.source is None:
        return ""
    present: dict[str, Any] = read.tree.data
    before, order = Draft.of(read.source.content), draft.as_tree()
    new = {key: value for key, value in order.items() if key in draft.touched}
    if "actions" in new:
        new["actions"] = _entries(present.get("actions"), before.actions, draft.actions, new["actions"])
    if "respondents" in new:  # what is said to be nobody stays so
        given = present.get("respondents") or {}
        new["respondents"] = {name: given[name] for name in given if not before.respondents[name]} | new["respondents"]
    wanted = {key: value for key, value in present.items() if key not in draft.touched} | new
    if draft.answers.keys() & draft.touched:
        wanted["answers"] = _answers(present.get("answers") or {}, before, draft)
    return edited(content, {key: wanted.pop(key) for key in order if key in wanted} | wanted)


def _answers(present: dict[str, Any], before: Draft, draft: Draft) -> dict[str, Any]:
    """The answers of a file, those that were touched as the draft has them, each in as many lines as it had."""
    answers = dict(present)
    for item in filter(draft.touched.__contains__, draft.answers):
        new, now = draft.answers[item].as_tree(), present.get(item)
        if isinstance(new, str) and isinstance(now, dict):
            new = {"answer": new}
        if now and before.answers[item].answer == draft.answers[item].answer is not None:  # as somebody wrote it
            word = (now["answer"] if isinstance(now, dict) else now).strip()
            new = new | {"answer": word} if isinstance(new, dict) else word
        if isinstance(now, dict) and "evidence" in new:
            there = before.answers[item].evidence, draft.answers[item].evidence
            new = new | {"evidence": _entries(now.get("evidence"), *there, new["evidence"])}
        answers[item] = new
    return {item: answer for item, answer in answers.items() if answer}


def _entries(present: list[Any] | None, before: list[Any], now: list[Any], new: list[Any]) -> list[Any]:
    """The new entries of a list, those that were there already as somebody wrote them."""
    there = list(zip(before, filter(None, present or []), strict=False))
    return [next((tree for one, tree in there if one == entry), made) for entry, made in zip(now, new, strict=True)]


def whole(draft: Draft) -> str:
    """The text of a new file with the draft in it."""
    return _written(draft.as_tree())


def _written(tree: dict[str, Any]) -> str:
    return "".join(f"{line}\n" for line in (f"# {_(_HEADER)}", *written(tree)))


def reads_as(text: str, draft: Draft) -> bool:
    """Whether the text is a valid view that says what the draft says."""
    try:
        view = read_view(text.encode(), "", draft.date or date.min).source
    except InputError:
        return False
    return view is not None and Draft.of(view.content).as_tree() == draft.as_tree()
