"""The views of many audits as columns: what `tables.kernel` scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Small = NDArray[np.uint8]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class ViewColumns:
    """Views, those of one audit one after another: a column in these arrays is a view.

    `codes` has a row for each item, with the code of its answer, as has `evidenced`; `present` has one for each
    perspective. `starts` is where the views of each audit begin.
    """

    codes: Small
    present: Flags
    evidenced: Flags
    starts: Places

    @property
    def audits(self) -> int:
        """How many audits there are."""
        return len(self.starts)

    @property
    def views(self) -> int:
        """How many views there are."""
        return int(self.codes.shape[1])

    @cached_property
    def numbers(self) -> Places:
        """How many views each audit has."""
        return np.diff(self.starts, append=self.views)

    @property
    def are_single(self) -> bool:
        """Whether each audit is one view."""
        return self.audits == self.views

    def any_view(self, flags: Flags) -> Flags:
        """For each audit, whether one of its views has the flag."""
        if self.are_single:
            return flags
        found: Flags = np.logical_or.reduceat(flags, self.starts, axis=-1)
        return found

    def of_audits(self, chosen: Flags) -> ViewColumns:
        """The views of these audits alone."""
        views, numbers = np.repeat(chosen, self.numbers), self.numbers[chosen]
        starts = np.cumsum(numbers) - numbers
        return ViewColumns(self.codes[:, views], self.present[:, views], self.evidenced[:, views], starts)

    def alike(self) -> Iterator[tuple[Places, Places]]:
        """The audits of one number of views after those of another: their places, and a row of views for each first,
        second … view."""
        for number in np.unique(self.numbers):
            audits = np.flatnonzero(self.numbers == number)
            yield audits, self.starts[audits] + np.arange(number)[:, None]

    def held_by(self, perspective: int) -> tuple[Places, ViewColumns]:
        """The views of audits with several that hold a perspective, and the places of these audits."""
        chosen = self.present[perspective] & np.repeat(self.numbers > 1, self.numbers)
        held = np.add.reduceat(chosen, self.starts, dtype=np.intp) if self.audits else self.starts
        audits = np.flatnonzero(held)
        starts = np.cumsum(held[audits]) - held[audits]
        return audits, ViewColumns(self.codes[:, chosen], self.present[:, chosen], self.evidenced[:, chosen], starts)


def count(flags: Flags) -> NDArray[np.uint16]:
    """How many of the rows have the flag, column by column."""
    found: NDArray[np.uint16] = np.add.reduce(flags, axis=0, dtype=np.uint16)
    return found
