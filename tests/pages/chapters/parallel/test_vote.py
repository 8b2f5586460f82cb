from __future__ import annotations

import pytest

from pages._chapters.parallel import rounds
from tests.pages.voting import asked


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ({}, rounds.SOME),
        ({"weights": "fresh"}, rounds.FEW),
        ({"clipping": "on"}, rounds.FEW),
        ({"factor": "6"}, rounds.NEVER),
    ],
)
def test_the_prepared_states_have_other_answers(query: dict[str, str], right: int) -> None:
    found = asked("parallel", **query)
    assert found
    assert found.right == (right - 1,)
    assert found.size == 4


def test_of_two_words_nothing_is_asked() -> None:
    assert asked("parallel", text="暑い", length="once") is None
