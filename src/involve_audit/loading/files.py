"""Reading a file's bytes, and what there is of a name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from involve_audit.inputs import opened

YAML_SUFFIXES = (".yaml", ".yml")
LARGEST_FILE, LARGEST_RECORD = 5_000_000, 50_000_000


class FileContent(NamedTuple):
    """The content of a file, and what to call the file in messages."""

    file: str
    content: bytes


def read_bytes(path: str | Path, most: int = LARGEST_FILE, taken: bool = True) -> bytes:
    """The file's content, cut one byte past the largest size that is accepted; `taken` as in `inputs.opened`.

    Raises InputError where there is nothing to read.
    """
    with opened(path, taken) as number:
        return content_of(number, most)


def content_of(number: int, most: int = LARGEST_FILE) -> bytes:
    """What is in an open file, whatever its size is by now, cut one byte past `most`."""
    size = os.fstat(number).st_size
    first = os.read(number, min(size, most) + 1)
    if len(first) == size:  # nearly always: there was room for more
        return first
    parts, left = [first], most + 1 - len(first)
    while left and (part := os.read(number, min(left, size + 4096))):
        parts.append(part)
        left -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def is_file(path: Path) -> bool:
    """Whether there is something of this name that is no folder: whoever reads it says where it is no ordinary file."""
    try:
        return path.exists() and not path.is_dir()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder of this name; a name that no folder can have is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def real_path(path: Path) -> Path:
    """The path with every link followed, or as it is where that cannot be done."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path


def as_text(name: str) -> str:
    """A file's name as it can be written anywhere: with a mark for what is not UTF-8 in it."""
    return name if name.isascii() else os.fsencode(name).decode(errors="replace")


def digest(content: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal digits."""
    import hashlib

    return hashlib.sha256(content).hexdigest()
