"""What a reader has to know before trusting a result, one sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.engine.assessment import Assessment
from involve_audit.model.audit import Audit, Sourced, layers, original
from involve_audit.model.rubric import Rubric
from involve_audit.resources import rubric_digest
from involve_audit.words.reports import WARNINGS


def warnings(audit: Audit, assessment: Assessment) -> Iterator[str]:
    """Each thing to note, most important first."""
    rubric = audit.rubric.content
    titles = {item.id: item.title for item in rubric.items}
    if missing := audit.unheard:
        yield WARNINGS["unheard"].format(perspective=missing)
    for view in audit.views:
        if not view.content.present and rubric.perspectives:
            yield WARNINGS["no_respondents"].format(file=view.file)
        named, _at, wanted = view.content.rubric.partition("@")
        used = _versions(audit.rubric).get(named, wanted)
        if wanted.count(".") == 2 and wanted != used:
            yield WARNINGS["older"].format(file=view.file, wanted=wanted, used=used)
    if _passes_for_shipped(audit):
        yield WARNINGS["not_the_shipped"]
    for item in assessment.items:
        for limit in item.limited_by:
            yield WARNINGS["contradiction"].format(item=titles[item.id], limit=titles[limit])
    for file in audit.left_alone:
        yield WARNINGS["left_alone"].format(file=file)


def _versions(rubric: Sourced[Rubric]) -> dict[str, str]:
    """The version of the rubric and of all that overlays made it of, by id."""
    below = {layer.base.content.id: layer.base.content.version for layer in layers(rubric)}
    translations = {layer.overlay.id: layer.overlay.version for layer in layers(rubric)}
    return {**below, **translations, rubric.content.id: rubric.content.version}


def _passes_for_shipped(audit: Audit) -> bool:
    """Whether the rubric, below all overlays, has the id of a shipped one and another text."""
    found = original(audit.rubric)
    shipped = rubric_digest(found.content.id)
    return shipped is not None and shipped != found.sha256
