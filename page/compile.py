"""Makes of a folder of Python what the page holds: code, without the source and without what finds a line in it.

It runs in the Python of the page, as what is compiled for another is of no use there.
"""

from __future__ import annotations

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


def without_lines(code: CodeType) -> CodeType:
    """Code that does not know its lines: the table of them is a quarter of it."""
    constants = (without_lines(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=tuple(constants))


compile_all()
