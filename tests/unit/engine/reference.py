"""Sections 3 and 4 of method.md once more, and the readings of section 5, written straight from the page.

Slow, in exact fractions, from the files as they are written, and sharing no code with the program, so that both are
unlikely to err alike. Where a sentence of the page is a line here, the line stands under it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

LOWER = ("deficit", "anti-pattern")
TOLERANCE = Fraction(1, 10**9)
DOCUMENTS = ""
Data = Mapping[str, Any]
Answers = dict[str, str]
Values = dict[str, Fraction | None]
Heard = Mapping[str, set[str]]


class Method:
    """One rubric, as its file has it."""

    def __init__(self, rubric: Data) -> None:
        self.rubric = rubric
        self.items: list[Data] = [
            *rubric["indicators"],
            *({**item, "kind": "anti-pattern"} for item in rubric["anti_patterns"]),
        ]
        self.perspectives = [one["id"] for one in rubric["perspectives"]]
        self.stages = [stage["id"] for stage in rubric["stages"]]
        self.worth = {option["id"]: Fraction(str(option["value"])) for option in rubric["scale"]}
        self.if_done = {option["id"]: option["if_done"] for option in rubric["scale"] if "if_done" in option}
        self.thresholds = {
            gate["id"]: self.number(gate.get("at_least", gate.get("at_most")))
            for stage in rubric["stages"]
            for gate in stage.get("gates", [])
        }

    def number(self, written: str) -> Fraction:
        """Thresholds may be written `50%`, `1/3`, a number, or a scale option."""
        if written in self.worth:
            return self.worth[written]
        return Fraction(written[:-1]) / 100 if written.endswith("%") else Fraction(written)

    # Section 3: several views of one audit

    def rank(self, view: Data) -> int:
        """Where a view ranks, the best first."""
        present = sorted(self.perspectives.index(name) for name, people in view["respondents"].items() if people > 0)
        # A view without respondents (a reading of documents) ranks last.
        if not present:
            return 1000
        # Those that the first perspective agreed together with others come first,
        if present[0] == 0 and len(present) > 1:
            return -1
        # then every other view by the earliest perspective in it.
        return present[0]

    def together(self, views: Sequence[Data], item: Data) -> tuple[str, int | None]:
        """The answer to one item, and the first of the views that gave it; None where nobody knows."""
        said = [(self.rank(view), place, answered(view, item["id"])) for place, view in enumerate(views)]
        known = [one for one in said if one[2] not in ("unknown", "unanswered")]
        if not known:
            return ("unknown" if any(word == "unknown" for *_, word in said) else "unanswered"), None
        # The answer is that of the best rank with a known answer.
        best = min(rank for rank, *_ in known)
        words = [word for rank, _, word in known if rank == best]
        # `not-applicable` only if all of them say so;
        if all(word == "not-applicable" for word in words):
            word = "not-applicable"
        else:
            # otherwise sort the valued answers from worst to best and take the lower middle one.
            valued = sorted((word for word in words if word != "not-applicable"), key=self.how_good(item))
            word = valued[(len(valued) - 1) // 2]
        return word, next(place for rank, place, other in known if rank == best and other == word)

    def how_good(self, item: Data) -> Callable[[str], tuple[Fraction, bool, int]]:
        """An order of answers from worst to best for the item's kind."""
        order = list(self.worth)

        def key(word: str) -> tuple[Fraction, bool, int]:
            worth = -self.worth[word] if item["kind"] in LOWER else self.worth[word]
            # Where two options are worth the same, the one without `if_done` is the worse, then the first in the scale.
            return worth, word in self.if_done, order.index(word)

        return key

    def heard(self, views: Sequence[Data], item: Data) -> set[str]:
        """Who was heard on an item: whoever is in a view that gave it a known answer."""
        return {
            name
            for view in views
            if answered(view, item["id"]) not in ("unknown", "unanswered")
            for name, people in view["respondents"].items()
            if people > 0
        }

    def held_by(self, views: Sequence[Data], perspective: str) -> list[Data]:
        """The views that hold a perspective."""
        return [view for view in views if view["respondents"].get(perspective, 0) > 0]

    def own(self, views: Sequence[Data]) -> dict[str, Answers]:
        """Each perspective's own answers: those of the views that hold it."""
        return {
            name: {item["id"]: self.together(held, item)[0] for item in self.items}
            for name in self.perspectives
            if (held := self.held_by(views, name))
        }

    def disagreements(self, own: Mapping[str, Answers]) -> dict[str, Answers]:
        """Items on which two perspectives' own answers differ by at least a half."""
        differing = {}
        for item in self.items:
            valued = {name: said[item["id"]] for name, said in own.items() if said[item["id"]] in self.worth}
            values = [self.worth[word] for word in valued.values()]
            if any(abs(one - other) >= Fraction(1, 2) - TOLERANCE for one in values for other in values):
                differing[item["id"]] = valued
        return differing

    # Section 4: a reading

    def settled(self, answers: Answers, at_best: bool) -> Values:
        """Step 1. What is not known at its best or at its worst."""
        values: Values = {}
        for item in self.items:
            word = answers[item["id"]]
            if word == "not-applicable":
                values[item["id"]] = None
            elif word in ("unknown", "unanswered"):
                values[item["id"]] = Fraction(int(at_best != (item["kind"] in LOWER)))
            else:
                values[item["id"]] = self.worth[word]
        return values

    def counts(self, answers: Answers, at_best: bool = False) -> Values:
        """Steps 1 to 3: what each item counts as."""
        own = self.settled(answers, at_best)
        values = dict(own)
        most = self.worth[self.rubric["limit_to"]]
        for item in self.items:
            value = own[item["id"]]
            if value is not None and value >= 1 - TOLERANCE:
                for target in item.get("limits", []):
                    limited = values[target]
                    values[target] = None if limited is None else min(limited, most)
        while True:
            before = dict(values)
            for item in self.items:
                least = values[item["id"]]
                for target in item.get("implies", []):
                    raised = values[target]
                    if least is not None and raised is not None:
                        values[target] = max(raised, least)
            if values == before:
                return values

    def selected(self, gate: Data, alternative: bool = False) -> list[str]:
        """The items that a gate looks at: all given keys must match, a list means any of."""
        chosen = []
        for item in self.items:
            stage = (alternative and item.get("alternative_stage")) or item.get("stage")
            own = {"stage": stage, "kind": item["kind"], "theme": item.get("theme"), "ids": item["id"]}
            wanted = {key: [words] if isinstance(words, str) else words for key, words in gate["items"].items()}
            if all(own[key] in words for key, words in wanted.items()):
                chosen.append(item["id"])
        return chosen

    def figure(self, gate: Data, chosen: Sequence[str], values: Values, heard: Heard) -> Fraction | None:
        """A gate's measure over what it looks at; None where there is nothing to measure."""
        present = [value for name in chosen if (value := values[name]) is not None]
        total, measure = sum(present, Fraction(0)), gate["measure"]
        if measure == "points":
            return total
        if measure == "highest":
            return max(present, default=Fraction(0))
        if measure == "not-applicable":
            return Fraction(len(chosen) - len(present), len(chosen)) if chosen else Fraction(0)
        if not present:
            return None
        if measure == "heard":
            asked = [name for name in chosen if values[name] is not None]
            return Fraction(sum(gate["perspective"] in heard[name] for name in asked), len(asked))
        return total / len(present) if measure == "share" else min(present)

    def holds(self, gate: Data, figure: Fraction | None) -> bool:
        """Whether a gate holds. Where there is nothing to measure, only one on who was heard does."""
        if figure is None:
            return bool(gate["measure"] == "heard")
        threshold = self.thresholds[gate["id"]]
        return figure >= threshold - TOLERANCE if "at_least" in gate else figure <= threshold + TOLERANCE

    def stage(self, values: Values, heard: Heard | None, alternative: bool = False) -> str:
        """Step 4: the highest stage whose own gates and those of every stage below it all hold.

        Without `heard`, gates on who was heard are taken as holding.
        """
        reached = self.stages[0]
        for one in self.rubric["stages"]:
            for gate in one.get("gates", []):
                if heard is None and gate["measure"] == "heard":
                    continue
                if not self.holds(gate, self.figure(gate, self.selected(gate, alternative), values, heard or {})):
                    return reached
            reached = one["id"]
        return reached

    def gates(self, low: Values, high: Values, heard: Heard) -> dict[str, tuple[Fraction | None, bool, bool]]:
        """Each gate's figure at the floor, and whether it holds there and at the ceiling."""
        found = {}
        for stage in self.rubric["stages"]:
            for gate in stage.get("gates", []):
                chosen = self.selected(gate)
                figure = self.figure(gate, chosen, low, heard)
                possible = gate["measure"] == "heard" or self.holds(gate, self.figure(gate, chosen, high, heard))
                found[gate["id"]] = (figure, self.holds(gate, figure), possible)
        return found

    # Section 5: does it hold up?

    def readings(
        self, answers: Answers, evidenced: Mapping[str, bool], heard: Heard, own: Mapping[str, Answers]
    ) -> Data:
        """The stage under each other reading, all of them floors."""
        bare, aside, done = dict(answers), dict(answers), dict(answers)
        for item in self.items:
            name, word = item["id"], answers[item["id"]]
            # A full yes to an achievement without evidence counts as `without_evidence`, or else as `limit_to`.
            if item["kind"] == "achievement" and self.worth.get(word) == 1 and not evidenced[name]:
                bare[name] = self.rubric.get("without_evidence", self.rubric["limit_to"])
            # Not-applicable read as `no`, and as a full 1 for what should not be there.
            if word == "not-applicable":
                aside[name] = "unknown"
            # Each option read as its `if_done`.
            done[name] = self.if_done.get(word, word)
        found = {
            "evidence-only": self.stage(self.counts(bare), heard),
            "not-applicable-as-no": self.stage(self.counts(aside), heard),
            "plans-done": self.stage(self.counts(done), heard),
        }
        if any("alternative_stage" in item for item in self.items):
            found["alternative-placement"] = self.stage(self.counts(answers), heard, alternative=True)
        return found | {f"view:{name}": self.stage(self.counts(said), None) for name, said in own.items()}

    def audited(self, views: Sequence[Data]) -> dict[str, Any]:
        """Everything of an audit, in words and exact numbers."""
        taken = {item["id"]: self.together(views, item) for item in self.items}
        answers = {name: word for name, (word, _) in taken.items()}
        heard = {item["id"]: self.heard(views, item) for item in self.items}
        # Evidence counts where a view gave it with this same answer.
        evidenced = {
            name: any(answered(view, name) == word and is_evidenced(view, name) for view in views)
            for name, word in answers.items()
        }
        own, low, high = self.own(views), self.counts(answers), self.counts(answers, at_best=True)
        known = sum(word not in ("unknown", "unanswered") for word in answers.values())
        return {
            "answers": answers,
            "sources": {name: source for name, (_, source) in taken.items()},
            "heard": heard,
            "evidenced": evidenced,
            "disagreements": self.disagreements(own),
            "own values": self.settled(answers, at_best=False),
            "counts as": low,
            "gates": self.gates(low, high, heard),
            "floor": self.stage(low, heard),
            "ceiling": self.stage(high, None),
            "enough known": known >= self.number(self.rubric["minimum_answered"]) * len(self.items) - TOLERANCE,
            "readings": self.readings(answers, evidenced, heard, own),
        }


def answered(view: Data, item: str) -> str:
    """What a view says of an item. Without any answer it is unanswered."""
    given = view["answers"].get(item)
    word = given.get("answer") if isinstance(given, dict) else given
    return "unanswered" if word is None else word


def is_evidenced(view: Data, item: str) -> bool:
    """Whether a view gives evidence with its answer."""
    given = view["answers"].get(item)
    return isinstance(given, dict) and bool(given.get("evidence"))
