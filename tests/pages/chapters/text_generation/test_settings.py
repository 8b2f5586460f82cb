from __future__ import annotations

from types import MappingProxyType
from typing import cast

import pytest

from pages._chapters.text_generation.settings import OFFERED, _with, truncation
from pages._ui.shell import View
from rnn_core.statistics.truncation import Truncation


@pytest.mark.parametrize(
    ("state", "asked"),
    [
        ({"temperature": 1.0, "top_k": "all", "top_p": 1.0}, Truncation()),
        ({"temperature": 0.0, "top_k": 3, "top_p": 0.5}, Truncation(temperature=0.0, top_k=3, top_p=0.5)),
    ],
)
def test_the_sliders_are_a_truncation(state: dict[str, object], asked: Truncation) -> None:
    class Shown:
        pass

    Shown.state = MappingProxyType(state)
    assert truncation(cast("View", Shown)) == asked


def test_what_an_address_says_stands_among_what_is_offered() -> None:
    assert _with(OFFERED["top_k"], 7) == [1, 2, 3, 5, 7, 10, 20, 50, "all"]
    assert _with(OFFERED["temperature"], 1.0) == list(OFFERED["temperature"])
