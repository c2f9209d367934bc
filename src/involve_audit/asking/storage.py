"""The text of an answers file that is being filled in.

A new file is written out whole. A file that a person may have edited is changed in place (`loading.document`), so that
only what changed is changed. Either way the text is read back and held against the draft before anybody may keep it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from involve_audit.asking.draft import Draft
from involve_audit.errors import InputError, OutputError, Problem
from involve_audit.language import N_, _
from involve_audit.loading.document import edited, written
from involve_audit.loading.view import read_view

_HEADER = N_("Written by involve-audit while the questions were answered. It can be edited by hand.")


class Storage:
    """How one draft becomes text: `content` is what its file held when it was opened, None for a new file."""

    def __init__(self, content: bytes | None = None) -> None:
        self.content = content

    def text(self, draft: Draft) -> str:
        """The file's text with the draft in it. Raises OutputError where it would not read back as the draft."""
        text = whole(draft) if self.content is None else _amended(self.content, draft)
        if not reads_as(text, draft):
            what = _("the answers could not be put into this file without changing something else")
            raise OutputError(Problem("", what, _("They are saved in a new file beside it.")))
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
    order = draft.as_tree()
    new = {key: value for key, value in order.items() if key in draft.touched}
    wanted = {key: value for key, value in present.items() if key not in draft.touched} | new
    if draft.answers.keys() & draft.touched:
        wanted["answers"] = _answers(present.get("answers") or {}, Draft.of(read.source.content), draft)
    return edited(content, {key: wanted.pop(key) for key in order if key in wanted} | wanted)


def _answers(present: dict[str, Any], before: Draft, draft: Draft) -> dict[str, Any]:
    """The answers of a file, those that were touched as the draft has them, each in as many lines as it had."""
    answers = dict(present)
    for item in filter(draft.touched.__contains__, draft.answers):
        new, now = draft.answers[item].as_tree(), present.get(item)
        if isinstance(new, str) and isinstance(now, dict):
            new = {"answer": new}
        if now and before.answers[item].answer == draft.answers[item].answer is not None:  # as somebody wrote it
            word = now["answer"] if isinstance(now, dict) else now
            new = new | {"answer": word} if isinstance(new, dict) else word
        if new and isinstance(now, dict):  # what is said to be open stays so
            new = {key: None for key, value in now.items() if value is None} | new
        answers[item] = new
    return {item: answer for item, answer in answers.items() if answer != {}}


def whole(draft: Draft) -> str:
    """The text of a new file with the draft in it."""
    return "".join(f"{line}\n" for line in (f"# {_(_HEADER)}", *written(draft.as_tree())))


def reads_as(text: str, draft: Draft) -> bool:
    """Whether the text is a valid view that says what the draft says."""
    try:
        view = read_view(text.encode(), "", draft.date or date.min).source
    except InputError:
        return False
    return view is not None and Draft.of(view.content).as_tree() == draft.as_tree()
