"""The program on a pseudo-terminal, in a copy of a process that has everything loaded: a session begins at once."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import termios
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from pexpect.fdpexpect import fdspawn
from tests.forked import LOADED

_COPIES = f"""{LOADED}
import socket

asked, waiting = socket.socket(fileno=0), []
while (heard := socket.recv_fds(asked, 4, 2))[0]:
    length, (terminal, told), *_ = heard
    job = json.loads(asked.recv(int.from_bytes(length), socket.MSG_WAITALL))
    if copy := os.fork():
        waiting.append(copy)
        os.close(terminal)
        os.close(told)
        while waiting and os.waitpid(waiting[0], os.WNOHANG)[0]:
            waiting.pop(0)
        continue
    os.chdir(job["folder"])
    if session := os.fork():  # this one waits for the session, and tells how it ended
        os.close(terminal)
        os.write(told, session.to_bytes(4))
        os.write(told, os.waitstatus_to_exitcode(os.waitpid(session, 0)[1]).to_bytes(4, signed=True))
        os._exit(0)
    os.close(told)
    os.login_tty(terminal)
    os.environ.clear()
    os.environ.update(job["environment"])
    sys.argv[1:] = job["words"]
    stream_anew()
    exec(job["before"], {{}})
    run_and_end()
"""


class OnTerminal(fdspawn):  # type: ignore[misc]
    """A session that goes on on a terminal of its own. Ends as `pexpect.spawn` does, too."""

    exitstatus: int | None = None

    def __init__(self, terminal: int, told: int) -> None:
        super().__init__(terminal, encoding="utf-8")
        self.told = told
        self.pid = int.from_bytes(os.read(told, 4))
        assert self.pid, "it did not begin"

    def isalive(self) -> bool:
        """Whether the program runs."""
        if self._ended_within(0):
            self.wait()
        return self.exitstatus is None

    def wait(self) -> int | None:
        """Wait for the program to end, and return its exit code; -9 for signal 9."""
        if self.exitstatus is None:
            self.exitstatus = int.from_bytes(os.read(self.told, 4), signed=True)
            os.close(self.told)
        return self.exitstatus

    def kill(self, number: int) -> None:
        """Send the program a signal."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def close(self) -> None:
        """Close the terminal. A program that does not end by that is killed."""
        super().close()
        if self.exitstatus is None:
            if not self._ended_within(5):
                self.kill(signal.SIGKILL)
            self.wait()

    def _ended_within(self, seconds: float) -> bool:
        return self.exitstatus is not None or bool(select.select([self.told], [], [], seconds)[0])


class Copies:
    """Starts sessions. To be used as a context manager."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.here, there = socket.socketpair()
        command = [sys.executable, "-P", "-c", _COPIES]
        self.first = subprocess.Popen(command, stdin=there, env=environment, start_new_session=True)
        there.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.here.close()
        self.first.wait()

    def start(self, *words: str, cwd: Path, environment: Mapping[str, str], before: str, columns: int) -> OnTerminal:
        """Start the program with these words in a folder; `before` is code that changes its surroundings first."""
        ours, theirs = os.openpty()
        termios.tcsetwinsize(ours, (24, columns))
        told, tells = os.pipe()
        job = json.dumps(
            {"words": words, "folder": str(cwd), "environment": dict(environment), "before": before}
        ).encode()
        socket.send_fds(self.here, [len(job).to_bytes(4)], [theirs, tells])
        self.here.sendall(job)
        os.close(theirs)
        os.close(tells)
        return OnTerminal(ours, told)
