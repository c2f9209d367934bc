"""A rubric of 300 questions in 12 themes and 6 stages, made from lists: how a village looks after its hall.

Each of four things in a theme is asked about once for each stage above the lowest, and once as something left to
chance. One anti-pattern a theme comes on top.
"""

from __future__ import annotations

from collections.abc import Iterator

STAGES = ("bare", "noted", "tended", "checked", "shared", "guided")
THINGS = {
    "kitchen": ("the stove", "the fridge", "the sink", "the store room"),
    "warmth": ("the boiler", "the chimney", "the thermostat", "the curtains"),
    "fire": ("the alarm", "the hose", "the exit signs", "the fire drill"),
    "booking": ("the calendar", "the price list", "the keys", "the deposit"),
    "money": ("the accounts", "the reserve", "the grants", "the bar takings"),
    "helpers": ("the rota", "the welcome pack", "the thank-you supper", "the training day"),
    "access": ("the ramp", "the lift", "the hearing loop", "the parking bays"),
    "garden": ("the lawn", "the pond", "the benches", "the compost"),
    "neighbours": ("the noise rules", "the fence", "the bins", "the open day"),
    "young-people": ("the youth club", "the table tennis", "the homework hour", "the summer camp"),
    "events": ("the market", "the concerts", "the quiz night", "the film club"),
    "power": ("the solar roof", "the meter", "the lamps", "the water butt"),
}
ASKED = {
    "noted": ("{Thing}: written down", "Is there a written note on {thing}?"),
    "tended": ("{Thing}: looked after", "Does one person look after {thing}?"),
    "checked": ("{Thing}: checked", "Is {thing} looked at afresh once a year?"),
    "shared": ("{Thing}: decided together", "Do users help to decide on {thing}?"),
    "guided": ("{Thing}: users decide", "Do users have the last word on {thing}?"),
}
SHARES = {"noted": "40%", "tended": "50%", "checked": "60%", "shared": "70%", "guided": "80%"}
AS_ID = {"noted": "on-paper", "tended": "in-hand", "checked": "seen-to", "shared": "for-all", "guided": "by-users"}
REMAINING = {"noted": "24", "tended": "12", "checked": "6", "shared": "3", "guided": "0"}


def large_rubric() -> str:
    """The rubric's file."""
    return "\n".join(
        [
            HEAD,
            *_themes(),
            "stages:",
            *_stages(),
            "indicators:",
            *_indicators(),
            *_anti_patterns(),
            TESTS,
            *_scenarios(),
        ]
    )


def _themes() -> Iterator[str]:
    yield "themes:"
    for theme in THINGS:
        yield f"  - {{id: {theme}, title: {theme.replace('-', ' ').capitalize()}}}"


def _stages() -> Iterator[str]:
    for place, stage in enumerate(STAGES):
        yield f"  - id: {stage}\n    title: The hall is {stage}\n    short: {stage.capitalize()}"
        yield f"    summary: Step {place} of the way from an empty hall to one that its users run."
        if place:
            yield "    gates:"
            yield from _gates(stage)


def _gates(stage: str) -> Iterator[str]:
    column = f"{{stage: {stage}, kind: achievement}}"
    yield _gate(f"{stage}-in-place", column, "share", f"at_least: {SHARES[stage]}")
    yield _gate(f"{stage}-left-to-chance", "{kind: deficit}", "points", f"at_most: {REMAINING[stage]}")
    yield _gate(f"{stage}-set-aside", column, "not-applicable", "at_most: 15%")
    yield _gate(f"{stage}-heard", column, "heard", "at_least: 50%\n        perspective: users")
    if stage in ("shared", "guided"):
        yield _gate(f"{stage}-not-for-show", "{kind: anti-pattern}", "points", f"at_most: {REMAINING[stage]}")
        for theme in THINGS:
            selector = f"{{stage: {stage}, theme: {theme}, kind: achievement}}"
            yield _gate(f"{stage}-{theme}", selector, "points", "at_least: 1")


def _gate(gate: str, items: str, measure: str, threshold: str) -> str:
    return f"""\
      - id: {gate}
        items: {items}
        measure: {measure}
        {threshold}
        because: The village agreed on this at its spring meeting."""


def _indicators() -> Iterator[str]:
    for theme, things in THINGS.items():
        for number, thing in enumerate(things):
            name = thing.removeprefix("the ").replace(" ", "-")
            for stage, (title, ask) in ASKED.items():
                more = "    not_applicable_when: There is no such thing in this hall." if number == 3 else ""
                yield _item(f"{name}-is-{AS_ID[stage]}", theme, stage, "achievement", title, ask, thing)
                if more:
                    yield more
            yield _item(
                f"{name}-by-chance",
                theme,
                "noted",
                "deficit",
                "{Thing}: by chance",
                "Is {thing} left to chance?",
                thing,
            )
            yield f"    limits: [{name}-is-{AS_ID['guided']}]"


def _item(item: str, theme: str, stage: str, kind: str, title: str, ask: str, thing: str) -> str:
    return f"""\
  - id: {item}
    stage: {stage}
    theme: {theme}
    kind: {kind}
    title: "{title.format(Thing=thing[0].upper() + thing[1:])}"
    ask: {ask.format(thing=thing)}
    yes_looks_like: [Two people say so without being asked twice.]
    not_enough: [It was so last year.]
    who_to_ask: [People who use the hall]
    next_step: Put it on the list for the next meeting.
    source: {{id: minutes, position: {theme}}}"""


def _anti_patterns() -> Iterator[str]:
    yield "anti_patterns:"
    for theme, things in THINGS.items():
        name = things[0].removeprefix("the ").replace(" ", "-")
        yield f"""\
  - id: {theme}-for-show
    title: "{theme.replace("-", " ").capitalize()}: only for show"
    ask: Is what people say about {theme.replace("-", " ")} written down and then forgotten?
    yes_looks_like: [Nobody can name what came of it.]
    not_enough: [It took a few weeks.]
    who_to_ask: [People who said something]
    limits: [{name}-is-for-all]
    next_step: Read out at each meeting what came of the last one.
    source: {{id: minutes, position: {theme}}}"""


def _scenarios() -> Iterator[str]:
    """For each stage above the lowest, answers that reach it, and the same with too much set aside."""
    names = [thing.removeprefix("the ").replace(" ", "-") for things in THINGS.values() for thing in things]
    for place, stage in enumerate(STAGES[1:], 1):
        good = {f"{name}-is-{AS_ID[below]}": '"yes"' for below in STAGES[1 : place + 1] for name in names}
        aside = {f"{name}-is-{AS_ID[stage]}": "not-applicable" for name in names[3:32:4]}
        yield _scenario(f"{stage}-reached", good, stage)
        yield _scenario(f"{stage}-set-aside", good | aside, STAGES[place - 1])


def _scenario(scenario: str, answers: dict[str, str], expected: str) -> str:
    given = "".join(f"\n      {item}: {answer}" for item, answer in answers.items())
    return f"""\
  - id: {scenario}
    title: "{scenario.replace("-", " ").capitalize()}"
    respondents: {{users: 3}}
    answers:{given}
    otherwise: "no"
    expect: {expected}"""


HEAD = """\
format: involve-audit/rubric@1
id: village-hall
version: 1.0.0
title: How a village looks after its hall
language: en
summary: A long list for a hall that many people share. It shows that a rubric may be large.
sources:
  - {id: minutes, title: Minutes of an invented village meeting, year: 2026}
scale:
  - {id: "yes", title: "Yes", value: 1}
  - {id: partly, title: Partly, value: 0.5}
  - {id: planned, title: Planned, value: 0, for: [achievement], if_done: "yes"}
  - {id: "no", title: "No", value: 0}
limit_to: partly
minimum_answered: 50%
perspectives:
  - {id: users, title: People who use the hall}
  - {id: trustees, title: Trustees}"""

TESTS = """\
scenarios:
  - id: nothing-known
    title: Nobody knows anything
    respondents: {users: 3}
    otherwise: unknown
    expect: bare
    ceiling: guided
  - id: everything-claimed
    title: A yes to every question, the bad ones too
    respondents: {users: 3}
    otherwise: "yes"
    expect: bare
  - id: nothing-at-all
    title: A no to every question, the bad ones too
    respondents: {users: 3}
    otherwise: "no"
    expect: bare"""
