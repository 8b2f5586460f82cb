from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.models import registry
from rnn_core.models.samples import _step, draw_many
from rnn_core.quantities import CELLS
from rnn_core.recurrent.clamps import Clamp
from rnn_core.specs import ModelSpec
from rnn_core.tasks.written import END, START, kaomoji

NAMES = ModelSpec(task="given_names", cell="gru", hidden=16)


def test_texts_come_out_as_often_as_the_network_expects() -> None:
    texts = draw_many(NAMES, (START,), 2000, seed=3)
    first = registry.distributions(NAMES, [START])[0]
    outputs = registry.family_of(NAMES).tokenizer(NAMES).outputs
    best = int(first.argmax())
    share = np.mean([text[0] == outputs[best] for text in texts])
    assert abs(share - first[best]) < 4 * np.sqrt(first[best] / 2000)
    assert draw_many(NAMES, (START,), 20, seed=3) == draw_many(NAMES, (START,), 20, seed=3)


@pytest.mark.parametrize("cell", CELLS)
def test_a_unit_is_clamped_as_a_recording_clamps_it(cell: str) -> None:
    spec = ModelSpec(task="given_names", cell=cell, hidden=16)
    model, own = registry.family_of(spec).memoized(spec), registry.family_of(spec).tokenizer(spec)
    tokens = [START, "は", "な"]
    with torch.inference_mode():
        rows, _ = _step(model, torch.tensor([own.encode(tokens)]), None, {3: 0.25})
    clamped = registry.run(spec, tokens, [Clamp("hidden_state", 0.25, units=3)])
    np.testing.assert_allclose(rows[0], clamped.probabilities[-1], atol=1e-5)


def test_the_rule_for_what_is_shown_holds_in_ten_thousand_samples() -> None:
    spec = ModelSpec(task="kaomoji", cell="gru", hidden=16)
    texts = ["".join(text).removesuffix(END) for text in draw_many(spec, (START,), 10_000, seed=0)]
    assert len(texts) == 10_000
    assert [text for text in set(texts) if not kaomoji.is_shown(text)] == []
