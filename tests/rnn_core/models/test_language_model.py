import pytest
import torch
from torch import nn

from rnn_core.models.language_model import EMBEDDING, NextWord
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("shape", [{}, {"layers": 2}, {"bidirectional": True}])
def test_scores_are_the_readout_of_torchs_own_layer_over_the_embedding(cell: str, shape: dict[str, object]) -> None:
    model = NextWord(ModelSpec(cell=cell, hidden=5, **shape), words=7, outputs=9).double()
    layer = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[cell](
        EMBEDDING, 5, shape.get("layers", 1), bidirectional="bidirectional" in shape
    ).double()
    state = model.state_dict()
    layer.load_state_dict(
        {name.removeprefix("recurrent."): tensor for name, tensor in state.items() if name.startswith("recurrent.")}
    )
    words = torch.tensor([[1, 0, 6], [2, 2, 3]])
    for row, scores in zip(words, model(words), strict=True):
        states = layer(state["embedding.weight"][row])[0]
        expected = states @ state["readout.weight"].T + state["readout.bias"]
        torch.testing.assert_close(scores, expected, atol=1e-12, rtol=0)


def test_names_are_torchs_own() -> None:
    names = list(NextWord(ModelSpec(cell="lstm", hidden=4), words=7, outputs=9).state_dict())
    assert names == [
        "embedding.weight",
        "recurrent.weight_ih_l0", "recurrent.weight_hh_l0", "recurrent.bias_ih_l0", "recurrent.bias_hh_l0",
        "readout.weight", "readout.bias",
    ]  # fmt: skip
