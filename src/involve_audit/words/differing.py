"""The words for where views differ: what that comes to, how far apart the answers are, and opinions within a group."""

from __future__ import annotations

from involve_audit.language import Counted, Words

# {total} counts all questions on which views differ. The first sentence that is told stands alone; others follow it.
FINDING = Counted(
    {
        # of two groups
        "each": (
            "The one question on which views differ looks better to {better} than to {worse}.",
            "The {count} questions on which views differ all look better to {better} than to {worse}.",
        ),
        "most": (
            "{count} of the {total} questions on which views differ looks better to {better} than to {worse}.",
            "{count} of the {total} questions on which views differ look better to {better} than to {worse}.",
        ),
        "half": (
            "{count} of the {total} questions on which views differ looks better to {better}, and {count} to {worse}.",
            "{count} of the {total} questions on which views differ look better to {better}, and {count} to {worse}.",
        ),
        "others": (
            "The one that looks better to {worse}: {items}.",
            "The {count} that look better to {worse}: {items}.",
        ),
        # of more groups
        "worst": (
            "The worst answer comes most often from {who}: to {count} of the {total} questions on which views differ.",
            "The worst answer comes most often from {who}: to {count} of the {total} questions on which views differ.",
        ),
        "worst_each": (
            "The worst answer comes most often from {who}, each of them to {count} of the {total} questions on which "
            "views differ.",
            "The worst answer comes most often from {who}, each of them to {count} of the {total} questions on which "
            "views differ.",
        ),
        "worst_all": (
            "The worst answer to the one question on which views differ comes from {who}.",
            "The worst answer to all {count} questions on which views differ comes from {who}.",
        ),
        "best": (
            "The best answer comes most often from {who}: to {count} of them.",
            "The best answer comes most often from {who}: to {count} of them.",
        ),
        "best_each": (
            "The best answer comes most often from {who}, each of them to {count}.",
            "The best answer comes most often from {who}, each of them to {count}.",
        ),
        "best_all": (
            "The best answer to the one question comes from {who}.",
            "The best answer to all {count} questions comes from {who}.",
        ),
        "even": ("There is one question on which views differ.", "There are {count} questions on which views differ."),
        # of any number of groups
        "opposite": ("The answers to one of them are opposite.", "The answers to {count} of them are opposite."),
        "neutral": (
            "One is neither good nor bad by itself: {items}.",
            "{count} are neither good nor bad by themselves: {items}.",
        ),
        "only_neutral": (
            "The one question on which views differ is neither good nor bad by itself: {items}.",
            "The {count} questions on which views differ are neither good nor bad by themselves: {items}.",
        ),
        # of the people of one group
        "split": (
            "The answers of {who} are split on {count} question.",
            "The answers of {who} are split on {count} questions.",
        ),
        "not_drawn": (
            "The picture shows those that lie farthest apart. The table below has {count} more.",
            "The picture shows those that lie farthest apart. The table below has {count} more.",
        ),
    }
)

DIFFERING = Words(
    {
        "one": "On the one question on which views differ, the worst answer comes from {worst}, the best from {best}.",
        "one_opposite": "The answers are opposite.",
        "all_opposite": "The answers to all of them are opposite.",
        "answers": "{item} ({answers})",
    }
)
