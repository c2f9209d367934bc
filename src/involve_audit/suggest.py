"""Did you mean …?"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from involve_audit.errors import Problem
from involve_audit.language import Words, _, listed

_MOST_LISTED = 12
_UNKNOWN = Words(
    {
        "stage": "`{word}` is not a stage of this rubric",
        "theme": "`{word}` is not a theme of this rubric",
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


def suggestion(word: object, allowed: Iterable[str]) -> str:
    """A hint that names the allowed word nearest to `word`, or else the allowed words (not more than twelve)."""
    words = list(allowed)
    if near := nearest(word, words):
        return _("Did you mean `{word}`?").format(word=near)
    return choice(words) if 0 < len(words) <= _MOST_LISTED else ""


def nearest(word: object, allowed: Iterable[str]) -> str | None:
    """The allowed word that is most like `word`, where one is like it at all."""
    import difflib

    near = difflib.get_close_matches(word.lower(), allowed, n=1, cutoff=0.6) if isinstance(word, str) else []
    return near[0] if near else None


def choice(words: Iterable[str]) -> str:
    """A hint that names all the words there are."""
    return _("It can be {words}.").format(words=one_of(words))


def one_of(words: Iterable[str]) -> str:
    """`a`, `b` or `c`, each as it stands in a file."""
    return listed((f"`{word}`" for word in words), "or")
