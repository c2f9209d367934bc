"""The words of reading what came back, and of putting many people's answers together."""

from __future__ import annotations

from involve_audit.language import Counted, Words

COMBINING = Words(
    {
        "few": "Of fewer than {fewest} responses it is not said how many gave which answer: only what they come to.",
        "evidence": "Evidence for another answer than the one that the responses come to was left out.",
        "retired": "What the responses say under `retired` was left out: nothing is worked out from it.",
        "nobody": "nobody: readings of documents",
        "notes": "Notes were left out. With --notes they are kept, without whose they are.",
        "piece": "{file}: it holds what looks like a piece of a code without its first line. That was not read: "
        "ask for the whole code.",
        "again": "{file} is there already and says the same: it was not written once more.",
        "beside": "{file} is of the same audit and the same people as {other}, and both count. Should the same answers "
        "be in both, or an earlier state of them, take the older file away.",
        "unanswered": "{file}: no question is answered in it. Was it saved, and is it the right file?",
        "before": "{file} was put together before. Were any of the other responses in it already, they count twice: "
        "then put the single ones together without it.",
        "all": "In all: files {files}, responses {responses}, audits {audits}.",
        "methods": "How the answers were gathered (`method`) was left out: the responses say different things.",
    }
)

RECEIVED = Counted(
    {
        "read": ("{file}: {count} response was read.", "{file}: {count} responses were read."),
        "twice": (
            "{file}: {count} response is in it once more, and was taken once.",
            "{file}: {count} responses are in it once more, and were taken once.",
        ),
        "left": (
            "{file}: {count} attached file was not read ({reason}). If answers are in it, save it and read that, "
            "or type them in.",
            "{file}: {count} attached files were not read ({reason}). If answers are in them, save them and read "
            "those, or type them in.",
        ),
        "together": (
            "{file}: {count} response, of {who}.",
            "{file}: {count} responses put together, of {who}.",
        ),
    }
)
