from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.transformer.permutation import WAYS, judged, masked, options, worth, worth_method
from rnn_core.figures import Moves
from rnn_core.figures.captions import percent
from rnn_core.messages import LANGUAGES
from rnn_core.models.shuffle import Shuffled
from rnn_core.statistics import intervals
from rnn_core.training import transformers


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_way_of_reading_can_be_guessed_by_its_name(lang: str) -> None:
    named = options(lang)
    assert list(named) == [1, 2, 3, 4]
    assert list(named.values()) == [Moves(*way, np.zeros(1)).name(lang) for way in WAYS]
    assert len(set(named.values())) == 4


def test_the_sentence_on_the_mask_says_what_was_measured() -> None:
    found = [Shuffled(positions, causal, np.zeros(2), 0.0 if causal else 0.5 + positions) for positions, causal in WAYS]
    said = masked(found, ("今日", "は"), "en")
    assert "“猫”" in said
    assert "bitwise identical" in said
    assert "by up to 1.50." in said
    leaks = [Shuffled(positions, causal, np.zeros(2), 0.25) for positions, causal in WAYS]
    assert "change by up to 0.25 with" in masked(leaks, ("今日", "猫"), "en")
    assert "“犬”" in masked(leaks, ("今日", "猫"), "en")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [16, 32])
def test_what_the_networks_are_worth_is_what_the_manifest_says(warm: None, lang: str, width: int) -> None:
    of = transformers.baselines().sentences
    said, method = worth(width, lang), worth_method(width, lang)
    for positions in (True, False):
        counts = transformers.correct(width, positions=positions)
        (low,), (high,) = intervals.wilson(counts[:1], [of])
        for share in (counts[0] / of, low, high):
            assert percent(float(share), lang, 1) in said
        if len(counts) > 1:
            assert percent(min(counts) / of, lang, 1) in method
            assert percent(max(counts) / of, lang, 1) in method
    assert f"{of:,}" in method
    assert percent(transformers.baselines().majority, lang, 1) in method
    assert percent(transformers.baselines().chance, lang, 1) in method


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_guess_is_right_where_not_a_bit_changes_and_the_reason_names_the_ways(lang: str) -> None:
    found = [Shuffled(*way, np.full(2, 0.0 if way == (False, False) else 0.5), 0.0) for way in WAYS]
    verdicts = [judged(guess, found, lang) for guess in options(lang)]
    assert [verdict for verdict, _ in verdicts] == ["wrong", "wrong", "wrong", "right"]
    for (_, why), name in zip(verdicts, options(lang).values(), strict=True):
        assert name in why
        assert options(lang)[4] in why
    assert "0.50" in verdicts[0][1]
    same = [Shuffled(*way, np.zeros(2), 0.0) for way in WAYS]
    assert {judged(guess, same, lang)[0] for guess in options(lang)} == {"right"}
