"""All the rubrics there are, place by place, and which one an id means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from involve_audit.escaping import clean
from involve_audit.language import Words
from involve_audit.model.rubric import KeptRubric, Overlaid, Place

_LIST = Words(
    {
        "lead": "An id means the rubric that is found first, in this order:",
        "here": "{number}. In this folder: {folder}",
        "yours": "{number}. Yours, for every folder: {folder}",
        "shipped": "{number}. Shipped with the program",
        "nothing": "nothing",
        "rubric": "{id} {version} – {title}",
        "not_valid": "{id} – NOT VALID: {problem}. See: involve-audit rubric check {file}",
        "tailors": "{id} {version} – {title} (tailors {original})",
        "translates": "{id} {version} – {title} (in the language {language}, translates {original})",
        "behind": "not used: {file} comes first",
    }
)


def render(places: Sequence[Place]) -> str:
    """The list as text."""
    return "".join(f"{clean(line)}\n" for line in _lines(places))


def _lines(places: Sequence[Place]) -> Iterator[str]:
    yield _LIST["lead"]
    for number, place in enumerate(places, 1):
        yield ""
        yield _LIST[place.name].format(number=number, folder=place.folder)
        for kept in place.rubrics:
            yield from _entry(kept)
        if not place.rubrics:
            yield "   " + _LIST["nothing"]


def _entry(kept: KeptRubric) -> Iterator[str]:
    if kept.rubric is None:
        yield "   " + _LIST["not_valid"].format(id=kept.id, problem=kept.problem, file=kept.file)
    elif isinstance(kept.rubric, Overlaid):
        overlay, rubric = kept.rubric.overlay, kept.rubric.content
        words = _LIST["translates" if kept.rubric.is_translation else "tailors"].format(
            id=overlay.id,
            version=overlay.version,
            title=rubric.title,
            original=overlay.extends,
            language=rubric.language,
        )
        yield "   " + words
    else:
        rubric = kept.rubric.content
        yield "   " + _LIST["rubric"].format(id=kept.id, version=rubric.version, title=rubric.title)
    if kept.behind:
        yield "      " + _LIST["behind"].format(file=kept.behind)
