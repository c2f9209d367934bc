"""What a translation, or another wording, still lacks, and what in it stands for a text that has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from involve_audit.authoring.manuscript import Manuscript
from involve_audit.language import N_, _, in_short, number
from involve_audit.loading.overlay import OriginalText, texts_of
from involve_audit.loading.tree import KeyPath, Tree
from involve_audit.model.finding import Finding, Rule, Severity
from involve_audit.model.overlay import ORIGINALS

TRANSLATED, FRESH = "translated", "fresh"
RULES = {
    TRANSLATED: Rule(Severity.warning, N_("Every text is translated")),
    FRESH: Rule(Severity.warning, N_("No text of the original has changed since it was put in other words")),
}


def translation_findings(written: Manuscript) -> Iterator[Finding]:
    """What is missing of a translation, and what has gone stale in any overlay; nothing where this is none."""
    if written.base is None:
        return
    translating = written.language is not None
    texts = written.own.data.get("texts") or {}
    for original in texts_of(written.base.tree):
        words = _at(texts, original.path)
        if original.key in words:
            yield from _stale(written.own, original, words, translating)
    if translating:
        yield from _missing(written.own, texts, list(texts_of(written.base.tree)))


def how_much_is_translated(written: Manuscript) -> Iterator[str]:
    """A sentence on how far a translation has come; nothing where this is none."""
    if written.base is None or written.language is None:
        return
    originals = list(texts_of(written.base.tree))
    texts = written.own.data.get("texts") or {}
    done = sum(original.key in _at(texts, original.path) for original in originals)
    yield _("{done} of {count} texts are translated.").format(done=number(done), count=number(len(originals)))


def _at(texts: Any, path: KeyPath) -> dict[str, Any]:
    for part in path:
        texts = texts.get(part) if isinstance(texts, dict) else None
    return texts if isinstance(texts, dict) else {}


def _stale(own: Tree, original: OriginalText, words: dict[str, Any], translating: bool) -> Iterator[Finding]:
    path = ("texts", *original.path)
    noted = (words.get(ORIGINALS) or {}).get(original.key)
    name = ".".join(map(str, (*original.path, original.key)))
    if noted is None and translating:
        what = _("it is not noted which text `{name}` stands for, so nobody will see when it goes stale")
        hint = _("If it fits, write `{key}: {digest}` under its `originals`.")
        place: KeyPath = (*path, original.key)
    elif noted is not None and noted != original.digest:
        what = _("the original of `{name}` has changed since")
        hint = _("If your words still fit, write `{key}: {digest}` under `originals`. It is now: {text}")
        place = (*path, ORIGINALS, original.key)
    else:
        return
    hint = hint.format(key=original.key, digest=original.digest, text=_shown(original.value))
    yield _finding(own, FRESH, place, what.format(name=name), hint)


def _shown(value: Any) -> str:
    """A text as it stands, or texts one after the other."""
    if isinstance(value, dict):
        return _shown(list(value.values()))
    if isinstance(value, list):
        return " ".join(map(_shown, value))
    return "“" + " ".join(str(value).split()) + "”"


def _missing(own: Tree, texts: Any, originals: list[OriginalText]) -> Iterator[Finding]:
    """For what is begun, which of its texts are missing; for each section, what is not begun at all."""
    missing: dict[KeyPath, list[str]] = {}
    for original in originals:
        if original.key not in _at(texts, original.path):
            missing.setdefault(original.path, []).append(f"`{original.key}`")
    not_begun: dict[str, list[str]] = {}
    for path, keys in missing.items():
        if _at(texts, path) or len(path) == 1:
            what = _("not translated of `{name}`: {keys}").format(name=".".join(map(str, path)), keys=in_short(keys))
            yield _not_translated(own, ("texts", *path), what)
        else:
            not_begun.setdefault(str(path[0]), []).append(f"`{path[-1]}`")
    for section, names in not_begun.items():
        what = _("nothing is translated yet of these `{section}`: {names}").format(
            section=section, names=in_short(names)
        )
        yield _not_translated(own, ("texts", section), what)


def _not_translated(own: Tree, path: KeyPath, what: str) -> Finding:
    hint = _("Until it is, the words of the original are shown.")
    return _finding(own, TRANSLATED, path, what, hint)


def _finding(own: Tree, rule: str, path: KeyPath, what: str, hint: str) -> Finding:
    about = ((str(path[1]), str(path[2])),) if len(path) > 2 else ()
    return Finding(rule, Severity.warning, own.problem(path, what, hint, at_key=True), about)
