"""Comparisons made from files by the real loader and the real engine, ready to be written in any format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.audits import ROOT, as_yaml, small_rubric
from tests.nasty import nasty_rubric, nasty_views

from involve_audit.engine.comparing.comparison import compare, failures
from involve_audit.engine.comparing.following import followed
from involve_audit.engine.comparing.round import Round
from involve_audit.engine.comparing.trend import trend as over_time
from involve_audit.loading.material import material_at, materials_at
from involve_audit.loading.rounds import by_service, in_order, read_rounds, readable_rounds, without_words
from involve_audit.render.actions_page import ActionsPage, of_service
from involve_audit.render.comparing.diff_page import DiffPage
from involve_audit.render.comparing.trend_page import TrendPage
from involve_audit.render.formats import ACTIONS, COMPARISON, SERIES
from involve_audit.render.options import Options

TODAY = date(2026, 11, 23)
CHAIN = [ROOT / f"tests/chain/club-{version}.yaml" for version in ("1.0.0", "1.1.0", "2.0.0")]
RIVERSIDE = [ROOT / "examples" / name for name in ("riverside-2024", "riverside-2025", "riverside")]
CLUB = {
    "1.0.0": {"survey": "yes", "agenda": "partly", "board": "partly", "minutes": "partly", "accounts": "no"},
    "1.1.0": {"survey": "yes", "agenda": "partly", "board": "partly", "minutes": "partly", "budget": "partly"},
    "2.0.0": {"survey": "yes", "agenda-together": "yes", "board-seat": "yes", "board-vote": "no", "budget": "yes"},
}
"""Answers to each version of the rubric in tests/chain."""


def rounds(paths: Sequence[Path | str], rubrics: Sequence[Path | str] = ()) -> list[Round]:
    """The audits at these paths, in this order."""
    found = [material_at(str(path)) for path in paths]
    return read_rounds(found, [str(path) for path in rubrics], TODAY)


def diff(before: Path | str, after: Path | str, rubrics: Sequence[Path | str] = (), **more: Any) -> DiffPage:
    """What changed from one audit to the other. `checks` are what to fail on; all else are options of the output."""
    then, now = rounds([before, after], rubrics)
    comparison = compare(then, now)
    failed = failures(comparison, more.pop("checks", ()))
    return DiffPage(then, now, comparison, Options(**more), failed)


def trend(paths: Sequence[Path | str], rubrics: Sequence[Path | str] = (), **options: Any) -> TrendPage:
    """How the audits at these paths went."""
    found = materials_at([str(path) for path in paths], [])
    series, left_out = in_order(read_rounds(found, [str(path) for path in rubrics], TODAY))
    return TrendPage(series, over_time(series), left_out, (), Options(**options))


def agreed(
    paths: Sequence[Path | str], rubrics: Sequence[Path | str] = (), on: date | None = None, shared: bool = False
) -> ActionsPage:
    """What was agreed in the audits at these paths, of any services."""
    found = materials_at([str(path) for path in paths], [])
    series, left_out = by_service(readable_rounds(found, [str(path) for path in rubrics], TODAY, [], without_words))
    services = [of_service(each, followed(each, on), shared) for each in series]
    return ActionsPage(services, on, shared, left_out, (), Options())


def written(report: DiffPage | TrendPage | ActionsPage, name: str) -> str:
    """A report in the format of this name."""
    subject = {"diff": COMPARISON, "trend": SERIES, "actions": ACTIONS}[report.stem]
    return str(subject.named(name).render(report))


def club_round(folder: Path, version: str, day: str, answers: dict[str, Any] | None = None, **lines: Any) -> Path:
    """The file of an audit with the rubric of tests/chain."""
    head = {
        "format": "involve-audit/answers@1",
        "rubric": f"club@{version}",
        "audit": f"club-{day}",
        "subject": {"name": "The club"},
        "date": day,
        "respondents": {"members": 3},
        "answers": {"ignored": "no", "token": "no"} | (CLUB[version] if answers is None else answers),
    }
    path = folder / f"{day}.yaml"
    path.write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in (head | lines).items()), encoding="utf-8")
    return path


def nasty_rounds(folder: Path, say: Any) -> tuple[list[Path], Path]:
    """Two audits with `say` in every free field, of two versions of a rubric, and the files of the rubric."""
    rubric = nasty_rubric(small_rubric(), say)
    rubric_file = folder / "rubric.yaml"
    rubric_file.write_text(as_yaml(rubric), encoding="utf-8")
    paths = []
    for day, changed in (("2025-01-31", {"board": "yes", "agenda": "no"}), ("2026-01-31", {})):
        inside = folder / day
        inside.mkdir()
        for name, view in nasty_views(say).items():
            answers = view["answers"] | {item: word for item, word in changed.items() if name == "members.yaml"}
            head = {"format": "involve-audit/answers@1", "rubric": f"{rubric['id']}@{rubric['version']}", "date": day}
            text = as_yaml(head | {"audit": f"round-{day}"} | view | {"answers": answers})
            (inside / name).write_text(text, encoding="utf-8")
        paths.append(inside)
    return paths, rubric_file
