from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.models import registry
from rnn_core.models.feeling_reading import read, settle
from rnn_core.tasks.feelings import SENTENCES, network
from rnn_core.tasks.sentiment import NEGATED
from rnn_core.text.tokenizer import segment

WORDS = segment(NEGATED).tokens


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_what_a_token_does_is_measured_by_leaving_it_out(cell: str) -> None:
    spec = network(SENTENCES, cell)
    found = read(spec, WORDS)
    told = found.answers[-1]
    for place, drop in enumerate(found.drops):
        rest = tuple(word for at, word in enumerate(WORDS) if at != place)
        left = registry.distributions(spec, rest)[-1, told]
        assert drop == pytest.approx(float(found.trace.probabilities[-1, told]) - float(left), abs=1e-6)
    np.testing.assert_array_equal(found.influence, registry.last_influence(spec, WORDS))
    assert -1 <= found.agreement <= 1


def test_without_its_one_token_a_text_is_what_the_first_state_says() -> None:
    spec = network(SENTENCES, "gru")
    found = read(spec, ("量子",))
    model = registry.RECURRENT.load(spec)
    with torch.inference_mode():
        nothing = torch.softmax(model.scores(torch.zeros(spec.hidden)), dim=0)[found.answers[0]]
    assert found.drops[0] == pytest.approx(float(found.trace.probabilities[0].max() - nothing), abs=1e-6)
    assert (found.settled, np.isnan(found.agreement)) == (0, True)


@pytest.mark.parametrize(
    ("answers", "place"), [((0,), 0), ((1, 1, 1), 0), ((0, 1, 1), 1), ((1, 0, 1), 2), ((2, 2, 0), 2)]
)
def test_an_answer_settles_where_none_after_it_differs(answers: tuple[int, ...], place: int) -> None:
    assert settle(answers) == place


def test_what_is_read_can_not_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        read(network(SENTENCES, "gru"), WORDS).drops[0] = 1
