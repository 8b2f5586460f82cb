import pytest
import torch
from torch import nn

from rnn_core.errors import KiokuError
from rnn_core.models.language_model import EMBEDDING, NextWord, build_next_word, record_next_word
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary

TOKENIZER = Tokenizer(Vocabulary(tuple("abcdef")), tuple("abcdefXYZ"), (False,) * 6 + (True,) * 3)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("shape", [{}, {"layers": 2}, {"bidirectional": True}])
def test_scores_are_the_readout_of_torchs_own_layer_over_the_embedding(cell: str, shape: dict[str, object]) -> None:
    model = build_next_word(ModelSpec(cell=cell, hidden=5, **shape), TOKENIZER).double()
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
    names = list(build_next_word(ModelSpec(cell="lstm", hidden=4), TOKENIZER).state_dict())
    assert names == [
        "embedding.weight",
        "recurrent.weight_ih_l0", "recurrent.weight_hh_l0", "recurrent.bias_ih_l0", "recurrent.bias_hh_l0",
        "readout.weight", "readout.bias",
    ]  # fmt: skip


def test_without_a_readout_there_are_states_and_no_scores() -> None:
    model = NextWord(nn.Embedding(7, 3), nn.LSTM(3, 4, num_layers=2, bidirectional=True, batch_first=True))
    found = record_next_word(model, torch.tensor([1, 2, 3]))
    assert found.distribution is None
    assert found.layers.output.shape == (3, 8)
    assert "readout" not in {name.partition(".")[0] for name in model.state_dict()}
    with pytest.raises(KiokuError) as caught:
        model(torch.tensor([[1, 2, 3]]))
    assert caught.value.code == "no_readout"
