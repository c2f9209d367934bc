"""What questions, answers and notes are called in survey tools (collecting.md): columns of XLSForm, there and back.

Names there hold no hyphen. An id has neither `_` nor two hyphens in a row, so every name leads back to one id.
"""

from __future__ import annotations

RUBRIC, AUDIT, PERSPECTIVE, PEOPLE, SUBJECT = ("ia_rubric", "ia_audit", "ia_perspective", "ia_people", "ia_subject")
NOTE, REASON = PARTS = ("note", "reason")


def name_of(word: str) -> str:
    """What an id, or the word for an answer, is called there: `not-applicable` is `not_applicable`."""
    return word.replace("-", "_")


def column_of(item_id: str, part: str = "") -> str:
    """The column of a question, or of a part of its answer, one of `PARTS`: `q_a_question__note`."""
    return f"q_{name_of(item_id)}{part and f'__{part}'}"
