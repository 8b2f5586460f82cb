from __future__ import annotations

import pytest

from pages._chapters.parallel import tree
from rnn_core.messages import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("total", range(3, 9))
def test_there_is_always_a_right_option(lang: str, total: int) -> None:
    options = tree.options(total, lang)
    assert tree.rounds(total) in options
    assert len(set(options.values())) == len(options)
    assert [count for count in options if tree.verdict(total, count) == "right"] == [tree.rounds(total)]
    assert tree.verdict(total, tree.rounds(total) + 2) == "wrong"
