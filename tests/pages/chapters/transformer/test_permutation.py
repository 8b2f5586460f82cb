from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.transformer.permutation import WAYS, masked, options, worth
from rnn_core.figures import Moves
from rnn_core.figures.captions import percent
from rnn_core.messages import LANGUAGES
from rnn_core.models.shuffle import Shuffled
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
def test_what_the_networks_are_worth_is_what_the_manifest_says(warm: None, lang: str) -> None:
    for width in (16, 32):
        said = worth(width, lang)
        for positions in (True, False):
            shares = sorted(transformers.accuracies(width, positions=positions))
            assert percent(shares[0], lang, 1) in said
            assert percent(shares[-1], lang, 1) in said
    assert "3" in worth(32, lang)
