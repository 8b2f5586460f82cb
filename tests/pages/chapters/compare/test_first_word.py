from __future__ import annotations

import numpy as np

from pages._chapters.compare import first_word
from pages._chapters.compare.first_word import Change
from rnn_core import contrasts, lineup

WORDS = ("今日", "は", "暑い")
SPECS = lineup.select_specs(lineup.equal_units(16))


def test_the_first_word_alone_is_replaced(warm: None) -> None:
    found = first_word.change(SPECS, WORDS, "昨日")
    assert all(values.shape == (3,) and values[0] > 0 for values in found.gaps.values())
    for cell in set(lineup.NETWORKS) - {"bidirectional"}:
        assert found.left[cell] == found.gaps[cell][-1] / found.gaps[cell][0]
    assert found.asks(WORDS)
    assert not found.asks(WORDS[:1])
    same = first_word.change(SPECS, WORDS, "今日")
    assert not any(np.any(values) for values in same.gaps.values())
    assert not same.left
    assert not same.asks(WORDS)


def test_the_bidirectional_network_does_not_lose_what_its_reply_reads(warm: None) -> None:
    case = contrasts.forgotten()
    found = first_word.change(SPECS, case.words, case.twin[0])
    gaps = found.gaps["bidirectional"]
    assert gaps[-1] / gaps[0] < 0.5 < found.left["bidirectional"], "at the last word alone it seems to have forgotten"


def test_a_share_is_said_where_there_is_one() -> None:
    found = Change("昨日", {}, {"lstm": 1.0, "gru": 0.6, "rnn": 0.01})
    said = [first_word.share(found, cell, "en") for cell in ("lstm", "gru", "rnn", "transformer")]
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in said] == ["1 ×", "0.60 ×", "1/100", "–"]
