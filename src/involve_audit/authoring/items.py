"""What an author forgets about single questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from involve_audit.authoring.manuscript import Manuscript
from involve_audit.authoring.rules import finding
from involve_audit.language import _, listed
from involve_audit.loading.tree import listed as entries
from involve_audit.model.finding import Finding
from involve_audit.model.rubric import AntiPattern, Item

_HELP = ("yes_looks_like", "not_enough", "who_to_ask")
_NUMBERED_STAGE = re.compile(r"(^|-)(stage|level|step|tier|grade)-?[0-9]+(-|$)")


def without_help(written: Manuscript) -> Iterator[Finding]:
    """Questions that leave a group alone with the answer."""
    for item in written.items:
        missing = [f"`{name}`" for name in _HELP if not getattr(item, name)]
        if missing:
            what = _("`{id}` comes without help: {missing}").format(id=item.id, missing=listed(missing))
            hint = _("Say what a yes looks like, what is not enough, and whom to ask. Nobody should have to guess.")
            yield finding("help", written.tree.problem(written.at(item.id, "id"), what, hint))


def without_source(written: Manuscript) -> Iterator[Finding]:
    """Questions that do not say where they come from; the whole rubric where it names no source at all."""
    tree = written.tree
    if isinstance(tree.data, dict) and not any(entries(tree.data.get("sources"))):
        what = _("this rubric names no source")
        hint = _("Add `sources:`. What your own group agreed is a source too: say who, and when.")
        yield finding("source", tree.problem(("id",), what, hint))
        return
    for item in written.items:
        if item.source is None:
            what = _("`{id}` does not say where it comes from").format(id=item.id)
            yield finding("source", tree.problem(written.at(item.id, "id"), what, _("Add a `source:` line to it.")))


def encodes_a_stage(written: Manuscript) -> Iterator[Finding]:
    """Ids that would be wrong once their question stands at another stage."""
    data = written.tree.data if isinstance(written.tree.data, dict) else {}
    stages = [str(stage.get("id")) for _place, stage in entries(data.get("stages"))]
    for item in written.items:
        if _NUMBERED_STAGE.search(item.id) or any(item.id.startswith(f"{stage}-") for stage in stages):
            what = _("the id `{id}` says at which stage its question stands").format(id=item.id)
            hint = _("A question may move, and an id never changes. Name it after what is asked.")
            yield finding("id-without-stage", written.tree.problem(written.at(item.id, "id"), what, hint))


def anti_patterns_without_limits(written: Manuscript) -> Iterator[Finding]:
    """Anti-patterns that nothing follows from for any other question."""
    for item in written.items:
        if isinstance(item, AntiPattern) and not item.limits:
            what = _("the anti-pattern `{id}` limits nothing").format(id=item.id)
            hint = _("Add `limits: […]`: which good answers count less while this is true?")
            yield finding("anti-pattern-limits", written.tree.problem(written.at(item.id, "id"), what, hint))


def without_use(written: Manuscript) -> Iterator[Finding]:
    """Questions that can never change a stage. An indicator among them is still shown in the grid."""
    rubric = written.rubric
    if rubric is None:
        return
    gates = [gate for stage in rubric.stages for gate in stage.gates]
    for item in rubric.items:
        looked_at = any(gate.items.selects(item, stage) for gate in gates for stage in _placements(item))
        if not looked_at and not item.limits and not item.implies:
            what = _("`{id}` can never change a stage: no gate looks at it, and it limits or implies nothing")
            hint = _("Let a gate select it, or take it out: every question costs people time.")
            place = written.at(item.id, "id")
            yield finding("item-used", written.tree.problem(place, what.format(id=item.id), hint))


def _placements(item: Item) -> list[str | None]:
    return [item.stage, *([item.alternative_stage] if item.alternative_stage else [])]
