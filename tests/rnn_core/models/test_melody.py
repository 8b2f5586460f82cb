from __future__ import annotations

import torch

from rnn_core.models.melody import EDGE, MELODIES, MelodyModel
from rnn_core.recurrent.recording import record
from rnn_core.tasks.music.melodies import LENGTHS, PITCHES
from rnn_core.tasks.music.spec import SHIPPED, MusicSpec


def test_the_scores_are_those_of_torch_s_layers_in_float64() -> None:
    model = MELODIES.fresh(MusicSpec(cell="gru", hidden=8)).double()
    pitches, lengths = torch.tensor([[EDGE, 3, 5]]), torch.tensor([[3, 1, 2]])
    states = model.states(pitches, lengths)
    by_hand, _ = model.recurrent(torch.cat([model.pitch.weight[pitches], model.length.weight[lengths]], dim=-1))
    torch.testing.assert_close(states, by_hand, rtol=0, atol=0)
    scores = model.pitch_scores(states)
    assert scores.shape == (1, 3, len(PITCHES) + 1)
    long = model.length_scores(states, torch.tensor([[3, 5, EDGE]]))
    want = states[0, 1] @ model.next_length.weight.T + model.next_length.bias + model.length_by_pitch.weight[5]
    torch.testing.assert_close(long[0, 1], want)
    assert long.shape == (1, 3, len(LENGTHS))


def test_a_length_depends_on_its_pitch() -> None:
    model = MelodyModel(MusicSpec(cell="rnn", hidden=4))
    states = torch.zeros(2, 4)
    one, other = model.length_scores(states, torch.tensor([0, 1]))
    assert not torch.equal(one, other)


def test_the_shipped_networks_are_small_and_are_recorded_exactly() -> None:
    for spec in SHIPPED:
        model = MELODIES.memoized(spec)
        trace = record(model.recurrent, model.embed(torch.tensor([EDGE, 4]), torch.tensor([3, 3])))
        assert trace.parity < 1e-5
        assert sum(weight.numel() * 2 for weight in model.parameters()) < 2**20
