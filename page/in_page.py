"""What stands between the worker of the page and the program: it runs one command, as a terminal does."""

from __future__ import annotations

import gc
import io
import os
import shutil
import sys
import zipfile
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from involve_audit.language import say_instead
from involve_audit.words.in_page import IN_PAGE

FURTHER = Path("/home/further")


class _Further:
    """Unpacks what only some runs need, such as those that find something wrong, when one does."""

    NAMES = __loader__.get_data(str(Path(__file__).with_name("further.txt"))).decode().split()

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find it among what was unpacked; None where it is not one of these."""
        if name not in self.NAMES:
            return None
        sys.meta_path.remove(self)
        import js  # type: ignore[import-not-found]
        from compression import zstd

        with zipfile.ZipFile(io.BytesIO(zstd.decompress(js.further().to_bytes()))) as packed:
            packed.extractall(FURTHER)
        sys.path.append(str(FURTHER))
        from importlib.util import find_spec

        return find_spec(name)


sys.meta_path.append(_Further())
say_instead(IN_PAGE)
sys.executable = ""  # there is no program that could be run once more, or be given a package


def warm() -> None:
    """Import what most runs need, while nobody waits for one yet."""
    for name in ("cli.program", "cli.assess", "loading.audit", "render.report", "render.formats", "render.templates"):
        import_module(f"involve_audit.{name}")


def run(argv: Sequence[str], folder: str) -> int:
    """Run the program in a folder with these words behind its name. Gives its exit code."""
    from involve_audit.cli.main import main

    os.chdir(folder)
    before = sys.stdout, sys.stderr
    sys.argv = ["involve-audit", *argv]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    finally:
        sys.stdout, sys.stderr = before
        gc.collect()  # the program leaves that to the end of its process
    return 0


def clear(folder: str) -> None:
    """Leave nothing in the folder for the next run."""
    os.chdir("/")
    shutil.rmtree(folder, ignore_errors=True)
    Path(folder).mkdir()
