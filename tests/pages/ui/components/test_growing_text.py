from __future__ import annotations

import numpy as np
import pytest

from pages._ui.components.growing_text import SHOWN, drawing
from rnn_core.messages import LANGUAGES
from rnn_core.models import writing
from rnn_core.specs import ModelSpec
from rnn_core.statistics.truncation import Truncation

SPEC = ModelSpec(task="given_names", cell="gru", hidden=16)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_drawn_is_what_was_written_and_from_what(lang: str) -> None:
    written = writing.draw(SPEC, ("▶", "は"), Truncation(temperature=3.0, top_k=30), 4)
    found = drawing(lang, written, "draw")
    assert (found["start"], found["given"], found["outputs"]) == (True, 2, 75)
    assert [one["text"] for one in found["chosen"]] == [written.trace.outputs[at] for at in written.chosen]
    for step, row in enumerate(found["next"]):
        assert len(row["top"]) == SHOWN
        drawn = 0 <= step - 1 < len(written.chosen)
        assert row["left"] == (30 if drawn else None)
        assert sum(one["chosen"] for one in row["top"]) == drawn
        probabilities = [one["p"] for one in row["top"]][: SHOWN - 1]
        np.testing.assert_allclose(probabilities, np.sort(written.trace.probabilities[step])[::-1][: SHOWN - 1])
    assert bool(found["tokens"][1]["gloss"]) == (lang == "en")
