"""Each recurrent layer of a model is recorded as if it had been given, by hand, what the model gives it."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import rnn_core as rc
from tests.rnn_core import cases


class Tagger(nn.Module):
    """Packed, both directions, two layers, and a smaller one behind it."""

    def __init__(self, kind: type[nn.RNNBase] = nn.LSTM, *, batch_first: bool = True) -> None:
        super().__init__()
        self.embedding = nn.Embedding(9, 3)
        self.lower = kind(3, 4, 2, bidirectional=True, batch_first=batch_first, dropout=0.5)
        self.upper = nn.ModuleDict({"gru": nn.GRU(8, 2, batch_first=batch_first)})
        self.out = nn.Linear(2, 5)
        self.batch_first = batch_first

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        vectors = self.embedding(ids)
        vectors = vectors if self.batch_first else vectors.transpose(0, 1)
        packed = pack_padded_sequence(vectors, lengths, self.batch_first, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.lower(packed)[0], batch_first=self.batch_first)
        return self.out(self.upper["gru"](states, hx=None)[0])


class Writer(nn.Module):
    """A decoder that is called once a word, from where it ended."""

    def __init__(self) -> None:
        super().__init__()
        self.decoder = nn.LSTM(3, 4)

    def forward(self, first: Tensor, steps: int) -> Tensor:
        x, state, found = first, None, []
        for _ in range(steps):
            out, state = self.decoder(x, state)
            found.append(out)
            x = out[..., :3]
        return torch.cat(found)


IDS, LENGTHS = torch.tensor([[1, 2, 3, 4], [5, 6, 0, 0]]), torch.tensor([4, 2])


@pytest.mark.parametrize("kind", [nn.RNN, nn.LSTM, nn.GRU])
@pytest.mark.parametrize("batch_first", [False, True])
def test_each_layer_gets_what_the_model_gives_it(kind: type[nn.RNNBase], batch_first: bool) -> None:
    model = Tagger(kind, batch_first=batch_first)
    model.lower.train()
    found = rc.record_model(model, IDS, lengths=LENGTHS)
    assert list(found) == ["lower", "upper.gru"]
    vectors = model.embedding(IDS).detach()
    vectors = vectors if batch_first else vectors.transpose(0, 1)
    lower = rc.record(model.lower, vectors, lengths=LENGTHS)
    assert np.array_equal(found["lower"].output, lower.output)
    upper = rc.record(model.upper["gru"], lower.output)
    np.testing.assert_allclose(found["upper.gru"].output, upper.output, rtol=0, atol=1e-6)
    assert model.training
    assert model.lower.training
    assert not any(child._forward_hooks for child in model.modules())


def test_a_model_that_is_a_layer_has_no_name() -> None:
    module = cases.build("gru")
    assert rc.record_model(module, cases.inputs()) == {"": rc.record(module, cases.inputs())}


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 6), st.booleans())
def test_calls_that_go_on_from_each_other_are_one_trace(steps: int, batched: bool) -> None:
    model, first = Writer(), torch.randn((1, 2, 3) if batched else (1, 3))
    with torch.no_grad():
        want = model(first, steps)
    (trace,) = rc.record_model(model, first, steps).values()
    assert len(trace) == steps
    np.testing.assert_allclose(trace.output, want.numpy(), rtol=0, atol=1e-6)
    fed = torch.cat([first, want[:-1, ..., :3]])
    np.testing.assert_allclose(trace["forget_gate"], rc.record(model.decoder, fed)["forget_gate"], rtol=0, atol=1e-6)


def test_calls_that_start_anew_are_traces_of_their_own() -> None:
    class Twice(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.shared = cases.build("rnn")

        def forward(self, one: Tensor, other: Tensor) -> Tensor:
            return self.shared(one)[0].sum() + self.shared(other)[0].sum()

    model, (one, other) = Twice(), (cases.inputs(0), cases.inputs(1)[:3])
    found = rc.record_model(model, one, other)
    assert found == {"shared": rc.record(model.shared, one), "shared[1]": rc.record(model.shared, other)}


@pytest.mark.parametrize("kind", [nn.RNN, nn.LSTM, nn.GRU])
def test_a_clamp_inside_reaches_what_comes_after_it(kind: type[nn.RNNBase]) -> None:
    model = Tagger(kind)
    clamps = {"lower": [rc.Clamp("hidden_state", 0.0, layer=1), rc.Clamp("hidden_state", 0.0, layer=1, direction=1)]}
    held = rc.record_model(model, IDS, LENGTHS, clamps=clamps)
    assert (held["lower"].output == 0).all()
    nothing = rc.record(model.upper["gru"], torch.zeros(2, 4, 8))
    np.testing.assert_allclose(held["upper.gru"].output, nothing.output, rtol=0, atol=1e-6)


def test_the_model_s_gradients_and_grad_mode_are_untouched() -> None:
    model = Tagger()
    with torch.enable_grad():
        rc.record_model(model, IDS, LENGTHS)
        assert torch.is_grad_enabled()
    assert all(parameter.grad is None for parameter in model.parameters())


def test_an_error_of_the_model_s_own_comes_through_and_leaves_no_hook() -> None:
    model = Tagger()
    with pytest.raises(TypeError):
        rc.record_model(model)
    assert not any(child._forward_hooks for child in model.modules())
    assert model.training


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: rc.record_model(nn.Linear(3, 3), torch.ones(1, 3)), "model_without"),
        (lambda: rc.record_model("gru", torch.ones(1, 3)), "model_none"),
        (lambda: rc.record_model(nn.Sequential(compiled(nn.GRU(3, 4))), torch.ones(1, 3)), "model_child"),
        (lambda: rc.record_model(compiled(nn.Sequential(nn.GRU(3, 4))), torch.ones(1, 3)), "compiled_module"),
        (lambda: rc.record_model(Writer(), torch.ones(1, 3), 0 + 1, clamps={"x": []}), "model_clamps"),
        (
            lambda: rc.record_model(Writer(), torch.ones(1, 3), 2, clamps={"decoder": [rc.Clamp("kept", 0.0)]}),
            "model_clamps_twice",
        ),
        (lambda: rc.record_model(nn.Sequential(nn.Identity(), Unused()), torch.ones(1, 3)), "model_not_called"),
    ],
)
def test_what_cannot_be_recorded_says_so(ask, code: str) -> None:
    with pytest.raises(rc.KiokuError) as error:
        ask()
    assert error.value.code == code


def compiled(module: nn.Module) -> nn.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # torch's own, of its own parts
        made = torch.compile(module, backend="eager")
    assert isinstance(made, nn.Module)
    return made


def test_what_was_compiled_in_place_is_run_as_it_is_written() -> None:
    model, x = nn.Sequential(nn.GRU(3, 4)), torch.randn(5, 3)
    want = rc.record_model(model, x)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        model.compile(backend="eager")
    made = model._compiled_call_impl
    assert rc.record_model(model, x) == want
    assert model._compiled_call_impl is made


def test_autocast_around_a_model_changes_no_bit() -> None:
    model, x = nn.Sequential(nn.Linear(3, 3), nn.LSTM(3, 4)), torch.randn(5, 3)
    want = rc.record_model(model, x)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert rc.record_model(model, x) == want


class Unused(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.never = nn.GRU(3, 4)

    def forward(self, x: Tensor) -> Tensor:
        return x
