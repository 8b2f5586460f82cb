from __future__ import annotations

import pytest

from pages._chapters.claims.today import _row
from rnn_core.claims import data
from rnn_core.messages import LANGUAGES, text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_says_how_sure_it_is(lang: str) -> None:
    for fact in data.today():
        assert text(f"claims.status.{fact['status']}", lang) in _row(fact, lang)
