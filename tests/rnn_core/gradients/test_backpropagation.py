"""`backpropagate` against torch's autograd: on the module itself, and on the unrolled loop for what lies inside."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from rnn_core.errors import KiokuError
from rnn_core.gradients.backpropagation import backpropagate
from tests.rnn_core import cases, unrolled

GRID = list(cases.configurations())


def label(case) -> str:
    return f"{case[0]}-" + "-".join(f"{key}={value}" for key, value in case[1].items() if value)


def loss(output):
    """Every step and unit counts, each otherwise."""
    weights = torch.linspace(-1, 2, output.numel(), dtype=output.dtype).reshape(output.shape)
    return (weights * output + output**3).sum()


def close(found, want, what="") -> None:
    """Within 1e-12 of the largest entry."""
    want = want.detach().numpy() if isinstance(want, torch.Tensor) else want
    assert found.shape == want.shape, what
    np.testing.assert_allclose(found, want, rtol=0, atol=1e-12 * max(1e-300, np.abs(want).max()), err_msg=what)


@cache
def traced(number, batch):
    """A case of the grid, and what is asked about twice."""
    cell, options = GRID[number]
    module = cases.build(cell, **options)
    x, state = cases.inputs(batch=batch, first=options["batch_first"]), cases.state(module, batch=batch)
    return cell, options, module, x, state, backpropagate(module, x, loss, state)


each_case = pytest.mark.parametrize("number", range(len(GRID)), ids=map(label, GRID))


@each_case
@pytest.mark.parametrize("batch", [None, 2])
def test_inputs_and_weights_get_autograds_gradient(number, batch) -> None:
    cell, _, module, x, state, grads = traced(number, batch)
    leaf = x.clone().requires_grad_()
    value = loss(module(leaf, state)[0])
    value.backward()
    close(grads.inputs, leaf.grad, "inputs")
    assert grads.loss == pytest.approx(value.item(), rel=1e-12)
    assert (grads.cell, len(grads), set(grads.shares)) == (cell, cases.T, {n for n, _ in module.named_parameters()})
    for name, parameter in module.named_parameters():
        shares = grads.weight_shares(name)
        close(shares.sum(axis=0), parameter.grad, name)
        sizes = np.linalg.norm(shares.reshape(cases.T, -1), axis=1)
        np.testing.assert_allclose(grads.weight_steps(name), sizes, rtol=1e-12)


@each_case
@pytest.mark.parametrize("batch", [None, 2])
def test_states_get_the_unrolled_loops_gradient(number, batch) -> None:
    cell, options, module, x, state, grads = traced(number, batch)
    laid = x[:, None] if batch is None else x.transpose(0, 1) if options["batch_first"] else x
    rows = state if batch is not None else tuple(s[:, None] for s in state) if cell == "lstm" else state[:, None]
    output, layers = unrolled.whole(module, laid, rows)
    own = output[:, 0] if batch is None else output.transpose(0, 1) if options["batch_first"] else output
    with torch.no_grad():
        np.testing.assert_allclose(own.detach(), module(x, state)[0], rtol=0, atol=1e-12)
    asked = loss(own)
    for layer, directions in enumerate(layers):
        for d, (hs, cs) in enumerate(directions):
            found = grads.layers[layer][d]
            assert list(found) == (["hidden_state", "cell_state"] if cell == "lstm" else ["hidden_state"])
            for key, states in zip(found, (hs, cs), strict=False):
                want = torch.autograd.grad(asked, states, retain_graph=True, allow_unused=True)
                want = torch.stack([torch.zeros_like(s) if g is None else g for g, s in zip(want, states, strict=True)])
                close(found[key], want[:, 0] if batch is None else want, key)
                sizes = want.reshape(cases.T, -1).norm(dim=1).numpy()
                np.testing.assert_allclose(grads.norms(key, layer, d), sizes, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("options", [{}, {"bidirectional": True, "num_layers": 2}], ids=["one", "both"])
@pytest.mark.parametrize("cell", cases.KINDS)
def test_the_gradient_of_the_inputs_passes_gradcheck(cell, options) -> None:
    module = cases.build(cell, **options)

    class Ours(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return loss(module(x)[0])

        @staticmethod
        def backward(ctx, by_loss):
            return by_loss * torch.tensor(backpropagate(module, ctx.saved_tensors[0], loss).inputs)

    x = cases.inputs()[:4].requires_grad_()
    assert torch.autograd.gradcheck(Ours.apply, (x,))


@pytest.mark.parametrize("length", [1, 200])
@pytest.mark.parametrize("cell", cases.KINDS)
def test_one_step_and_two_hundred(cell, length) -> None:
    module = cases.build(cell)
    torch.manual_seed(1)
    x = torch.randn(length, cases.D, dtype=torch.float64, requires_grad=True)
    (want,) = torch.autograd.grad(module(x)[0][-1].sum(), x)
    grads = backpropagate(module, x.detach(), lambda output: output[-1].sum())
    assert len(grads) == length
    np.testing.assert_allclose(grads.inputs, want.numpy(), rtol=1e-9, atol=1e-300)


@pytest.mark.parametrize("cell", cases.KINDS)
def test_float32_modules_get_torchs_gradient(cell) -> None:
    module, x = cases.build(cell, dtype=torch.float32), cases.inputs(dtype=torch.float32)
    grads = backpropagate(module, x, loss)
    loss(module(x)[0]).backward()
    for name, parameter in module.named_parameters():
        want = parameter.grad.numpy()
        np.testing.assert_allclose(
            grads.weight_shares(name).sum(axis=0), want, rtol=0, atol=1e-5 * np.abs(want).max(), err_msg=name
        )
    assert grads.layers[0][0]["hidden_state"].dtype == grads.norms("hidden_state").dtype == np.float64


@pytest.mark.parametrize("cell", cases.KINDS)
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**16), factor=st.floats(-1e6, 1e6))
def test_a_loss_times_c_has_gradients_times_c(cell, seed, factor) -> None:
    module, x = cases.build(cell, seed, num_layers=2), cases.inputs(seed)
    one = backpropagate(module, x, loss)
    many = backpropagate(module, x, lambda output: factor * loss(output))
    close(many.inputs, factor * one.inputs)
    close(many.layers[0][0]["hidden_state"], factor * one.layers[0][0]["hidden_state"])
    np.testing.assert_allclose(
        many.weight_steps("weight_hh_l0"), abs(factor) * one.weight_steps("weight_hh_l0"), rtol=1e-9, atol=1e-300
    )


def test_a_fresh_lstm_forgets_like_an_rnn_until_its_forget_gates_open() -> None:
    def left(cell: str, forget: float = 0.0) -> float:
        torch.manual_seed(0)
        module = cases.KINDS[cell](16, 16)
        if forget:
            with torch.no_grad():
                module.bias_hh_l0[16:32] += forget
        torch.manual_seed(1)
        sizes = backpropagate(module, torch.randn(50, 16), lambda output: output[-1].sum()).norms("hidden_state")
        return sizes[0] / sizes[-1]

    assert left("rnn") < 1e-9
    assert left("lstm") < 1e-9
    assert left("lstm", forget=2.0) > 1e-3


def test_relu_with_a_matrix_above_one_explodes_and_tanh_does_not() -> None:
    def grown(nonlinearity: str, recurrent: torch.Tensor) -> float:
        torch.manual_seed(0)
        module = nn.RNN(8, 16, nonlinearity=nonlinearity)
        with torch.no_grad():
            module.weight_hh_l0.copy_(recurrent)
        awake = torch.ones(1, 16)  # a unit that starts asleep and wakes later passes nothing back beyond that step
        grads = backpropagate(module, torch.randn(51, 8) / 10, lambda output: output[-1].sum(), awake)
        return grads.norms("hidden_state")[0] / grads.norms("hidden_state")[-1]

    assert grown("relu", 1.1 * torch.eye(16)) >= 100
    torch.manual_seed(0)
    matrix = nn.RNN(8, 16).weight_hh_l0.detach()
    assert grown("tanh", 1.5 * matrix / torch.linalg.eigvals(matrix).abs().max()) < 1


ELSEWHERE = torch.ones((), requires_grad=True)
LOSSES = {
    "no function": ("mse", "loss_not_callable"),
    "nothing at all": (None, "loss_not_callable"),
    "a number": (lambda output: output.sum().item(), "loss_not_tensor"),
    "an array": (lambda output: output.sum().detach().numpy(), "loss_not_tensor"),
    "no return": (lambda _output: None, "loss_not_tensor"),
    "the output itself": (lambda output: output, "loss_not_scalar"),
    "a row of one": (lambda output: output.sum()[None], "loss_not_scalar"),
    "a complex number": (lambda output: output.sum().to(torch.complex128), "loss_not_scalar"),
    "nan": (lambda output: output.sum() * float("nan"), "loss_not_finite"),
    "inf": (lambda output: (output.sum() * 0).log().abs(), "loss_not_finite"),
    "a constant": (lambda _output: torch.ones(()), "loss_without_output"),
    "something else": (lambda _output: ELSEWHERE * 1, "loss_without_output"),
    "a detached output": (lambda output: output.detach().sum(), "loss_without_output"),
    "a count": (lambda output: (output > 0).sum(), "loss_without_output"),
}


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_that_cannot_be_traced_back_says_what_to_do(name) -> None:
    wrong, code = LOSSES[name]
    with pytest.raises(KiokuError) as caught:
        backpropagate(cases.build("gru"), cases.inputs(), wrong)
    assert caught.value.code == code
    for lang in ("ja", "en"):
        assert "{" not in caught.value.text(lang)


@pytest.mark.parametrize(
    ("module", "x", "state"),
    [
        (nn.Linear(3, 3), cases.inputs(), None),
        (cases.build("gru"), cases.inputs()[:0], None),
        (cases.build("gru"), cases.inputs() * float("nan"), None),
        (cases.build("gru"), cases.inputs().float(), None),
        (cases.build("gru"), cases.inputs(), cases.inputs()),
    ],
)
def test_what_record_refuses_is_refused(module, x, state) -> None:
    with pytest.raises(KiokuError):
        backpropagate(module, x, loss, state)


def test_unknown_names_and_places_are_errors() -> None:
    grads = backpropagate(cases.build("gru"), cases.inputs(), loss)
    for ask, code in (
        (lambda: grads.norms("cell_state"), "unknown_quantity"),
        (lambda: grads.layers[0][0]["update_gate"], "unknown_quantity"),
        (lambda: grads.norms("hidden_state", layer=1), "no_such_place"),
        (lambda: grads.norms("hidden_state", direction=1), "no_such_place"),
        (lambda: grads.norms("hidden_state", layer=-1), "no_such_place"),
        (lambda: grads.weight_steps("weight_hr_l0"), "unknown_weight"),
        (lambda: grads.weight_shares("weight_hh_l1"), "unknown_weight"),
    ):
        with pytest.raises(KiokuError) as caught:
            ask()
        assert caught.value.code == code


@pytest.mark.parametrize("fails", [False, True])
def test_the_module_comes_back_as_it_was(fails) -> None:
    module = cases.build("lstm", num_layers=2, dropout=0.5)
    module.train()
    module.weight_hh_l0.requires_grad_(False)
    x = cases.inputs()  # seeds, so before the random state is read
    module(x)[0].sum().backward()
    before = {name: (p.clone(), p.requires_grad, p.grad) for name, p in module.named_parameters()}
    grads = {name: None if p.grad is None else p.grad.clone() for name, p in module.named_parameters()}
    random = torch.get_rng_state()
    if fails:
        with pytest.raises(KiokuError):
            backpropagate(module, x, lambda output: output)
    else:
        first, second = (backpropagate(module, x, loss) for _ in range(2))
        np.testing.assert_array_equal(first.inputs, second.inputs)  # dropout is off
        assert first.norms("hidden_state").all()
        assert first.weight_steps("weight_hh_l0")[1:].all()  # also of the frozen weight; before step 0 the state is 0
    assert module.training
    assert torch.equal(torch.get_rng_state(), random)
    for name, parameter in module.named_parameters():
        values, needed, grad = before[name]
        assert torch.equal(parameter, values)
        assert parameter.requires_grad == needed
        assert parameter.grad is grad
        assert grad is None or torch.equal(grad, grads[name])


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_it_works_where_gradients_are_off(mode) -> None:
    module, x = cases.build("lstm"), cases.inputs()
    want = backpropagate(module, x, loss).inputs
    with mode():
        np.testing.assert_array_equal(backpropagate(module, x.clone(), loss).inputs, want)


def test_a_loss_may_hold_weights_and_write_into_its_argument() -> None:
    module, head = cases.build("gru"), nn.Linear(cases.H, 2).double()

    def written(output):
        output[0] = 0
        return head(output).square().sum()

    grads = backpropagate(module, cases.inputs(), written)
    assert head.weight.grad is None
    leaf = cases.inputs().requires_grad_()
    output = module(leaf)[0].clone()
    (want,) = torch.autograd.grad(written(output), leaf)
    close(grads.inputs, want)


def test_arrays_cannot_be_written() -> None:
    grads = backpropagate(cases.build("lstm"), cases.inputs(), loss)
    for values in (grads.inputs, *grads.layers[0][0].values()):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 0
