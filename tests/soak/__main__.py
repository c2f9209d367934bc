"""`make soak`: kills, inputs that are wrong, and audits and files taken twice, for as long as they are given.

Every attempt has a number, its seed, from which all of it follows but the moment at which a signal arrives. What is
wrong is said with its seed and a command that makes this attempt again. Exits with 1 where anything was wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

from tests.soak import audits, folder, inputs, kills, plain
from tests.soak.running import Fault, Part, Result, run


def main() -> int:
    """Make the attempts and print what came of them. Returns the exit code."""
    wanted = _options()
    parts = [
        Part("kills", kills.attempt, wanted.kills, each=kills.EACH, at_once=5),
        Part("inputs", inputs.attempt, wanted.inputs, at_once=500),
        Part("audits", audits.attempt, wanted.audits, each=audits.EACH, at_once=25),
        Part("plain", plain.attempt, wanted.plain, at_once=500),
    ]
    chosen = [part for part in parts if part.wanted and wanted.only in (None, part.name)]
    print(f"Seeds from {wanted.seed} on, {wanted.processes} processes, at most {wanted.minutes:g} minutes.", flush=True)
    begun = time.monotonic()
    folder.files()  # made once, before there are several processes
    results = run(chosen, wanted.seed, wanted.processes, wanted.minutes * 60, _tell)
    print("\n".join(_table(results)))
    print(f"{(time.monotonic() - begun) / 60:.1f} minutes, seed {wanted.seed}")
    return int(any(result.faults for result in results))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the first number; else one of the clock")
    parser.add_argument("--only", choices=("kills", "inputs", "audits", "plain"), help="leave the others out")
    parser.add_argument("--kills", type=int, default=1_000, metavar="N", help="so many, some to a session")
    parser.add_argument("--inputs", type=int, default=200_000, metavar="N")
    parser.add_argument("--audits", type=int, default=50_000, metavar="N")
    parser.add_argument("--plain", type=int, default=100_000, metavar="N", help="files read with and without a parser")
    parser.add_argument("--minutes", type=float, default=20, metavar="N", help="begin nothing after that")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1), metavar="N")
    return parser.parse_args()


def _tell(fault: Fault) -> None:
    print(f"\nFAULT in {fault.part}, seed {fault.seed}: {fault.what}")
    print(f"    python -m tests.soak --only {fault.part} --{fault.part} 1 --seed {fault.seed}", flush=True)


def _table(results: list[Result]) -> list[str]:
    lines = ["", f"{'':8} {'made':>9} {'wanted':>9} {'faults':>7}   of these"]
    for result in results:
        part = result.part
        more = ", ".join(f"{name} {count:,}" for name, count in sorted(result.figures.items()) if name != part.name)
        lines.append(f"{part.name:8} {result.reached:9,} {part.wanted:9,} {len(result.faults):7}   {more}")
        if result.reached < part.wanted:
            lines.append(f"{'':8} Only {result.reached / part.wanted:.0%} of what was wanted.")
    return lines


if __name__ == "__main__":
    sys.exit(main())
