"""The program in a process of its own, which is a copy of one that has everything loaded: many runs cost little.

Each run starts as Python starts a program, and ends as Python ends one, so that what goes wrong there shows too. What
Python does last of all, to flush its streams again and take apart what is there, takes as long as the run: it is done
where it is asked for, and not with what was loaded before the run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple, Self

LOADED = """
import atexit, ctypes, gc, json, os, pkgutil, sys, threading
from importlib import import_module

@atexit.register  # the first, so it is called after all others
def end_what_the_run_began():
    for module in loaded:
        sys.modules.pop(module, None)

loaded = {}
ctypes.pythonapi.Py_IncRef(ctypes.py_object(loaded))  # it is never let go of, nor is what it is given

import babel.dates, babel.lists, babel.numbers, platformdirs.unix, involve_audit
for module in pkgutil.walk_packages(involve_audit.__path__, "involve_audit."):
    if not any(part in module.name for part in ("__main__", ".pdf", ".tables")):  # nor what these import
        import_module(module.name)
from involve_audit import clock
from involve_audit.cli.main import main
from involve_audit.model.strict import Model, reader

day = clock.today()
clock.today = lambda: day  # every copy has the day of the first, also past midnight

def complete(models):
    for model in models:
        reader(model)
        complete(model.__subclasses__())

complete(Model.__subclasses__())
babel.numbers.format_decimal(1, locale="en_GB")
babel.dates.format_date(locale="en_GB")
gc.freeze()

def as_python_starts(number, way):
    try:
        os.fstat(number)
    except OSError:
        return None
    return open(number, way, encoding="utf-8", closefd=False)

def stream_anew():
    sys.stdin, sys.stdout, sys.stderr = map(as_python_starts, range(3), "rww")
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr

def run_and_end():
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code or 0
    threading._shutdown()
    atexit._run_exitfuncs()
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except OSError:
        sys.exit(code)  # Python has words for it
    os._exit(code)
"""
"""The code of a process of which copies are made: it has loaded what a run may need."""

_COPIES = f"""{LOADED}
for line in sys.stdin:
    job = json.loads(line)
    if os.fork():
        print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
        continue
    os.chdir(job["folder"])
    for number, (name, way) in enumerate([("in", os.O_RDONLY), ("out", os.O_WRONLY), ("err", os.O_WRONLY)]):
        os.dup2(os.open(job["streams"] + "." + name, way | os.O_CREAT), number)
    os.environ.update(job["environment"])
    sys.argv[1:] = job["words"]
    exec(job["before"], {{}})
    stream_anew()
    if job["to the very end"]:
        # To take apart what was loaded takes three times as long as the run.
        loaded.update((name, sys.modules[name]) for name in set(sys.modules) - {{"sys", "builtins", "__main__"}})
        main()
    run_and_end()
"""


class Ended(NamedTuple):
    """What a run said, and how it ended; -11 for signal 11."""

    code: int
    out: str
    err: str

    @property
    def is_plain(self) -> bool:
        """Whether what was said is meant for people, and the exit code is one of ours."""
        foreign = ("Traceback", "Exception ignored", "fault in the program", "[Errno")
        return self.code in (0, 1, 2) and not any(word in self.err for word in foreign)


class Forked:
    """Starts copies, of the program of the checkout or of the one at `where`. To be used as a context manager."""

    def __init__(self, streams: Path, where: Path | None = None) -> None:
        self.streams = streams
        paths = os.pathsep.join(str(path) for path in (where, *sys.path) if path)
        surroundings = {**os.environ, "PYTHONPATH": paths, "COLUMNS": "80"}
        # As for the installed program, the folder that it is started in is no place for modules.
        command = [sys.executable, "-P", "-c", _COPIES]
        self.first = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.first.communicate()

    def run(
        self,
        folder: Path,
        *words: object,
        before: str = "",
        stdin: str = "",
        to_the_very_end: bool = False,
        **environment: str,
    ) -> Ended:
        """Run the program in a folder; `before` is code that changes its surroundings first."""
        names = [self.streams.with_suffix(f".{name}") for name in ("in", "out", "err")]
        for name in names:
            name.write_text(stdin if name == names[0] else "", encoding="utf-8")
        job = {"folder": str(folder), "words": [str(word) for word in words], "before": before}
        job |= {"streams": str(self.streams), "environment": environment, "to the very end": to_the_very_end}
        assert self.first.stdin
        assert self.first.stdout
        self.first.stdin.write(json.dumps(job) + "\n")
        self.first.stdin.flush()
        code = int(self.first.stdout.readline())
        return Ended(code, *(name.read_text(encoding="utf-8", errors="replace") for name in names[1:]))


WITHOUT_RIGHTS = """
import ctypes, os
if os.geteuid() == 0:  # the superuser, who may do everything, may do only what the owner of a file may
    class Header(ctypes.Structure):
        _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]
    libc, header, sets = ctypes.CDLL(None, use_errno=True), Header(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(ctypes.byref(header), sets) == 0
    for place in (0, 1, 2):
        sets[place] &= ~0b110
    assert libc.capset(ctypes.byref(header), sets) == 0
"""
"""Code to run before: as an ordinary user, whoever runs the tests."""
