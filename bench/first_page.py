"""Print how many seconds the first HTML report of a process takes, imports left aside."""

from __future__ import annotations

import time

import babel.dates
import babel.lists
import babel.numbers  # noqa: F401
from bench import Case

from involve_audit.render import report, templates  # noqa: F401


def first_page() -> float:
    case = Case.of_example("riverside")
    start = time.perf_counter()
    case.page()
    return time.perf_counter() - start


if __name__ == "__main__":
    print(first_page())
