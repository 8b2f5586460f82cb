"""What is refused at the door, each with a message that says what to do, in both languages."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from torch import Tensor, nn

import rnn_core as rc
from tests.rnn_core import cases


def broken(value: float) -> nn.GRU:
    module = cases.build("gru")
    with torch.no_grad():
        module.weight_hh_l0[1, 2] = value
    return module


class Doubled(nn.GRU):
    def forward(self, inputs: Tensor, hx: Tensor | None = None) -> tuple[Tensor, Tensor]:  # type: ignore[override]
        return super().forward(inputs * 2, hx)


def failing() -> nn.GRU:
    module = cases.build("gru")
    module.forward = lambda *_: 1 / 0  # type: ignore[method-assign,assign,return-value]
    return module


def hooked() -> nn.GRU:
    module = cases.build("gru")
    module.register_forward_pre_hook(lambda _, given: (given[0] * 2, *given[1:]))
    return module


def scripted() -> nn.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # torch's own
        made = torch.jit.script(cases.build("gru"))
    assert isinstance(made, nn.Module)
    return made


def compiled() -> nn.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # torch's own, of its own parts
        made = torch.compile(cases.build("gru"))
    assert isinstance(made, nn.Module)
    return made


GRU, LSTM = cases.build("gru"), cases.build("lstm")
X = cases.inputs()
WRONG = {
    "a linear layer": (lambda: nn.Linear(3, 3), X, None, "wrong_module"),
    "no module": (lambda: "lstm", X, None, "wrong_module"),
    "a cell": (lambda: nn.GRUCell(3, 5), X, None, "cell_module"),
    "a scripted module": (scripted, X, None, "scripted_module"),
    "inputs without numbers": (lambda: GRU, X.to("meta"), None, "inputs_meta"),
    "a half module": (lambda: cases.build("gru").half(), X.half(), None, "wrong_module_dtype"),
    "a bfloat16 module": (lambda: cases.build("gru").bfloat16(), X.bfloat16(), None, "wrong_module_dtype"),
    "nan weights": (lambda: broken(float("nan")), X, None, "weights_not_finite"),
    "inf weights": (lambda: broken(float("inf")), X, None, "weights_not_finite"),
    "weights that are not there": (lambda: nn.GRU(3, 5, device="meta"), X.float(), None, "weights_not_finite"),
    "nan": (lambda: GRU, X * float("nan"), None, "not_finite"),
    "inf": (lambda: GRU, X / 0.0, None, "not_finite"),
    "half inputs": (lambda: GRU, X.half(), None, "wrong_dtype"),
    "float32 into float64": (lambda: GRU, X.float(), None, "wrong_dtype"),
    "token ids": (lambda: GRU, torch.ones(4, 3, dtype=torch.long), None, "token_ids"),
    "bytes": (lambda: GRU, np.ones((4, 3), np.uint8), None, "token_ids"),
    "a model around it": (lambda: nn.Sequential(nn.Embedding(3, 3), nn.GRU(3, 5)), X, None, "module_contains"),
    "a compiled module": (compiled, X, None, "compiled_module"),
    "a forward of its own": (lambda: Doubled(3, 5, dtype=torch.float64), X, None, "altered_module"),
    "a forward that fails": (failing, X, None, "altered_module"),
    "a hook before it": (hooked, X, None, "altered_module"),
    "complex": (lambda: GRU, X.to(torch.complex128), None, "wrong_dtype"),
    "truths": (lambda: GRU, X > 0, None, "wrong_dtype"),
    "words": (lambda: GRU, np.array([["a", "b", "c"]]), None, "not_numbers"),
    "nothing": (lambda: GRU, None, None, "not_numbers"),
    "ragged lists": (lambda: GRU, [[1.0], [1.0, 2.0]], None, "not_numbers"),
    "sparse": (lambda: GRU, X.to_sparse(), None, "packed_sequence"),
    "one vector": (lambda: GRU, X[0], None, "wrong_dimensions"),
    "four dimensions": (lambda: GRU, X[None, None], None, "wrong_dimensions"),
    "wrong size": (lambda: GRU, X[:, :2], None, "wrong_input_size"),
    "no steps": (lambda: GRU, X[:0], None, "empty_inputs"),
    "no sequences": (lambda: GRU, X[:, None][:, :0], None, "empty_inputs"),
    "a pair for a gru": (lambda: GRU, X, (X[:1], X[:1]), "wrong_state_kind"),
    "one tensor for an lstm": (lambda: LSTM, X, torch.zeros(1, 5, dtype=torch.float64), "wrong_state_kind"),
    "three for an lstm": (lambda: LSTM, X, (X, X, X), "wrong_state_kind"),
    "a state of another size": (lambda: GRU, X, torch.zeros(1, 4, dtype=torch.float64), "wrong_state_shape"),
    "a state of a batch": (lambda: GRU, X, torch.zeros(1, 1, 5, dtype=torch.float64), "wrong_state_shape"),
    "a state with nan": (lambda: GRU, X, torch.full((1, 5), float("nan"), dtype=torch.float64), "not_finite"),
    "a state of words": (lambda: LSTM, X, ("h", "c"), "not_numbers"),
}


@pytest.mark.filterwarnings("ignore:Casting complex values")
@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_recorded_says_what_to_do(name) -> None:
    module, x, state, code = WRONG[name]
    with pytest.raises(rc.KiokuError) as caught:
        rc.record(module(), x, state)
    assert caught.value.code == code
    for lang in ("ja", "en"):
        assert len(caught.value.text(lang)) > 20
        assert "{" not in caught.value.text(lang)


def test_the_message_holds_what_was_given() -> None:
    with pytest.raises(rc.KiokuError, match=r"takes vectors of size 3; these inputs have shape \(7, 2\)"):
        rc.record(GRU, X[:, :2])


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([np.float64, np.float32, np.int64]).flatmap(
        lambda dtype: arrays(dtype, st.lists(st.integers(0, 4), max_size=4).map(tuple))
    )
)
def test_any_array_gives_a_trace_or_a_kioku_error(values) -> None:
    try:
        trace = rc.record(GRU, values)
    except rc.KiokuError:
        return
    assert len(trace) >= 1
    assert np.isfinite(trace.output).all()


def test_arrays_and_tensors_are_the_same_inputs() -> None:
    a, b = rc.record(GRU, X), rc.record(GRU, X.numpy()[::-1][::-1])
    np.testing.assert_array_equal(a.output, b.output)


def test_a_read_only_array_is_taken() -> None:
    trace = rc.record(GRU, X)
    again = rc.record(cases.build("gru", bias=False), trace.output[:, :3])
    assert len(again) == cases.T


def test_a_big_finite_input_is_not_taken_for_inf() -> None:
    big = torch.full((2, 3), 1e308, dtype=torch.float64)  # its sum overflows
    assert np.isfinite(rc.record(GRU, big).output).all()


class Same(nn.LSTM):
    """A subclass that only adds what is not computed."""

    note = "mine"


@pytest.mark.parametrize("batch_first", [False, True])
def test_a_subclass_or_a_hook_that_changes_nothing_is_recorded(batch_first: bool) -> None:
    module = Same(3, 5, 2, bidirectional=True, batch_first=batch_first, dropout=0.5, dtype=torch.float64)
    module.register_forward_pre_hook(lambda *_: None)
    inputs = torch.randn(2, 4, 3, dtype=torch.float64)
    trace = rc.record(module, inputs)
    assert module.training
    assert np.array_equal(trace.output, module.eval()(inputs)[0].detach().numpy())
    grads = rc.backpropagate(module, inputs, lambda output: output.sum())
    assert grads.inputs.shape == tuple(inputs.shape)


def test_a_module_with_normalised_weights_is_recorded_with_those() -> None:
    module = torch.nn.utils.parametrizations.weight_norm(nn.GRU(3, 5), "weight_hh_l0")
    inputs = torch.randn(4, 3)
    with torch.no_grad():
        assert np.allclose(rc.record(module, inputs).output, module(inputs)[0].numpy(), atol=1e-6)


def test_what_a_quantized_module_is_called_says_what_to_do() -> None:
    made = type("LSTM", (nn.Module,), {"__module__": "torch.ao.nn.quantized.dynamic.modules.rnn"})
    with pytest.raises(rc.KiokuError, match="quantized") as error:
        rc.record(made(), X)
    assert error.value.code == "quantized_module"


def test_autocast_around_it_changes_no_bit() -> None:
    module, inputs = nn.LSTM(3, 5), torch.randn(4, 3)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        inside = rc.record(module, inputs), rc.influence(module, inputs), rc.backpropagate(module, inputs, torch.sum)
    assert inside[0] == rc.record(module, inputs)
    assert np.array_equal(inside[1], rc.influence(module, inputs))
    assert inside[2].layers == rc.backpropagate(module, inputs, torch.sum).layers


def test_gradients_around_it_change_no_bit() -> None:
    module, inputs = nn.LSTM(3, 5), torch.randn(4, 3)
    with torch.no_grad():
        alone = module(inputs)[0].numpy()
    with torch.enable_grad():
        assert np.array_equal(rc.record(module, inputs).output, alone)
