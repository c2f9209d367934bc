"""Very many short texts in order, in little more memory than their letters take."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge

_RUN = 4096


class SortedTexts:
    """Texts to which more can be added. They are kept in sorted runs, each of them one piece of bytes."""

    def __init__(self) -> None:
        self._runs: list[bytes] = []
        self._last: list[str] = []
        self._length = 0

    def add(self, text: str) -> None:
        """Add a text. It may hold any character but the one after the last, U+10FFFF."""
        self._last.append(text)
        self._length += 1
        if len(self._last) == _RUN:
            self._runs.append(_joined(self._last))
            self._last = []

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        """All texts, sorted."""
        return merge(*map(_texts, self._runs), sorted(self._last))


_END = "\U0010ffff".encode()


def _joined(texts: list[str]) -> bytes:
    return _END.join(text.encode("utf-8", "surrogatepass") for text in sorted(texts))


def _texts(run: bytes) -> Iterator[str]:
    """The texts of a run, one at a time."""
    start = 0
    while (end := run.find(_END, start)) != -1:
        yield run[start:end].decode("utf-8", "surrogatepass")
        start = end + len(_END)
    yield run[start:].decode("utf-8", "surrogatepass")
