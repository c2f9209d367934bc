"""Names of subjects: when two are one to people, and what tells apart two that look alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import chain, combinations, count

from involve_audit.errors import Problem
from involve_audit.language import _
from involve_audit.letters import LOOKS, plain, told

_LEFT_OUT = str.maketrans("", "", "'\"")
_LOOKS_IN_SMALL = str.maketrans("l1|!0łøđħŧƀɨɉɍɏƶ", "iiiioiodhtbijryz")  # Unicode takes no stroke off a letter


def folded(name: str) -> str:
    """The name as it is held against others: names that differ a little are one name.

    It is Unicode's NFKC with case folding, without apostrophes, quotes and a "the" in front; any other punctuation
    counts as a blank, and "&" as "and". Letters keep their accents and every other mark.
    """
    bare = without_case(name)
    signs = bare.translate(_LEFT_OUT).replace("&", " {} ".format(_("and")))
    words = "".join(" " if unicodedata.category(sign)[0] == "P" else sign for sign in signs).split()
    while words[1:] and words[0] == _("the"):
        del words[0]
    return unicodedata.normalize("NFKC", " ".join(words)) or bare


def without_case(name: str) -> str:
    """The name with its punctuation, but without case, and with one sign for those that people type for one another."""
    return unicodedata.normalize("NFKC", plain(plain(name).casefold()))


ID, LONGEST_ID = r"[a-z0-9]+(-[a-z0-9]+)*", 80
"""What an id of ours looks like, and how many characters it may have."""
_ID = re.compile(ID)
_LONGEST_NAME = 60
# Names that Windows keeps for itself, with any ending.
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


def is_id(word: str) -> bool:
    """Whether a word looks like an id, of whatever length."""
    return _ID.fullmatch(word) is not None


def is_sound_id(word: str) -> bool:
    """Whether a word can be given as an id."""
    return is_id(word) and len(word) <= LONGEST_ID


def no_audit_id(given: str) -> Problem:
    """That what was given for an audit's id is none."""
    what = _("--audit: `{given}` is not the id of an audit").format(given=given)
    return Problem("", what, _("Write small letters, figures and hyphens, such as riverside-2026-11-22."))


def plain_name(subject: str) -> str:
    """A subject as the name of a file or of an audit: small letters, figures and hyphens; empty where it has none."""
    ascii_only = unicodedata.normalize("NFKD", subject.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only))[:_LONGEST_NAME].strip("-")


def audit_id(subject: str, day: date | None, taken: Collection[str] = ()) -> str:
    """The id of a new audit, from its subject and the day of its first view; none of those that are taken
    (formats.md, "Answers")."""
    import hashlib

    named = plain_name(subject) or f"audit-{hashlib.sha256(folded(subject).encode()).hexdigest()[:8]}"
    wanted = f"{named}-{day}"
    return next(name for name in chain([wanted], (f"{wanted}-{number}" for number in count(2))) if name not in taken)


def file_stem(audit: str) -> str:
    """The name of an audit's files, without an ending: never a path, never one that two audits share.

    An id of small letters, digits and hyphens is the name. Anything else becomes as much of it as can be such a
    name, a dot, which no id of that kind holds, and a fingerprint of the id, which tells it from every other.
    """
    if is_sound_id(audit) and not _RESERVED.fullmatch(audit):
        return audit
    import hashlib

    readable = re.sub(r"[^a-z0-9]+", "-", audit.lower())[:LONGEST_ID].strip("-")
    fingerprint = hashlib.sha256(audit.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{readable or 'audit'}.{fingerprint}" if not _RESERVED.fullmatch(readable) else f"audit.{fingerprint}"


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
    for first, second in combinations(map(plain, distinct(names)), 2):
        if _look(first) == _look(second) != "":
            return _told_apart(first, second)
    return ""


def differ_a_little(first: str, second: str) -> bool:
    """Whether two names are one, or look so much alike that one is likely to be a slip."""
    return first == second or folded(first) == folded(second) or _look(first) == _look(second) != ""


def told_apart(first: str, second: str) -> str:
    """What tells apart two ways to write one name, where that is hard to see; else empty."""
    unseen = plain(first) == plain(second) or folded(first) != folded(second)
    return _told_apart(first, second) if first != second and unseen and differ_a_little(first, second) else ""


def _told_apart(first: str, second: str) -> str:
    these, those = (_told(signs) for signs in zip(*_differences(first, second), strict=True))
    what = _("Two of these names look alike: where one has {these}, the other has {those}.")
    return what.format(these=these, those=those)


def _look(name: str) -> str:
    """What can be seen of a name at a glance: letters and figures without accents, those that look alike as one."""
    signs = (sign for sign in unicodedata.normalize("NFD", name) if unicodedata.category(sign)[0] not in "MPZ")
    bare = "".join(str(unicodedata.digit(sign, sign)) for sign in signs).translate(LOOKS).casefold()
    return bare.translate(_LOOKS_IN_SMALL).replace("rn", "m").replace("vv", "w")


def _differences(first: str, second: str) -> Iterator[tuple[str, str]]:
    """The signs of each name that the other has not in that place."""
    import difflib

    held = difflib.SequenceMatcher(None, [*map(str.casefold, first)], [*map(str.casefold, second)], autojunk=False)
    for kind, start, end, other_start, other_end in held.get_opcodes():
        if kind != "equal":
            yield first[start:end], second[other_start:other_end]


def _told(pieces: Iterable[str]) -> str:
    """Each sign with its name, in the order in which they stand."""
    return told(signs) if (signs := list("".join(pieces))) else _("nothing")
