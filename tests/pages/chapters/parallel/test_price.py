from __future__ import annotations

import pytest

from pages._chapters.parallel import price
from rnn_core.messages import LANGUAGES


def test_one_option_is_right_and_its_neighbour_near(warm: None) -> None:
    said = {at: price.verdict(networks) for at, networks in price.EXPECTED.items()}
    assert [at for at, one in said.items() if one == "right"] == [2]
    assert said[1] == "near"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reason_names_those_that_count(warm: None, lang: str) -> None:
    assert all(name in price.why(lang) for name in ("RNN", "LSTM", "GRU"))
    assert "minGRU" not in price.why(lang)
    assert "%" in price.kept_said(lang)
