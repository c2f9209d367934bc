"""What platforms make live in the text of a page that they have made of Markdown, and a renderer as GitHub has it."""

from __future__ import annotations

import re
from html import unescape

import cmarkgfm

# What a platform finds in the text of a page that it has made of Markdown. Where each is live is said behind it.
LIVE = {
    "a person or a team": r"@[\w.-]*\w|@\{",  # everywhere
    "an issue or a request": r"[#!]\d",  # everywhere; `!` on GitLab and Azure DevOps
    "a tag": r"#\w|#\"",
    "a label or a milestone": r"[~%][\w\"]",  # GitLab
    "a snippet or an epic": r"[$&]\d",  # GitLab
    "an iteration": r"\*iteration:",  # GitLab
    "any other reference": r"\[\w+:|\[\[|\[\^|\[TOC|\[!|\w/[\w.-]*\w>",  # GitLab, and notes below the line
    "a box to tick": r"\[[ xX~]\]",
    "a key": r"\b(?!SHA-)[A-Z][A-Z0-9_]{1,4}-\d|\b[Gg][HhLl]-\d",  # Jira, GitHub, GitLab
    "a commit": r"(?<![0-9A-Za-z])[0-9a-f]{7,40}(?![0-9A-Za-z])",  # GitHub, GitLab
    "an address": r"\w://|(?<!:)//\w|(?i:mailto|xmpp):\w|(?i:www\.\w)",
    "a mail address": r"[\w.+-]+@[\w-]+",
    "a small picture": r":(?!\d\d:)[\w+-]+:",
    "a change": r"[\[{][+-]",  # GitLab
    "an inclusion": r"::\w",  # GitLab
}
"""By what it is, how it is found."""
LIVE_WORDS = (
    *("@somebody", "#123", "owner/repo#123", "GH-12", "JIRA-12", "0123abcd4567", "https://live.example.org/a?b=1"),
    *("ftp://live.example.org", "www.live.example.org", "mailto:a@live.example.org", "a@live.example.org"),
    *("xmpp:a@live.example.org", ":tada:", "!12", "~bug", "%1", "$x$", "&12", "[vulnerability:1]", "[^1]", "[ ] x"),
)
_LINKED = re.compile(r"<a [^>]*>.*?</a>")


def shown(source: str) -> str:
    """The text of the page that GitHub's renderer makes of Markdown, but for what is a link already."""
    page = cmarkgfm.github_flavored_markdown_to_html(source)
    return unescape(re.sub("<[^>]*>", "", _LINKED.sub("", page).replace("<!-- raw HTML omitted -->", "\n")))


def live_in(text: str) -> list[tuple[str, str]]:
    """What a platform would make live, each with the text that it is found in."""
    found = ((what, re.search(pattern, text)) for what, pattern in LIVE.items())
    return [(what, text[max(0, match.start() - 20) : match.end() + 20]) for what, match in found if match]
