from __future__ import annotations

from pages._chapters.compare import networks
from pages._chapters.compare.networks import agreed
from rnn_core.models.language_model import EMBEDDING


def test_words_have_as_many_numbers_as_is_counted_with() -> None:
    assert networks.INPUTS == EMBEDDING


def test_networks_that_expect_the_same_are_named_together() -> None:
    found = {"rnn": 0.9996, "lstm": 0.87, "gru": 0.5}
    assert agreed("“x”", found, 3, "en") == "all 3 “x” (50% to > 99%)"
    assert agreed("「x」", found, 6, "ja") == "RNN・LSTM・GRU は「x」"
    assert agreed("「x」", found, 3, "ja") == "3 つとも「x」（50% から > 99%）"
    assert agreed("“x”", {"rnn": 0.871, "gru": 0.869}, 2, "en") == "all 2 “x” (87%)"
    assert agreed("“x”", {"rnn": 0.5}, 6, "en") == "RNN “x”"
