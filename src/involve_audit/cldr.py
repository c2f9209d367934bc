"""How dates, numbers and lists are written in any language: the Unicode CLDR, as Babel has it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple


class Forms(NamedTuple):
    """The forms of a locale such as `pt_BR`."""

    locale: str

    def is_right_to_left(self) -> bool:
        """Whether it is written from right to left."""
        return bool(_babel("core").Locale.parse(self.locale).text_direction == "rtl")

    def listed(self, words: Sequence[str], style: str) -> str:
        """Words in a row, those of the style between them."""
        return str(_babel("lists").format_list(words, style=style, locale=self.locale))

    def number(self, value: float, decimals: int) -> str:
        """A figure with at most so many decimals."""
        return str(_babel("numbers").format_decimal(value, format=f"#,##0.{'#' * decimals}", locale=self.locale))

    def percent(self, value: float) -> str:
        """A proportion as a percentage, with every decimal that it has."""
        return str(_babel("numbers").format_percent(value, locale=self.locale, decimal_quantization=False))

    def day(self, when: date) -> str:
        """A day, the month by its name."""
        return str(_babel("dates").format_date(when, "long", locale=self.locale))

    def short_day(self, when: date) -> str:
        """A day in less room."""
        return str(_babel("dates").format_date(when, "medium", locale=self.locale))

    def month(self, when: date) -> str:
        """A month, by its name, and the year."""
        return str(_babel("dates").format_skeleton("yMMMM", when, locale=self.locale))

    def year(self, when: date) -> str:
        """The year of a day."""
        return str(_babel("dates").format_date(when, "y", locale=self.locale))

    def moment(self, when: datetime) -> str:
        """A day and a time with its distance from UTC."""
        form = "d MMMM y, HH:mm:ss Z"
        return str(_babel("dates").format_datetime(when, form, tzinfo=when.tzinfo, locale=self.locale))


def months(locale: str) -> dict[int, str]:
    """The names of the months, by number."""
    return dict(_babel("dates").get_month_names("wide", locale=locale))


def language_name(tag: str) -> str:
    """What a language calls itself, without brackets, such as `Deutsch`; the tag where the CLDR does not know it."""
    core = _babel("core")
    try:
        name = str(core.Locale.parse(tag, sep="-").display_name)
    except (ValueError, core.UnknownLocaleError):
        return tag
    return name.replace(" (", ", ").replace(")", "")


@cache
def _babel(part: str) -> Any:
    """A part of Babel. Its dates, which its data of every locale need, are loaded without TZ.

    Babel would end there where TZ names what is no time zone, and needs none for what is asked of it here.
    """
    zone = os.environ.pop("TZ", None)
    try:
        import_module("babel.dates")
    finally:
        os.environ |= {"TZ": zone} if zone is not None else {}
    return import_module(f"babel.{part}")
