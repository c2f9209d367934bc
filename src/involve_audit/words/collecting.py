"""The words of forms, and of what is read back from them."""

from __future__ import annotations

from involve_audit.language import Counted, Words

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

TABLE = Counted(
    {
        "rows": (
            "There is {count} row. Compare this with the number of responses that the survey tool shows.",
            "There are {count} rows. Compare this with the number of responses that the survey tool shows.",
        ),
        "empty": ("{count} row is empty (row {rows}).", "{count} rows are empty (rows {rows})."),
        "twice": (
            "{count} row was left out: the response was sent twice, and the latest counts (row {rows}).",
            "{count} rows were left out: these responses were sent twice, and the latest counts (rows {rows}).",
        ),
        "no_answer": (
            "{count} row holds no answer and was left out (row {rows}).",
            "{count} rows hold no answer and were left out (rows {rows}).",
        ),
        "left_alone": (
            "{count} column was left alone: {columns}.",
            "{count} columns were left alone: {columns}.",
        ),
        "identifying": (
            "{count} column can tell who somebody is (such as e-mail, name, user, device, IP, place or phone). It was "
            "left out: nothing in it was read or kept. Once you have what you need, delete the export.",
            "{count} columns can tell who somebody is (such as e-mail, name, user, device, IP, place or phone). They "
            "were left out: nothing in them was read or kept. Once you have what you need, delete the export.",
        ),
        "without_column": ("{count} of {all} questions has no column.", "{count} of {all} questions have no column."),
        "without_day": (
            "{count} row does not say on which day, and is dated {day} (row {rows}). Was it sent off?",
            "{count} rows do not say on which day, and are dated {day} (rows {rows}). Were they sent off?",
        ),
        "rejected": (
            "{count} row is marked as not approved or rejected, and was read all the same (row {rows}).",
            "{count} rows are marked as not approved or rejected, and were read all the same (rows {rows}).",
        ),
        "of_nobody": (
            "{count} row says that nobody answered (row {rows}). It counts as a reading of documents.",
            "{count} rows say that nobody answered (rows {rows}). They count as readings of documents.",
        ),
        "comments": (
            "{count} comment beside a cell is not read ({cells}). Write into the cells what counts.",
            "{count} comments beside cells are not read ({cells}). Write into the cells what counts.",
        ),
        "drawings": (
            "{count} picture or box with text lies on `{sheet}` and is not read. Write into the cells what counts.",
            "{count} pictures or boxes with text lie on `{sheet}` and are not read. Write into the cells what counts.",
        ),
        "without_who": (
            "a row does not say who answers (row {rows})",
            "{count} rows do not say who answers (rows {rows})",
        ),
        "without_subject": (
            "a row does not say what is looked at (row {rows})",
            "{count} rows do not say what is looked at (rows {rows})",
        ),
    }
)
