"""Makes the whole program one page: `dist/involve-audit.html`, and `dist/page/`, the same as a folder for a web server.

`make page` runs it. What it is made of is fetched once, by version and hash, and kept below `build/page`. The same
sources make the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import shutil
import subprocess
import sys
import zipfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from involve_audit.loading.rubric import load_rubric_by_id
from involve_audit.render.program_page import render
from involve_audit.resources import shipped_rubrics

HERE = Path(__file__).parent
ROOT = HERE.parent
MADE, BUILT = ROOT / "build/page", ROOT / "dist"
NODE = MADE / "node"
UNUSED = (HERE / "unused.txt").read_text(encoding="utf-8").split()
"""Of Python and of packages: what nothing here runs."""
FURTHER = ("pydantic", "pydantic_core", "typing_extensions", "typing_inspection", "annotated_types")
"""Packages that only some runs need, in a part of their own: `in_page.py` unpacks it."""
AS_SCRIPT = ('--define:import.meta.url="part:/"', "--banner:js=self.importScripts=undefined;")
"""What lets Pyodide be no module: from a file, Chromium starts no worker that is one."""
YEAR_ZERO = (1980, 1, 1, 0, 0, 0)


def main() -> None:
    """Build both."""
    get_node_packages()
    wheels = get_wheels()
    check_types()
    parts = {
        "worker": bundled("worker.ts", "--target=es2022", *AS_SCRIPT).encode(),
        "wasm": (NODE / "node_modules/pyodide/pyodide.asm.wasm").read_bytes(),
        **python(wheels),
    }
    packed = {name: gzip.compress(part, mtime=0) for name, part in parts.items()}
    script = bundled("main.ts", "--target=es2018")
    BUILT.mkdir(exist_ok=True)
    write_file(packed, script)
    write_folder(packed, script)


def get_node_packages() -> None:
    """Python for browsers, and what makes JavaScript of TypeScript."""
    lock = HERE / "package-lock.json"
    ready = NODE / digest(lock.read_bytes())
    if not ready.exists():
        shutil.rmtree(NODE, ignore_errors=True)
        NODE.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, NODE)
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--silent", folder=NODE)
        ready.touch()


def get_wheels() -> Path:
    """The packages of `wheels.txt`: those for WebAssembly, and of the others their Python."""
    wanted = HERE / "wheels.txt"
    folder = MADE / f"wheels-{digest(wanted.read_bytes())}"
    if not folder.exists():
        begun = folder.with_suffix(".begun")
        platforms = [f"--platform={name}" for name in ("pyemscripten_2026_0_wasm32", "manylinux2014_x86_64")]
        words = ("download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:")
        target = ("--python-version=3.14", *platforms, "--require-hashes", f"--dest={begun}")
        run(sys.executable, "-m", "pip", *words, *target, "-r", str(wanted))
        begun.rename(folder)
    return folder


def check_types() -> None:
    """Refuse TypeScript that its compiler does not understand."""
    run(str(NODE / "node_modules/.bin/tsc"), "--project", str(HERE))


def bundled(entry: str, *settings: str) -> str:
    """A script with all that it imports."""
    words = (
        "--bundle",
        "--minify",
        "--format=iife",
        "--legal-comments=none",
        "--log-level=warning",
        "--charset=utf8",
        *settings,
    )
    external = ("--external:node:*", "--external:ws")
    return run(str(NODE / "node_modules/.bin/esbuild"), str(HERE / entry), *words, *external).strip()


def python(wheels: Path) -> dict[str, bytes]:
    """Python's own modules, the packages and the program: those for every run, and those for some."""
    folder = MADE / "python"
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(NODE / "node_modules/pyodide/python_stdlib.zip") as library:
        library.extractall(folder)
    for wheel in [*sorted(wheels.iterdir()), own_wheel()]:
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(folder)
    shutil.copy(HERE / "in_page.py", folder)
    clear(folder)
    run("node", str(HERE / "compile.mjs"), str(folder), str(NODE))
    return {
        "python": archive(folder, lambda name: not is_further(name)),
        "further": archive(folder, is_further),
    }


def is_further(name: str) -> bool:
    """Whether only some runs need this file."""
    return name.split("/")[0].removesuffix(".pyc") in FURTHER


def own_wheel() -> Path:
    """The program, packed as it is for everybody."""
    shutil.rmtree(MADE / "wheel", ignore_errors=True)
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(MADE / "wheel"), folder=ROOT)
    (wheel,) = (MADE / "wheel").iterdir()
    return wheel


def clear(folder: Path) -> None:
    """Take away what the page does not use."""
    for pattern in UNUSED:
        for path in folder.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def archive(folder: Path, wanted: Callable[[str], bool]) -> bytes:
    """Files of a folder in one, not packed: all of it is packed together."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            if wanted(name):
                made.writestr(zipfile.ZipInfo(name, YEAR_ZERO), path.read_bytes())
    return content.getvalue()


def write_file(parts: dict[str, bytes], script: str) -> None:
    """Everything in one file."""
    inside = [
        f'<script type="text/plain" data-part="{name}">{base64_of(part)}</script>' for name, part in parts.items()
    ]
    write_page(BUILT / "involve-audit.html", script, inside, "blob:")


def write_folder(parts: dict[str, bytes], script: str) -> None:
    """The page, and its parts beside it, each with a name that is another where it is another."""
    folder = BUILT / "page"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    beside = []
    for name, content in parts.items():
        place = f"{name}.{digest(content)}.gz"
        (folder / place).write_bytes(content)
        beside.append(f'<script type="text/plain" data-part="{name}" data-at="{place}"></script>')
    write_page(folder / "index.html", script, beside, "'self'")


def write_page(path: Path, script: str, parts: list[str], reaches: str) -> None:
    """Write the page with its script, behind the parts that it looks for."""
    rubrics = [load_rubric_by_id(rubric_id).content for rubric_id in shipped_rubrics()]
    text = render(rubrics, script, reaches).replace("<script>", "\n".join([*parts, "<script>"]), 1)
    path.write_text(text, encoding="utf-8", newline="\n")


def base64_of(content: bytes) -> str:
    """Bytes as text."""
    return b64encode(content).decode()


def digest(content: bytes) -> str:
    """What tells this content from any other."""
    return hashlib.sha256(content).hexdigest()[:16]


def run(*command: str, folder: Path | None = None) -> str:
    """What a command gives. Ends the build where it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
