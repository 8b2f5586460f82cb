from __future__ import annotations

import pytest

from pages._chapters.attention.settings import CONTRASTS
from pages._ui.address import controls_of, parse, serialize
from pages._ui.contrasts import Contrast
from pages._ui.shell import CHAPTERS

CHAPTER = next(row for row in CHAPTERS if row.name == "attention")


@pytest.mark.parametrize("one", CONTRASTS, ids=lambda one: one.name)
def test_a_contrast_is_a_link_and_keeps_the_size(one: Contrast) -> None:
    state = {**parse({}, controls_of(CHAPTER))[0], **one.silent, **one.sets}
    query = {key: [value] for key, value in serialize(state, CHAPTER.controls).items()}
    assert parse(query, controls_of(CHAPTER)) == (state, ())
    assert not {"hidden", "guess_accuracy", "beam"} & {*one.sets, *one.silent}
