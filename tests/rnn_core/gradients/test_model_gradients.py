"""The loss of a model at the states of its recurrent layers, against torch's autograd through textbook loops."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

import rnn_core as rc
from tests.rnn_core import cases, unrolled


class Looped(nn.Module):
    """A recurrent module as the textbook's loop, sequence by sequence, that keeps its states with their gradients."""

    def __init__(self, own: nn.RNNBase) -> None:
        super().__init__()
        self.own, self.kept = own, []

    def forward(self, given, state=None):
        padded, ends = pad_packed_sequence(given) if isinstance(given, PackedSequence) else (given, None)
        ends = [len(padded)] * padded.shape[1] if ends is None else ends.tolist()
        rows = self.own.num_layers * (1 + self.own.bidirectional)
        zero = padded.new_zeros(rows, padded.shape[1], self.own.hidden_size)
        state = state if state is not None else (zero, zero) if isinstance(self.own, nn.LSTM) else zero
        outputs, lasts = [], []
        for b, end in enumerate(ends):
            part = tuple(one[:, b : b + 1] for one in state) if isinstance(state, tuple) else state[:, b : b + 1]
            output, layers = unrolled.whole(self.own, padded[:end, b : b + 1], part)
            for layer in layers:
                for hs, cs in layer:
                    for one in (*hs, *cs):
                        if one is not None:
                            one.retain_grad()
            self.kept.append(layers)
            outputs.append(torch.cat([output, output.new_zeros(len(padded) - end, *output.shape[1:])]))
            ended = [
                [part[place][0 if d else -1] for layer in layers for d, part in enumerate(layer)] for place in (0, 1)
            ]
            lasts.append([torch.stack(one) for one in ended if one[0] is not None])
        out, last = torch.cat(outputs, 1), tuple(torch.cat(one, 1) for one in zip(*lasts, strict=True))
        packed = pack_padded_sequence(out, torch.tensor(ends), enforce_sorted=False)
        return (packed if isinstance(given, PackedSequence) else out), (last if len(last) > 1 else last[0])


class Model(nn.Module):
    """An encoder of packed sequences whose last states start a decoder that goes on word by word."""

    def __init__(self, cell: str, layers: int, *, both: bool, looped: bool) -> None:
        super().__init__()
        own = cases.build(cell, num_layers=layers, bidirectional=both)
        decoder = cases.build(cell, 1, num_layers=layers * (1 + both))
        self.encoder, self.decoder = (Looped(own), Looped(decoder)) if looped else (own, decoder)
        torch.manual_seed(5)
        self.readout = nn.Linear(cases.H, cases.D).double()

    def forward(self, x: Tensor, lengths: list[int]) -> Tensor:
        packed = pack_padded_sequence(x, torch.tensor(lengths), enforce_sorted=False)
        out, state = self.encoder(packed)
        states, _ = pad_packed_sequence(out)
        word, total = x[:1], states.square().mean()
        for _ in range(2):
            out, state = self.decoder(word, state)
            word = self.readout(out)
            total = total + word.sin().sum()
        return total


def states(looped: Looped, key: str, direction: int, layer: int, steps: int) -> np.ndarray:
    """∂L/∂h_t or ∂L/∂c_t, (T, B, H), 0 beyond an end."""
    found = []
    for layers in looped.kept:
        values = [one.grad for one in layers[layer][direction][key == "cell_state"]]
        found.append(torch.cat([torch.stack(values), values[0].new_zeros(steps - len(values), *values[0].shape)]))
    return torch.cat(found, 1).numpy()


@given(
    cell=st.sampled_from(list(cases.KINDS)),
    layers=st.integers(1, 2),
    both=st.booleans(),
    lengths=st.lists(st.integers(1, cases.T), min_size=1, max_size=3),
)
@settings(max_examples=15, deadline=None)
def test_every_state_has_autograds_gradient(cell, layers, both, lengths) -> None:
    lengths[0] = cases.T
    x = cases.inputs(batch=len(lengths))
    loop = Model(cell, layers, both=both, looped=True)
    value = loop(x, lengths)
    value.backward()
    found = rc.backpropagate_model(Model(cell, layers, both=both, looped=False), x, lengths)
    assert list(found) == ["encoder", "decoder"]
    for key in ["hidden_state", *(["cell_state"] if cell == "lstm" else [])]:
        for layer in range(layers):
            for direction in range(1 + both):
                want = states(loop.encoder, key, direction, layer, cases.T)
                one = found["encoder"].layers[layer][direction][key]
                np.testing.assert_allclose(one, want, rtol=0, atol=1e-12 * max(1, abs(want).max()))
    for layer in range(layers * (1 + both)):  # two calls, each of all sequences
        steps = [
            [row[layer][0][0][0].grad for row in loop.decoder.kept[call * len(lengths) :][: len(lengths)]]
            for call in (0, 1)
        ]
        want = torch.stack([torch.cat(one) for one in steps]).numpy()
        np.testing.assert_allclose(found["decoder"].layers[layer][0]["hidden_state"], want, rtol=0, atol=1e-12)
    assert found["encoder"].loss == pytest.approx(value.item(), rel=1e-12)
    for name, parameter in loop.encoder.own.named_parameters():
        shares = found["encoder"].weight_shares(name).sum(0)
        np.testing.assert_allclose(shares, parameter.grad, rtol=0, atol=1e-11 * max(1, parameter.grad.abs().max()))


class Head(nn.Module):
    """Takes only the last state, writes into what it gets, and has a frozen encoder."""

    def __init__(self, *, batch_first: bool) -> None:
        super().__init__()
        self.rnn = cases.build("lstm", batch_first=batch_first).requires_grad_(False)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        out, (h, c) = self.rnn(x)
        out.zero_()
        x.zero_()
        return h.mul_(2), c


@pytest.mark.parametrize("batch", [None, 2])
def test_a_frozen_layer_and_a_loss_of_the_last_state_alone(batch) -> None:
    model, x = Head(batch_first=True), cases.inputs(batch=batch, first=True)
    found = rc.backpropagate_model(model, x.clone(), loss=lambda given: given[0].sum() + 3 * given[1].sum())["rnn"]
    last = found.layers[0][0]
    np.testing.assert_array_equal(last["hidden_state"][-1], np.full(last["hidden_state"][-1].shape, 2.0))
    assert (last["cell_state"][-1] != 0).all()
    assert found.inputs.shape == x.shape
    leaf = x.clone().requires_grad_()
    h, c = model.rnn(leaf)[1]
    (2 * h.sum() + 3 * c.sum()).backward()
    np.testing.assert_allclose(found.inputs, leaf.grad, atol=1e-13)
    assert all(parameter.grad is None and not parameter.requires_grad for parameter in model.parameters())


def test_a_layer_that_the_loss_does_not_reach_has_no_gradient() -> None:
    class Two(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.one, self.two = cases.build("gru"), cases.build("rnn")

        def forward(self, x: Tensor) -> Tensor:
            self.two(x)
            return self.one(x)[0].sum()

    found = rc.backpropagate_model(Two(), cases.inputs())
    assert not found["two"].norms("hidden_state").any()
    assert found["one"].norms("hidden_state").all()


X = cases.inputs()


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: rc.backpropagate_model(nn.Linear(3, 3), X), "model_without"),
        (lambda: rc.backpropagate_model(cases.build("gru"), X), "loss_not_tensor"),
        (lambda: rc.backpropagate_model(cases.build("gru"), X, loss=3), "loss_not_callable"),
        (lambda: rc.backpropagate_model(cases.build("gru"), X, loss=lambda out: out[0]), "loss_not_scalar"),
        (lambda: rc.backpropagate_model(cases.build("gru"), X, loss=lambda _: X.sum()), "loss_without_layers"),
        (lambda: rc.backpropagate_model(cases.build("gru"), X, loss=lambda out: out[0].sum() / 0), "loss_not_finite"),
    ],
)
def test_what_cannot_be_differentiated_says_so(ask, code: str) -> None:
    with pytest.raises(rc.KiokuError) as error:
        ask()
    assert error.value.code == code


def test_it_says_in_which_part_something_cannot_be_recorded() -> None:
    class Twice(nn.GRU):
        def forward(self, x, hx=None):
            return super().forward(2 * x, hx)

    model = nn.ModuleDict({"inner": nn.Sequential(Twice(3, 4).double())})
    model.forward = lambda x: model["inner"](x)[0].sum()
    for ask in (rc.backpropagate_model, rc.record_model):
        with pytest.raises(rc.KiokuError, match=r"'inner\.0'") as error:
            ask(model, X)
        assert "inner.0" in error.value.text("ja")
        assert "Twice" in error.value.text("ja")
        assert not model["inner"][0]._forward_hooks
