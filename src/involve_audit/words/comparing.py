"""Every word of comparisons that is not a rubric's."""

from __future__ import annotations

from involve_audit.language import Counted, Words

COMPARING = Words(
    {
        # headings
        "title": "What changed: {name}",
        "answer_moved": "from {then} to {now}",
        "from_to": "From {then} to {now}",
        "flatters": "What looks better than it is",
        "counts": "What happened to the questions",
        "changes": "Every question that changed, theme by theme",
        "gates": "Conditions that changed",
        "actions": "What was agreed last time",
        "agreed_now": "What was agreed this time",
        "who_answered": "Who answered",
        "split": "What the organisation did, and what the rubric did",
        "unchanged": "Questions that count as before",
        "strip": "All stages, lowest first: {day}",
        # labels
        "then": "Then",
        "now": "Now",
        "rubric_of": "Rubric, {when}",
        "class": "What happened",
        "was_due": "Due",
        "moved": "What moved with it",
        "answers_of": "The answers of {date}",
        "under_version": "Under version {version}",
        "of_questions": "Number of questions",
        "all_questions": "All questions",
        "not_asked": "not asked",
        "details": "Details: every question that changed",
        # short sentences
        "nothing_flatters": "Nothing of this kind was found.",
        "looked_for": "It was looked for: {list}.",
        "otherwise": "Without this, the stage would be: {stage}.",
        "no_changes": "No question counts for more or less than before.",
        "no_gates": "No condition changed.",
        "no_actions": "The earlier audit names no actions.",
        "same_people": "The groups that answered, and their numbers, do not differ much.",
        "other_people": "Other people answered, or other numbers of people. Part of what changed can come from that.",
        "worse_part": "Worse, or not known any more",
        "better_part": "Improved, or newly known",
        "nobody": "nobody",
        "several": "{low} to {high}",
        "did_not_move": "{item}: did not change",
        "same_answer": "{answer}, as before",
        "move_of": "{item}: {move}",
        "move": "{item}: from {then} to {now}",
        "move_by": "{item}: from {then} ({who_then}) to {now} ({who_now})",
        "action_moved": "{what} – {moved}",
        "not_settled": "{low} to {high}: it depends on questions that were not asked in this form",
        "cannot_be_scored": "cannot be worked out",
        "split_lead": "Both audits were scored under both versions of the rubric, as far as both ask the same.",
        "by_organisation": "What the organisation did, under version {version} alone: {step}.",
        "by_rubric": "What the rubric did: {step}.",
        "both_agree": "Under version {version} it is the same.",
        "other_way": "Under version {version} it is otherwise: {step}.",
        "was_gate": "{because} Then: {then}. Now: {now}.",
        "all_below": "Every change, with its cause, follows below. As a page: -o diff.html",
        "folded_away": "The rest is left out here. A .html file has it all.",
        "still": "What can still be compared: {what}.",
        "still_questions": "the questions that both ask",
        "still_people": "who answered",
        "still_actions": "what was agreed",
        "evidence_yes": "with evidence",
        "evidence_no": "without evidence",
    }
)

CHANGE_HEADLINES = Words(
    {
        "same": "Stage: {now}, as before.",
        "up": "Stage: up from “{then}” to “{now}”.",
        "down": "Stage: down from “{then}” to “{now}”.",
        "other_ladder": "Stage: “{then}” then, “{now}” now. The two versions do not have the same stages.",
        "not_comparable": "Not comparable: {why}",
        "not_told": "Whether the stage changed cannot be told: with what is open it could be higher.",
        "too_little": "Not enough is known to compare the stages. It was not enough on: {days}.",
        "settled": "{floor}.",
        "range": "{floor}. It could be as high as: {ceiling}.",
        "little_known": "Not enough was known to name a stage. It lay between “{floor}” and “{ceiling}”.",
        "settled_little_known": "Not enough was known to name a stage. Whatever the open answers are, the rule comes "
        "to “{floor}”.",
    }
)

STEPS = Words(
    {
        "same": "no change (“{now}”)",
        "up": "up from “{then}” to “{now}”",
        "down": "down from “{then}” to “{now}”",
        "other_ladder": "from “{then}” to “{now}”",
    }
)

REASONS = Words(
    {
        "other-rubric": "the two audits were made with different rubrics ({then} and {now}).",
        "other-scale": "the two versions of the rubric do not value the same answers alike.",
        "rubric-not-at-hand": "the rubric of an older record is not here, so its answers cannot be scored again.",
        "items": "the two versions ask too many different questions. Gone: {gone}. New: {new}.",
    }
)

CLASSES = Words(
    {
        "worse": "Worse",
        "no-longer-known": "No longer known",
        "became-not-applicable": "Does not apply any more",
        "gone-from-rubric": "Gone from the rubric",
        "new-in-rubric": "New in the rubric",
        "became-applicable": "Applies again",
        "newly-known": "Newly known",
        "improved": "Improved",
        "unchanged": "Unchanged",
    }
)

CAUSES = Words(
    {
        "answer": "The answer changed ({now}).",
        "who": "Somebody else decides: {then} before, {now} now.",
        "who_new": "Nobody knew before. Now it was answered by: {now}.",
        "who_left": "It was answered by: {then}. They did not answer again.",
        "evidence_new": "The answer is the same. Now there is evidence for it.",
        "evidence_gone": "The answer is the same. Now there is no evidence for it.",
        "rubric_new": "The rubric: it asks this for the first time.",
        "rubric_gone": "The rubric: it does not ask this any more.",
        "rubric_replaced": "The rubric: this question took the place of “{item}”.",
        "rubric_scale": "The rubric: it does not value this answer as before.",
    }
)
CAUSE_NAMES = Words({"answer": "the answer", "who": "who answered", "evidence": "the evidence", "rubric": "the rubric"})

FLATTERS = Words(
    {
        "by-the-rubric": "A stage reached only because the rubric changed",
        "not-asked-again": "Better only because those asked before were not asked again",
        "set-aside": "Better because it does not apply any more",
        "without-evidence": "Better without evidence",
        "not-known-now": "Known before, not known now",
        "planned-again": "Planned for the second time",
        "done-but-not-moved": "Marked as done, but the answer did not get better",
    }
)

GATE_CLASSES = Words(
    {
        "fails-now": "Does not hold any more",
        "holds-now": "Holds now",
        "gone": "Gone from the rubric",
        "new": "New in the rubric",
        "asks-otherwise": "Asks for something else",
        "figure": "The figure moved",
    }
)

PEOPLE = Words(
    {
        "joined": "{who}: nobody then, {now} now.",
        "left": "{who}: {then} then, nobody now.",
        "many-more": "{who}: {then} then, {now} now.",
        "far-fewer": "{who}: {then} then, {now} now.",
    }
)

NOTES = Words(
    {
        "backwards": "The second audit ({now}) is older than the first ({then}). They are compared in the order given.",
        "same_answers": "Both sides are made from the very same answers files, so nothing can have changed.",
        "other_subject": "These are two different subjects: “{then}” and “{now}”.",
        "restated": "{file}: the record says “{said}”. With this version of the program its answers come to “{found}”, "
        "and that is what is compared.",
        "stand_in": "{file}: its rubric, version {version}, is not here. Names and directions are those of "
        "version {other}; its stage and its conditions are as the record has them.",
        "not_shown": "{file}: these questions are left out, because no rubric here knows them: {list}",
        "tailored": "The two audits were made with two rubrics, one tailored from the other or both from a third: "
        "“{then}” then, “{now}” now.",
        "same_number": "The rubric changed, although its version number ({version}) did not.",
        "published": "{file}: made for sharing, so that notes, evidence and small numbers are not in it.",
        "unheard": "{date}: no view includes this perspective: {perspective}.",
        "subjects": "These are several subjects: {list}.",
        "twice": "{file} is the same audit as {other}, and is left out.",
        "unread": "Left out: {problem}",
    }
)

FAILURES = Words(
    {
        "fell": "the stage fell from “{then}” to “{now}”",
        "unheard": "the people who come first in the rubric did not answer, or not where it looks better",
        "unheard-hint": "Ask them, in a file of their own with the same `audit:` line.",
        "not-comparable": "the stages cannot be compared",
        "not-comparable-hint": "The comparison says why, and what can still be compared.",
        "case_stage": "The stage did not fall",
        "case_unheard": "The people who come first were heard",
        "case_not-comparable": "The stages can be compared",
    }
)

COUNTED_CHANGES = Counted(
    {
        "asked": ("{count} question was asked.", "{count} questions were asked."),
        "asked_twice": (
            "{then} questions then, {count} question now.",
            "{then} questions then, {count} questions now.",
        ),
        "known": (
            "{known} of {count} question has a known answer.",
            "{known} of {count} questions have a known answer.",
        ),
        "audits": ("{count} audit", "{count} audits"),
        "unread": (
            "This is made of {audits}. {count} file or folder is left out, because it cannot be read.",
            "This is made of {audits}. {count} files or folders are left out, because they cannot be read.",
        ),
        "unread_more": ("… and {count} more is left out.", "… and {count} more are left out."),
    }
)

TREND = Words(
    {
        # headings
        "title": "Over time: {name}",
        "stage": "The stage over time",
        "table": "Each audit, and how many answered",
        "latest_first": "Each audit, the latest first",
        "themes": "Each theme over time: how many questions are as good as they can be",
        "anti_patterns_free": "Free of what looks right but is not",
        "then": "{before}, then {after}",
        "histories": "When each question changed",
        "recurring": "What keeps coming back",
        "rubric_changes": "Where the rubric changed",
        # labels
        "day": "Day",
        "known": "Known",
        "chart": "The stage of each audit",
        # short sentences
        "theme_lead": "More is better. What is half as good counts as a half. What is not known counts as the worst, "
        "and what does not apply is left out. First forms, neither good nor bad by themselves, are not counted.",
        "theme_charts": "In each small picture the lower line is none of them, the upper line all.",
        "nothing_applies": "nothing applies",
        "theme_score": "{got} of {of}",
        "no_histories": "No question counts for more or less than before.",
        "no_recurring": "Nothing came back.",
        "range": "{floor}, or as high as {ceiling}",
        "little_known": "not enough known: from {floor} to {ceiling}",
        "settled_little_known": "not enough known; whatever the open answers are, the rule comes to {floor}",
        "chart_desc": "{day}: {stage}",
        "span": "{count}, from {then} to {now}",
        "span_of_a_day": "{count}, on {now}",
        "too_different": "the two versions ask too many different questions.",
        "with_rubric": "The rubric changed on the way. What the organisation did by itself is said below.",
        "came_back": "{what}: {days}",
        "still_to_do": "{what} – agreed on {day}. {stands}",
        "each_of": "{what} – in the last {count} audits",
        "jump": "{day}: {move} ({kind}: {cause})",
        "all_below": "When each question changed follows below. As a page with a chart: -o trend.html",
        "changed_by_rubric": "{day}, version {version}. What the organisation did until then, under version {under} "
        "alone: {own}.",
        "changed_not_comparable": "{day}, version {version}. Not comparable with the audit before: {why}",
    }
)

COURSE = Words(
    {
        "settled": "“{stage}”",
        "or_higher": "“{stage}” or higher",
        "nth": "{day} ({place})",
        "since_up": "Since {when} higher, at {stage}.",
        "since_down": "Since {when} lower, at {stage}.",
        "since_up-by-rubric": "Since {when} at {stage}, higher only because the rubric changed.",
        "since_down-by-rubric": "Since {when} at {stage}, lower only because the rubric changed.",
        "since_other-ladder": "Since {when} at {stage}. The stages are others than before.",
        "since_not-comparable": "Since {when} at {stage}, which cannot be compared with the time before (see below).",
        "since_not-known": "Since {when} at {stage}.",
        "since_not-told": "Since {when} at {stage}. Whether that is a change cannot be told.",
        "since_little_known": "Since {when} not enough is known to name a stage.",
        "from_first_same": "That is where it was at first.",
        "from_first_up": "That is higher than at first ({first}).",
        "from_first_down": "That is lower than at first ({first}).",
        "from_first_up-by-rubric": "That is higher than at first ({first}) only because the rubric changed.",
        "from_first_down-by-rubric": "That is lower than at first ({first}) only because the rubric changed.",
        "always_answered": "{who} answered every time.",
        "never_answered": "{who} never answered.",
    }
)
COUNTED_COURSE = Counted(
    {
        "all_years": ("{count} year at {stage}.", "{count} years in a row at {stage}."),
        "all_audits": ("{count} audit, at {stage}.", "{count} audits in a row at {stage}."),
        "all_little_known": (
            "{count} audit, and not enough was known to name a stage.",
            "{count} audits, and in none was enough known to name a stage.",
        ),
        "at_years": ("{count} year at {stage}.", "{count} years at {stage}."),
        "at_audits": ("{count} audit at {stage}.", "{count} audits at {stage}."),
        "at_little_known": (
            "At first {count} audit in which not enough was known to name a stage.",
            "At first {count} audits in which not enough was known to name a stage.",
        ),
        "rose": (
            "From {first} to {last} the stage rose {count} time.",
            "From {first} to {last} the stage rose {count} times.",
        ),
        "fell": (
            "From {first} to {last} the stage fell {count} time.",
            "From {first} to {last} the stage fell {count} times.",
        ),
        "up_and_down": (
            "From {first} to {last} the stage changed {count} time.",
            "From {first} to {last} the stage changed {count} times, up and down.",
        ),
        "changed": (
            "From {first} to {last} the stage changed {count} time.",
            "From {first} to {last} the stage changed {count} times.",
        ),
        "broken": (
            "From {first} to {last} the stage cannot be followed all the way.",
            "From {first} to {last} the stage cannot be followed all the way.",
        ),
        "sometimes_answered": (
            "{who} answered in {count} of {of} audits.",
            "{who} answered in {count} of {of} audits.",
        ),
        "gained": (
            "{count} answer is as it should be now and was not at first.",
            "{count} answers are as they should be now and were not at first.",
        ),
        "lost": (
            "{count} answer was as it should be once and is not now.",
            "{count} answers were as they should be once and are not now.",
        ),
        "not_shown": (
            "The first {count} audit is not in this table. A .json file has them all.",
            "The first {count} audits are not in this table. A .json file has them all.",
        ),
        "more_lost": (
            "{count} more, lost earlier, is not in this table. A .json file has all answers.",
            "{count} more, lost earlier, are not in this table. A .json file has all answers.",
        ),
        "more_changed": (
            "{count} more question changed. Those that keep from the next stage come first here, then those that "
            "changed most often. A .json file has them all.",
            "{count} more questions changed. Those that keep from the next stage come first here, then those that "
            "changed most often. A .json file has them all.",
        ),
        "earlier": ("… and {count} earlier change", "… and {count} earlier changes"),
    }
)
MATRIX = Words(
    {
        "heading": "All answers, audit by audit",
        "caption": "All answers, {first} to {last}",
        "scores_caption": "Each theme, {first} to {last}: how many questions are as good as they can be",
        "lead": "A bold edge marks a change since the audit before.",
        "lead_in_text": "In bold: changed since the audit before.",
        "stages": "The stages:",
        "who": "Answered: {who}",
        "none": "no",
        "some": "yes",
        "between": "{low}–{high}",
        "changed": "{said}, changed",
        "or_higher": "{place}+",
        "gone": "Not asked any more",
        "not_asked": "not asked",
        "lost": "As it should be once, and not now",
        "no_lost": "Nothing was as it should be once and is not now.",
        "last_right": "Last as it should be",
        "now": "Now",
        "mark_heard": "an audit, at the stage that is sure",
        "mark_unheard": "an audit without any answer from: {who}",
        "mark_not-known": "not enough known to name a stage",
        "mark_range": "up to the stage that is possible",
        "mark_version": "from here on another version of the rubric",
    }
)

RECURRING = Words(
    {
        "came-back": "Better once, and then worse or not known again",
        "holds-back": "It keeps from the next stage, again and again",
        "never-done": "Agreed, and still not done",
        "always-planned": "Planned, and still only planned",
        "always-open": "Still nobody knows",
    }
)
