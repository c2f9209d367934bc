"""Every text of a rubric that an overlay may put in other words, by the names that it is given there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from involve_audit.loading.files import digest
from involve_audit.loading.tree import Path, Tree, listed
from involve_audit.loading.validation import keys_at
from involve_audit.model.overlay import ORIGINALS, Wordings

ONE_OF_A_KIND = ("rubric", "planning")
_NAMED_BY = {"glossary": "term", "resources": "title"}


class OriginalText(NamedTuple):
    """One text, or texts in a list or by name, that stands at `path` of an overlay's `texts`, under `key`."""

    path: Path
    key: str
    value: Any

    @property
    def digest(self) -> str:
        return text_digest(self.value)


def texts_of(tree: Tree) -> Iterator[OriginalText]:
    """The texts of a rubric's tree, section by section, in the rubric's order."""
    for section in keys_at(Wordings, ()):
        for path, entry in _entries(tree.data, section):
            keys = keys_at(Wordings, path)
            yield from (OriginalText(path, key, entry[key]) for key in keys if key != ORIGINALS and entry.get(key))


def _entries(data: dict[str, Any], section: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """What the texts of a section belong to, each with its path in `texts`."""
    if section == "rubric":
        yield (section,), data
    elif section == "planning":
        if isinstance(data.get(section), dict):
            yield (section,), data[section]
    elif section == "gates":
        for _place, stage in listed(data.get("stages")):
            yield from _named(section, stage.get("gates"))
    elif section == "items":
        yield from _named(section, data.get("indicators"))
        yield from _named(section, data.get("anti_patterns"))
    else:
        yield from _named(section, data.get(section))


def _named(section: str, entries: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    for _place, entry in listed(entries):
        yield (section, str(entry.get(_NAMED_BY.get(section, "id")))), entry


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
