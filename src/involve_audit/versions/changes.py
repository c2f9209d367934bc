"""What changed between two versions of a rubric, and how far that raises its number (docs/formats.md, "Version")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from involve_audit.language import first_of
from involve_audit.model.reference import numbers
from involve_audit.model.rubric import Gate, Item, Rubric
from involve_audit.model.threshold import threshold_value

PATCH, MINOR, MAJOR = "patch", "minor", "major"
LEVELS = (PATCH, MINOR, MAJOR)
"""How far a change raises the version number, from the least to the most."""

NOTHING_CHANGED, OTHER_RUBRIC, WENT_BACK = "nothing-changed", "other-rubric", "went-back"
NOT_RAISED, TOO_LITTLE, AS_NEEDED, MORE = "not-raised", "too-little", "as-needed", "more-than-needed"
VERDICTS = (NOTHING_CHANGED, OTHER_RUBRIC, WENT_BACK, NOT_RAISED, TOO_LITTLE, AS_NEEDED, MORE)
WRONG = (OTHER_RUBRIC, WENT_BACK, NOT_RAISED, TOO_LITTLE)
"""The verdicts with which a version number is not what it should be."""


class RubricChange(NamedTuple):
    """One change: how far it raises the number, what sort of change it is, what it is about, and what it was and is."""

    level: str
    sort: str
    about: str
    then: str = ""
    now: str = ""


class Verdict(NamedTuple):
    """Whether a version number was raised as it should be. `needed` is None where nothing changed."""

    name: str
    needed: str | None

    @property
    def is_wrong(self) -> bool:
        return self.name in WRONG


def rubric_changes(before: Rubric, after: Rubric) -> tuple[RubricChange, ...]:
    """Everything that changed, what matters most first."""
    changes = [
        *_items(before, after),
        *_scale(before, after),
        *_stages(before, after),
        *_lists(before, after),
        *_settings(before, after),
    ]
    if not changes and before.changed(version=after.version) != after:
        changes.append(RubricChange(PATCH, "other-words", after.id))
    return tuple(sorted(changes, key=lambda change: -LEVELS.index(change.level)))


def verdict(before: Rubric, after: Rubric, changes: Sequence[RubricChange]) -> Verdict:
    """Whether the number went from one version to the other as far as the changes ask."""
    needed = max((change.level for change in changes), key=LEVELS.index, default=None)
    if before.id != after.id:
        return Verdict(OTHER_RUBRIC, None)
    old, new = before.numbers, after.numbers
    if new < old:
        return Verdict(WENT_BACK, needed)
    if needed is None:
        return Verdict(NOTHING_CHANGED, None)
    if new == old:
        return Verdict(NOT_RAISED, needed)
    raised = (MAJOR, MINOR, PATCH)[next(place for place in range(3) if old[place] != new[place])]
    difference = LEVELS.index(raised) - LEVELS.index(needed)
    return Verdict(AS_NEEDED if difference == 0 else MORE if difference > 0 else TOO_LITTLE, needed)


def next_version(version: str, level: str) -> str:
    """The version after this one, raised so far."""
    major, minor, patch = numbers(version)
    raised = {MAJOR: (major + 1, 0, 0), MINOR: (major, minor + 1, 0), PATCH: (major, minor, patch + 1)}[level]
    return ".".join(map(str, raised))


def _items(before: Rubric, after: Rubric) -> Iterator[RubricChange]:
    old, new = {item.id: item for item in before.items}, {item.id: item for item in after.items}
    for name in old:
        if name not in new:
            by = ", ".join(first_of(item.id for item in after.items if name in item.replaces))
            yield RubricChange(MAJOR, "item-replaced" if by else "item-gone", name, now=by)
    for name, item in new.items():
        if name in old:
            yield from _item(old[name], item)
        else:
            yield RubricChange(MINOR, "item-new", name)


def _item(old: Item, new: Item) -> Iterator[RubricChange]:
    if old.kind != new.kind:
        yield RubricChange(MAJOR, "item-kind", new.id, old.kind, new.kind)
    if old.stage != new.stage:
        yield RubricChange(MAJOR, "item-stage", new.id, str(old.stage), str(new.stage))
    if (old.not_applicable_when is None) != (new.not_applicable_when is None):
        gone = new.not_applicable_when is None
        yield RubricChange(MAJOR if gone else MINOR, "not-applicable-gone" if gone else "not-applicable-new", new.id)
    for name in ("theme", "alternative_stage"):
        if getattr(old, name) != getattr(new, name):
            yield RubricChange(MINOR, f"item-{name.replace('_', '-')}", new.id, _word(old, name), _word(new, name))
    for name in ("limits", "implies"):
        if set(getattr(old, name)) != set(getattr(new, name)):
            yield RubricChange(MINOR, f"item-{name}", new.id, _word(old, name), _word(new, name))
    if old.ask != new.ask:
        yield RubricChange(PATCH, "question-words", new.id, old.ask, new.ask)


def _word(item: Item, name: str) -> str:
    value: Any = getattr(item, name)
    return ", ".join(first_of(value)) if isinstance(value, tuple) else str(value or "")


def _scale(before: Rubric, after: Rubric) -> Iterator[RubricChange]:
    old, new = {option.id: option for option in before.scale}, {option.id: option for option in after.scale}
    for name, option in old.items():
        if name not in new:
            yield RubricChange(MAJOR, "option-gone", name)
        elif option.value != new[name].value:
            yield RubricChange(MAJOR, "option-value", name, f"{option.value:g}", f"{new[name].value:g}")
        else:
            yield from _for_kinds(name, option.for_kinds, new[name].for_kinds)
            if option.if_done != new[name].if_done:
                yield RubricChange(MINOR, "option-if-done", name, option.if_done or "", new[name].if_done or "")
    yield from (RubricChange(MINOR, "option-new", name) for name in new if name not in old)


def _for_kinds(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[RubricChange]:
    """An option kept for other kinds: fewer than before takes an answer away, more adds one. None stands for all."""
    if set(old) == set(new):
        return
    narrowed = bool(new) and (not old or not set(old) <= set(new))
    level, sort = (MAJOR, "option-narrower") if narrowed else (MINOR, "option-wider")
    yield RubricChange(level, sort, name, ", ".join(first_of(old)), ", ".join(first_of(new)))


def _stages(before: Rubric, after: Rubric) -> Iterator[RubricChange]:
    old, new = [stage.id for stage in before.stages], [stage.id for stage in after.stages]
    if old != new:
        yield RubricChange(MAJOR, "ladder", after.id, ", ".join(first_of(old)), ", ".join(first_of(new)))
    then, now = dict(_gates(before)), dict(_gates(after))
    values = _values(before), _values(after)
    yield from (RubricChange(MINOR, "gate-gone", name) for name in then if name not in now)
    for name, (stage, gate) in now.items():
        if name not in then:
            yield RubricChange(MINOR, "gate-new", name)
        elif _rule(*then[name], values[0]) != _rule(stage, gate, values[1]):
            yield RubricChange(MINOR, "gate-rule", name, _threshold(then[name][1]), _threshold(gate))


def _gates(rubric: Rubric) -> Iterator[tuple[str, tuple[str, Gate]]]:
    for stage in rubric.stages:
        yield from ((gate.id, (stage.id, gate)) for gate in stage.gates)


def _rule(stage: str, gate: Gate, options: Mapping[str, float]) -> tuple[object, ...]:
    selector = gate.items
    chosen = tuple(frozenset(words or ()) for words in (selector.stage, selector.kind, selector.theme, selector.ids))
    asked = _value(gate.at_least, options), _value(gate.at_most, options)
    return stage, chosen, gate.measure, gate.perspective, *asked


def _threshold(gate: Gate) -> str:
    return f"{gate.measure} {'at_least' if gate.at_least is not None else 'at_most'} {gate.at_least or gate.at_most}"


def _lists(before: Rubric, after: Rubric) -> Iterator[RubricChange]:
    """Perspectives and themes. Respondents of a perspective that is gone have no place any more."""
    old, new = ([perspective.id for perspective in rubric.perspectives] for rubric in (before, after))
    yield from (RubricChange(MAJOR, "perspective-gone", name) for name in old if name not in new)
    yield from (RubricChange(MINOR, "perspective-new", name) for name in new if name not in old)
    both = [name for name in old if name in new]
    if both != [name for name in new if name in old]:
        yield RubricChange(MINOR, "perspective-order", after.id, ", ".join(first_of(old)), ", ".join(first_of(new)))
    themes = [{theme.id for theme in rubric.themes} for rubric in (before, after)]
    if themes[0] != themes[1]:
        yield RubricChange(MINOR, "themes", after.id)


def _settings(before: Rubric, after: Rubric) -> Iterator[RubricChange]:
    values = _values(before), _values(after)
    for name in ("limit_to", "without_evidence", "minimum_answered"):
        old, new = getattr(before, name), getattr(after, name)
        if _value(old, values[0]) != _value(new, values[1]):
            yield RubricChange(MINOR, "setting", name, str(old or ""), str(new or ""))
    if set(before.readings) != set(after.readings):
        old, new = (", ".join(rubric.readings) for rubric in (before, after))
        yield RubricChange(MINOR, "setting", "readings", old, new)


def _values(rubric: Rubric) -> dict[str, float]:
    return {option.id: option.value for option in rubric.scale}


def _value(written: str | None, options: Mapping[str, float]) -> float | None:
    return None if written is None else threshold_value(written, options)
