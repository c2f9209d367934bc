"""The language of the interface. Every text, date and number that is shown to a person goes through here.

Texts are written in English where they are used and are looked up in a gettext catalogue at the moment they are
shown. `_` and `ngettext` look up now; `N_` only marks a text for the catalogue, to be looked up later, as in the
tables of `words`. The form of dates, numbers and lists comes from the Unicode CLDR: for English from `english`, where
it is written down, for every other language from `cldr`, which asks Babel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import Any, Literal, NamedTuple

from involve_audit import english

ENGLISH = "en-GB"


class Language(NamedTuple):
    """A language tag such as `en-GB`, and its texts by their English."""

    tag: str
    catalogue: NullTranslations

    @property
    def locale(self) -> str:
        """The tag as the CLDR writes it."""
        return self.tag.replace("-", "_")


AS_WRITTEN = Language(ENGLISH, NullTranslations())
_current = ContextVar("language", default=AS_WRITTEN)


def from_catalogue(tag: str, content: bytes) -> Language:
    """The language whose texts a compiled catalogue (`.mo`) holds. What it leaves out stays English."""
    return Language(tag, GNUTranslations(BytesIO(content)))


def use(language: Language) -> None:
    """Show everything in this language from now on."""
    _current.set(language)


def current() -> Language:
    """The language in use."""
    return _current.get()


_instead: dict[str, str] = {}


def say_instead(texts: Mapping[str, str]) -> None:
    """Say a text in the place of another from now on: these, by those that they stand for."""
    _instead.update(texts)


def _(text: str) -> str:
    """The text in the language in use."""
    return _current.get().catalogue.gettext(_instead.get(text, text))


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a text that goes with this number, in the language in use."""
    return _current.get().catalogue.ngettext(one, many, count)


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """The text as it is, marked for the catalogue."""
    return text


class Words(Mapping[str, str]):
    """A table of texts by name. Each is in the language in use at the moment it is looked up."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    def __getitem__(self, name: str) -> str:
        return _(self._texts[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __or__(self, other: Words) -> Words:
        """Both tables in one. Raises ValueError where a name would stand for two texts."""
        if twice := sorted(self._texts.keys() & other._texts.keys()):
            raise ValueError(twice)
        return type(self)({**self._texts, **other._texts})


class Counted:
    """A table of texts that depend on a number: by name, the form for one and the form for many."""

    def __init__(self, texts: Mapping[str, tuple[str, str]]) -> None:
        self.texts = dict(texts)

    def form(self, name: str, count: int) -> str:
        """The form that goes with this number, in the language in use."""
        return ngettext(*self.texts[name], count)

    def of(self, name: str, count: int, /, **more: object) -> str:
        """The form that goes with this number, the number and whatever else it says filled in."""
        return self.form(name, count).format(count=number(count), **more)


def listed(words: Iterable[str], style: Literal["standard", "or"] = "standard") -> str:
    """`one`, `one and two`, `one, two and three`; with `or` between the last two where that is the style."""
    return str(_forms().listed(list(words), style))


MOST_NAMED = 20
"""How many names, files or ids a message lists. Nobody reads more of them in a sentence."""


def first_of(words: Iterable[str], most: int = MOST_NAMED, more: int = 0) -> list[str]:
    """The first of these words and, where there are more, or `more` that are not among them, how many."""
    every = list(words)
    if (left := max(0, len(every) - most) + more) <= 0:
        return every
    return [*every[:most], ngettext("… and {count} more", "… and {count} more", left).format(count=number(left))]


def in_short(words: Iterable[str], most: int = MOST_NAMED, style: Literal["standard", "or"] = "standard") -> str:
    """The words as a message lists them: as `listed` does or, of very many, the first and how many more there are."""
    every = list(words)
    return listed(every, style) if len(every) <= most else ", ".join(first_of(every, most))


MOST_FIGURES = 1_000
"""How many figures are kept as they were shown. A page shows the same few again and again."""


def number(value: float) -> str:
    """A figure with at most two decimals, or as many as six where it is not that even."""
    return _number(value or 0, current().tag)  # not even a negative nothing has a sign


@lru_cache(MOST_FIGURES)
def _number(value: float, _: str) -> str:
    short = round(value, 2)
    even = abs(short - value) < 1e-9
    return str(_forms().number(*((short, 2) if even else (value, 6))))


_MOST_DECIMALS = 4


def percent(value: float, bound: float | None = None) -> str:
    """A proportion from 0 to 1 as a percentage, never rounded up to a mark that was not reached.

    It is whole or, beside a bound, has as many decimals as show whether it is below, at or above it: 62.5%, at least
    62.5%. Where no number of decimals can, as for a third, it is whole.
    """
    return _percent(value, bound, current().tag)


@lru_cache(MOST_FIGURES)
def _percent(value: float, bound: float | None, _: str) -> str:
    cuts = [int(value * 10**places + 1e-7) / 10**places for places in range(2, 2 + _MOST_DECIMALS)]
    side = value if bound is None else _beside(value, bound)
    shown = next((cut for cut in cuts if bound is None or _beside(cut, bound) == side), cuts[0])
    return str(_forms().percent(shown))


def _beside(value: float, bound: float) -> int:
    """Whether a figure is below a bound (-1), at it (0) or above it (1)."""
    return 0 if abs(value - bound) < 1e-9 else 1 if value > bound else -1


def day(when: date) -> str:
    """A day, such as `9 November 2026`."""
    return str(_forms().day(when))


def short_day(when: date) -> str:
    """A day in less room, such as `9 Nov 2026`."""
    return str(_forms().short_day(when))


def month(when: date) -> str:
    """A month, such as `March 2027`."""
    return str(_forms().month(when))


def year(when: date) -> str:
    """The year of a day, such as `2026`."""
    return str(_forms().year(when))


def month_called(word: str) -> int | None:
    """The month, from 1, whose name begins so in English or in the language in use; None where that is not one."""
    names = set(enumerate(english.MONTHS, 1))
    if current().tag != ENGLISH:
        from involve_audit import cldr

        names |= set(cldr.months(current().locale).items())
    found = {month for month, name in names if name.casefold().startswith(word.casefold())}
    return found.pop() if len(found) == 1 else None


def moment(when: datetime) -> str:
    """A day and a time with its distance from UTC, such as `22 November 2026, 09:30:00 +0000`."""
    return str(_forms().moment(when))


def language_name(tag: str) -> str:
    """What a language calls itself, without brackets, such as `Deutsch`; the tag where the CLDR does not know it."""
    from involve_audit import cldr

    return cldr.language_name(tag)


def is_right_to_left() -> bool:
    """Whether the language in use is written from right to left."""
    return bool(_forms().is_right_to_left())


def _forms() -> Any:
    """How the language in use writes dates, numbers and lists."""
    if current().tag == ENGLISH:
        return english
    from involve_audit import cldr

    return cldr.Forms(current().locale)
