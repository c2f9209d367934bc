"""What is said to people while the questions are asked, and what they type.

What they type are lists with commas between. In another language it is another list, of as many words as that has.
"""

from __future__ import annotations

from involve_audit.language import Counted, Words

ASKING = Words(
    {
        "together": "Take them together, with the people whom it is about in the room.",
        "how_long": "That takes between {least} and {most}, with the talk that it is for. Two meetings are fine.",
        "no_hurry": "There is no hurry: every answer is saved at once. Type {stop} to stop at any point and go on "
        "another day, and {list} to see all that can be typed.",
        "stays": "Your answers stay in a file on this computer. Nothing is sent anywhere.",
        "stays_at": "Your answers stay on this computer, in {place}. Nothing is sent anywhere. Whoever can open that "
        "file can read them, so write no names into notes.",
        "in_file": "the file {place}",
        "in_folder": "a file in {place}",
        "resumed": "Going on with {file}: {known} answered, {unknown} not known, {open} open.",
        "subject": "What is looked at? Give the name of the service or organisation.",
        "subject_help": "For example the name of a team, a service or a whole organisation. It heads the report.",
        "date": "On what day are these answers given? As year-month-day.",
        "date_help": "The day of the meeting. Enter takes the day that is shown.",
        "people": "How many are here: {perspective}?",
        "people_why": "Who is in the room? Give numbers only, never names. The result says whose answers it rests on. "
        "Where they differ, the first of these groups comes first.\nWhoever is two of these is counted once: as what "
        "they speak as today.",
        "people_help": "A whole number. Enter for nobody. Count each person once, as what they speak as today.",
        "unheard": "Nobody is here for: {perspective}. You can go on. But these answers cannot show what they would "
        "say, and the result says whose answers it rests on. Where none of them answers, it may come out lower. To get "
        "their view, start the same command here when they are in the room: it offers them a file of their own in this "
        "audit.",
        "keep": "Enter keeps: {value}",
        "needed": "Something is needed here. {stop} saves and stops.",
        "bad_number": "`{typed}` is not a whole number. Give a number such as 3, or press Enter for nobody.",
        "bad_date": "`{typed}` is not a day up to today written as year-month-day, such as 2026-11-22.",
        "unlikely_day": "{day}: is that year right? 1 Yes, 2 No",
        "bad_link": "`{typed}` is not a link. A link begins with https://, http:// or mailto:.",
        "bad_piece": "`{typed}` is not one of these numbers.",
        "question": "Question {number} of {count}: {theme}",
        "of_those": "({place} of {asked} asked today)",
        "so_far": "Your answer so far: {answer}. Enter keeps it.",
        "last_time": "Last time ({date}): {answer}. Type {confirm} to confirm it, or give another answer.",
        "last_note": "Last time's note: {note}",
        "last_evidence": "Last time's evidence: {text}",
        "keep_last": "Keep last time's note and evidence too? 1 Yes, 2 No",
        "nobody_knows": "Nobody here knows",
        "your_answer": "Your answer: ",
        "typed": "> ",
        "what_now": "That was not one of the answers.",
        "type_h": "Type a number, or {list} for the list of what you can type.",
        "one_back": "{back} goes back by one question. From any question, {note} 2 adds a note to question 2.",
        "long": "That is none of the answers. Keep it as a note? 1 Yes, 2 No",
        "pasted": "That was several lines at once, so no answer was recorded. Keep them as a note? 1 Yes, 2 No",
        "reason": "Why does it not apply? The reason goes into the report. (An empty line goes back.)",
        "evidence": "What shows it? A document, or what somebody said. (An empty line ends.)",
        "text_here": "Text is wanted here, or an empty line. {back} goes back to the question, {stop} saves and stops.",
        "evidence_date": "From what day is it? Enter if you do not know.",
        "evidence_link": "Is there a link to it? Enter if not.",
        "where": "{known} answered, {unknown} not known, {open} open.",
        "where_saved": "Saved in {file}.",
        "where_nothing": "Nothing is saved yet.",
        "where_unsaved": "What was said last is NOT SAVED yet.",
        "where_theme": "{theme}: {done} of {count}",
        "first": "This is the first question. There is nothing before it.",
        "not_saved": "NOT SAVED: {problem} Your answers are kept here. It is tried again after the next answer.",
        "try_again": "Put that right first. 1 Try again, 2 Stop, and save in your home folder if that can be done",
        "ended_unsaved": "NOT SAVED: {what}. {file} holds only what was said before that. "
        "Copy what stands here into a file:",
        "question_named": "question {number} ({title})",
        "ended_unsaved_at_all": "Nothing is saved: no file could be written. Copy what stands here into a file:",
        "saved_again": "Saved again: {file}",
        "stopped": "Saved in {file}. To go on:",
        "kept_in": "From here on every answer is kept in {file}.",
        "stopped_unsaved": "Nothing was saved yet, because nothing was answered.",
        "still_open": "Questions still open: {count}. 1 Go through them now, 2 Finish",
        "done": "Thank you. Every answer is saved in {file}.",
        "moved": "{file} was changed by somebody else meanwhile. Your answers are saved in {other} instead.",
        "moved_without_comments": "This could not be put into {file} without changing something else in it. Your "
        "answers, and all else that it says but for comments, are saved in {other} instead.",
        "moved_audit": "So that nobody is counted twice, {other} is an audit of its own. To have it in the place of "
        "{file}, take that out of the folder and write `audit: {audit}` in {other}.",
    }
)

JOINING = Words(
    {
        "number": "Type {numbers}: ",
        "found": "{file}: {subject}, {date}. Here were: {who}.",
        "again": "Type one of the numbers {numbers}, or the words beside it. q stops.",
        "which_audit": "There are answers here already. Which audit are you here for?",
        "none_of_these": "None of these: a new audit",
        "ways": "  1 Go on with it\n"
        "  2 Another group's view of the same audit, in a file of its own\n"
        "  3 A new audit, such as a later round",
        "who_is_here": "These answers are of {date}. Here were: {who}.\n"
        "Who is here today?\n"
        "  1 The same people\n"
        "  2 Others, or not the same: they answer in a new file of the same audit",
        "line_added": "The line `{line}` was added to {file}, so that both are taken together.",
        "joined": "A new view of the same audit begins, in a file of its own. The answers in {file} stay as they are.",
        "which_questions": "Which questions?\n"
        "  1 Only those that nobody has answered in this audit ({left})\n"
        "  2 All that are open in this file ({here})",
        "stopped": "Stopped.",
    }
)

AGREED = Words(
    {
        "question": "Was anything agreed, that somebody will do?",
        "there": "Agreed:",
        "ways": "  1 Go on\n  2 Add what was agreed",
        "ways_there": "  1 Go on\n  2 Add one\n  3 Change one\n  4 Take one out",
        "typed": "> ",
        "nothing": "none, nothing, nothing more, no more, not yet, go on, next, skip, done, finish, end, result",
        "keep_words": "Keep that as what will be done? 1 Yes, 2 No",
        "none_of_these": "That is none of these numbers.",
        "who": "who: {who}",
        "when": "by {when}",
        "of": "question {number} ({title})",
        "item": "Which question does it belong to? Its number, or words of its title. Enter if to none.",
        "what": "What will be done?",
        "owner": "Who will see to it? A role is enough. Enter if that is open.",
        "due": "By what day or month? As 2027-03-01 or 2027-03, or ongoing. Enter if that is open.",
        "keep": "Enter keeps: {value}. A hyphen (-) takes it out.",
        "keep_what": "Enter keeps: {value}",
        "bad_day": "`{typed}` is neither a day such as 2027-03-01, nor a month such as 2027-03, nor ongoing.",
        "said_early": "That is kept as what will be done: {typed}",
        "no_question": "There is no question for `{typed}`. Questions have the numbers 1 to {count}.",
        "several": "`{typed}` stands in the titles of several:",
        "which": "Which one? Its number. Enter goes back.",
        "kept": "Kept: {action}",
        "gone": "Taken out: {what}",
        "help": "One sentence is enough. It stands in the report, and next time you see what became of it.",
    }
)

ENTERING = Words(
    {
        "subject": "What is looked at, as it stands on the paper?",
        "subject_help": "For example the name of a team, a service or a whole organisation. It heads the report.",
        "date": "On what day was the paper filled in? As year-month-day.",
        "date_help": "The day that stands on the paper. Enter takes the day that is shown.",
        "people_why": "How many people filled in this paper? Type the numbers on it. Names are kept nowhere.",
        "people": "How many: {perspective}?",
        "people_help": "A whole number. Enter for the number that is shown.",
        "nobody": "No number of people is typed, so nobody is said to have answered. b goes back.",
        "form": "Form {number}. It is kept in {file}.",
        "again": "The same paper once more. What was typed the first time is shown where it differs, at the end.",
        "keys": "For each question type one letter, or a number:",
        "key": "{letter}  {answer}",
        "more": "  Enter  left empty on the paper\n  -  left empty after all\n  {back}  back to the question before\n"
        "  {stop}  save and stop\nNotes come afterwards.",
        "asked": "{number} {title}\n> ",
        "so_far": "{number} {title}\nNow {answer}. Enter keeps it, a hyphen empties it.\n> ",
        "empty": "empty",
        "recorded": "  {answer}",
        "reason": "Why does it not apply? As it stands on the paper, or that it gives no reason. (An empty line goes "
        "back.)",
        "notes": "Is there a note on the paper? Type the number of its question. Enter if there is none, or no more.",
        "kept": "{file}: {known} answered, {unknown} not known, {open} empty.",
        "next": "Is there another paper?\n  1 Yes: it is kept in {file}\n  2 No, that was the last one",
        "there": "{file} is there already, of {subject}: {known} answered, {unknown} not known, {open} empty.\n"
        "  1 Go on with it\n  2 The next paper: it is kept in {file_of_next}",
        "check": "To type a paper a second time and see what differs:",
        "same": "Both times the same was typed. There is nothing to settle.",
        "twice": "First it was {first}, then {second}. What stands on the paper?",
        "say": "Type what stands on the paper; a hyphen where it is empty.",
        "settled": "Settled: {count}. Everything is saved in {file}.",
    }
)

PARTS = Words(
    {
        "audit": "the audit",
        "subject": "what is looked at",
        "date": "the day",
        "respondents": "who is here",
        "actions": "what was agreed",
    }
)

RESULT = Words(
    {
        "pages": "The result comes now. It can also be a page, to read in a browser, to send or to print.",
        "none": "  1 Only show it here",
        "page": "  {number} Write {files}",
        "again": "To get this result again:\n  {command}",
    }
)

WHICH_RUBRIC = Words(
    {
        "question": "Which questions shall be asked? Type a number.",
        "not_valid": "{file} is not valid, and cannot be asked: {problem}.",
        "prompt": "(Enter takes 1) > ",
        "again": "That was none of them. Type a number from 1 to {count}, or press Enter for the first.",
        "help": "Each of these is a set of questions with a result of its own. If you are not sure, take the "
        "first. q stops.",
    }
)

COUNTED_QUESTIONS = Counted(
    {
        "welcome": ("Welcome. There is {count} question.", "Welcome. There are {count} questions."),
        "minutes": ("{count} minute", "{count} minutes"),
        "hours": ("{count} hour", "{count} hours"),
        "more": ("{count} more", "{count} more"),
        "open_in_audit": ("{count} in the whole audit.", "{count} in the whole audit."),
        "open": ("{count} question is open in it.", "{count} questions are open in it."),
        "rubric": ("{title} ({count} question)", "{title} ({count} questions)"),
    }
)

# What people type: what each command may be called, and what common words mean

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
        "again": "again, repeat, @",
        "confirm": "c, confirm, ^",
        "others": "others, other people, ~",
    }
)
"""For each command what may be typed for it, the best first: what no answer of the rubric begins with is its key."""

COMMAND_WORDS = Words(
    {
        "stop": "stop, exit, finish, save and stop, end, end session, bye, stop here, enough, enough for today, "
        "done, finished, pause, break, take a break, need a break, lunch break, coffee break, tea break, that is "
        "all, thats all, thats it, thats all for today, quit, save and quit, save & quit, save and exit, save & "
        "exit, save and close, stop and save, have to stop, need to stop, have to go, goodbye, good bye, go on "
        "another day",
        "list": "commands, what can be typed, what can i type, what can we type, what do i type, what do we type, "
        "list, menu, options, help me, what now",
        "help": "more help, more, what, what?, huh, huh?, don't understand, do not understand, what does that mean, "
        "what does it mean, what does this mean, what is meant, what do you mean, don't get it, don't understand it, "
        "example, examples, meaning, explain it, explain this, explain the question",
        "back": "go back, previous, undo, back one, one back, back to, back to question, go to, go to question, goto, "
        "change question, change answer, change it, previous question, last question, question before, the one before, "
        "oops, wrong answer, typo, mistake, made a mistake",
        "skip": "pass, next, later, skip it, leave it, leave open, leave it open, come back later, skip for now, "
        "skip this, skip this one, skip that, skip question, skip this question, next question, move on, not now, "
        "come back to it, come back to it later, leave it blank, leave blank, blank, no comment, prefer not to say, "
        "rather not say, would rather not say, don't want to say",
        "note": "add note, add a note, notes, comment, remark, add a comment, change note, edit note, "
        "delete note, remove note",
        "evidence": "add evidence, proof, add proof, change evidence, delete evidence, remove evidence",
        "where": "where are we, save, progress, status, how far are we, how many are left, how many more, "
        "how much longer, how much is left",
        "again": "show again, show question, show the question, say again, say that again, say it again, read it "
        "again, once more, once again, repeat the question, what was the question",
        "confirm": "as last time, same as last time, unchanged",
        "others": "other people are here, others are here, somebody else, other group, another group, new people",
    }
)
"""Other words for the commands, understood where no answer begins with them."""

MEANT = Words(
    {
        "yes": "yes, y, yeah, yea, yep, yup, yes it is, yes it does, yes we do, yes they do, of course, always, sure, "
        "absolutely, definitely, certainly, aye, indeed, totally",
        "no": "no, n, nope, nah, no it is not, no it isn't, no it does not, no it doesn't, no we don't, no they don't, "
        "not at all, never, no way, no no, definitely not, certainly not, absolutely not, of course not, no longer, "
        "not anymore, not any more, nobody does, no one does",
        "partly": "partly, partially, in part, to some extent, to a certain extent, to an extent, somewhat, half",
        "unknown": "don't know, do not know, don't really know, dunno, dk, idk, not sure, unsure, no idea, no clue, "
        "haven't a clue, can't say, cannot say, can't tell, hard to say, nobody knows, no one knows, none of us "
        "knows, not clear, not certain, uncertain, not really sure, not sure yet, not quite sure, not so sure, "
        "couldn't say, could not say, can't tell you, couldn't tell you, could not tell you, couldn't tell, hard to "
        "tell, difficult to say, who knows, beats me, have no idea, have no clue, haven't got a clue, wouldn't know, "
        "would not know, can't remember, don't remember, no one is sure, nobody is sure, not that sure",
        "not-applicable": "n/a, n / a, na, n.a., not applicable, doesn't apply, not relevant, irrelevant",
        "unclear": "maybe, perhaps, possibly, sometimes, now and then, it depends, depends, not really, kind of, "
        "sort of, yes and no, both, mixed, in between, so so, more or less, think so, don't think so, guess so, "
        "probably, probably not, not always, not yet, unclear, a bit, a little, mostly, hardly, rarely, often, "
        "usually, nobody, no one, noone, none, someone, some, some of us, some of them, agree, agreed, disagree, yes "
        "but, no but, yes/no, yes no, yes or no, planned or not, not planned, unplanned, not partly, guess, suppose, "
        "suppose so, suppose not, believe so, believe not, don't believe so, think not, likely, unlikely, almost, "
        "nearly, not quite, not entirely, not fully, not completely, quite, kinda, sorta, occasionally, at times, "
        "once in a while, from time to time, every now and then, most of the time, mainly, to a degree, up to a "
        "point, a little bit, in places, in some places, in some ways, half and half, 50/50, fifty fifty, varies, "
        "can't agree, cannot agree, don't agree, do not agree, no agreement, split, differ, soon, in progress, "
        "working on it, in theory, in principle, on paper, supposed to, used to, ok, okay, not that we know of, not "
        "that i know of, not to my knowledge, as far as we know, hope so, if asked",
    }
)
"""What common words mean. The first of yes, no and partly is the answer that the others stand for, where it is one."""

FILLERS = Words(
    {
        "before": "i, we, they, it, please, lets, can we, can i, i want to, we want to, "
        "i would like to, i'm, we're, i am, we are, oh, um, er, well, sorry, honestly, actually, just, really, "
        "i really, we really, i would say, i'd say, it's, it is, that's, this is",
        "after": "now, for now, for today, really, please, thanks, thank you, sorry, at all, "
        "actually, to be honest, i think, here, to us, for us, with us, in our case",
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
        "key_again": "show this question again",
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
        "for_number": "Is that a note for question {number} ({title})? 1 Yes, 2 No",
        "no_number": "There is no question {number}. The questions are numbered from 1 to {count}.",
        "note_so_far": "Note so far: {note}",
        "evidence_so_far": "Evidence so far: {text}",
        "reason_so_far": "Reason so far: {reason}",
        "note_there": "There is a note to question {number} ({title}) already. Enter "
        "leaves it. 1 Add to it, 2 Write it anew, 3 Take it out",
        "note_out": "Take this note out for good? 1 Yes, 2 No",
        "note_gone": "The note to question {number} ({title}) is taken out.",
        "evidence_there": "There is evidence for question {number} ({title}) already. Enter leaves it. "
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
