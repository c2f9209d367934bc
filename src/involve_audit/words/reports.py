"""Every word of the interface that is not the rubric's, in one table."""

from __future__ import annotations

from involve_audit.language import Counted, Words

WORDS = Words(
    {
        # headings
        "stage": "Stage",
        "stage_needs": "A stage needs at least {asked}.",
        "why_not_yet": "Why it is not there yet",
        "nobody_yet": "Nobody has taken this on yet.",
        "how_sure": "How sure is this?",
        "keeps_from": "What keeps it from “{stage}”",
        "decides": "What would decide it",
        "next_steps": "Next steps",
        "who_took_part": "Who took part",
        "holds_up": "Does it hold up?",
        "audit_title": "Audit",
        "anti_patterns": "What looks right but is not",
        "disagreements": "Where views differ",
        "every_item": "Every question and its answer",
        "actions": "What was agreed",
        "open_questions": "Open questions",
        "gates": "How the stage was worked out",
        "planning": "A planning aid",
        "glossary": "The words used",
        "resources": "Help and further reading",
        "ours": "What this rubric adds to its source",
        "provenance": "Where this comes from",
        "warnings": "Please note",
        "left_out": "Made for sharing",
        "tailored": "A tailored rubric",
        "tailoring": "What was tailored",
        "contents": "On this page",
        "skip": "Skip to the content",
        "show": "Show",
        "link_to": "Link to this question",
        "to_grid": "Back to all answers at a glance",
        "one_line_each": "There are many questions. On paper, each that nobody wrote about is one line; on a screen, "
        "every question opens.",
        "traced": "Where each question and its answer come from",
        "counts": "How often each answer was given",
        "all_steps": "All the next steps",
        "it_decides": "it decides the stage",
        "readings": "The stage under every reading",
        # labels
        "subject": "Subject",
        "date": "Date",
        "rubric": "Rubric",
        "program": "Program",
        "written": "Written",
        "rubric_hash": "Rubric, SHA-256",
        "file_hash": "Answers file {file}, SHA-256",
        "source": "Source",
        "answer": "Answer",
        "answered_by": "Answered by",
        "in_all": "In all",
        "answers_of": "The answers of",
        "counts_as": "Counts as",
        "evidence": "Evidence",
        "evidence_left_out": "there is some; left out for sharing",
        "note": "Note",
        "reason": "Reason",
        "because_of": "Because of",
        "theme": "Theme",
        "question": "Question",
        "for_stage": "For the next stage",
        "ask": "Ask",
        "strip": "All stages, lowest first",
        "reading": "Read with …",
        "found": "Found",
        "asked_for": "Asked for",
        "holds": "Holds?",
        "because": "Because",
        "computed_from": "Worked out from",
        "what": "What",
        "owner": "Who",
        "due": "By",
        "stands": "Where it stands",
        "about": "About",
        "how": "What to do",
        "phone": "Phone",
        "email": "Email",
        "address": "Address",
        "count": "Number",
        # short words
        "yes": "yes",
        "no": "no",
        "possible": "not yet known: it could",
        "short_of": "This is a short form. The full report gives the reasons and the answers.",
        "no_answer": "no answer",
        "no_distinction": "No question here.",
        "nobody": "nobody: a reading of documents",
        "not_asked": "not recorded: this rubric does not ask who",
        "heard": "answered by them",
        "not_heard": "not answered by them",
        "taken": "this answer counts",
        "nobody_knows": "nobody knows yet",
        "nothing_applies": "nothing here applies",
        "no_actions": "No actions were recorded.",
        "anti_patterns_lead": "Things that look like the real thing but are not.",
        "disagreements_table": "The questions on which views differ, and each group's own answer",
        "disagreements_lead": "Each group's own answer, side by side. The difference is a finding: talk about it.",
        "within_group": "Where people of one group are split",
        "within_group_lead": "Many people of one group answered, each for themselves. Here a third of them or more "
        "said one thing, and a third or more another. One answer was taken; the difference is a finding, too: talk "
        "about it.",
        "of_one_group": "Of one group",
        "no_disagreements": "No two perspectives differ by half of the scale or more.",
        "none_compared": "No two perspectives gave an answer to the same question, so nothing can be compared.",
        "files_differ": "These files differ by half of the scale or more: {files}. They do so on: {items}. One answer "
        "to each was taken, by the rule.",
        "one_voice": "Only one perspective answered, so nothing can be compared.",
        "no_voice": "No perspective is recorded, so nothing can be compared.",
        "no_open_questions": "Every question has an answer.",
        "no_next": "This is the highest stage. Ask again, and check that it holds.",
        "unreachable": "No answers can reach the next stage with this rubric. Its author should check its gates.",
        "not_proven": "A shorter list may exist: the search was stopped at its limit.",
        "hear_first": "First, hear",
        "gates_lead": "A stage is reached when all its conditions, and those of every stage below it, hold. "
        "The figures are those of the floor: what is not known counts at its worst.",
        "in_annex": "An annex says how the stage was worked out: each condition with its figure, each reading, where "
        "each question comes from, the words used, and all files with their fingerprints. It is written with --annex: "
        "involve-audit assess FOLDER --annex -o report.html. A record, -o NAME.audit.json, holds the same figures.",
        "readings_lead": "The same answers, read in other ways. Where the stage changes, be careful with it.",
        "readings_left_out": "This instrument does not look at: {readings}.",
        "some_of": "{heading} ({shown} of {count})",
        "all_of_it": "All of it, with every reason: -o report.html",
        "all_together": "All answered together, so no group's view can be read alone.",
        "each_together": "Each group answered together with others, so no group's view can be read alone.",
        "gates_none": "no conditions: every audit starts here",
        "not_a_certificate": "This is a starting point for talking, not a certificate. "
        "It shows no compliance with any standard.",
    }
)

ANSWER_TITLES = Words(
    {
        "unknown": "Not known",
        "unanswered": "Not answered",
        "not-applicable": "Does not apply",
    }
)

CHOICES = Words(
    {
        "all": "All questions",
        "problem": "Problems",
        "open": "Open questions",
        "differs": "Where views differ",
    }
)

PLACES = Words({"page": "page {}", "heading": "{}", "column": "column {}", "position": "no. {}"})

# What an answer means for its item, by the item's direction and how the answer counts; of others nothing is to be said.
MEANS = Words(
    {
        "achievement best": "in place",
        "achievement part": "partly in place",
        "achievement worst": "not in place",
        "achievement planned": "not yet in place",
        "problem best": "as it should be",
        "problem part": "partly a problem",
        "problem worst": "a problem",
        "problem planned": "still a problem",
    }
)
SAID = Words({"means": "{answer} – {means}"})
LEGEND = Words(
    {
        "best": "as it should be",
        "part": "in part",
        "planned": "planned",
        "worst": "not as it should be",
        "open": "not known",
        "aside": "set aside",
        "plain": "neither good nor bad",
    }
)

NUMBERED = Words({"in_front": "{number}. {text}", "behind": "{text} (question {number})"})

DIRECTIONS = Words(
    {
        "practice": "Here “{full}” is a beginning: neither good nor bad by itself.",
        "achievement": "Here “{full}” is the good answer.",
        "problem": "Here “{full}” is a problem, and “{none}” is the good answer.",
    }
)

READINGS = Words(
    {
        "floor": "open questions counted at their worst (the floor)",
        "ceiling": "open questions counted at their best (the ceiling)",
        "evidence-only": "a full yes counted only where it has evidence",
        "not-applicable-as-no": "“does not apply” counted as the worst answer",
        "plans-done": "everything planned counted as done",
        "alternative-placement": "disputed questions put at their other stage",
        "view": "the answers of each group alone",
        "view:": "only the views with: {perspective}",
        "view:together": "only the joint views of {perspective}",
    }
)

# How many of one group's people gave which answer.
SPREAD = Words(
    {
        "answer": "{answer} {count}",
        "told": "{who}: {answers} of {count} responses.",
        "split": "{who}: {answers} of {count} responses. Opinions are split.",
    }
)

VOICES = Words(
    {
        "others": "{perspective} (who answered together with {others})",
        "some": "{perspective} (who also answered together with {others})",
    }
)

TITLE = Words(
    {
        "heard": "{audit}: {name}",
        "unheard": "{audit}: {name} – without the answers of: {perspective}",
    }
)

HEADLINES = Words(
    {
        "settled": "Stage: {floor}",
        "range": "Stage: {floor}. It could be as high as: {ceiling}",
        "little_known": "Not enough is known to name a stage. It lies between “{floor}” and “{ceiling}”.",
        "settled_little_known": "Not enough is known to name a stage. Whatever the open answers are, "
        "the rule comes to “{floor}”.",
    }
)
# Page one.
FIRST_PAGE = Words(
    {
        "headline": "{stage}: {says}.",
        "could_be": "It could be as high as “{stage}”: not everything is known yet.",
        "alone": "By the answers of {who} alone it would be “{stage}”.",
        "with": "By those views alone that {who} took part in, it would be “{stage}”.",
        "count_first": "The answers of {who} count first.",
        "first": "{who} say this",
        "other": "{who} alone would say this",
        "views_with": "only the views with {who}",
        "do": "{do}",
        "open": "Find out what nobody knows yet: “{title}”.",
        "aside": "Look again whether “{title}” really does not apply.",
        "today": "Today: “{title}” – {answer}.",
        "enough": "“{answer}” would be enough.",
        "too_little": "No stage is named yet: more questions have to be answered first.",
        "smallest": "No smaller set of changes is enough.",
        "short": "{do} ({who})",
        "nobody": "nobody has taken this on yet",
        "left": "Nobody has taken on what is left.",
        "heard_could": "Hearing this group could change the stage: {who}.",
        "evidence_same": "Counting only answers with evidence: the same stage.",
        "all_aside": "Every answer is that it does not apply: nothing is known of how it is.",
        "no_views": "This instrument does not look at what each group's answers come to alone.",
        "evidence_other": "Counting only answers with evidence: “{stage}”.",
    }
)
TAKEN_ON = Words(
    {
        "agreed": "Agreed",
        "by": "by {due}",
        "both": "{stands}: {what} – {owner}, {by}",
        "owner": "{stands}: {what} – {owner}",
        "by_then": "{stands}: {what} – {by}",
        "bare": "{stands}: {what}",
    }
)
LADDER = Words({"passed": "passed", "here": "here", "least": "at the least", "possible": "possible"})

COUNTED = Counted(
    {
        "things": ("{count} thing to do for “{stage}”", "{count} things to do for “{stage}”"),
        "glance": ("{count} answer at a glance", "All {count} answers at a glance"),
        "all_known": ("The question is answered.", "All {count} questions are answered."),
        "so_many_known": ("{known} of {count} question is answered.", "{known} of {count} questions are answered."),
        "could_not": ("The open one could not change the stage.", "The {count} open ones could not change the stage."),
        "could": ("{count} open question could change the stage.", "{count} open questions could change the stage."),
        "to_note": ("{count} thing to note", "{count} things to note"),
        "more": ("and {count} more", "and {count} more"),
        "known": (
            "{known} of {count} question has a known answer ({percent}).",
            "{known} of {count} questions have a known answer ({percent}).",
        ),
        "questions": ("question {numbers}", "questions {numbers}"),
        "open": (
            "; not known, and so counted at the worst: {count}",
            "; not known, and so counted at the worst: {count}",
        ),
    }
)

STANDINGS = Words({"late": "Late", "open": "Open", "no-effect": "Done without effect", "done": "Done"})
# What more is to be said of an action.
COUNTED_ACTIONS = Counted(
    {
        "late": ("Late: {count} day on {day}", "Late: {count} days on {day}"),
        "late_at_first": (
            "Late by its first day: {count} day on {day}",
            "Late by its first day: {count} days on {day}",
        ),
        "in_all": ("{count} action", "{count} actions"),
        "services": ("{count} service", "{count} services"),
    }
)
ACTIONS = Words(
    {
        "title": "What was agreed: {name}",
        "each_service": "Each service",
        "ongoing": "ongoing",
        "put_off": "{then}, put off to {now}",
        "brought_forward": "{then}, brought forward to {now}",
        "goes_on": "{then}, now {now}",
        "not_mentioned": "{stands} (not mentioned again)",
        "summary": "{count} in {services}. Late: {late}. Open: {open}. Done without effect: {no_effect}. Done: {done}.",
        "on_latest": "Late is counted on the day of the latest audit of each service.",
        "on_day": "Late is counted on {day}.",
        "no_effect_lead": "A later audit has the same answer to the question, or no better one.",
        "nothing": "Nothing was agreed.",
        "service": "Service",
        "audits": "Audits",
        "latest": "Latest audit",
        "more": "Shown here are {shown} of {count}. A .csv file has all: -o actions.csv",
        "all_of_it": "As a page: -o actions.html. For a spreadsheet: -o actions.csv",
    }
)

FOUND = Words(
    {
        "share": "{figure} of {total} ({percent})",
        "lowest": "the lowest counts as “{answer}”",
        "highest": "the highest counts as “{answer}”",
        "not-applicable": "{aside} of {chosen} ({percent})",
        "heard": "{figure} of {total} ({percent}) – {who}",
    }
)
FOUND_OF = Counted({"points": ("{figure} in all, from {count} question", "{figure} in all, from {count} questions")})
UNITS = Words({"share": "in place", "points": "in all", "not-applicable": "set aside", "heard": "answered"})

COUNTS_AS = Words(
    {
        "limited": "“{value}” only, because the answer is a full yes to {sources}",
        "implied": "“{value}”, because of {sources}",
        "worth": "{answer} ({value})",
        "run": "{first} to {last}",
    }
)

SIDES = Words({"at_least": "at least {threshold}", "at_most": "at most {threshold}"})

WARNINGS = Words(
    {
        "no_respondents": "{file}: nobody answered these questions. It is a reading of documents.",
        "unheard": "No view has an answer of this perspective: {perspective}.",
        "older": "{file}: written for version {wanted} of the rubric and read with version {used}.",
        "not_the_shipped": "This rubric has the id of one that comes with the program, but another text. Its "
        "fingerprint is where this report says what it comes from.",
        "copy": "{file}: the very same file as {taken}, and taken once.",
        "outdated": "{file}: an earlier copy of {taken}, of the same response. The later one counts.",
        "contradiction": "“{item}” counts less than its answer, because of the answer to “{limit}”.",
    }
)


PUBLISHING = Words(
    {
        "left_out": "This was made for sharing. Left out: {what}.",
        "numbers": "Numbers of people under {bound} are given as “fewer than {bound}”. Totals that they are part of "
        "are not given, because the number could be worked out from them.",
        "unaffected": "The stage and all figures were worked out before, from everything.",
        "recognised": "The answers of each view are still shown. Where few people answered, somebody may recognise "
        "whose they are. Ask the people who answered before you share this.",
        "one_person": "{file}: one person gave these answers, and all of them stand in what was written. Share it only "
        "if that person agrees.",
        "fewer_than": "fewer than {bound}",
        "no_total": "not given, because it would tell a small number",
        "action": "(left out for sharing)",
    }
)
LEFT_OUT = Words(
    {
        "spreads": "how many gave which answer, where a number was small",
        "notes": "notes",
        "reasons": "reasons why something does not apply",
        "evidence": "evidence",
        "methods": "how the answers were gathered",
        "actions": "the words of what was agreed",
        "owners": "who is to do it",
        "files": "the names and fingerprints of the answers files",
        "left_alone": "the names of files that were not read",
    }
)

SEVERITIES = Words({"error": "error", "unsettled": "cut off", "warning": "warning"})
