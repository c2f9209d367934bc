"""An overlay put on the rubric that it extends: one tree, in which every value knows its own file and line.

Whatever an overlay says about something that is not there, or that another part of it says otherwise, is a conflict,
told with both places.
"""

from __future__ import annotations

from involve_audit.errors import Problem
from involve_audit.language import _
from involve_audit.loading.grafting import Node, flattened
from involve_audit.loading.overlaying.adding import add
from involve_audit.loading.overlaying.rewording import reword
from involve_audit.loading.overlaying.switching_off import switch_off
from involve_audit.loading.overlaying.thresholds import set_thresholds
from involve_audit.loading.overlaying.work import Work
from involve_audit.loading.tree import Tree
from involve_audit.model.overlay import Overlay

_OF_A_TAILORED_RUBRIC = ("title", "summary", "minimum_answered", "switch_off", "add", "thresholds", "scenarios")


def overlaid(tree: Tree, overlay: Overlay, base: Tree) -> tuple[Tree, list[Problem]]:
    """The tree of `base` with everything of the overlay in it, and every conflict.

    `tree` is that of the overlay. A translation stays the rubric that it translates: its id, version and scenarios.
    """
    work = Work(tree, overlay, base)
    if overlay.language is None:
        _make_it_another_rubric(work)
    else:
        _refuse_more_than_texts(work)
        _take(work, "language")
    for step in (add, set_thresholds, reword, switch_off):
        step(work)
    return flattened(work.root, tree.file), work.problems


def _make_it_another_rubric(work: Work) -> None:
    for key in ("title", "because"):
        if getattr(work.overlay, key) is None:
            hint = _("Add `{key}:`. Readers of a report have to see that it is not the original, and why.")
            work.conflict(("extends",), "needs", hint.format(key=key), key=key)
    for key in ("id", "version", "title", "summary", "minimum_answered"):
        _take(work, key)
    work.root.put("scenarios", Node(None, below=[]))
    _take(work, "scenarios")


def _refuse_more_than_texts(work: Work) -> None:
    for key in _OF_A_TAILORED_RUBRIC:
        if key in work.tree.data:
            hint = _("Words go into `texts`. Everything else goes into an overlay without `language`.")
            work.conflict((key,), "translation", hint, key=key)


def _take(work: Work, key: str) -> None:
    if key in work.tree.data:
        work.root.put(key, work.own(key))
