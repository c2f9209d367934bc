"""The words of a form that is filled in with a browser (docs/collecting.md, "A form")."""

from __future__ import annotations

from involve_audit.language import Counted, Words

FORM_PAGE = Words(
    {
        "start": "Before you begin",
        "whatever": "Answer what you can. Whatever you leave open stays open.",
        "sends_nothing": "This page sends nothing by itself. Your answers leave it only when you save or send them.",
        "forgets": "When you close this window, the answers are gone. To go on another day, save a copy of this page, "
        "and open that copy.",
        "no_names": "Write no names of people into notes.",
        "off": "Nothing can be answered here yet: this is a preview, or scripts are switched off. Open this file in a "
        "browser such as Chrome, Edge, Firefox or Safari. All questions can be read here. Where that does not work, "
        "ask for the workbook (a spreadsheet) or for the form on paper: they have the same questions.",
        "glossary": "What the words mean",
        "subject": "Name of the service or organisation",
        "kind": "What kind of service is it? (You can leave this out.)",
        "day": "On what day are these answers given?",
        "people": "How many people answer here?",
        "people_hint": "Numbers only, never names. Count each person once, as what they speak as today.",
        "help": "Help with this question",
        "undo": "Take this answer back",
        "reason": "Why does it not apply? (This is needed.)",
        "more": "A note, or where it can be seen",
        "note": "Note",
        "note_hint": "What you want to remember. No names, please.",
        "evidence": "Where it can be seen",
        "evidence_add": "Add where it can be seen",
        "evidence_text": "What shows it? A document, or what somebody said.",
        "evidence_date": "From what day is it? (You can leave this out.)",
        "evidence_link": "Link (You can leave this out.)",
        "action": "Something that was agreed",
        "action_add": "Add something that was agreed",
        "action_what": "What will be done?",
        "action_item": "Which question does it belong to?",
        "action_none": "To none",
        "action_owner": "Who will see to it? A role is enough.",
        "action_due": "By what day?",
        "action_done": "It is done already",
        "gone": "Take this out",
        "end": "Hand in",
        "errors": "Please put this right first",
        "ways": "Give your answers to whoever asked for them",
        "ways_hint": "This page sends nothing by itself. Choose one of these ways, whichever is easiest for you.",
        "around": "See the result of these answers",
        "file": "Save the answers as a file",
        "share": "Share the answers",
        "code": "Show a code to paste into an e-mail",
        "code_label": "Your answers as a code: send all of it, from the first line to the last",
        "another_day": "Go on another day",
        "another_day_hint": "Save a copy of this page with your answers in it. Open that copy to go on.",
        "copy": "Save a copy of this page",
        "copy_short": "Save a copy",
        "next_person": "When you are done",
        "next_person_hint": "On a computer that others use, or to let the next person answer, take your answers out of "
        "this page once they are saved or sent.",
        "empty": "Empty this page",
        "sure": "All answers on this page go. What you saved or sent stays.",
        "sure_yes": "Yes, empty it",
        "sure_no": "No, keep them",
        "bar": "Through the form",
        "back": "Back",
        "next": "Next",
    }
)

SAID_BY_SCRIPT = Words(
    {
        "name": "answers",
        "all": "All on one page",
        "single": "One at a time",
        "place": "Question {place} of {count}",
        "known": "{known} of {count} answered",
        "open": "Questions still open: {open}",
        "noopen": "Every question has an answer.",
        "saved": "{file} is saved where your browser keeps downloads.",
        "shared": "Your answers were handed over.",
        "unshared": "That did not work here. Save the answers as a file, or show the code.",
        "given": "The answers are handed over.",
        "damaged": "The answers in this copy cannot be read, because the file is damaged. Ask for it once more.",
        "copied": "The code is copied. Paste it into an e-mail or a message.",
        "uncopied": "The code is marked. Copy it, and paste it into an e-mail or a message.",
        "number": "Write a whole number of people, such as 3.",
        "day": "Give a day, such as 2026-11-22.",
        "past": "Give a day that was, such as 2026-11-22.",
        "link": "A link begins with https://, http:// or mailto:.",
        "nosubject": "Give the name of the service or organisation.",
        "nopeople": "Say how many people answer here. If nobody does, because you read documents, write 0.",
        "noday": "Give the day on which these answers are given.",
        "noreason": "Say why it does not apply: {question}",
        "otherwise": "This says why it does not apply, and the answer is another. Take it out, or change the answer.",
        "notext": "Say what shows it, or take this out.",
        "nowhat": "Say what will be done, or take this out.",
    }
)
"""What the form's script shows, by the names that it knows: small letters only."""

COUNTED_FORM = Counted({"about": ("{count} question. {version}", "{count} questions. {version}")})
