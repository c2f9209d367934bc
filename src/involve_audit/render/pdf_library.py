"""Whether a PDF can be made here. WeasyPrint comes with the extra `pdf` alone, and needs libraries of the system."""

from __future__ import annotations

import shlex
from contextlib import redirect_stdout
from io import StringIO

from involve_audit.errors import OutputError, Problem
from involve_audit.language import _

_INSTALL = ("pip", "install", "involve-audit[pdf]")
_DEBIAN = ("sudo", "apt", "install", "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")


def require() -> None:
    """Raise OutputError, which says how to install it, where something is missing."""
    try:
        with redirect_stdout(StringIO()):  # where a library is missing it prints advice for programmers
            from weasyprint.urls import URLFetcher  # noqa: F401 - the newest part that is used
    except ImportError:
        what = _("a PDF needs WeasyPrint 70 or newer, and that is not installed")
        raise OutputError(Problem("", what, _hint(_("Install it: {command}"), _INSTALL))) from None
    except OSError as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        what = _("a PDF needs libraries of the system that are not installed: {reason}").format(reason=reason)
        raise OutputError(Problem("", what, _hint(_("On Debian or Ubuntu: {command}"), _DEBIAN))) from None


def _hint(how: str, command: tuple[str, ...]) -> str:
    otherwise = _("Or write a .html file instead, and print it from a browser.")
    return f"{how.format(command=shlex.join(command))}\n    {otherwise}"
