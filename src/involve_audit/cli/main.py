"""Where the program starts. Its version is told before anything of it is imported."""

from __future__ import annotations

import os
import sys

from involve_audit import __version__


def main() -> None:
    """Run the program. Where its version alone is asked for, that needs nothing of it."""
    if sys.argv[1:] == ["--version"] and _told_version():
        sys.exit()
    from involve_audit.cli.program import run

    run()


def _told_version() -> bool:
    """Whether standard output took the version. Where it does not, the program finds the words for that."""
    try:
        os.write(1, f"involve-audit {__version__}{os.linesep}".encode())
    except OSError:
        return False
    return True
