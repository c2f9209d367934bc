"""Other words for what is there, in the same language or in another one."""

from __future__ import annotations

from involve_audit.language import _
from involve_audit.loading.grafting import Node
from involve_audit.loading.overlaying.work import ITEM_LISTS, Work
from involve_audit.loading.tree import Path
from involve_audit.suggest import suggestion

ORIGINALS = "originals"
_ONE_OF_A_KIND = ("rubric", "planning")
_NAMED_BY = {"glossary": "term", "resources": "title"}


def reword(work: Work) -> None:
    """Put in everything of the overlay's `texts`."""
    for section in work.own("texts").keyed() if "texts" in work.tree.data else ():
        known = targets(work, section)
        path: Path = ("texts", section)
        if section in _ONE_OF_A_KIND:
            _reword(work, path, section, known)
        else:
            for name in work.own(*path).keyed():
                _reword(work, (*path, name), name, known)


def targets(work: Work, section: str) -> dict[str, Node]:
    """What the texts of a section may belong to, by the name that they are given there."""
    if section == "rubric":
        return {section: work.root}
    if section == "planning":
        found = work.root.entry(section)
        return {section: found} if found else {}
    if section == "gates":
        return work.gates()
    if section == "items":
        return work.by_id(*ITEM_LISTS)
    named_by = _NAMED_BY.get(section, "id")
    return {name: node for node in work.root.entries(section) if (name := node.text(named_by)) is not None}


def _reword(work: Work, path: Path, name: str, known: dict[str, Node]) -> None:
    section = str(path[1])
    off = getattr(work.overlay.switch_off, section, {}) if section in ("items", "gates") else {}
    if name not in known:
        work.conflict(path, "no_entry", suggestion(name, known), id=name, section=section)
    elif name in off:
        place = work.place_of("switch_off", section, name)
        work.conflict(path, "off_and_changed", _("Take out one of the two."), id=name, where=place)
    else:
        for key, words in work.own(*path).keyed().items():
            if key != ORIGINALS:
                _reword_text(work, (*path, key), name, known[name], words)


def _reword_text(work: Work, path: Path, name: str, target: Node, words: Node) -> None:
    key = str(path[-1])
    old = target.entry(key)
    if old is None and work.overlay.language is not None:
        hint = _("A translation has the texts that the original has. Take it out.")
        work.conflict(path, "nothing_to_reword", hint, id=name, key=key)
    elif old is not None and old.keyed():
        old.below = {**old.keyed(), **words.keyed()}
    else:
        target.put(key, words)
