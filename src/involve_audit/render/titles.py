"""The words that a rubric has for its ids."""

from __future__ import annotations

from involve_audit.language import number
from involve_audit.model.rubric import Indicator, Item, Position, Rubric
from involve_audit.model.view import View
from involve_audit.render.vocabulary import BUILT_IN_ANSWERS, PLACES, PUBLISHING, WORDS


class Titles:
    """What to call the items, stages, perspectives, themes and answers of one rubric.

    Numbers of people below `fewer_than` are not told (`Audit.fewer_than`).
    """

    def __init__(self, rubric: Rubric, fewer_than: int | None = None) -> None:
        self.rubric = rubric
        self.fewer_than = fewer_than or 0
        self.items: dict[str, Item] = {item.id: item for item in rubric.items}
        self.stages = {stage.id: stage.title for stage in rubric.stages}
        self.themes = {theme.id: theme.title for theme in rubric.themes}
        self.perspectives = {perspective.id: perspective.title for perspective in rubric.perspectives}
        self.gates = {gate.id: gate for stage in rubric.stages for gate in stage.gates}
        self.sources = {source.id: source.title for source in rubric.sources}
        self.answers = {**BUILT_IN_ANSWERS} | {option.id: option.title for option in rubric.scale}

    def item(self, item_id: str) -> str:
        """The short title of an item."""
        return self.items[item_id].title

    def threshold(self, written: str) -> str:
        """A threshold as its author wrote it, an option of the scale by its title."""
        return self.answers.get(written, written)

    def value(self, value: float, kind: str) -> str:
        """The answer that is worth so much for items of this kind, or the number where none is."""
        options = [o for o in self.rubric.scale if o.value == value and o.is_for(kind) and not o.if_done]
        return options[0].title if options else number(value)

    def who(self, view: View) -> str:
        """Who answered a view, in numbers."""
        present = [f"{self.perspectives[name]}: {self.people(count)}" for name, count in view.present.items()]
        return "; ".join(present) or WORDS["nobody" if self.rubric.perspectives else "not_asked"]

    def people(self, count: int) -> str:
        """A number of people of one perspective, or only its bound."""
        if count < self.fewer_than:
            return PUBLISHING["fewer_than"].format(bound=number(self.fewer_than))
        return number(count)

    def total(self, *views: View) -> str:
        """How many people answered these views in all. Where one number in it is not told, neither is the total.

        Somebody who took part in two views counts twice.
        """
        counts = [count for view in views for count in view.present.values()]
        if any(count < self.fewer_than for count in counts):
            return PUBLISHING["no_total"]
        return number(sum(counts))

    def source(self, position: Position | None) -> str:
        """Where something stands in the rubric's sources; empty where it is the rubric's own."""
        if position is None:
            return ""
        places = position.model_dump(exclude={"id"}, exclude_none=True)
        return ", ".join([self.sources[position.id], *(PLACES[key].format(place) for key, place in places.items())])

    def item_source(self, item: Item) -> str:
        """Where an item stands in its source, and why it could stand elsewhere."""
        judged = item.alternative_because if isinstance(item, Indicator) else None
        return ". ".join(part for part in (self.source(item.source), judged) if part)
