"""What the program says in its page (docs/page.md) where elsewhere it names commands and options of a terminal.

By the text that it says elsewhere. Reports are the same everywhere and have none of these.
"""

from __future__ import annotations

from collections.abc import Mapping

from involve_audit.language import N_

IN_PAGE: Mapping[str, str] = {
    N_("--audit: `{given}` is not the id of an audit"): N_("“The audit’s id”: `{given}` cannot be one"),
    N_("--by: `{given}` is no day within a year from today"): N_(
        "“The last day to answer”: `{given}` is no day within a year from today"
    ),
    N_("--reply-to has to have 1 to {most} characters"): N_(
        "“Whom to send the answers to” takes 1 to {most} characters"
    ),
    N_("--subject is empty"): N_("the name of the service is empty"),
    N_("A record is written by `involve-audit assess … -o NAME.audit.json`, and not by hand."): N_(
        "A record is what “Save as a record, to compare later” gives, and is not written by hand."
    ),
    N_("Begin with a copy of `{extends}`, or with an overlay of your own: --extends {extends}."): N_(
        "Begin with a copy of `{extends}`."
    ),
    N_("Compare audits of one subject, or say that it is one with --any-subject."): N_(
        "Compare audits of one subject, or tick “Also where the names of the services differ”."
    ),
    N_("For a file: -r FILE."): N_("If it is one of your own, open its file too, under “See what answers say”."),
    N_("If it holds answers, `involve-audit answers read` makes an answers file of it."): N_(
        "If it holds answers, “Read what came back” makes an answers file of it."
    ),
    N_("It counts as answered by nobody: a reading of documents. --perspective says who answered."): N_(
        "It counts as answered by nobody: a reading of documents. Where people answered, say who under “Who answered”."
    ),
    N_("It is {file}. Choose another id; a copy of it is begun with --from {id}."): N_(
        "Choose another id. A copy of it is begun with “Begin with”."
    ),
    N_("Name a version of it with -r FILE."): N_("Open the file of a version of it too."),
    N_("Name it `{id}.yaml`. Until then, name the file with -r."): N_("Name it `{id}.yaml`, and open it anew."),
    N_("Name it: -r RUBRIC."): N_("Choose it under “Which questions?”."),
    N_("Name the earlier rubric, or carry the answers over: involve-audit answers migrate"): N_(
        "Open the file of the earlier rubric too. Somebody with a terminal can carry the answers over to the "
        "newer one: involve-audit answers migrate"
    ),
    N_("Name the rubric with -r."): N_("Choose the rubric under “Which questions?”."),
    N_("Notes were left out. With --notes they are kept, without whose they are."): N_(
        "Notes were left out. With “Keep notes, without whose they are” they are kept."
    ),
    N_("Please report it with the command you gave; run it again with --debug before the command for the trace."): N_(
        "Please report it with what you did, and with what stands under “The same in a terminal”."
    ),
    N_("Put all responses together anew: involve-audit answers combine"): N_(
        "Put all responses together anew, under “Put many people’s answers together”."
    ),
    N_("Put that right first: involve-audit rubric check {file}"): N_(
        "Put that right first: press “Change it” beside {file}, then “Check it”."
    ),
    N_("Put the responses together again: involve-audit answers combine"): N_(
        "Put the responses together again, under “Put many people’s answers together”."
    ),
    N_("Reasons have a column of their own; --columns can say which one: `reason of` and the question's id."): N_(
        "Reasons have a column of their own."
    ),
    N_("Say it for all of them, such as --audit riverside-2026."): N_(
        "Say it for all of them, under “The audit’s id”."
    ),
    N_("Say it for all of them: --perspective PERSPECTIVE."): N_("Say it for all of them, under “Who answered”."),
    N_("Say it for all of them: --subject NAME."): N_("Say it for all of them, under “Name of the service”."),
    N_("Say it in the file of --columns: `{line}`, or `{other}`."): N_(
        "Write the days in the table as 2027-03-04, and open it again."
    ),
    N_("Take one out, or say with --columns which of them counts."): N_(
        "Take one out of the table, and open it again."
    ),
    N_("Take the workbook that `involve-audit answers new -o answers.xlsx` writes."): N_(
        "Take the workbook that is made under “Ask others”."
    ),
    N_("Their headings have to be the questions as the rubric asks them, or --columns has to say what is what."): N_(
        "Their headings have to be the questions as the rubric asks them."
    ),
    N_("This is no pass. Let it search longer with --budget {nodes}, or make the gates simpler."): N_(
        "This is no pass. Make the gates simpler."
    ),
    N_("To see who has not answered yet: involve-audit batch FOLDER --expected {list}"): N_(
        "The list to tick off who has answered is {list}."
    ),
    N_("Views of one audit carry the same `audit:` line. Assess one audit at a time, or all: involve-audit batch"): N_(
        "Views of one audit carry the same `audit:` line. Tick the files of one audit, or see all under “Many "
        "services”."
    ),
    N_("`involve-audit answers migrate FILE --to {version}` carries it over."): N_(
        "Somebody with a terminal can carry it over: `involve-audit answers migrate FILE --to {version}`"
    ),
    N_("`involve-audit rubric list` shows all."): N_("“Which questions?” lists those that come with the program."),
    N_("{format} does not go with --publish"): N_("{format} does not go with “To share”"),
}
