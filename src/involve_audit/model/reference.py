"""How one version of a rubric, or of a format, is named: `small@1.2.0`, or `small@1` for every 1 that is at hand."""

from __future__ import annotations

import re
from typing import NamedTuple


class Reference(NamedTuple):
    """What is named, and its version or the beginning of it."""

    id: str
    version: str

    @classmethod
    def of(cls, text: str) -> Reference:
        """What a text such as `small@1.2.0` names."""
        name, _at, version = text.partition("@")
        return cls(name, version)

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"

    def serves(self, wanted: Reference) -> bool:
        """Whether this serves whoever names `wanted`: it is of the same major version, and not an earlier one."""
        own, first = numbers(self.version), numbers(wanted.version)
        return self.id == wanted.id and own[0] == first[0] and own >= first


def numbers(version: str) -> list[int]:
    """The numbers of a version, which put versions in order; at least three, zero where none is written."""
    found = [int(digits) for digits in re.findall("[0-9]{1,6}", version)]
    return found + [0] * (3 - len(found))
