"""The encoder-decoder: padding changes nothing, all steps at once equal one after the other, and float64 by hand."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.specs import TranslatorSpec
from rnn_core.translation.encoder_decoder import Translator, gru_step

ATTENTIONS = ("none", "additive", "dot")
SOURCE = torch.tensor([[4, 5, 6, 7, 8], [9, 4, 0, 0, 0], [5, 0, 0, 0, 0]])
LENGTHS = torch.tensor([5, 2, 1])
TARGET = torch.tensor([[2, 4, 5, 6], [2, 7, 8, 9], [2, 1, 4, 4]])


def model(attention: str, hidden: int = 6) -> Translator:
    torch.manual_seed(3)
    return Translator(TranslatorSpec(task="phrases", attention=attention, hidden=hidden), 10, 12).double()


@pytest.mark.parametrize("attention", ATTENTIONS)
def test_padding_changes_nothing(attention: str) -> None:
    network = model(attention)
    with torch.no_grad():
        together = network(SOURCE, LENGTHS, TARGET)
        assert torch.equal(network(SOURCE.masked_fill(SOURCE == 0, 3), LENGTHS, TARGET), together)
        for one, length in enumerate(LENGTHS.tolist()):
            alone = network(SOURCE[one : one + 1, :length], LENGTHS[one : one + 1], TARGET[one : one + 1])
            np.testing.assert_allclose(together[one], alone[0], rtol=0, atol=1e-12)


@pytest.mark.parametrize("attention", ATTENTIONS)
def test_all_steps_at_once_equal_one_after_the_other(attention: str) -> None:
    network = model(attention)
    with torch.no_grad():
        together = network(SOURCE, LENGTHS, TARGET)
        memory = network.encode(SOURCE, LENGTHS)
        state = memory.start
        for t, previous in enumerate(TARGET.unbind(dim=1)):
            step = network.step(previous, state, memory)
            state = step.state
            np.testing.assert_allclose(step.scores, together[:, t], rtol=0, atol=1e-12)


@pytest.mark.parametrize("attention", ATTENTIONS)
def test_it_is_the_papers_equations(attention: str) -> None:
    """By hand, one source, from the weights' own names."""
    network = model(attention)
    w = {name: weight.detach() for name, weight in network.named_parameters()}
    states = network.encoder(network.source_embedding(SOURCE[:1]))[0][0].detach()  # (S, 2H)
    state = torch.tanh(w["start.weight"] @ torch.cat([states[-1, :6], states[0, 6:]]) + w["start.bias"])
    expected = []
    for previous in TARGET[0]:
        received = w["target_embedding.weight"][previous]
        context = None
        if attention == "additive":
            keys = states @ w["attention.key.weight"].T
            scores = torch.tanh(w["attention.query.weight"] @ state + keys) @ w["attention.score.weight"][0]
            context = scores.softmax(0) @ states
            received = torch.cat([received, context])
        a, b = received @ w["decoder.weight_ih_l0"].T + w["decoder.bias_ih_l0"], w["decoder.weight_hh_l0"] @ state
        b = b + w["decoder.bias_hh_l0"]
        r, z = (a[:6] + b[:6]).sigmoid(), (a[6:12] + b[6:12]).sigmoid()
        state = (1 - z) * (a[12:] + r * b[12:]).tanh() + z * state
        if attention == "dot":
            context = (states @ w["attention.key.weight"].T @ state).softmax(0) @ states
        top = state
        if context is not None:
            top = torch.tanh(w["combine.weight"] @ torch.cat([context, state]) + w["combine.bias"])
        expected.append(w["readout.weight"] @ top + w["readout.bias"])
    found = network(SOURCE[:1], LENGTHS[:1], TARGET[:1])[0].detach()
    np.testing.assert_allclose(found, torch.stack(expected), rtol=0, atol=1e-12)


def test_an_encoder_that_reads_forwards_begins_from_its_last_state_and_has_no_fewer_weights() -> None:
    torch.manual_seed(3)
    spec = TranslatorSpec(task="phrases", attention="additive", hidden=6, directions=1)
    network = Translator(spec, 10, 12).double()
    with torch.no_grad():
        memory = network.encode(SOURCE, LENGTHS)
        states = network.encoder(network.source_embedding(SOURCE[1:2, :2]))[0][0]  # (S, 2H)
        np.testing.assert_allclose(memory.states[1, :2], states, rtol=0, atol=1e-12)
        np.testing.assert_allclose(memory.start[0][1], torch.tanh(network.start(states[-1])), rtol=0, atol=1e-12)
        later = network.encode(SOURCE.index_fill(1, torch.tensor(4), 9), LENGTHS)
        assert torch.equal(later.states[0, :4], memory.states[0, :4])  # no word knows of a later one
    numbers = [sum(one.numel() for one in each.encoder.parameters()) for each in (network, model("additive"))]
    assert numbers[0] >= numbers[1]


@pytest.mark.parametrize("attention", ATTENTIONS)
def test_every_weight_learns(attention: str) -> None:
    network = model(attention)
    network(SOURCE, LENGTHS, TARGET).square().sum().backward()
    assert all(bool(weight.grad.abs().sum() > 0) for weight in network.parameters())


def test_a_step_is_that_of_the_layer() -> None:
    torch.manual_seed(0)
    layer, x, h = torch.nn.GRU(4, 6, batch_first=True), torch.randn(3, 4), torch.randn(3, 6)
    np.testing.assert_allclose(
        gru_step(layer, x, h).detach(), layer(x[:, None], h[None])[0][:, 0].detach(), atol=1e-6, rtol=0
    )
