"""The words of forms, and of what is read back from them."""

from __future__ import annotations

from involve_audit.language import Words

SURVEY = Words(
    {
        "start": "About these answers",
        "perspective": "Who answers here?",
        "people": "How many people answer here together?",
        "only_numbers": "A number only, never names.",
        "whole": "Write a whole number, 1 or more.",
        "subject": "What is looked at? The name of the service or the group.",
        "note": "A note",
        "reason": "Why it does not apply",
    }
)
