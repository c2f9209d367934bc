"""How each shell completes the program's lines, and putting that where the shell reads it (docs/completion.md)."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from involve_audit import output
from involve_audit.errors import Problem, UsageError, choice
from involve_audit.language import _
from involve_audit.resources import read_completion


def _home(variable: str, otherwise: str) -> Path:
    """The folder that a variable of the surroundings names in full, or else one in the home folder."""
    named = Path(os.environ.get(variable, ""))
    return named if named.is_absolute() else Path.home() / otherwise


def _of_ours(ending: str) -> Path:
    return _home("XDG_DATA_HOME", ".local/share") / "involve-audit" / f"completion.{ending}"


def _profile() -> Path:
    """The file that PowerShell reads when it starts, for the user and every host."""
    if os.name == "nt":
        return Path.home() / "Documents/PowerShell/profile.ps1"
    return _home("XDG_CONFIG_HOME", ".config") / "powershell/profile.ps1"


class Shell(NamedTuple):
    """A shell: how its script ends, where to keep that, and the file that has to read it, where it does not itself."""

    ending: str
    file: Callable[[], Path]
    read_by: Callable[[], Path] | None = None
    reading: str = "source {file}"
    quoted: Callable[[str], str] = shlex.quote

    @property
    def script(self) -> str:
        """What the shell has to read to complete words.

        All scripts give the line to the program by the surroundings, and get a candidate a line, parted by tabs: `f` of
        a file or `w` of another word, the candidate, a word on it. None of it is ever run or expanded.
        """
        return read_completion(self.ending)


SHELLS = {
    "bash": Shell("bash", lambda: _of_ours("bash"), lambda: Path.home() / ".bashrc"),
    "zsh": Shell("zsh", lambda: _of_ours("zsh"), lambda: _home("ZDOTDIR", "") / ".zshrc"),
    "fish": Shell("fish", lambda: _home("XDG_CONFIG_HOME", ".config") / "fish/completions/involve-audit.fish"),
    "powershell": Shell("ps1", lambda: _of_ours("ps1"), _profile, ". '{file}'", lambda word: word.replace("'", "''")),
}


def show(named: str | None) -> None:
    """Print the script of a shell, or of the one that this runs in. Raises UsageError where there is no such."""
    output.write_all({output.STANDARD_OUTPUT: SHELLS[_shell(named)].script})


def install(named: str | None) -> None:
    """Put the script of a shell, or of the one that this runs in, where it is read, and say what was written.

    What stands in the user's own file stays; one line is added, once. Raises UsageError where there is no such shell,
    and OutputError.
    """
    shell = SHELLS[_shell(named)]
    file, read_by = shell.file(), shell.read_by() if shell.read_by else None
    output.make_folder(file.parent)
    output.write_all({str(file): shell.script})
    output.say_written([str(file)])
    if read_by is not None:
        line = shell.reading.format(file=shell.quoted(str(file)))
        before = read_by.read_text("utf-8", errors="replace") if read_by.is_file() else ""
        if line not in before.splitlines():
            output.make_folder(read_by.parent)
            gap = "\n" if before and not before.endswith("\n") else ""
            output.append(str(read_by), f"{gap}{line}\n")
            output.say(_("One line was added to {file}: {line}").format(file=read_by, line=line))
    output.say(_("Words of involve-audit are completed with the Tab key in every terminal that you open from now on."))


def _shell(named: str | None) -> str:
    """The name of a shell. Raises UsageError where it is none of ours, or cannot be known."""
    name = (named or _around()).removesuffix(".exe").lower()
    name = "powershell" if name == "pwsh" else name
    if name not in SHELLS:
        unseen, unknown = _("it cannot be seen which shell this is"), _("there is no completion for the shell `{name}`")
        hint = _("Name it: involve-audit {option} SHELL").format(option="--install-completion")
        raise UsageError(Problem("", unknown.format(name=name) if name else unseen, f"{choice(SHELLS)} {hint}"))
    return name


def _around() -> str:
    """The shell that started the program, or else the one the user has, or nothing."""
    try:
        from shellingham import detect_shell  # comes with the library of the command line

        return str(detect_shell()[0])
    except Exception:  # it looks at processes in many ways, each of which can fail
        return Path(os.environ.get("SHELL", "")).name
