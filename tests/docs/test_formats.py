"""The formats page names fields that exist, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from involve_audit.loading.tree import parse_tree
from involve_audit.loading.validation import keys_at
from involve_audit.model.overlay import Overlay
from involve_audit.model.rubric import Rubric
from involve_audit.model.strict import Model
from involve_audit.model.view import View

PAGE = (Path(__file__).parents[2] / "docs/formats.md").read_text(encoding="utf-8")
FILES = (Rubric, View, Overlay)
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("model", "block"), list(zip(FILES, BLOCKS, strict=True)))
def test_every_key_of_an_example_is_a_field(model: type[Model], block: str) -> None:
    tree = parse_tree(block.encode(), "formats.md")
    for path in tree.keys:
        allowed = keys_at(model, path[:-1])
        assert not allowed or path[-1] in allowed, path


def test_the_page_shows_every_field_at_the_top_of_each_file() -> None:
    for model, block in zip(FILES, BLOCKS, strict=True):
        assert set(keys_at(model, ())) <= set(parse_tree(block.encode(), "formats.md").data)
