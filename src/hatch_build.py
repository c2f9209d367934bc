"""What is made of a checkout before it is packed: what every run would otherwise have to make anew.

`python src/hatch_build.py` makes it for the checkout itself. It is Python, which installing compiles, and never more
than a faster way: each module is called by what it was made of, and what is not there under its name, a run makes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build/compiled"


class Compiled(BuildHookInterface):  # type: ignore[type-arg]
    """Puts what is made into the wheel. A checkout that is installed to be edited finds it where it is."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make it."""
        make()
        if version != "editable":
            build_data["force_include"][str(FOLDER)] = "involve_audit/compiled"


def make() -> None:
    """Make what is missing, and remove what nothing asks for any more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    modules = dict(_modules())
    for file in FOLDER.glob("*.py"):
        if file.stem not in modules:
            file.unlink(missing_ok=True)
    for name, source_of in modules.items():
        file = FOLDER / f"{name}.py"
        if not file.exists():
            begun = FOLDER.with_name(f"{name}.{os.getpid()}")
            begun.write_text(source_of(), encoding="utf-8")
            begun.replace(file)


def _modules() -> Iterator[tuple[str, Callable[[], str]]]:
    """The name of every module, and what makes its source."""
    sys.path.insert(0, str(ROOT / "src"))
    from involve_audit.loading import rubric
    from involve_audit.render import templates

    yield from templates.compiled()
    yield from rubric.compiled()


if __name__ == "__main__":
    make()
