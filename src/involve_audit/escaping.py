"""User text is never markup: what each format needs so that text stays text."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

# Control characters, the marks that turn the direction of everything after them, and what stands for the bytes of a
# file's name that is no UTF-8.
_UNSEEN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# What no line of JSON or YAML holds as it stands: what is not seen, what some readers end a line at, and no characters.
_ESCAPED = rf"{_UNSEEN.pattern}|[\u2028\u2029\ufeff\ufffe\uffff]"
# What every reader of YAML takes for text without quotes. It begins with a letter, so it is no number, date or mark.
_BARE = r"(?i)(?!(?:y|n|yes|no|on|off|true|false|null|nan|inf)$)[^\W\d_](?:[\w ,.;()/+@'’%!?–-]*[\w.)!?])?"
_NOT_IN_XML = re.compile("[\ufffe\uffff]")
_MARKDOWN = re.compile(r"([\\`*_\[\]|~#$])")
_BLOCK_MARK = r"^(\d+)(?=[.)](?:\s|$))|^(?=[-+=](?:[-+=\s]|$))"
_ENTITY = re.compile(r"&(?=#?\w*(?:;|$))")
JOINT = "\u200b"
"""A space without width. In Markdown, it stands within whatever a platform would make live by itself."""
# The signs that get a joint behind them, and one before them where there is a group. Neither backslashes nor entities
# would do: platforms look at the text as it is shown.
_LIVE = (
    r"[@#!$&~%*\[{:/.-](?:"
    r'(?<=@)(?=\S)|(?<=#)(?=[\w"])|(?<=[!$&])(?=\d)'  # people, teams, issues, requests, epics
    r'|(?<=[~%])(?=[\w"])|(?<=\*)(?=iteration:)|(?<=\[)|(?<={)(?=[-+])'  # labels, boxes to tick, changes, and others
    r"|(?:(?<=[A-Z][A-Z0-9_]-)(?<!SHA-)|(?<=[A-Z][0-9_]{2}-)|(?i:(?<=gh-)|(?<=gl-)))(?=\d)"  # keys of issues
    r"|(?<=:)(?=//|:|(?!\d\d:)[\w+-]+:|(?:[a-z+-]|(?<!\d:)\d)[\w+-]*$)"  # addresses, small pictures
    r"|(?i:(?<=mailto:)|(?<=xmpp:))"
    r"|(?<=/)(?=/)|(?<=\w/)(?=[\w.-]+>)|(?<=\A/)(?=\w)"  # addresses, projects, commands
    r"|((?<=[wW]{3}\.))|(?<=\S\.)(?=[^\x00-\x7f]|(?i:[a-z]{2}|com|net|org|edu|gov|mil|int|info|biz|pro|web|xxx|name"
    r"|museum|aero|asia|coop|jobs|mobi|app|dev|shop|site|online|xn--[\w-]+)(?![^\W_])))"  # what looks like an address
)
# The number of a commit: seven digits or more are taken for one.
_COMMIT = "[0-9A-Fa-f](?<![0-9A-Za-z].)[0-9A-Fa-f]{6,39}(?![0-9A-Za-z])"
_SIX = re.compile("......(?=.)")


class Markdown(str):
    """Text that is Markdown already and is not escaped again."""

    __slots__ = ()


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def clean(value: Any) -> Any:
    """Text without control characters and direction overrides; anything else as it is."""
    if type(value) is not str or value.replace("\n", "").isprintable():  # which nearly every text is
        return value
    return _UNSEEN.sub("\ufffd", value)


def cell(value: object) -> object:
    """What may stand in a cell of a spreadsheet: text on one line, which no spreadsheet works out."""
    if not isinstance(value, str):
        return value
    text = clean(" ".join(value.split())) if not value.isascii() or not value.isprintable() else value
    return f"'{text}" if text.startswith(_FORMULA) else text


def from_cell(text: str) -> str:
    """The text that a cell stands for, which `cell` may have made."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA) else text


def json_text(text: str) -> str:
    """JSON whose text holds no such character as it stands, only as an escape: a record stays on its line."""
    return re.sub(_ESCAPED, lambda found: f"\\u{ord(found[0]):04x}", text)


def as_json(value: Any, **layout: Any) -> str:
    """A value as JSON, on one line unless the layout is another. It is YAML, too."""
    import json

    return json_text(json.dumps(value, ensure_ascii=False, **layout))


def is_bare(text: str) -> bool:
    """Whether a text can stand in a YAML file without quotes, and is the same text to readers of YAML 1.1 and 1.2."""
    return re.fullmatch(_BARE, text) is not None


def yaml_text(text: str) -> str:
    """A text as it stands in a YAML file, as a key or as a value."""
    return text if is_bare(text) else as_json(text)


def xml_text(text: str) -> str:
    """Text with only the characters that XML allows, and no other unseen ones."""
    return _NOT_IN_XML.sub("\ufffd", _UNSEEN.sub("\ufffd", text))


def markdown(value: Any) -> Any:
    """Text that Markdown shows as it stands, on one line, and that no platform makes live (docs/templates.md).

    What a filter made safe for HTML is text here.
    """
    if not isinstance(value, str) or isinstance(value, Markdown):
        return value
    if not value.strip(" "):  # the space that a template puts in
        return value
    text = " ".join(_UNSEEN.sub("\ufffd", value).split())
    text = re.sub(_LIVE, lambda found: f"{'' if found[1] is None else JOINT}{found[0]}{JOINT}", text)
    text = re.sub(_COMMIT, lambda found: _SIX.sub(rf"\g<0>{JOINT}", found[0]), text)
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(_BLOCK_MARK, r"\1\\", _MARKDOWN.sub(r"\\\1", text))


def link_target(link: str) -> str:
    """A link as it may stand in HTML, and within round brackets: nothing in it can end them."""
    return quote(link, safe="%/:=&?~#+!$,;'@")


def markdown_target(link: str) -> Markdown:
    """A link as it may stand in the round brackets of Markdown, with nothing in it that is escaped again."""
    return Markdown(link_target(link).replace("&", "&amp;"))


def safe_markdown(value: str) -> Markdown:
    """What a macro of a template made, without the space around it: it is Markdown already."""
    return Markdown(value.strip())


LONGEST_CELL = 32_767
"""Of so many characters spreadsheets keep a cell's text. LibreOffice cuts what is longer without a word."""
# What survey tools would take for the beginning of a reference, a tag or an entity, and for the middle of a link.
_IN_SURVEYS = r"\$(?=[${])|<|&(?=[#\w])|\](?=\()"
_BLOCK_IN_SURVEYS = "^(?=[-+#>])"
_EMPHASIS = r"[\\*_]"
_WIDE = str.maketrans({"*": "＊", "_": "＿", "\\": f"\\{JOINT}"})


def survey_text(text: str, choice: bool = False) -> str:
    """Text that ODK Collect, Enketo and pyxform show as it stands, on one line: they read Markdown, HTML and `${…}`.

    Both know a backslash before `*`, `_` and itself. In what can be chosen only Collect reads Markdown, so there the
    sign itself is another one, which is the same to whoever folds letters (`letters.plain`).
    """
    line = re.sub(_IN_SURVEYS, rf"\g<0>{JOINT}", xml_text(" ".join(text.split())))
    line = line.translate(_WIDE) if choice else re.sub(_EMPHASIS, r"\\\g<0>", line)
    return re.sub(_BLOCK_IN_SURVEYS, JOINT, line)
