from __future__ import annotations

import pytest

from pages._chapters.gradients.settings import CONTRASTS, LIMITS, _steps
from pages._ui.address import CONTROLS, parse, serialize
from pages._ui.contrasts import Contrast
from pages._ui.shell import CHAPTERS

CHAPTER = next(row for row in CHAPTERS if row.name == "gradients")


@pytest.mark.parametrize("one", CONTRASTS, ids=lambda one: one.name)
def test_a_prepared_setting_is_a_link_and_keeps_size_sentence_and_limits(one: Contrast) -> None:
    puts = {**one.silent, **one.sets}
    state = {**parse({}, CONTROLS)[0], **puts}
    query = {key: [value] for key, value in serialize(state, CHAPTER.controls).items()}
    assert parse(query, CONTROLS) == (state, ())
    assert set(puts) <= set(CHAPTER.controls)
    assert not set(puts) & {"text", "hidden", "seed", "clip", "limit", "w0", "b0", "cap", "read", "length"}


@pytest.mark.parametrize(("key", "size"), [("rho", 0.05), ("fbias", 0.5), ("w0", 0.05), ("b0", 0.05)])
def test_the_steps_of_a_slider_are_values_of_the_address(key: str, size: float) -> None:
    steps = _steps(key, size)
    assert (steps[0], steps[-1]) == (CONTROLS[key].low, CONTROLS[key].high)
    for step in steps:
        assert parse({key: [str(step)]}, CONTROLS) == ({**parse({}, CONTROLS)[0], key: step}, ())


@pytest.mark.parametrize("key", ["limit", "cap"])
def test_the_limits_are_above_0(key: str) -> None:
    assert min(LIMITS) > 0
    assert CONTROLS[key].default in LIMITS
