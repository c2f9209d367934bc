"""What people type while the questions are asked: what each command may be called, and what common words mean.

Every entry is a list with commas between. In another language it is another list: as many words as that language has.
"""

from __future__ import annotations

from involve_audit.language import Words

COMMANDS = Words(
    {
        "stop": "q, quit, stop, !",
        "list": "h, help, keys, #",
        "help": "?, explain, ??",
        "back": "b, back, go back, <",
        "skip": "s, skip, >",
        "note": "n, note, +",
        "evidence": "e, evidence, *",
        "where": "p, where, progress, =",
        "confirm": "c, confirm, ^",
        "others": "others, other people, ~",
    }
)
"""For each command what may be typed for it, the best first: what no answer of the rubric begins with is its key."""

COMMAND_WORDS = Words(
    {
        "stop": "stop, exit, finish, save and stop, end, end session, bye, stop here, enough for today",
        "list": "commands, what can be typed, what can i type, list, menu, options",
        "help": "more help, more, what, what?, huh, huh?, don't understand, do not understand, what does that mean, "
        "what does it mean, what is meant",
        "back": "go back, previous, undo, back one, one back",
        "skip": "pass, next, later, skip it, leave it, leave open, leave it open, come back later, skip for now",
        "note": "add note, add a note, notes, comment, remark, add a comment, change note, edit note, "
        "delete note, remove note",
        "evidence": "add evidence, proof, add proof, change evidence, delete evidence, remove evidence",
        "where": "where are we, save, progress, status, how far are we, how many are left",
        "confirm": "as last time, same as last time, unchanged",
        "others": "other people are here, others are here, somebody else, other group, another group, new people",
    }
)
"""Other words for the commands, understood where no answer begins with them."""

MEANT = Words(
    {
        "yes": "yes, y, yeah, yea, yep, yup, yes it is, yes it does, yes we do, yes they do, of course, always",
        "no": "no, n, nope, nah, no it is not, no it isn't, no it does not, no it doesn't, no we don't, no they don't, "
        "not at all, never",
        "partly": "partly, partially, in part, to some extent, somewhat, half",
        "unknown": "don't know, do not know, don't really know, dunno, dk, idk, not sure, unsure, no idea, no clue, "
        "haven't a clue, can't say, cannot say, can't tell, hard to say, nobody knows, no one knows, "
        "none of us knows",
        "not-applicable": "n/a, na, n.a., not applicable, doesn't apply, not relevant, irrelevant",
        "unclear": "maybe, perhaps, possibly, sometimes, now and then, it depends, depends, not really, kind of, "
        "sort of, yes and no, both, mixed, in between, so so, more or less, think so, don't think so, guess so, "
        "probably, probably not, not always, not yet, unclear, a bit, a little, mostly, hardly, rarely, often, usually",
    }
)
"""What common words mean. The first of yes, no and partly is the answer that the others stand for, where it is one."""

FILLERS = Words(
    {
        "before": "i, we, they, it, please, i'm, we're, oh, um, er, well, sorry, honestly, actually, just, really, "
        "i really, we really, i would say, i'd say, it's, it is, that's, this is",
        "after": "really, please, thanks, thank you, sorry, at all, actually, to be honest, i think, here",
    }
)
"""What may stand before and after such words without changing them."""

TYPED = Words(
    {
        "keys": "At any question you can type:\n  a number, or the answer's name or the beginning of it",
        "key_unknown": "nobody here knows",
        "key_skip": "skip for now",
        "key_help": "more help with this question",
        "key_note": "add or change a note",
        "key_evidence": "add or change evidence",
        "key_back": "back to the question before",
        "key_where": "where are we",
        "key_stop": "save and stop",
        "key_list": "show what can be typed",
        "key_confirm": "confirm last time's answer",
        "key_others": "other people are here now",
        "key_of_question": "With a number behind it, as in `{note} 2`, a note goes to question 2.",
        "recorded": "{answer}. {back} changes it.",
        "kept": "Still {answer}. {back} changes it.",
        "left_open": "Left open. {back} goes back to it.",
        "nothing_to_confirm": "There is no answer from last time to confirm here.",
        "not_here": "{typed} is “{answer}”, which is no answer to this question.",
        "which": "That could be: {answers}. Type a little more.",
        "meant": "Did you mean “{answer}”? Then type {typed}.",
        "unclear": "That could mean several things, so nothing was recorded. If it is so in part, type {part}. If it "
        "is not so, type {none}. If nobody here knows, type {unknown}.",
        "unclear_no_part": "That could mean several things, so nothing was recorded. There is nothing in between here: "
        "the answers are {answers}. If nobody here knows, type {unknown}.",
        "is_answer": "`{typed}` is the answer “{answer}”.",
        "is_answers": "`{typed}` could be an answer: {answers}.",
        "is_command": "`{typed}` is a command: {what}.",
        "keep_or_answer": "1 Keep it as the text here, 2 It is my answer to question {number}",
        "keep_or_do": "1 Keep it as the text here, 2 Do that instead",
        "keep_or_not": "Is it the text that is wanted here? 1 Yes, 2 No",
        "what_now": "Type one of the numbers.",
    }
)

REMARKS = Words(
    {
        "note": "Your note. It may have several lines. An empty line ends it.",
        "kept": "Kept with question {number} ({title}).",
        "which_question": "The question before was {number} ({title}). Which one is it for? Enter takes this one. "
        "1 This one, 2 The one before",
        "no_number": "There is no question {number}. The questions are numbered from 1 to {count}.",
        "note_so_far": "Note so far: {note}",
        "evidence_so_far": "Evidence so far: {text}",
        "reason_so_far": "Reason so far: {reason}",
        "note_there": "There is a note to question {number} ({title}) already. "
        "1 Add to it, 2 Write it anew, 3 Take it out",
        "note_out": "Take this note out for good? 1 Yes, 2 No",
        "note_gone": "The note to question {number} ({title}) is taken out.",
        "evidence_there": "There is evidence for question {number} ({title}) already. "
        "1 Add more, 2 Change it, 3 Take it out",
        "which_evidence": "Which one? Type its number. (An empty line ends.)",
        "evidence_out": "Take this out for good: {text}? 1 Yes, 2 No",
        "evidence_gone": "The evidence is taken out.",
        "change_text": "What shall stand there? (Enter keeps: {value})",
        "change_date": "From what day is it? (Enter keeps: {value}. A hyphen (-) takes it out.)",
        "change_link": "Is there a link to it? (Enter keeps: {value}. A hyphen (-) takes it out.)",
        "more": "Is there more?",
    }
)
