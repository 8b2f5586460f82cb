from __future__ import annotations

import pytest

from pages._chapters.gradients.computed import find_way
from rnn_core.models.sentence_spec import SentenceSpec
from rnn_core.specs import ModelSpec


@pytest.mark.parametrize("hidden", [8, 64])
def test_a_way_back_is_found_once(hidden: int) -> None:
    words = ("犬", "が") * 50

    def asked() -> SentenceSpec:
        return SentenceSpec(model=ModelSpec(cell="rnn", hidden=hidden), words=words, at=99, unit=0)

    assert find_way(asked()) is find_way(asked())
