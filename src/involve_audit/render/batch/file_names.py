"""A file's name for each audit: never a path, never one that two audits share, whatever their ids are."""

from __future__ import annotations

import hashlib
import re

_SIMPLE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MOST = 80
# Names that Windows keeps for itself, with any ending.
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


def file_stem(audit: str) -> str:
    """The name of an audit's files, without an ending.

    An id of small letters, digits and hyphens is the name. Anything else becomes as much of it as can be such a
    name, a dot, which no id of that kind holds, and a fingerprint of the id, which tells it from every other.
    """
    if len(audit) <= _MOST and _SIMPLE.fullmatch(audit) and not _RESERVED.fullmatch(audit):
        return audit
    readable = re.sub(r"[^a-z0-9]+", "-", audit.lower())[:_MOST].strip("-")
    fingerprint = hashlib.sha256(audit.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{readable or 'audit'}.{fingerprint}" if not _RESERVED.fullmatch(readable) else f"audit.{fingerprint}"
