"""Whether a PDF can be made here. WeasyPrint comes with the extra `pdf` alone, and needs libraries of the system."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import sysconfig
from contextlib import redirect_stdout
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

from involve_audit.errors import OutputError, Problem
from involve_audit.language import _

_PACKAGE = "weasyprint"
_DEBIAN = ("sudo", "apt", "install", "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")


def require() -> None:
    """Raise OutputError, which says how to install it, where something is missing."""
    try:
        with redirect_stdout(StringIO()):  # where a library is missing it prints advice for programmers
            from weasyprint.urls import URLFetcher  # noqa: F401 - the newest part that is used
    except ImportError:
        what = _("a PDF needs WeasyPrint 70 or newer, and that is not installed")
        raise OutputError(Problem("", what, _hint(how_to_install(_PACKAGE)))) from None
    except OSError as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        what = _("a PDF needs libraries of the system that are not installed: {reason}").format(reason=reason)
        how = _("On Debian or Ubuntu: {command}").format(command=_as_typed(_DEBIAN))
        raise OutputError(Problem("", what, _hint(how))) from None


def _hint(how: str) -> str:
    if not sys.executable:  # nothing can be installed into a browser
        return _("Write a .html file instead, and print it from a browser.")
    otherwise = _("Or write a .html file instead, and print it from a browser.")
    return f"{how}\n    {otherwise}"


def _as_typed(command: tuple[str, ...]) -> str:
    """A command as it is typed here."""
    return subprocess.list2cmdline(command) if os.name == "nt" else shlex.join(command)


def how_to_install(package: str) -> str:
    """A hint for whoever lacks a package."""
    return _("Install it: {command}").format(command=_as_typed(_installing(package)))


def _installing(package: str) -> tuple[str, ...]:
    """The command that adds a package to the very installation that runs here, whatever that was made from.

    It names the package and not the extra: this program is on no index, and what it was installed from may be gone.
    """
    if Path(sys.prefix, "pipx_metadata.json").exists():
        return ("pipx", "inject", Path(sys.prefix).name, package)
    if find_spec("pip") is None:  # uv makes installations without it
        return ("uv", "pip", "install", "--upgrade", "--python", sys.executable, package)
    of_system = sys.prefix == sys.base_prefix and Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists()
    how = ("--break-system-packages",) if of_system else ()  # as whoever installed this program had to say too
    return (sys.executable, "-m", "pip", "install", "--upgrade", *how, package)
