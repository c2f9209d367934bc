"""What a text stood for when it was reworded or translated: the digest of the original's text."""

from __future__ import annotations

from typing import Any

from involve_audit.loading.files import digest

LENGTH = 10


def text_digest(value: Any) -> str:
    """The digest of a text, a list of texts or texts by name; where its lines are broken does not matter."""
    return digest("\n".join(_lines(value)).encode())[:LENGTH]


def _lines(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [f"{key}: {line}" for key, inside in value.items() for line in _lines(inside)]
    if isinstance(value, list | tuple):
        return [line for inside in value for line in _lines(inside)]
    return [" ".join(str(value).split())]
