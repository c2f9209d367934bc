"""Makes the whole program one page: `dist/involve-audit.html`, and `dist/page/`, the same as a folder for a web server.

`make page` runs it; a word behind it names another folder than `dist`. What it is made of is fetched once, by version
and hash, and kept below `build/page`. The same sources make the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from importlib.metadata import PathDistribution
from pathlib import Path

import zstandard

from involve_audit.loading.files import LARGEST_RECORD
from involve_audit.loading.rubric import load_rubric_by_id
from involve_audit.model.rubric import Rubric
from involve_audit.render.program_page import Licensed, render
from involve_audit.resources import shipped_rubrics

HERE = Path(__file__).parent
ROOT = HERE.parent
MADE, BUILT = ROOT / "build/page", Path(sys.argv[1] if sys.argv[1:] else ROOT / "dist").resolve()
NODE, MARK = MADE / "node", MADE / f"made-of-{BUILT.name}"
FURTHER = (HERE / "further.txt").read_text(encoding="utf-8").split()
"""Packages that only some runs need, in a part of their own: `in_page.py` unpacks it."""
AS_SCRIPT = ('--define:import.meta.url="nowhere:/"', "--banner:js=self.importScripts=undefined;")
"""What lets Pyodide be no module: from a file, Chromium starts no worker that is one."""
HARD = zstandard.ZstdCompressionParameters.from_level(19, window_log=24)
"""It needs a fifth less than gzip here, and little code unpacks it."""
YEAR_ZERO = (1980, 1, 1, 0, 0, 0)


def main() -> None:
    """Build both, unless they are what was built of just this."""
    if is_built():
        return
    made_of = digest_of(*sources())
    get_node_packages()
    check_types()
    wheels = get_wheels()
    parts = {name: packed(part) for name, part in parts_of(wheels).items()}
    page = render(rubrics(), bundled("main.ts", "--target=es2018"), LARGEST_RECORD, list(works(wheels)), "REACHES")
    BUILT.mkdir(exist_ok=True)
    write_file(parts, page)
    write_folder(parts, page)
    wheel(HERE / "distribution", BUILT)
    note(made_of)


def is_built() -> bool:
    """Whether all that was built is there as it was, and of the sources as they are."""
    return MARK.exists() and MARK.read_text() == digest_of(*sources()) + digest_of(*pages())


def note(made_of: str) -> None:
    """Keep what tells all that was built, and what it was made of, from any other."""
    MARK.write_text(made_of + digest_of(*pages()))


def sources() -> list[Path]:
    """All that the page is made of."""
    folders = (HERE, *(ROOT / name for name in ("src", "rubrics", "templates")))
    files = (path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts)
    return [ROOT / "pyproject.toml", *sorted(path for path in files if path.is_file())]


def pages() -> list[Path]:
    """All that was built."""
    return sorted(
        path for pattern in ("involve-audit.html", "page/*", "involve_audit_page-*") for path in BUILT.glob(pattern)
    )


def get_node_packages() -> None:
    """Python for browsers, and what makes JavaScript of TypeScript."""
    lock = HERE / "package-lock.json"
    ready = NODE / digest_of(lock)
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
    folder = MADE / f"wheels-{digest_of(wanted)}"
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


def parts_of(wheels: Path) -> dict[str, bytes]:
    """What the page holds, not packed yet."""
    others, own = library(wheels), program()
    return {
        "worker": bundled("worker.ts", "--target=es2022", *AS_SCRIPT).encode(),
        "wasm": (NODE / "node_modules/pyodide/pyodide.asm.wasm").read_bytes(),
        "library": archive(others, lambda name: not is_further(name)),
        "program": archive(own, lambda name: not name.endswith(".pot")),
        "further": archive(others, is_further),
    }


def library(wheels: Path) -> Path:
    """Python's own modules and the packages, without what is not used, compiled."""
    rules = HERE / "unused.txt"
    folder = MADE / f"library-{digest_of(HERE / 'package-lock.json', HERE / 'wheels.txt', rules, HERE / 'compile.py')}"
    if not folder.exists():
        begun = folder.with_suffix(".begun")
        shutil.rmtree(begun, ignore_errors=True)
        for packed in (NODE / "node_modules/pyodide/python_stdlib.zip", *sorted(wheels.iterdir())):
            unpack(packed, begun)
        for pattern in rules.read_text(encoding="utf-8").splitlines():
            for path in begun.glob(pattern) if not pattern.startswith("#") else ():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        compile_all(begun)
        begun.rename(folder)
    return folder


def program() -> Path:
    """The program, packed as it is for everybody, and compiled."""
    folder = MADE / "program"
    shutil.rmtree(folder, ignore_errors=True)
    wheel(ROOT, folder)
    (packed,) = folder.iterdir()
    unpack(packed, folder)
    packed.unlink()
    for name in ("in_page.py", "further.txt"):
        shutil.copy(HERE / name, folder)
    compile_all(folder)
    return folder


def wheel(project: Path, into: Path) -> None:
    """Pack a project of Python."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into), folder=project)


def unpack(packed: Path, folder: Path) -> None:
    """Put what an archive holds into a folder."""
    with zipfile.ZipFile(packed) as content:
        content.extractall(folder)


def compile_all(folder: Path) -> None:
    """Compile what is in a folder, for the Python of the page and by it."""
    in_python("compile.py", folder)


def in_python(script: str, folder: Path) -> None:
    """Run a script of ours on a folder, in the Python of the page."""
    run("node", str(HERE / "python.mjs"), str(HERE / script), str(folder), str(NODE))


def packed(content: bytes) -> bytes:
    """Bytes packed, which takes its time: what was packed once is kept."""
    whole = MADE / "packed" / f"{digest(content)}.zst"
    if not whole.exists():
        whole.parent.mkdir(parents=True, exist_ok=True)
        whole.write_bytes(zstandard.ZstdCompressor(compression_params=HARD).compress(content))
    return whole.read_bytes()


def is_further(name: str) -> bool:
    """Whether only some runs need this file."""
    return name.split("/")[0].removesuffix(".pyc") in FURTHER


def archive(folder: Path, wanted: Callable[[str], bool]) -> bytes:
    """Files of a folder in one, not packed: all of it is packed together."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            if wanted(name):
                made.writestr(zipfile.ZipInfo(name, YEAR_ZERO), path.read_bytes())
    return content.getvalue()


def works(wheels: Path) -> Iterator[Licensed]:
    """What others made and the page holds, each with its licence in full."""
    packed = [about(wheel) for wheel in sorted(wheels.iterdir())]
    (of_python,) = (work.licence for work in packed if work.name.startswith("typing_extensions"))
    yield Licensed("Python: PSF-2.0", of_python)
    mozilla = (HERE / "licences/MPL-2.0.txt").read_text(encoding="utf-8")
    for name in ("pyodide", "fzstd"):
        folder = NODE / "node_modules" / name
        said, own = json.loads((folder / "package.json").read_text(encoding="utf-8")), folder / "LICENSE"
        text = own.read_text(encoding="utf-8") if own.exists() else mozilla
        yield Licensed(f"{name} {said['version']}: {said['license']} (https://www.npmjs.com/package/{name})", text)
    yield from packed


def about(wheel: Path) -> Licensed:
    """A package, with the name of its licence in plain words and all its texts."""
    with zipfile.ZipFile(wheel) as packed:
        (folder,) = (path for path in zipfile.Path(packed).iterdir() if path.name.endswith(".dist-info"))
        said = PathDistribution(folder).metadata
        names = sorted(name for name in packed.namelist() if re.search(r"LICENSE(?:\.\w+)?$", name))
        texts = dict.fromkeys(packed.read(name).decode().strip() for name in names)
    classifiers = [
        text.rpartition(" :: ")[2] for text in said.get_all("Classifier") or () if text.startswith("License")
    ]
    licence = said.get("License-Expression") or said.get("License") or ", ".join(classifiers)
    return Licensed(f"{said['Name']} {said['Version']}: {licence}", "\n\n".join(texts))


def rubrics() -> list[Rubric]:
    """Those that come with the program."""
    return [load_rubric_by_id(rubric_id).content for rubric_id in shipped_rubrics()]


def write_file(parts: dict[str, bytes], page: str) -> None:
    """Everything in one file."""
    inside = [
        f'<script type="text/plain" data-part="{name}">{base64_of(part)}</script>' for name, part in parts.items()
    ]
    write_page(BUILT / "involve-audit.html", page, inside, "blob:")


def write_folder(parts: dict[str, bytes], page: str) -> None:
    """The page, and its parts beside it, each with a name that is another where it is another."""
    folder = BUILT / "page"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    beside = []
    for name, content in parts.items():
        place = f"{name}.{digest(content)}.zst"
        (folder / place).write_bytes(content)
        beside.append(f'<script type="text/plain" data-part="{name}" data-at="{place}"></script>')
    write_page(folder / "index.html", page, beside, "'self'")


def write_page(path: Path, page: str, parts: list[str], reaches: str) -> None:
    """Write the page with its parts, before the script that looks for them."""
    text = page.replace("REACHES", reaches, 1).replace("<script>", "\n".join([*parts, "<script>"]), 1)
    path.write_text(text, encoding="utf-8", newline="\n")


def base64_of(content: bytes) -> str:
    """Bytes as text."""
    return b64encode(content).decode()


def digest(content: bytes) -> str:
    """What tells this content from any other."""
    return hashlib.sha256(content).hexdigest()[:16]


def digest_of(*files: Path) -> str:
    """What tells these files from what they were."""
    return digest(b"".join(f"{os.path.relpath(file, ROOT)} {digest(file.read_bytes())}\n".encode() for file in files))


def run(*command: str, folder: Path | None = None) -> str:
    """What a command gives. Ends the build where it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
