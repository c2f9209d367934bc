"""Files made wrong: some of their bytes changed, or one of their entries there very many times."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

TOKENS = (
    *(sign.encode() for sign in "\0\t\r\n\"'{}[]:,&*!|>%@`#-?~<=\\\x85\u2028\ufeff\u202e\U0010ffff"),
    *(
        b"--- ",
        b"\n---\n",
        b"...",
        b"&a ",
        b"*a",
        b"!!python/object:os.system ",
        b"<<: ",
        b"? ",
        b"\xff",
        b"\xed\xa0\x80",
    ),
    *(
        b"\\ud800",
        b"\\u0000",
        b"NaN",
        b"-Infinity",
        b"1e999",
        b"9" * 30,
        b"9" * 5000,
        b"null",
        b"no",
        b"0x1f",
        b"[" * 70,
    ),
    *(b"{{", b"}}", b"{%", b"%}", b"{{ ''.__class__ }}", b"{% include 'x' %}", b"| safe", b"\r\n", b"  ", b"%s", b"{}"),
)
Change = Callable[[Random, bytes, bytes], bytes]


def bytes_changed(chance: Random, content: bytes, other: bytes) -> bytes:
    """The content with some changes; `other` is what pieces are taken from too."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 16))):
        content = chance.choice(_CHANGES)(chance, content, other)
    return content


def _piece(chance: Random, content: bytes) -> tuple[int, int]:
    start = chance.randint(0, len(content))
    return start, min(len(content), start + chance.choice((1, 1, 2, 8, 64, 512)))


def _put_in(chance: Random, content: bytes, other: bytes) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.choice(TOKENS) + content[at:]


def _put_over(chance: Random, content: bytes, other: bytes) -> bytes:
    start, end = _piece(chance, content)
    return content[:start] + chance.choice(TOKENS) + content[end:]


def _flipped(chance: Random, content: bytes, other: bytes) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + bytes(byte ^ 1 << chance.randrange(8) for byte in content[at : at + 1]) + content[at + 1 :]


def _taken_out(chance: Random, content: bytes, other: bytes) -> bytes:
    start, end = _piece(chance, content)
    return content[:start] + content[end:]


def _again(chance: Random, content: bytes, other: bytes) -> bytes:
    start, end = _piece(chance, content)
    return content[:end] + content[start:end] * chance.choice((1, 1, 3, 100)) + content[end:]


def _from_other(chance: Random, content: bytes, other: bytes) -> bytes:
    (start, end), at = _piece(chance, other), chance.randint(0, len(content))
    return content[:at] + other[start:end] + content[at:]


def _cut_off(chance: Random, content: bytes, other: bytes) -> bytes:
    return content[: chance.randint(0, len(content))]


def _with_another_end(chance: Random, content: bytes, other: bytes) -> bytes:
    return _cut_off(chance, content, other) + other[chance.randint(0, len(other)) :]


_CHANGES: tuple[Change, ...] = (
    *(_put_in, _put_in, _put_over, _flipped, _flipped, _taken_out, _taken_out, _again, _from_other),
    *(_cut_off, _with_another_end),
)


def many_of_one(chance: Random, data: Any, times: int) -> None:
    """Put one entry of plain data into it so many times, in a mapping each time with another key."""
    inside, key = chance.choice(list(_places(data)))
    if isinstance(inside, list):
        inside.extend([inside[key]] * times)
    else:
        inside.update({f"{key}-{number}": inside[key] for number in range(times)})


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every mapping and list in plain data, with each of its keys or places."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield data, key
        yield from _places(value)
