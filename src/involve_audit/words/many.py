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
        "follow_up": "To follow up, most urgent first",
        "holding_back": "What keeps most audits from their next stage",
        "groups_split": "Where people of one group are split most often",
        "services_missing": "Expected, and not answered yet",
        "services_unreadable": "Sent in, and could not be assessed",
        "services_unheard": "Answered, but not yet by: {perspective}",
        "services_unexpected": "Answered, and not in the list of those expected",
        "how_common": "What looks right but is not: how common it is",
        "who_was_heard": "Who was heard",
        "how_far": "How far each part of the grid is so",
        "audits": "All audits",
        "baseline": "Since the baseline",
        # labels
        "audit": "Audit",
        "number": "Audits",
        "held_back": "Audits held back",
        "not_known_in": "Not known in",
        "groups_split_in": "Audits in which they are split",
        "groups_split_of": "Of audits in which enough of a group answered",
        "wholly": "Wholly there",
        "in_part": "In part",
        "not_known": "Not known",
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
        "nothing_known": "nothing known",
        "share_known": "{percent} of {known} known",
        "share_open": "{share}; not known: {open}",
        "under_original": "Under the original rubric, the same answers come to this. {stages}.",
        "holding_back_lead": "Questions that are short of their best in a condition that the next stage fails on.",
        "groups_split_lead": "Where at least five people of one group answered, each for themselves: a third "
        "of them or more said one thing, and a third or more another.",
        "heard_lead": "Audits in which people of this perspective gave at least one known answer.",
        "grid_lead": "Over all answers that are known, from 0% (no to everything) to 100% (yes to everything). In "
        "the columns of the highest stages a high share is good; the lowest describe what is to be left behind.",
        "no_ranking": "Audits are listed by id, never by rank: stages are no score to compete on.",
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
        "fewer_processes": "--jobs {jobs}: {processes} processes work, not more than the machine can use.",
        "name_and_id": "{name} ({id})",
        "line": "{title}: {count}.",
        "paragraph": "{name}. {of_stage}: {stage}. {of_why}: {why}.",
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
        "more": ("… and {count} more", "… and {count} more"),
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
