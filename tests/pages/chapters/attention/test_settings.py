from __future__ import annotations

import pytest

from pages._chapters.attention.settings import CONTRASTS, setting
from pages._ui.address import controls_of, parse, serialize
from pages._ui.shell import CHAPTERS

CHAPTER = next(row for row in CHAPTERS if row.name == "attention")


@pytest.mark.parametrize("name", CONTRASTS)
def test_a_prepared_setting_is_a_link(name: str) -> None:
    state = {**parse({}, controls_of(CHAPTER))[0], **setting(name)}
    query = {key: [value] for key, value in serialize(state, CHAPTER.controls).items()}
    assert parse(query, controls_of(CHAPTER)) == (state, ())


@pytest.mark.parametrize("name", CONTRASTS)
def test_a_prepared_setting_puts_every_knob_back_but_the_guess(name: str) -> None:
    assert set(setting(name)) == set(CHAPTER.controls) - {"guess_accuracy"}
    assert set(CONTRASTS[name]) <= set(setting(name))
