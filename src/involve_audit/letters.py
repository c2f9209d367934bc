"""Signs that cannot be seen, and signs that only look like others."""

from __future__ import annotations

import re
import unicodedata

from involve_audit.language import _, listed, ngettext

# What people type for one another. Some have to be seen to before Unicode takes them apart, others after.
_TYPED_ALIKE = str.maketrans({**dict.fromkeys("’‘‛ʼʻʽʹ`´′׳", "'"), **dict.fromkeys("“”„‟″״«»", '"'), "\u2212": "-"})
# What Unicode says may be left out wherever a text is shown ("default ignorable"), such as marks of direction.
_WITHOUT_WIDTH = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_MOST = 5

LOOKS = str.maketrans(
    "аеорсухіјѕԁһӏԛԝкүѵɡıАВЕКМНОРСТУХІЈЅҮӀԚԜαοινρυκχγωϲΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսհոցյՕՍیىکہھ",
    "aeopcyxijsdhlqwkyvgiABEKMHOPCTYXIJSYIQWaoivpukxywcABEZHIKMNOPTYXouhngjOUييكهه",
)
"""Letters of other scripts that look like Latin ones, and Arabic letters that look like other Arabic ones."""


def plain(text: str) -> str:
    """The text with one sign for those that people type for one another, and without what cannot be seen."""
    text = unicodedata.normalize("NFKC", _without_width(text.translate(_TYPED_ALIKE))).translate(_TYPED_ALIKE)
    signs = ("-" if unicodedata.category(sign) == "Pd" else sign for sign in _without_width(text))
    return " ".join("".join(signs).split())


def _without_width(text: str) -> str:
    return text if text.isascii() else re.sub(_WITHOUT_WIDTH, "", text)


def as_seen(word: str) -> str:
    """A word as it looks, where all of it looks like letters of ASCII; else as it is."""
    seen = word if word.isascii() else plain(word).translate(LOOKS)
    return seen if seen.isascii() else word


def oddities(word: str) -> str:
    """What in a word cannot be seen, or is not the sign that it looks like, and what to do; empty where all is as it
    looks."""
    if word.isascii():
        return ""
    unseen = [sign for sign in word if re.match(_WITHOUT_WIDTH, sign) or (sign.isspace() and sign != " ")]
    alike = [sign for sign in word if not sign.isascii() and sign not in unseen] if as_seen(word).isascii() else []
    said = []
    if unseen:
        names = listed(dict.fromkeys(f"U+{ord(sign):04X} ({_name(sign)})" for sign in unseen[:_MOST]))
        said.append(_("There is something here that cannot be seen: {signs}. Take it out.").format(signs=names))
    if alike:
        what = ngettext(
            "Here, {signs} only looks like another sign. Type it anew.",
            "Here, {signs} only look like other signs. Type them anew.",
            len(set(alike)),
        )
        said.append(what.format(signs=told(alike)))
    return " ".join(said)


def told(signs: list[str]) -> str:
    """Each of these signs with its name, in their order; of very many, the first."""
    return listed(map(_told, list(dict.fromkeys(signs))[:_MOST]))


def _told(sign: str) -> str:
    shown = f"\u25cc{sign}" if unicodedata.category(sign)[0] == "M" else sign
    return f"“{shown}” ({_name(sign)})"


def _name(sign: str) -> str:
    return unicodedata.name(sign, f"U+{ord(sign):04X}").capitalize()
