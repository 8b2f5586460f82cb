from __future__ import annotations

import pytest

from pages._chapters.gradients.vote import EDGES
from tests.pages.voting import asked


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ({"whose": "rnn"}, 0),  # 10⁻²⁶ over 60 words
        ({"whose": "rnn", "length": "once", "rho": "0"}, 0),  # exactly 0
        ({"whose": "rnn", "act": "relu", "start": "identity", "rho": "1.1", "loss": "unit", "weights": "fresh"}, 4),
    ],
)
def test_the_measured_range_is_that_of_the_share_at_the_first_word(query: dict[str, str], right: int) -> None:
    found = asked("gradients", **query)
    assert found
    assert (found.size, found.right) == (len(EDGES) + 1, (right,))


def test_a_loss_at_the_first_word_is_no_question() -> None:
    assert asked("gradients", text="犬", length="once") is None
