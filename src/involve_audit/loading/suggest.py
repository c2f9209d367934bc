"""Did you mean …?"""

from __future__ import annotations

from collections.abc import Iterable


def suggestion(word: object, allowed: Iterable[str]) -> str:
    """A hint that names the allowed word nearest to `word`, or else the allowed words (not more than twelve)."""
    import difflib

    words = list(allowed)
    near = difflib.get_close_matches(word.lower(), words, n=1, cutoff=0.6) if isinstance(word, str) else []
    if near:
        return f"Did you mean `{near[0]}`?"
    if 0 < len(words) <= 12:
        return "It can be " + in_words(words, "or") + "."
    return ""


def in_words(words: Iterable[str], joint: str) -> str:
    """`a`, `b` or `c`."""
    quoted = [f"`{word}`" for word in words]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + f" {joint} {quoted[-1]}"
