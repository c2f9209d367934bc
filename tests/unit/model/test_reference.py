"""Names with versions: taken apart, put in order, and which serves whom."""

from __future__ import annotations

import pytest
from tests.each import each

from involve_audit.model.reference import Reference, numbers


@pytest.mark.parametrize("text", ["small@1.2.0", "small@1", "involve-audit/answers@1", "small@"])
def test_a_reference_is_taken_apart_and_put_together_again(text: str) -> None:
    assert str(Reference.of(text)) == text
    assert "@" not in Reference.of(text).id


def test_without_a_version_only_something_is_named() -> None:
    assert Reference.of("small") == Reference("small", "")


def test_versions_are_in_the_order_of_their_numbers() -> None:
    versions = ["0.9.9", "1", "1.0.1", "1.2", "1.10.0", "1.10.0.1", "2.0.0"]
    assert sorted(set(versions), key=numbers) == versions
    assert numbers("1") == numbers("1.0") == numbers("1.0.0") == [1, 0, 0]
    assert numbers("0.1.0.dev3") > numbers("0.1.0") > numbers("") == numbers("unknown")


@each(
    ("wanted", "does"),
    [
        ("small@1", True),
        ("small@1.2", True),
        ("small@1.2.0", True),
        ("small@1.1.9", True),
        ("small@1.2.1", False),
        ("small@1.10", False),
        ("small@2", False),
        ("small@0.9", False),
        ("other@1.2.0", False),
    ],
)
def test_a_version_serves_earlier_ones_with_the_same_first_number(wanted: str, does: bool) -> None:
    assert Reference("small", "1.2.0").serves(Reference.of(wanted)) is does
