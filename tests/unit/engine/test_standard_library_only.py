"""The engine runs where there is nothing but Python's standard library (architecture.md)."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import involve_audit
from involve_audit.engine.assessment import assess

from .building import gate, item, small, view

SOURCE = Path(involve_audit.__file__).parents[1]
WORKER = """
import pickle, sys
sys.path.insert(0, sys.argv[1])
rubric, views = pickle.loads(sys.stdin.buffer.read())
from involve_audit.engine.assessment import assess
result = pickle.dumps(assess(rubric, views))
tops = {name.partition(".")[0] for name in sys.modules}
foreign = sorted(tops - sys.stdlib_module_names - {"__main__", "involve_audit"})
sys.stdout.buffer.write(pickle.dumps((result, foreign)))
"""


def test_a_pickled_audit_is_assessed_without_any_other_package():
    rubric = small(
        [item("a"), item("b", alternative_stage="low"), item("d", "deficit", limits=["a"])],
        {"high": [gate("share", ["a", "b"], at_least="50%")]},
    )
    views = [view(rubric, {"a": "yes"}, ["users"]), view(rubric, {"a": "no", "b": "partly"}, ["staff"])]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", WORKER, str(SOURCE)],
        input=pickle.dumps((rubric, views)),
        capture_output=True,
        check=False,
    )
    assert done.stderr.decode() == ""
    result, foreign = pickle.loads(done.stdout)
    assert foreign == []
    assert pickle.loads(result) == assess(rubric, views)
