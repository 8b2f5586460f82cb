from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.specs import TranslatorSpec
from rnn_core.tasks.pairs import Pair
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.text.symbols import END
from rnn_core.training.translation_metrics import Written, by_size, exact_matches, greedy, looks
from rnn_core.translation import registry
from rnn_core.translation.decoding import translate

NAMES = TRANSLATIONS["names"]


@pytest.fixture(scope="module")
def sources() -> list[tuple[str, ...]]:
    return [pair.source for pair in NAMES.parts().test[::300]]


@pytest.mark.parametrize("attention", ["none", "additive", "dot"])
def test_many_at_once_are_written_as_one_by_one(sources: list[tuple[str, ...]], attention: str) -> None:
    spec = TranslatorSpec(task="names", attention=attention, hidden=8, weights="fresh", seed=3)
    for source, written in zip(sources, greedy(registry.TRANSLATORS.fresh(spec), NAMES, sources, most=12), strict=True):
        alone = translate(spec, source, length=12)
        tokens = [alone.outputs[number] for number in alone.chosen]
        assert written.ended == (tokens[-1] == "<end>")
        assert list(written.tokens) == (tokens[:-1] if written.ended else tokens)
        if attention == "none":
            assert written.attention is None
        else:
            assert written.attention is not None
            np.testing.assert_allclose(written.attention, alone.attention[0]["attention"][:, 0], atol=1e-6)


def test_the_end_has_its_row_too_and_no_token(sources: list[tuple[str, ...]]) -> None:
    model = registry.TRANSLATORS.fresh(TranslatorSpec(task="names", attention="dot", hidden=4))
    with torch.no_grad():
        model.readout.bias[END] = 100.0
    (written,) = greedy(model, NAMES, sources[:1], most=5)
    assert (written.tokens, written.ended) == ((), True)
    assert written.attention is not None
    assert written.attention.shape == (1, len(sources[0]))


def test_any_right_target_counts_and_what_does_not_end_does_not() -> None:
    pair = Pair(("花",), (("a", "b"), ("c",)), ("花",))
    said = [("a", "b"), ("c",), ("a",), ("c",)]
    written = [Written(tokens, number != 3, None) for number, tokens in enumerate(said)]
    assert exact_matches([pair] * 4, written) == [True, True, False, False]


def test_what_is_right_is_counted_by_length() -> None:
    pairs = [Pair(tuple(words), (("x",),), ()) for words in ("あ・い", "ああ・い", "あ", "い")]
    assert by_size(NAMES, pairs, [True, False, True, True]) == {
        "names": {"1": [2, 2], "2": [1, 2]},
        "kana": {"1": [2, 2], "2": [1, 1], "3": [0, 1]},
    }


def test_how_the_maps_lie() -> None:
    straight = np.eye(3)
    back = np.array([[0.1, 0.9], [0.9, 0.1], [0.5, 0.5]])
    found = looks([Written(("a", "b"), True, straight)] * 30 + [Written(("a", "b"), True, back)])
    assert found == {
        "monotonic": [30, 31],
        "turned": [1, 91],
        "settled": [92, 93],
        "unsettled": {},
    }


def test_tokens_that_hardly_ever_settle_are_named_with_the_worst_first() -> None:
    loose, firm = np.array([0.5, 0.5]), np.array([1.0, 0.0])
    maps = [
        Written(("a", "b", "c"), True, np.stack([loose, loose if number < 15 else firm, firm, firm]))
        for number in range(20)
    ]
    found = looks(maps)
    assert found is not None
    assert list(found["unsettled"].items()) == [("a", [20, 20]), ("b", [15, 20])]


def test_an_output_that_was_cut_off_has_no_row_for_its_end() -> None:
    found = looks([Written(("a", "b"), False, np.eye(2))])
    assert found is not None
    assert found["settled"] == [2, 2]


def test_without_attention_there_is_nothing_to_tell() -> None:
    assert looks([Written(("a",), True, None)]) is None
