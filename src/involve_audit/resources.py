"""Where the shipped rubrics, templates and translations are: in the installed package, or in a checkout."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

from involve_audit.errors import Problem, UsageError, choice
from involve_audit.language import AS_WRITTEN, ENGLISH, Language, _, from_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

_RUBRIC_SUFFIX = ".yaml"
_CATALOGUE = ("LC_MESSAGES", "involve_audit.mo")
_TEMPLATE_SUFFIX = ".j2"
_PAGE = "involve_audit_page"


@cache
def _folder(name: str) -> Path | Traversable:
    package = Path(__file__).parent
    if (package / name).is_dir():
        return package / name
    checkout = Path(__file__).parents[2]
    if (checkout / "pyproject.toml").is_file():
        return checkout / name
    from importlib.resources import files  # a zipped wheel: no folder on disk

    return files("involve_audit").joinpath(name)


def built(name: str) -> CodeType | None:
    """The code of a module that was made when the program was built, by its name; None where there is none of it.

    What is made is in `src/hatch_build.py`. A checkout keeps it where it was built, anything else in the package.
    """
    found = PathFinder.find_spec(name, [_where_built()])
    loader: Any = found and found.loader
    code: CodeType | None = loader and loader.get_code(name)
    return code


@cache
def _where_built() -> str:
    package = Path(__file__).parent
    is_installed = (package / "compiled").is_dir() or package.parent.name != "src"
    return str(package / "compiled" if is_installed else package.parents[1] / "build" / "compiled")


def source_of(name: str) -> bytes:
    """The source of one of the package's own modules, by its path in the package, wherever the package is."""
    loader: Any = __spec__.loader
    source: bytes = loader.get_data(str(Path(__file__).parent / name))
    return source


def shipped_rubrics() -> list[str]:
    """The ids of the rubrics that come with the program, in the order of `rubrics/order.txt`, then by name."""
    folder = _folder("rubrics")
    order = folder.joinpath("order.txt").read_text(encoding="utf-8").split()
    names = (entry.name for entry in folder.iterdir())
    ids = [name.removesuffix(_RUBRIC_SUFFIX) for name in names if name.endswith(_RUBRIC_SUFFIX)]
    return [rubric_id for rubric_id in order if rubric_id in ids] + sorted(set(ids) - set(order))


def read_rubric(rubric_id: str) -> bytes:
    """The file of a shipped rubric. Raises FileNotFoundError for an id that `shipped_rubrics` does not list."""
    return _folder("rubrics").joinpath(rubric_id + _RUBRIC_SUFFIX).read_bytes()


@cache
def rubric_digest(rubric_id: str) -> str | None:
    """The SHA-256 of a shipped rubric's file; None for an id that `shipped_rubrics` does not list."""
    import hashlib

    return hashlib.sha256(read_rubric(rubric_id)).hexdigest() if rubric_id in shipped_rubrics() else None


@cache
def shipped_templates() -> tuple[str, ...]:
    """The names of the templates that come with the program, sorted."""
    names = (entry.name for entry in _folder("templates").iterdir())
    return tuple(sorted(name for name in names if name.endswith(_TEMPLATE_SUFFIX)))


def read_template(name: str) -> str:
    """The text of a shipped template. Raises FileNotFoundError for a name that `shipped_templates` does not list."""
    if name not in shipped_templates():
        raise FileNotFoundError(name)
    return _folder("templates").joinpath(name).read_text(encoding="utf-8")


def read_skeleton() -> str:
    """The text of the small rubric that a new one begins as; its id is `my-rubric`."""
    return _folder("templates").joinpath("new-rubric.yaml").read_text(encoding="utf-8")


def read_program_page() -> bytes | None:
    """The page with the whole program: installed beside it, or built in this checkout; None where it is neither."""
    name = "involve-audit.html"
    if find_spec(_PAGE):
        from importlib.resources import files

        return files(_PAGE).joinpath(name).read_bytes()
    checkout = Path(__file__).parents[2]
    built = checkout / "dist" / name
    return built.read_bytes() if (checkout / "pyproject.toml").is_file() and built.is_file() else None


def read_completion(ending: str) -> str:
    """The script of a shell that completes the program's command lines, by its ending, such as `bash`."""
    return _folder("templates").joinpath(f"completion.{ending}").read_text(encoding="utf-8")


def shipped_translations() -> list[str]:
    """The tags of the languages that the program is translated into, sorted, such as `pt-BR`."""
    folders = (entry for entry in _folder("locale").iterdir() if entry.joinpath(*_CATALOGUE).is_file())
    return sorted(entry.name.replace("_", "-") for entry in folders)


def languages() -> list[str]:
    """The tags of all languages there are, the one that everything is written in first."""
    return [ENGLISH, *shipped_translations()]


def read_catalogue(tag: str) -> bytes:
    """The compiled texts of a language that `shipped_translations` lists. Raises FileNotFoundError for any other."""
    return _folder("locale").joinpath(tag.replace("-", "_"), *_CATALOGUE).read_bytes()


def language_of(wanted: str) -> Language:
    """The language of this tag, or the first of this tag without a region. Raises UsageError where there is none."""
    tags = languages()
    asked = wanted.replace("_", "-").casefold()
    fitting = [tag for tag in tags if asked in (tag.casefold(), tag.casefold().partition("-")[0])]
    if not fitting:
        raise UsageError(Problem("", _("there is no language `{tag}`").format(tag=wanted), choice(tags)))
    return AS_WRITTEN if fitting[0] == ENGLISH else from_catalogue(fitting[0], read_catalogue(fitting[0]))


@cache
def program_digest() -> str:
    """A digest of this very program: all of its files, Python, and the names and versions of what is installed."""
    import hashlib
    import sys

    found = hashlib.sha256(sys.version.encode())
    for name, content in sorted(_files_in(_folder(""))):
        found.update(f"{name}\0{len(content)}\0".encode() + content)
    installed = chain.from_iterable(map(_names_in, sys.path))
    found.update("\0".join(sorted(name for name in installed if name.endswith("-info"))).encode())
    return found.hexdigest()


def _names_in(folder: str) -> list[str]:
    """The names of what is in a folder; none where it cannot be looked into, from which Python imports nothing."""
    with suppress(OSError):
        return [entry.name for entry in Path(folder).iterdir()]
    return []


def _files_in(folder: Path | Traversable) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files_in(entry) if entry.name != "__pycache__" else ()
        else:
            with suppress(OSError):  # an editor's mark, or a file that is gone meanwhile
                yield str(entry), entry.read_bytes()
