from __future__ import annotations

import numpy as np

from pages._chapters.speech import computed
from rnn_core.sound.clips import scene
from rnn_core.speech.detector import listen
from rnn_core.speech.digits import recorded
from rnn_core.tasks.digits import SHIPPED, DigitSpec

GRU = DigitSpec(cell="gru")


def test_it_is_what_the_library_says() -> None:
    np.testing.assert_array_equal(
        computed.listen("letters", 0.0).clamped, listen(scene("letters").samples, 0.0).clamped
    )
    assert computed.listen("letters", 0.0) is computed.listen("letters", 0.0)
    np.testing.assert_array_equal(computed.answers(GRU, 4).shares, recorded(GRU, 4).shares)
    assert [row.spec for row in computed.worth()] == list(SHIPPED)
