from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.models.sentiment import classify
from rnn_core.tasks.sentiment import NEGATED, SHIPPED
from rnn_core.text.tokenizer import segment
from tests.pages.reading import charts, keys

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def test_the_map_holds_what_the_networks_say_once_it_is_opened(open_page: Open) -> None:
    at = open_page(page="sentiment", lang="en")
    assert "feelings" not in keys(at)
    at.session_state["directions"] = True
    at.run()
    for drawn, spec in zip(charts(at, "chart_feelings_by_word")[:2], SHIPPED[2:], strict=True):
        np.testing.assert_array_equal(drawn["z"], classify(spec, segment(NEGATED).tokens).shares.T)
    assert keys(at)[-2:] == ["feelings_by_word", "feelings"]
