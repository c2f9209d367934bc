"""Names of subjects: when two are one to people, and what tells apart two that look alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import combinations

from involve_audit.language import _, listed

# What people type for one another. Some have to be seen to before Unicode takes them apart, others after.
_TYPED_ALIKE = str.maketrans({**dict.fromkeys("’‘‛ʼʻʽʹ`´′׳", "'"), **dict.fromkeys("“”„‟″״«»", '"'), "\u2212": "-"})
_LEFT_OUT = str.maketrans("", "", "'\"")
# What Unicode says may be left out wherever a text is shown ("default ignorable"), such as marks of direction.
_WITHOUT_WIDTH = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Letters of other scripts that look like Latin ones, and Arabic letters that look like other Arabic ones.
_LOOKS = str.maketrans(
    "аеорсухіјѕԁһӏԛԝкүѵɡıАВЕКМНОРСТУХІЈЅҮӀԚԜαοινρυκχγωϲΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսհոցյՕՍیىکہھ",
    "aeopcyxijsdhlqwkyvgiABEKMHOPCTYXIJSYIQWaoivpukxywcABEZHIKMNOPTYXouhngjOUييكهه",
)
_LOOKS_IN_SMALL = str.maketrans("l1|!0", "iiiio")
_MOST = 5


def folded(name: str) -> str:
    """The name as it is held against others: names that differ a little are one name.

    It is Unicode's NFKC with case folding, without apostrophes, quotes and a "the" in front; any other punctuation
    counts as a blank, and "&" as "and". Letters keep their accents and every other mark.
    """
    plain = without_case(name)
    signs = plain.translate(_LEFT_OUT).replace("&", " {} ".format(_("and")))
    words = "".join(" " if unicodedata.category(sign)[0] == "P" else sign for sign in signs).split()
    while words[1:] and words[0] == _("the"):
        del words[0]
    return unicodedata.normalize("NFKC", " ".join(words)) or plain


def without_case(name: str) -> str:
    """The name with its punctuation, but without case, and with one sign for those that people type for one another."""
    return unicodedata.normalize("NFKC", _plain(_plain(name).casefold()))


def _plain(name: str) -> str:
    """The name in its own case and punctuation, with one sign for those that people type for one another."""
    name = unicodedata.normalize("NFKC", _WITHOUT_WIDTH.sub("", name.translate(_TYPED_ALIKE))).translate(_TYPED_ALIKE)
    signs = ("-" if unicodedata.category(sign) == "Pd" else sign for sign in _WITHOUT_WIDTH.sub("", name))
    return " ".join("".join(signs).split())


def distinct(names: Iterable[str]) -> list[str]:
    """These names, of those that are the same the first."""
    written = list(dict.fromkeys(" ".join(name.split()) for name in names))
    if len(written) < 2:  # nearly always
        return written
    found: dict[str, str] = {}
    for name in written:
        found.setdefault(folded(name), name)
    return list(found.values())


def look_alikes(names: Iterable[str]) -> str:
    """What tells apart two of these names that are not the same and look alike; empty where no two of them do."""
    for first, second in combinations(map(_plain, distinct(names)), 2):
        if _look(first) == _look(second) != "":
            return _told_apart(first, second)
    return ""


def differ_a_little(first: str, second: str) -> bool:
    """Whether two names are one, or look so much alike that one is likely to be a slip."""
    return folded(first) == folded(second) or _look(first) == _look(second) != ""


def told_apart(first: str, second: str) -> str:
    """What tells apart two ways to write one name, where that is hard to see; else empty."""
    unseen = _plain(first) == _plain(second) or folded(first) != folded(second)
    return _told_apart(first, second) if first != second and unseen and differ_a_little(first, second) else ""


def _told_apart(first: str, second: str) -> str:
    these, those = (_told(signs) for signs in zip(*_differences(first, second), strict=True))
    what = _("Two of these names look alike: where one has {these}, the other has {those}.")
    return what.format(these=these, those=those)


def _look(name: str) -> str:
    """What can be seen of a name at a glance: letters and figures without accents, those that look alike as one."""
    signs = (sign for sign in unicodedata.normalize("NFD", name) if unicodedata.category(sign)[0] not in "MPZ")
    plain = "".join(str(unicodedata.digit(sign, sign)) for sign in signs).translate(_LOOKS).casefold()
    return plain.translate(_LOOKS_IN_SMALL).replace("rn", "m").replace("vv", "w")


def _differences(first: str, second: str) -> Iterator[tuple[str, str]]:
    """The signs of each name that the other has not in that place."""
    import difflib

    held = difflib.SequenceMatcher(None, [*map(str.casefold, first)], [*map(str.casefold, second)], autojunk=False)
    for kind, start, end, other_start, other_end in held.get_opcodes():
        if kind != "equal":
            yield first[start:end], second[other_start:other_end]


def _told(pieces: Iterable[str]) -> str:
    """Each sign with its name, in the order in which they stand."""
    signs = list(dict.fromkeys("".join(pieces)))[:_MOST]
    return listed(map(_sign, signs)) if signs else _("nothing")


def _sign(sign: str) -> str:
    shown = f"\u25cc{sign}" if unicodedata.category(sign)[0] == "M" else sign
    return f"“{shown}” ({unicodedata.name(sign, f'U+{ord(sign):04X}').capitalize()})"
