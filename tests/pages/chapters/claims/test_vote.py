from __future__ import annotations

from pages._chapters.claims import table
from tests.pages.voting import asked


def test_the_right_answer_is_the_measured_one() -> None:
    found = asked("claims")
    assert found
    assert found.right == (table.right() - 1,)
    assert found.size == len(table.ranges())
