"""Makes of a folder of Python what the page holds: code, without the source and without what finds a line in it.

It runs in the Python of the page, as what is compiled for another is of no use there.
"""

from __future__ import annotations

import pickle
import sys
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from pathlib import Path
from types import CodeType

FOLDER = Path("/folder")
OURS = "involve_audit"
READ = {f"{OURS}/render/{name}.py" for name in ("sandbox", "template_bounds", "templates")}
"""What the program reads the source of."""


def compile_all() -> None:
    """Put every module's code in the place of its source, which is not looked at again."""
    for path in sorted(FOLDER.rglob("*.py")):
        name = str(path.relative_to(FOLDER))
        # What our commands say of themselves is their help. What others do, nobody reads.
        level = 0 if name.startswith((f"{OURS}/cli", f"{OURS}/model")) else 2
        code = compile(path.read_bytes(), name, "exec", dont_inherit=True, optimize=level)
        if not name.startswith(f"{OURS}/compiled"):  # of what is wrong in a template, the line is told
            code = without_lines(code)
        path.with_suffix(".pyc").write_bytes(_code_to_hash_pyc(code, b"\0" * 8, False))
        if name not in READ:
            path.unlink()


KEPT = {
    "character_order", "date_formats", "date_skeletons", "datetime_formats", "datetime_skeletons", "days",
    "decimal_formats", "list_patterns", "locale_display_pattern", "months", "number_symbols", "percent_formats",
    "text_direction", "time_formats", "zone_formats", "eras", "day_periods", "quarters",
}  # fmt: skip
"""What the program asks of a locale (`cldr.py`), besides what it calls itself."""


def cut_locales(folder: Path) -> None:
    """Keep of every locale what the program asks of it, and of names those of its own, and of who inherits them."""
    from babel.core import get_global

    files = sorted(folder.glob("*.dat"))
    parts: dict[str, set[str]] = {}
    for path in files:
        parts.setdefault(path.stem.split("_")[0], set()).update(path.stem.split("_"), [path.stem])
    for child, parent in get_global("parent_exceptions").items():
        parts.setdefault(parent.split("_")[0], set()).update(parts.get(child.split("_")[0], ()))
    for path in files:
        data = pickle.loads(path.read_bytes())
        own = parts[path.stem.split("_")[0]]
        names = {kind: data.get(kind, {}) for kind in ("languages", "scripts", "territories", "variants")}
        kept = {kind: {name: said[name] for name in said if name in own} for kind, said in names.items()}
        path.write_bytes(pickle.dumps({**{key: data[key] for key in data if key in KEPT}, **kept}, 4))


def without_lines(code: CodeType) -> CodeType:
    """Code that does not know its lines: the table of them is a quarter of it."""
    constants = (without_lines(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=tuple(constants))


if (FOLDER / "babel").exists():
    sys.path.insert(0, str(FOLDER))
    cut_locales(FOLDER / "babel/locale-data")
compile_all()
