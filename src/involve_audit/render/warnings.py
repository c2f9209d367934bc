"""What a reader has to know before trusting a result, one sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.engine.assessment import Assessment
from involve_audit.model.audit import Audit
from involve_audit.render.vocabulary import WARNINGS


def unheard_first_voice(audit: Audit) -> str | None:
    """The title of the rubric's first perspective where no view includes it (method.md, section 3)."""
    perspectives = audit.rubric.content.perspectives
    if perspectives and not any(perspectives[0].id in view.content.present for view in audit.views):
        return perspectives[0].title
    return None


def warnings(audit: Audit, assessment: Assessment) -> Iterator[str]:
    """Each thing to note, most important first."""
    rubric = audit.rubric.content
    titles = {item.id: item.title for item in rubric.items}
    if missing := unheard_first_voice(audit):
        yield WARNINGS["unheard"].format(perspective=missing)
    for view in audit.views:
        if not view.content.present and rubric.perspectives:
            yield WARNINGS["no_respondents"].format(file=view.file)
        wanted = view.content.rubric.partition("@")[2]
        if wanted.count(".") == 2 and wanted != rubric.version:
            yield WARNINGS["older"].format(file=view.file, wanted=wanted, used=rubric.version)
    for item in assessment.items:
        for limit in item.limited_by:
            yield WARNINGS["contradiction"].format(item=titles[item.id], limit=titles[limit])
    for file in audit.left_alone:
        yield WARNINGS["left_alone"].format(file=file)
