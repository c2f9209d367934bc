"""The words of a workbook of answers. Its headings are known again when it is read."""

from __future__ import annotations

from involve_audit.language import Words

WORKBOOK = Words(
    {
        "sheet": "Answers",
        "lists": "Lists",
        "how": "Write beside each question. Where a cell has a list, choose from it. What you leave empty stays open.",
        "where_to": "Then save this file and give it back to whoever sent it. It sends nothing by itself.",
        "no_names": "Write no names of people into it.",
        "about": "About these answers",
        "subject": "What is looked at? The name of the service or organisation.",
        "kind": "What it is, such as a service.",
        "audit": "Which audit this belongs to. Leave it as it is.",
        "date": "On what day are these answers given? As year-month-day, such as 2026-11-22.",
        "people": "How many people answer here: {perspective}? A number only.",
        "action": "What was agreed, no. {number}",
        "bad_answer": "Choose one of the answers in the list.",
        "bad_number": "Write a whole number, such as 3.",
        "bad_date": "Write a day as year-month-day, such as 2026-11-22.",
        "page": "Page {page} of {pages}",
    }
)

HEADINGS = Words(
    {
        "question": "Question",
        "id": "id",
        "answer": "Answer",
        "note": "Note",
        "reason": "Why it does not apply",
        "evidence": "Where it can be seen",
        "help": "Help",
    }
)
"""Of the columns, by what each holds."""

AGREED_HEADINGS = Words(
    {
        "answer": "About which question",
        "note": "What will be done",
        "reason": "Who will see to it",
        "evidence": "By what day",
    }
)
"""What the same columns hold beside what was agreed."""
