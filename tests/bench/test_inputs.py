import random

import pytest

from bench.extremes import query
from bench.inputs import LARGE, state
from pages._ui.address import CONTROLS, controls_of, parse
from pages._ui.shell import CHAPTERS

TYPED = [row for row in CHAPTERS if any(CONTROLS[key].kind == "text" for key in row.controls)]


@pytest.mark.parametrize("chapter", TYPED, ids=lambda row: row.name)
def test_each_input_is_another_one_and_is_taken_as_it_stands(chapter) -> None:
    rng, seen = random.Random(0), []
    for number in range(1, 2 * LARGE + 1):
        asked = query(chapter, state(chapter, number, rng), number)
        _, notices = parse({key: [value] for key, value in asked.items()}, controls_of(chapter))
        assert not notices
        seen.append("|".join(asked.get(key, "") for key in chapter.controls if CONTROLS[key].kind == "text"))
    assert len(set(seen)) == len(seen)
