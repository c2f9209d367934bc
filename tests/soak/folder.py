"""A folder in which all is right: answers, a rubric with an overlay and a translation, records, templates."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from contextlib import chdir
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests import program

from involve_audit.loading.tree import parse_tree

ROOT = Path(__file__).parents[2]
TAILORED = """\
format: involve-audit/overlay@1
id: tailored
version: 1.0.0
extends: small@1
title: Ours
because: We asked for it.
switch_off: {items: {survey: We never send one.}}
add:
  indicators:
    - {id: ours, stage: high, theme: voice, kind: achievement, title: Ours, ask: "Is it ours?", next_step: Make it so.}
texts:
  stages: {high: {title: Up high}}
  items: {board: {ask: "Are members on our board?"}}
scenarios:
  - {id: nothing, title: Nothing, answers: {token: "yes"}, otherwise: "no", expect: low}
"""
TRANSLATION = """\
format: involve-audit/overlay@1
id: small-cy
version: 1.0.0
extends: small@1
language: cy
texts: {rubric: {title: Bach}, themes: {voice: {title: Llais}}, items: {board: {title: Bwrdd, ask: "A oes?"}}}
"""
VIEW = """\
# Asked in spring.
format: involve-audit/answers@1
rubric: small@1.0.0
audit: spring
subject: {name: Riverside, kind: service}
date: 2026-03-01
respondents: {members: 2, staff: 1}
method: facilitated session
answers:
  survey: yes   # every year
  agenda: {answer: not-applicable, reason: There are no meetings.}
  board:
    answer: partly
    note: "Some: two of seven."
    evidence:
      - {text: Minutes of March, date: 2025-01-02, link: "https://example.org/minutes?a=1&b=2"}
  ignored: unknown
  token: no
actions:
  - {item: board, what: Ask for two more seats, owner: Ann, due: 2026-05-01, done: false}
retired: {leaflet: partly}
"""
TEMPLATE = """\
{# Ours. #}
{% set title = report.title %}
# {{ title | upper }} {{ words.stage }} {{ counted('items', 3) if false }}
{% for voice in report.voices[:5] %}
{{ loop.index }}. {{ voice.who }}: {{ voice.method | default('none', true) }}{% if not loop.last %},{% endif %}

{% endfor %}
{{ report.audit.subject.name | replace('i', report.date) }} {{ report.holds_up | map(attribute='stage') | join(' ') }}
{% macro row(name, value=1) %}| {{ name | trim | truncate(10) }} | {{ '%s' % value }} |{% endmacro %}
{{ row('a') }} {{ row('b', 2 + 3 * 4) }} {{ [3, 1, 2] | sort | join(', ') }} {{ 12345.678 | number }}
{{ {'a': 1}.items() | list | length }} {{ 'x' * 3 ~ 'y' }} {{ 'äöü'[::-1] }} {{ namespace(a=1).a }}
"""
RUNS = (
    "assess earlier.yaml -o old.audit.json",
    "assess view.yaml other.yaml -o new.audit.json",
    "assess view.yaml other.yaml -o shared.audit.json --publish",
    "assess view.yaml -r tailored -o tailored.audit.json",
    "batch view.yaml other.yaml earlier.yaml -q -j 1 -o rows.jsonl -o rows.json",
)


@cache
def files() -> dict[str, bytes]:
    """What is in the folder: the content of each file by its name."""
    with TemporaryDirectory() as name, chdir(name):
        put({file: text.encode() for file, text in _written_by_people().items()})
        for line in RUNS:
            done = program.run(*line.split())
            assert done.exit_code == 0, done.output
        return {str(path): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}


PIPE, TO_PIPE = "pipe", ("to-pipe.md", "to-pipe.xml")
"""What is no ordinary file, and links to it."""


def put(contents: Mapping[str, bytes]) -> None:
    """Write such a folder's files to the working folder, and beside them what is no file, and a circle."""
    for folder in ("rubrics", "house", "round"):
        Path(folder).mkdir()
    for file, content in contents.items():
        Path(file).write_bytes(content)
    for link in ("x", "y"):
        Path("round", link).symlink_to(".")
    os.mkfifo(PIPE)
    for link in TO_PIPE:
        Path(link).symlink_to(PIPE)


def changed(contents: Mapping[str, bytes], but: Collection[str] = ()) -> list[str]:
    """Which of the files are not as they were, and what is no file any more where it was none."""
    files = [file for file, content in contents.items() if Path(file).read_bytes() != content]
    pipes = [name for name in (PIPE, *TO_PIPE) if not Path(name).is_fifo()]
    return [name for name in (*files, *pipes) if name not in but]


@cache
def _as_json(file: str) -> str:
    content = files()[file]
    if file.endswith(".jsonl"):
        return json.dumps([json.loads(line) for line in content.splitlines()])
    return json.dumps(json.loads(content) if file.endswith(".json") else parse_tree(content, file).data)


def data_in(file: str) -> Any:
    """What a file says, as plain data that may be changed; of lines, a list."""
    return json.loads(_as_json(file))


def _written_by_people() -> dict[str, str]:
    rubric = (ROOT / "tests/cases/valid/rubric-small.yaml").read_text(encoding="utf-8")
    other = VIEW.replace("members: 2, staff: 1", "staff: 4").replace("answer: partly", "answer: yes")
    earlier = VIEW.replace("spring", "autumn").replace("2026-03-01", "2025-10-01").replace("survey: yes", "survey: no")
    return {
        "rubrics/small.yaml": rubric,
        "rubrics/tailored.yaml": TAILORED,
        "rubrics/small-cy.yaml": TRANSLATION,
        "next.yaml": json.dumps(_next_version(rubric), indent=2),
        "view.yaml": VIEW,
        "view.json": json.dumps(parse_tree(VIEW.encode(), "").data),
        "other.yaml": other,
        "earlier.yaml": earlier,
        "round/earlier.yaml": earlier,
        "names.txt": "view.yaml\nother.yaml\nv*.yaml\n./earlier.yaml\n",
        "table.csv": 'audit,rubric,subject,date,perspective,board,agenda,"evidence.board"\n'
        "a,small@1.0.0,Here,2024-02-29,members,yes,planned,seen\na,,here,2024-03-01,staff,no,,\nb,,There,,,unknown,no,\n",
        "long.csv": "audit;view;perspective;item;answer\na;1;members;board;yes\na;2;staff;board;no\n",
        "table.jsonl": '{"audit": "a", "board": "yes"}\n{"audit": "b", "board": null}\n',
        "house/report.md.j2": TEMPLATE,
        "house/report.html.j2": TEMPLATE.replace("# {{ title", "<h1>{{ title"),
        "house/diff.md.j2": "{% set a = report.title %}{{ a }} {{ report.style }}\n",
    }


def _next_version(text: str) -> dict[str, Any]:
    rubric: dict[str, Any] = parse_tree(text.encode(), "").data
    survey, *others = rubric["indicators"]
    more = {**others[-1], "id": "chair", "replaces": [survey["id"]]}
    return {**rubric, "version": "2.0.0", "indicators": [*others, more]}
