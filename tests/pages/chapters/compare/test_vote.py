from __future__ import annotations

from tests.pages.voting import asked, right


def test_the_measured_network_keeps_most_of_the_change() -> None:
    found = asked("compare")
    assert found
    assert found.size == 6
    assert right("compare") == ("Transformer",)
    assert "Transformer" in found.why["ja"]


def test_no_change_and_no_later_word_are_no_question() -> None:
    assert asked("compare", instead="今日") is None
    assert asked("compare", text="犬") is None
