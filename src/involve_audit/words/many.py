"""The words of a run over many audits that are not the rubric's."""

from __future__ import annotations

from involve_audit.language import Counted, Words
from involve_audit.words.reports import WORDS

BATCH = WORDS | Words(
    {
        # headings
        "overview_title": "Audits: an overview",
        "not_scored": "Could not be assessed",
        "failed": "What was asked for and failed",
        "stages": "How many audits are at each stage",
        "talk_first": "Whom to talk to first",
        "find": "Find a service",
        "follow_up": "To follow up, most urgent first",
        "holding_back": "What keeps most audits from their next stage",
        "groups_split": "Where people of one group are split most often",
        "services_missing": "Expected, and not answered yet",
        "services_unreadable": "Sent in, and could not be assessed",
        "services_unheard": "Answered, but not yet by: {perspective}",
        "services_unexpected": "Answered, and not in the list of those expected",
        "how_common": "What looks right but is not: how common it is",
        "who_was_heard": "Who was heard",
        "how_far": "Theme by theme",
        "how_far_over_all": "How far each theme is, over all audits",
        "free_of": "{stage}: free of it",
        "audits": "All audits",
        "baseline": "Since the baseline",
        # labels
        "audit": "Audit",
        "number": "Audits",
        "held_back": "Held back",
        "spread": "Of {count}",
        "best": "As it should be",
        "part": "In part",
        "worst": "Not as it should be",
        "open": "Not known",
        "aside": "Does not apply",
        "group": "{title}: {count}",
        "no_letter": "0 to 9, and other signs",
        "every_letter": "All of them",
        "search": "Type a part of its name",
        "search_found": "Found:",
        "darker": "Darker is better:",
        "groups_split_in": "Audits in which they are split",
        "groups_split_of": "Of audits in which enough of a group answered",
        "perspective": "Perspective",
        "why": "Why",
        "remark": "Remark",
        "check": "Gate",
        # sentences
        "little_known": "No stage named: not enough is known",
        "little_known_here": "Too little known",
        "of_them": "of {count}",
        "fails": "fails {checks}",
        "could_be": "{stage}, could be {ceiling}",
        "from_to": "The lowest is “{low}”, the highest “{high}”.",
        "none_at": "None is at “{stage}”.",
        "none_known_at": "None is known to be at “{stage}”.",
        "neutral": "neither good nor bad",
        "nothing_known": "nothing known",
        "share_known": "{percent} of {known} known",
        "share_open": "{share}; not known: {open}",
        "under_original": "Under the original rubric, the same answers come to this. {stages}.",
        "holding_back_lead": "Questions that are short of their best in a condition that the next stage fails on. What "
        "is only planned is not as it should be yet.",
        "groups_split_lead": "Where at least five people of one group answered, each for themselves: a third "
        "of them or more said one thing, and a third or more another.",
        "heard_lead": "Audits in which people of this perspective gave at least one known answer.",
        "grid_lead": "Higher is better everywhere: 100% would be every answer as it should be, and “free of it” that "
        "nothing of it is there. What is not known, and what is neither good nor bad, is left out.",
        "no_ranking": "Audits are listed by id, never by rank: stages are no score to compete on.",
        "talk_first_lead": "Each service stands once, under the first line that fits. This is no ranking of services.",
        "folded": "Lists that are folded on the screen are not on paper. The table (.csv) has all of them.",
        "find_lead": "All of them, from A to Z.",
        "whole_list": "{count} are too many for a page. The whole list is a table: {file}, one row each.",
        "whole_list_how": "{count} are too many for a page. The whole list is a table, one row each: write it with "
        "-o list.csv",
        "follow_up_lead": "The order says who to talk to first. It is not a ranking of services.",
        "no_follow_up": "There is nothing to follow up.",
        "no_follow_up_of_those": "Of those that have answered, there is nothing to follow up.",
        "not_broken_down": "Fewer than {bound} audits: not broken down, so that no single one can be made out.",
        "for_sharing": "Made for sharing: without free text, file names and lines. Groups of fewer than {bound} audits "
        "are not broken down.",
        "cut": "Cut here: the rest does not fit into this summary.",
        "gone": "In the baseline and no longer here",
        "new": "Not in the baseline",
        "not_comparable": "Cannot be compared with the baseline, because the rubric is another one",
        "left_alone": "Left alone: {files}.",
        "about_files": "About the files",
        "files_left_alone": "Files that were left alone",
        "lost": "A process was ended from outside (signal {signal}). What it was at is tried once more.",
        "cache_not_used": "The cache in {folder} is not used: {reason}.",
        "cache_read_only": "The cache in {folder} is read, and nothing is kept in it: you may not write there.",
        "no_sqlite": "this Python has no SQLite",
        "cache_thrown_away": "The cache in {folder} was damaged, or is of another version. It was thrown away.",
        "cache_and_reports": "A report takes the whole audit: with --reports, --cache saves nothing.",
        "fewer_processes": "--jobs {jobs} is more than the machine can use. Processes at work: {processes}.",
        "name_and_id": "{name} ({id})",
        "entry": "{name}: {stage}; {why}",
        "all_as_page": "All of them, each with its own line: -o overview.html -o overview.csv",
        "moved": "{item}: from {before} to {after}",
        "evidence_gone": "{item}: no evidence any more",
        "lower": "the stage was “{before}” and is “{after}”",
    }
)

PROGRESS = Words(
    {
        "line": "{done} of {total} files done, {rate} a second, {left} seconds left",
        "rate": "{rate} a second",
    }
)

COUNTED_BATCH = Counted(
    {
        "audits": ("{count} audit", "{count} audits"),
        "assessed": ("{count} audit assessed, from {files}", "{count} audits assessed, from {files}"),
        "could_be_higher": ("{count} could be higher", "{count} could be higher"),
        "of_them_not_known": ("not known in {count}", "not known in {count}"),
        "files": ("{count} answers file", "{count} answers files"),
        "rows": ("{count} row", "{count} rows"),
        "scored": ("{count} audit scored, from {rows}.", "{count} audits scored, from {rows}."),
        "problems_of_rows": ("{count} problem, in {file}", "{count} problems, in {file}"),
        "more": ("… and {count} more", "… and {count} more"),
        "more_in_table": ("… and {count} more: see the table", "… and {count} more: see the table"),
        "more_questions": (
            "{count} more question holds back as many audits as the last one here, or fewer.",
            "{count} more questions hold back as many audits as the last one here, or fewer.",
        ),
        "at_stage": ("{count} of {of} is at “{stage}”.", "{count} of {of} are at “{stage}”."),
        "at_stage_saying": ("{count} of {of} is at “{stage}”: {says}.", "{count} of {of} are at “{stage}”: {says}."),
        "or_higher": (
            "{count} of {of} is at “{stage}” or higher.",
            "{count} of {of} are at “{stage}” or higher.",
        ),
        "another_or_higher": ("{count} is at “{stage}” or higher.", "{count} are at “{stage}” or higher."),
        "at_another": ("{count} is at “{stage}”.", "{count} are at “{stage}”."),
        "at_or_lower": ("{count} of {of} is at “{stage}” or lower.", "{count} of {of} are at “{stage}” or lower."),
        "no_stage": (
            "For {count} of {of}, not enough is known to name a stage.",
            "For {count} of {of}, not enough is known to name a stage.",
        ),
        "higher": (
            "{count} could be higher if open questions were answered.",
            "{count} could be higher if open questions were answered.",
        ),
        "nobody_heard": (
            "In {count} nobody was heard of: {perspective}.",
            "In {count} nobody was heard of: {perspective}.",
        ),
        "more_files": (
            "… and {count} more: look at one with `answers check FILE`",
            "… and {count} more: look at one with `answers check FILE`",
        ),
        "of_one_person": (
            "In {count} audit one person answered alone for a group, and all of that person's answers stand in what "
            "was written: {audits}. Share it only if that person agrees.",
            "In {count} audits one person answered alone for a group, and all of that person's answers stand in what "
            "was written: {audits}. Share it only if each of them agrees.",
        ),
        "more_problems": ("… and at least {count} more problem", "… and at least {count} more problems"),
        "not_scored": ("{count} could not be assessed", "{count} could not be assessed"),
        "have_answered": ("{there} of {count} service has answered", "{there} of {count} services have answered"),
        "missing": ("{check}: {count} service has not answered", "{check}: {count} services have not answered"),
        "fail": ("{check}: {count} audit fails", "{check}: {count} audits fail"),
        "differing": (
            "In {count} audit the views of different people differ.",
            "In {count} audits the views of different people differ.",
        ),
        "left_out": (
            "{count} result is left out here: GitHub takes no more.",
            "{count} results are left out here: GitHub takes no more.",
        ),
        "not_shown": (
            "{count} annotation more is not shown: GitHub shows ten of a kind.",
            "{count} annotations more are not shown: GitHub shows ten of a kind.",
        ),
        "unheard_holding_back": (
            "{count} audit is held back because too little was heard from: {perspective}",
            "{count} audits are held back because too little was heard from: {perspective}",
        ),
    }
)

# One finding in words: what it is about follows where it is about questions.
FINDINGS = Words(
    {
        "fail-under": "the stage is “{floor}”, and “{wanted}” was asked for",
        "fail-under-little-known": "not enough is known to name a stage, and “{wanted}” was asked for",
        "fail-under-no-stage": "its rubric has no stage `{wanted}`",
        "unknown": "not known: {items}",
        "unheard": "nobody was heard of: {perspective}",
        "anti-pattern": "there, wholly or in part: {items}",
        "unevidenced": "a full yes without evidence: {items}",
        "not-enough-known": "too little is known: {known} of {of} questions",
        "regression": "since the baseline, {changes}",
        "missing": "expected, and not answered yet",
    }
)

# What audits are talked about first: each stands under the first of these that fits.
GROUP_TITLES = Words(
    {
        "not_scored": "Could not be assessed",
        "failed": "Failed what was asked for",
        "unheard": "Nobody was heard of: {perspective}",
        "not-enough-known": "Too little is known",
        "regression": "Worse than the baseline",
        "anti-pattern": "An anti-pattern is there",
        "disagreement": "Views differ",
        "unknown": "Some questions nobody could answer",
        "unevidenced": "A full yes without evidence",
        "nothing": "Nothing to follow up",
    }
)

RULES_IN_WORDS = Words(
    {
        "problem": "This file cannot be read or is not valid",
        "fail-under": "The stage is lower than was asked for",
        "unknown": "Nobody could say yet",
        "unheard": "The people who should be heard first were not",
        "anti-pattern": "It looks right but is not",
        "unevidenced": "A full yes without evidence",
        "not-enough-known": "Not enough is known to name a stage",
        "regression": "Worse than in the baseline",
    }
)

# The same where one question stands at its own line.
FINDING_LINES = Words(
    {
        "unknown": "Nobody could say yet: {item}",
        "anti-pattern": "It looks right but is not: {item} ({answer})",
        "unevidenced": "A full yes without evidence: {item}",
        "regression": "Was “{before}” in the baseline and is “{after}”: {item}",
    }
)

# What makes an audit urgent, as short as can be; the numbers go in front.
FOLLOW_UPS = Counted(
    {
        "unheard": ("not heard: {perspective}", "not heard: {perspective}"),
        "not-enough-known": ("too little known", "too little known"),
        "regression": ("worse than the baseline", "worse than the baseline"),
        "anti-pattern": ("{count} anti-pattern", "{count} anti-patterns"),
        "disagreement": ("{count} difference", "{count} differences"),
        "unknown": ("{count} not known", "{count} not known"),
        "unevidenced": ("{count} yes without evidence", "{count} yeses without evidence"),
    }
)
