"""The words about a rubric: its page, its rule, and the help with its questions."""

from __future__ import annotations

from involve_audit.language import Counted, Words

RUBRIC_PAGE = Words(
    {
        # headings
        "rule": "The rule",
        "counting": "How answers count",
        "answers": "The answers, and what each is worth",
        "perspectives": "Who answers",
        "questions": "The questions",
        # sentences
        "about": "{id}, version {version}, {count} questions",
        "to_be": "To be “{stage}”, all of this has to hold, and all that the stages below ask for:",
        "starts_here": "Every audit starts here.",
        "unknown": "What nobody knows counts at its worst. The result shows how far it could rise if the answers were "
        "the best ones.",
        "minimum": "A stage is named only where at least {share} of the questions have a known answer.",
        "limits": "A full yes to a weak point keeps some other answers from counting as more than “{answer}”. Each "
        "question below says which.",
        "worth": "“In place” and “taken together” count each answer at what it is worth, as listed below.",
        "is_practice": "A practice is a first form of something: neither good nor bad by itself.",
        "is_achievement": "An achievement is something to reach: “{full}” is the good answer.",
        "is_deficit": "A deficit is something to leave behind: “{none}” is the good answer.",
        "is_anti-pattern": "An anti-pattern looks like the real thing but is not: “{none}” is the good answer.",
        "worth_for": "{worth} (only for {kinds})",
        "worth_also": "{worth}. Asked in a terminal, people may also type {also}.",
        "perspectives_lead": "Where answers differ, the first of these comes first. Differences are shown, not "
        "averaged.",
        "at_stage": "Stage: {stage}.",
        "item_limits": "A full yes here limits {items}.",
        "item_implies": "What is in place here counts for {items} as well.",
        "for_perspective": "Put to: {perspective}",
        "all_of_it": "With help for every question: -o rubric.html",
    }
)

QUESTION_HELP = Words(
    {
        "yes_looks_like": "What “{full}” looks like:",
        "not_enough": "Not enough to say “{good}”:",
        "probes": "Questions that help to find out:",
        "who_to_ask": "Whom to ask:",
        "not_applicable_when": "It does not apply when:",
        "words": "What the words mean:",
    }
)

KIND_PLURALS = Words(
    {
        "practice": "practices",
        "achievement": "achievements",
        "deficit": "deficits",
        "anti-pattern": "anti-patterns",
    }
)

COUNTED_KINDS = Counted(
    {
        "practice": ("the one practice", "the {count} practices"),
        "achievement": ("the one achievement", "the {count} achievements"),
        "deficit": ("the one deficit", "the {count} deficits"),
        "anti-pattern": ("the one anti-pattern", "the {count} anti-patterns"),
        "": ("the one question", "the {count} questions"),
    }
)

CHOSEN_ITEMS = Words(
    {
        "several_kinds": "the {count} {kinds}",
        "stage": "{items} of {stages}",
        "theme": "{items} on {themes}",
        "named": "“{title}”",
    }
)

PROPORTIONS = Words(
    {
        "1/4": "a quarter",
        "25%": "a quarter",
        "1/3": "a third",
        "1/2": "half",
        "50%": "half",
        "2/3": "two thirds",
        "3/4": "three quarters",
        "75%": "three quarters",
    }
)

CONDITIONS = Words(
    {
        "share": "At least {threshold} of {items} must be in place.",
        "share_all": "All of {items} must be in place.",
        "points_at_least": "Taken together, {items} must come to at least {threshold}.",
        "points_at_most": "Taken together, {items} may come to no more than {threshold}.",
        "points_none": "Of {items}, none may be true, not even in part.",
        "points_none_of_one": "{items} must not be true, not even in part.",
        "lowest": "Of {items}, each must be at least “{threshold}”.",
        "lowest_of_one": "{items} must be at least “{threshold}”.",
        "highest_none": "Of {items}, none may be true, not even in part.",
        "highest_none_of_one": "{items} must not be true, not even in part.",
        "highest": "Of {items}, none may be worse than “{threshold}”.",
        "highest_of_one": "{items} must not be worse than “{threshold}”.",
        "not-applicable": "No more than {threshold} of {items} may be set aside as not applicable.",
        "not-applicable_none": "None of {items} may be set aside as not applicable.",
        "heard": "{perspective} must have answered at least {threshold} of {items}.",
        "heard_all": "{perspective} must have answered all of {items}.",
        "at_least": "{measure} of {items}: it must be at least {threshold}.",
        "at_most": "{measure} of {items}: it may be no more than {threshold}.",
    }
)
