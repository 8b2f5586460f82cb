from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, parity_by_length
from rnn_core.figures.parity_by_length import ORDER
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import sound, traces

ACCURACY = {
    kind: tuple({40: 1.0, 256: share + seed / 100} for seed in (0, 1))
    for kind, share in zip(ORDER, (0.99, 0.99, 0.98, 0.5, 0.8), strict=True)
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("guess", [None, (), ("rnn", "mingru")])
def test_it_holds_the_means_and_the_guess(lang: str, guess: tuple[str, ...] | None) -> None:
    picture = sound(parity_by_length(ACCURACY, (4, 6), guess=guess, lang=lang, theme=Theme()))
    shown = [trace for trace in traces(picture) if trace["meta"] != "guess"]
    np.testing.assert_allclose([trace["y"][-1] for trace in shown], [0.995, 0.995, 0.985, 0.505, 0.805])
    guessed = [trace for trace in traces(picture) if trace["meta"] == "guess"]
    assert len(guessed) == (guess is not None)
    if guess is not None:
        wanted = [1.0 if kind in guess else 0.5 for kind in ORDER[:4]]
        np.testing.assert_array_equal(guessed[0]["y"], wanted)
    assert "RNN" in picture.finding
    assert "GRU、" not in picture.finding
