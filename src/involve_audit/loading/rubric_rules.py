"""What makes a rubric whole beyond its schema: every reference meets its target, every direction is kept.

The rules read the plain tree rather than the model, so that they find their problems in a file whose schema
has others. method.md, section 4, says why directions matter: they make the engine monotone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import Any

from involve_audit.engine.measures import EITHER, HIGHER, LOWER, MEASURES, VOICE, MeasureRow
from involve_audit.errors import Problem, bounded, nearest, one_of, suggestion, unknown
from involve_audit.language import N_, _, first_of, number
from involve_audit.letters import oddities
from involve_audit.loading.tree import KeyPath, Tree, listed
from involve_audit.model.rubric import HIGHER_IS_BETTER, KINDS, LOWER_IS_BETTER
from involve_audit.model.threshold import threshold_value
from involve_audit.model.view import BUILT_IN_ANSWERS, NOT_APPLICABLE, UNANSWERED

_ITEM_LISTS = ("indicators", "anti_patterns")


def rule_problems(tree: Tree) -> list[Problem]:
    """The broken rules of a rubric's tree, rule by rule; of very many, the first."""
    if not isinstance(tree.data, dict):
        return []
    facts = _Facts(tree)
    if looks := _too_many_looks(facts):
        return [looks]
    rules = (_unique, _scale, _stage_order, _references, _directions, _circles, _gates, _scenarios)
    return bounded(problem for rule in rules for problem in rule(facts))


MOST_LOOKS = 1_000_000
"""How many questions times gates a rubric may have: each gate looks at each question."""


def _too_many_looks(facts: _Facts) -> Problem | None:
    gates = sum(1 for _ in facts.gates())
    if gates * len(facts.items) <= MOST_LOOKS:
        return None
    what = _("{items} questions and {gates} gates are more than a rubric can have")
    hint = _("Multiplied they may come to {most}.").format(most=number(MOST_LOOKS))
    return facts.tree.problem((), what.format(items=number(len(facts.items)), gates=number(gates)), hint)


class _Facts:
    """The ids a rubric declares, read from its tree as far as it can be read."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.data: dict[str, Any] = tree.data
        self.items = dict(self._items())
        self.said = cache(self._said)
        self.options = {
            option["id"]: option for _, option in listed(self.data.get("scale")) if isinstance(option.get("id"), str)
        }
        self.option_values = {
            name: value for name, o in self.options.items() if (value := _number(o.get("value"))) is not None
        }

    def _items(self) -> Iterator[tuple[str, tuple[KeyPath, dict[str, Any], str]]]:
        for list_name in _ITEM_LISTS:
            for place, item in listed(self.data.get(list_name)):
                kind = "anti-pattern" if list_name == "anti_patterns" else str(item.get("kind"))
                if isinstance(item.get("id"), str):
                    yield item["id"], ((list_name, place), item, kind)

    def ids(self, list_name: str) -> dict[str, None]:
        return dict.fromkeys(str(entry.get("id")) for _, entry in listed(self.data.get(list_name)))

    def _said(self, key: str) -> dict[str, str]:
        """What each item says of itself under this key, which need not be a word."""
        return {name: kind if key == "kind" else str(item.get(key)) for name, (_, item, kind) in self.items.items()}

    def kind(self, item_id: str) -> str | None:
        return self.items[item_id][2] if item_id in self.items else None

    def answers_for(self, kind: str) -> list[str]:
        """The options of the scale that items of this kind may be answered with."""
        return [name for name in self.options if self.is_for(name, kind)]

    def is_for(self, option: str, kind: str) -> bool:
        """Whether items of this kind may be answered with an option."""
        return kind in (self.options[option].get("for") or [kind])

    def values_for(self, kind: str) -> set[float]:
        """What the answers to items of this kind are worth."""
        return {self.option_values[name] for name in self.answers_for(kind) if name in self.option_values}

    def gates(self) -> Iterator[tuple[KeyPath, int, dict[str, Any]]]:
        for stage_place, stage in listed(self.data.get("stages")):
            for place, gate in listed(stage.get("gates")):
                yield ("stages", stage_place, "gates", place), stage_place, gate


def _number(written: Any) -> float | None:
    try:
        return float(written)
    except (TypeError, ValueError):
        return None


def _as_list(value: Any) -> list[tuple[KeyPath, str]]:
    """The words of a `word or list of words`, each with its path below the value."""
    if isinstance(value, str):
        return [((), value)]
    words = value if isinstance(value, list) else ()
    return [((place,), word) for place, word in enumerate(words) if isinstance(word, str)]


def _unique(facts: _Facts) -> Iterator[Problem]:
    yield from _twice(
        facts,
        [((name, place), entry) for name in _ITEM_LISTS for place, entry in listed(facts.data.get(name))],
    )
    for name in ("sources", "scale", "perspectives", "themes", "stages", "scenarios"):
        yield from _twice(facts, [((name, place), entry) for place, entry in listed(facts.data.get(name))])
    yield from _twice(facts, [(path, gate) for path, _stage, gate in facts.gates()])


def _twice(facts: _Facts, entries: Iterable[tuple[KeyPath, dict[str, Any]]]) -> Iterator[Problem]:
    seen: dict[str, KeyPath] = {}
    for path, entry in entries:
        if isinstance(entry.get("id"), str):
            if entry["id"] in seen:
                first = facts.tree.problem((*seen[entry["id"]], "id"), "").line
                what = _("the id `{id}` is taken; see line {line}").format(id=entry["id"], line=first)
                yield facts.tree.problem((*path, "id"), what, _("Give each one an id of its own."))
            seen.setdefault(entry["id"], path)


def _scale(facts: _Facts) -> Iterator[Problem]:
    for place, option in listed(facts.data.get("scale")):
        path: KeyPath = ("scale", place)
        if option.get("id") in (*BUILT_IN_ANSWERS, UNANSWERED):
            what = _("`{option}` is built in").format(option=option["id"])
            yield facts.tree.problem((*path, "id"), what, _("Every rubric has it; take this option out."))
        yield from _known(facts, (*path, "if_done"), option.get("if_done"), facts.options, "option")
    for name in ("limit_to", "without_evidence"):
        yield from _known(facts, (name,), facts.data.get(name), facts.options, "option")
    yield from _scale_ends(facts)


def _scale_ends(facts: _Facts) -> Iterator[Problem]:
    kinds = sorted({kind for *_place, kind in facts.items.values()}.intersection(KINDS))
    for end in (0, 1):
        without = [kind for kind in kinds if end not in facts.values_for(kind)]
        if without:
            what = _("the scale has no answer worth {value} for items of kind {kinds}")
            hint = _("Add one, or let one that is worth {value} be `for` them.")
            value = number(end)
            yield facts.tree.problem(
                ("scale",), what.format(value=value, kinds=one_of(without)), hint.format(value=value), at_key=True
            )


def _stage_order(facts: _Facts) -> Iterator[Problem]:
    for place, stage in listed(facts.data.get("stages")):
        if place == 0 and stage.get("gates"):
            what = _("the lowest stage has gates, so an audit could have no stage at all")
            hint = _("Put a stage without gates below it.")
            yield facts.tree.problem(("stages", 0, "gates"), what, hint, at_key=True)
        if place > 0 and not stage.get("gates"):
            what = _("`{stage}` has no gates, so every audit would reach it").format(stage=stage.get("id"))
            yield facts.tree.problem(("stages", place), what, _("Only the lowest stage has none. Add `gates:`."))


def _known(facts: _Facts, path: KeyPath, word: Any, known: Collection[str], sort: str) -> Iterator[Problem]:
    for below, name in _as_list(word):
        if name not in known:
            yield facts.tree.problem((*path, *below), *unknown(sort, name, known))


def _references(facts: _Facts) -> Iterator[Problem]:
    stages, themes, perspectives = (facts.ids(name) for name in ("stages", "themes", "perspectives"))
    for path, item, _kind in facts.items.values():
        yield from _known(facts, (*path, "stage"), item.get("stage"), stages, "stage")
        yield from _known(facts, (*path, "alternative_stage"), item.get("alternative_stage"), stages, "stage")
        yield from _known(facts, (*path, "theme"), item.get("theme"), themes, "theme")
        yield from _known(facts, (*path, "limits"), item.get("limits"), facts.items, "item")
        yield from _known(facts, (*path, "implies"), item.get("implies"), facts.items, "item")
        yield from _keys_known(facts, (*path, "wording"), item.get("wording"), perspectives, "perspective")
        for below, old in _as_list(item.get("replaces")):
            if old in facts.items:
                what = _("`{item}` cannot be replaced: this rubric still has it").format(item=old)
                yield facts.tree.problem((*path, "replaces", *below), what, _("Take out one of the two."))
    gates = [str(gate.get("id")) for _path, _stage, gate in facts.gates()]
    for place, entry in listed(facts.data.get("allow")):
        for key, known, sort in (("items", facts.items, "item"), ("gates", gates, "gate"), ("stages", stages, "stage")):
            yield from _known(facts, ("allow", place, key), entry.get(key), known, sort)
    yield from _source_references(facts)


def _source_references(facts: _Facts) -> Iterator[Problem]:
    sources = facts.ids("sources")
    places: list[KeyPath] = [path for path, _, _ in facts.items.values()]
    places += [(name, place) for name in ("stages", "glossary") for place, _ in listed(facts.data.get(name))]
    places.append(("planning",))
    for path in places:
        entry: Any = facts.data
        for part in path:
            entry = entry.get(part) if isinstance(entry, dict) else entry[part]
        source = entry.get("source") if isinstance(entry, dict) else None
        if isinstance(source, dict):
            yield from _known(facts, (*path, "source", "id"), source.get("id"), sources, "source")


def _directions(facts: _Facts) -> Iterator[Problem]:
    for item_id, (path, item, kind) in facts.items.items():
        limits, implies = _as_list(item.get("limits")), _as_list(item.get("implies"))
        if limits and kind in HIGHER_IS_BETTER:
            what = _("`{item}` is of kind `{kind}` and cannot limit others").format(item=item_id, kind=kind)
            hint = _("Only a deficit or an anti-pattern limits.")
            yield facts.tree.problem((*path, "limits"), what, hint, at_key=True)
        for below, target in limits:
            if (of := facts.kind(target)) in LOWER_IS_BETTER:
                what = _("`{item}` is of kind `{kind}` and cannot be limited").format(item=target, kind=of)
                yield facts.tree.problem((*path, "limits", *below), what, _("A limit holds down a good answer."))
        if implies and kind != "achievement":
            what = _("`{item}` is of kind `{kind}` and cannot imply others").format(item=item_id, kind=kind)
            yield facts.tree.problem((*path, "implies"), what, _("Only achievements imply each other."), at_key=True)
        for below, target in implies:
            if (of := facts.kind(target)) not in ("achievement", None):
                what = _("`{item}` is of kind `{kind}` and cannot be implied").format(item=target, kind=of)
                yield facts.tree.problem((*path, "implies", *below), what, _("Only achievements imply each other."))


def _circles(facts: _Facts) -> Iterator[Problem]:
    graph = {
        item_id: [word for _, word in _as_list(item.get("implies"))] for item_id, (_, item, _) in facts.items.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[str] = list(reversed(error.args[1]))
        start = next(item_id for item_id in circle if item_id in facts.items)
        what = _("these items imply each other in a circle: {circle}")
        what = what.format(circle=", ".join(first_of(f"`{name}`" for name in circle)))
        hint = _("Take one of these `implies` out.")
        yield facts.tree.problem((*facts.items[start][0], "implies"), what, hint, at_key=True)


def _gates(facts: _Facts) -> Iterator[Problem]:
    for path, _stage, gate in facts.gates():
        selector = gate.get("items")
        if isinstance(selector, dict):
            yield from _selection(facts, path, gate, selector)
        yield from _measure(facts, path, gate)
    written = facts.data.get("minimum_answered")
    if isinstance(written, str):
        yield from _threshold(facts, ("minimum_answered",), written, most=1)


def _selection(facts: _Facts, path: KeyPath, gate: dict[str, Any], selector: dict[str, Any]) -> Iterator[Problem]:
    known: dict[str, Collection[str]] = {
        "stage": facts.ids("stages"),
        "theme": facts.ids("themes"),
        "kind": sorted(KINDS),
        "ids": facts.items,
    }
    dangling = [
        problem
        for key, words in known.items()
        for problem in _known(facts, (*path, "items", key), selector.get(key), words, "item" if key == "ids" else key)
    ]
    yield from dangling
    selected = _selected(facts, selector)
    if not selected and not dangling:
        hint = _("Check the stage, kind, theme and ids: all that are given have to match.")
        yield facts.tree.problem((*path, "items"), _("no item matches this gate"), hint, at_key=True)
    wrong = _wrong_kinds(gate)
    looked_at = [*selected, *_selected(facts, selector, "alternative_stage")]
    against = [item_id for item_id in looked_at if facts.kind(item_id) in wrong]
    if against:
        what = _(
            "`{measure}` with `{side}` cannot look at `{item}`, which is of kind `{kind}`: "
            "a better answer could then lower the stage"
        ).format(measure=gate.get("measure"), side=_side(gate), item=against[0], kind=facts.kind(against[0]))
        yield facts.tree.problem((*path, "items"), what, _(_DIRECTION_HINT), at_key=True)


_DIRECTION_HINT = N_(
    "Ask `at_least` of practices and achievements, and `at_most` (points or highest) of deficits and anti-patterns."
)


def _selected(facts: _Facts, selector: dict[str, Any], placement: str = "stage") -> list[str]:
    """The items that match, each standing at the stage that its key `placement` names."""
    selected = list(facts.items)
    for key, own in (("ids", None), ("stage", placement), ("theme", "theme"), ("kind", "kind")):
        if key in selector:
            wanted, said = {word for _, word in _as_list(selector[key])}, facts.said(own) if own else {}
            selected = [name for name in selected if said.get(name, name) in wanted]
    return selected


def _side(gate: dict[str, Any]) -> str:
    return "at_most" if gate.get("at_most") is not None else "at_least"


def _wrong_kinds(gate: dict[str, Any]) -> tuple[str, ...]:
    """The kinds for which this gate would punish a better answer."""
    row = _row(gate)
    if row is None:
        return ()
    only = next(iter(row.sides.values()))
    return {HIGHER: LOWER_IS_BETTER, LOWER: HIGHER_IS_BETTER, EITHER: ()}[row.sides.get(_side(gate), only)]


def _row(gate: dict[str, Any]) -> MeasureRow | None:
    """What there is to know of the gate's measure; nothing where there is no such measure."""
    measure = gate.get("measure")
    return MEASURES.get(measure) if isinstance(measure, str) else None


def _measure(facts: _Facts, path: KeyPath, gate: dict[str, Any]) -> Iterator[Problem]:
    row = _row(gate)
    given = [side for side in ("at_least", "at_most") if gate.get(side) is not None]
    if not given:
        what = _("the gate `{gate}` has no threshold").format(gate=gate.get("id"))
        yield facts.tree.problem(path, what, _("Add `at_least: …` or `at_most: …`."))
    elif len(given) == 2:
        what = _("the gate `{gate}` has both `at_least` and `at_most`").format(gate=gate.get("id"))
        yield facts.tree.problem(path, what, _("Make two gates of it, or take one out."))
    for side in given[:1]:
        if row and side not in row.sides:
            other = "at_most" if side == "at_least" else "at_least"
            what = _("`{side}` does not go with the measure `{measure}`: a better answer could then lower the stage")
            what = what.format(side=side, measure=row.name)
            yield facts.tree.problem((*path, side), what, _("Use `{other}`.").format(other=other), at_key=True)
        if isinstance(gate[side], str):
            yield from _threshold(facts, (*path, side), gate[side], most=1 if row and row.is_proportion else None)
    if row and row.looks_at == VOICE and gate.get("perspective") is None:
        yield facts.tree.problem(path, _("a gate on who was heard needs a `perspective`"), _("Add `perspective: …`."))
    if "perspective" in gate:
        known = facts.ids("perspectives")
        yield from _known(facts, (*path, "perspective"), gate["perspective"], known, "perspective")
        if row and row.looks_at != VOICE:
            what = _("`perspective` does not go with the measure `{measure}`").format(measure=row.name)
            yield facts.tree.problem((*path, "perspective"), what, _("It is for `measure: heard`."), at_key=True)


def _threshold(facts: _Facts, path: KeyPath, written: str, most: float | None) -> Iterator[Problem]:
    try:
        value = threshold_value(written, facts.option_values)
    except ValueError:
        near = nearest(written, facts.options)
        hint = _("Did you mean `{word}`?") if near else _(_THRESHOLDS)
        what = _("`{threshold}` is not a threshold").format(threshold=written)
        yield facts.tree.problem(path, what, f"{oddities(written)} {hint.format(word=near)}".strip())
        return
    option = written.strip()
    if option.isdecimal() and value != float(option):  # a number as it is written, and another one as an option
        what = _("`{number}` is a number, and also an option of the scale, which is worth {value}")
        hint = _("Write `{number}.0` for the number, or `{value}` for the option.")
        told = {"number": option, "value": format(value, "g")}
        yield facts.tree.problem(path, what.format(**told), hint.format(**told))
        return
    if most is not None and value > most:
        meant = written.strip()
        likely = meant.isdecimal() and value <= 100
        hint = _("Did you mean `{word}`?") if likely else _("It has to be from 0% to 100%.")
        what = _("`{threshold}` is more than all there is").format(threshold=written)
        yield facts.tree.problem(path, what, hint.format(word=f"{meant}%"))


_THRESHOLDS = N_("Write `50%`, `1/3`, a number such as 0.5, or an option of the scale.")


def _scenarios(facts: _Facts) -> Iterator[Problem]:
    stages, perspectives = facts.ids("stages"), facts.ids("perspectives")
    answers = dict.fromkeys((*facts.options, *BUILT_IN_ANSWERS))
    for place, scenario in listed(facts.data.get("scenarios")):
        path: KeyPath = ("scenarios", place)
        for key in ("expect", "ceiling"):
            yield from _known(facts, (*path, key), scenario.get(key), stages, "stage")
        yield from _known(facts, (*path, "otherwise"), scenario.get("otherwise"), answers, "answer")
        yield from _keys_known(facts, (*path, "respondents"), scenario.get("respondents"), perspectives, "perspective")
        yield from _keys_known(facts, (*path, "answers"), scenario.get("answers"), facts.items, "item")
        given = scenario.get("answers")
        for item_id, word in given.items() if isinstance(given, dict) else ():
            if item_id in facts.items and isinstance(word, str):
                yield from _scenario_answer(facts, (*path, "answers", item_id), item_id, word)


def _scenario_answer(facts: _Facts, path: KeyPath, item_id: str, word: str) -> Iterator[Problem]:
    _path, item, kind = facts.items[item_id]
    built_in = [name for name in BUILT_IN_ANSWERS if name != NOT_APPLICABLE or "not_applicable_when" in item]
    if word not in built_in and not (word in facts.options and facts.is_for(word, kind)):
        what = _("`{word}` is not an answer to `{item}`").format(word=word, item=item_id)
        yield facts.tree.problem(path, what, suggestion(word, [*facts.answers_for(kind), *built_in]))


def _keys_known(facts: _Facts, path: KeyPath, mapping: Any, known: Collection[str], sort: str) -> Iterator[Problem]:
    for name in mapping if isinstance(mapping, dict) else ():
        if name not in known:
            yield facts.tree.problem((*path, name), *unknown(sort, name, known), at_key=True)
