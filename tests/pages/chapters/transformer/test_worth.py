from __future__ import annotations

import pytest

from pages._chapters.transformer.worth import method_said, share_said
from rnn_core.figures.captions import percent
from rnn_core.messages import LANGUAGES
from rnn_core.statistics import intervals
from rnn_core.training import accuracy


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [16, 32])
def test_what_the_networks_are_worth_is_what_the_manifest_says(warm: None, lang: str, width: int) -> None:
    of = accuracy.guessing().sentences
    said, method = share_said(width, lang), method_said(width, lang)
    for positions in (True, False):
        counts = accuracy.correct(width, positions=positions)
        (low,), (high,) = intervals.wilson(counts[:1], [of])
        for share in (counts[0] / of, low, high):
            assert percent(float(share), lang, 1) in said
        if len(counts) > 1:
            assert percent(min(counts) / of, lang, 1) in method
            assert percent(max(counts) / of, lang, 1) in method
    assert f"{of:,}" in method
    assert percent(accuracy.guessing().majority, lang, 1) in method
    assert percent(accuracy.guessing().chance, lang, 1) in method
