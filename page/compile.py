"""Makes of a folder of Python what the page holds: compiled, and without what nobody asks of it.

It runs in the Python of the page, as what is compiled for another is of no use there.
"""

from __future__ import annotations

from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from pathlib import Path

FOLDER = Path("/folder")
OURS = "involve_audit"
READ = {f"{OURS}/render/{name}.py" for name in ("sandbox", "template_bounds", "templates")}
"""What the program reads the source of."""


def compile_all() -> None:
    """Put every module's code in the place of its source, which is not looked at again."""
    for path in sorted(FOLDER.rglob("*.py")):
        name = str(path.relative_to(FOLDER))
        source = path.read_bytes()
        # Texts of our own commands are their help; those of others nobody reads.
        code = compile(source, name, "exec", dont_inherit=True, optimize=0 if name.startswith(OURS) else 2)
        path.with_suffix(".pyc").write_bytes(_code_to_hash_pyc(code, b"\0" * 8, False))
        if name not in READ:
            path.unlink()


compile_all()
