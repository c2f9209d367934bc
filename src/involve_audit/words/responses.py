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
        "methods": "How the answers were gathered (`method`) was left out: the responses say different things.",
    }
)

RECEIVED = Counted(
    {
        "read": ("{file}: {count} response was read.", "{file}: {count} responses were read."),
        "together": (
            "{file}: {count} response, of {who}.",
            "{file}: {count} responses put together, of {who}.",
        ),
    }
)
