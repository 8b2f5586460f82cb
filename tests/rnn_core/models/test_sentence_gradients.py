from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.errors import KiokuError
from rnn_core.gradients.backpropagation import backpropagate
from rnn_core.gradients.jacobians import step_jacobians
from rnn_core.gradients.recurrent_matrix import CANDIDATE, spectral_radius
from rnn_core.gradients.step_eigenvalues import solve_eigenvalues
from rnn_core.models import registry
from rnn_core.models.sentence_gradients import _every, find_gradients, find_influence, find_steps, with_overrides
from rnn_core.models.sentence_spec import SentenceSpec, continued, exploding
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec
from rnn_core.tasks import smalltalk

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
REPLY = "そうだね!"


def spec(cell: str, **more: object) -> SentenceSpec:
    model = ModelSpec(cell=cell, hidden=more.pop("hidden", 8), weights=more.pop("weights", "trained"))
    words = more.pop("words", WORDS)
    return SentenceSpec(**{"model": model, "words": words, "at": len(words) - 1, "output": REPLY} | more)


def by_autograd(asked: SentenceSpec) -> tuple[float, np.ndarray, np.ndarray, np.ndarray]:
    """L, ‖∂L/∂h_t‖, ∂L/∂W_hh and ‖∂h_T/∂x_s‖ by torch alone, the cell stepped by hand."""
    model = registry.RECURRENT.load(asked.model).double()
    module = with_overrides(model.recurrent, asked)
    x = model.embedding(torch.tensor(smalltalk.vocabulary().encode(asked.words))).detach().requires_grad_()
    states, state = [], None
    for row in x:
        _, state = module(row[None], state)
        h = state[0] if isinstance(state, tuple) else state
        h.retain_grad()
        states.append(h)
    row = states[asked.at][0]
    output = smalltalk.outputs().index(asked.output) if asked.output else None
    loss = row[asked.unit] if output is None else -torch.log_softmax(model.readout(row), -1)[output]
    loss.backward(retain_graph=True)
    norms = [0.0 if h.grad is None else float(h.grad.norm()) for h in states]
    by_weight = module.weight_hh_l0.grad.numpy().copy()
    last = torch.stack([torch.autograd.grad(value, x, retain_graph=True)[0] for value in states[-1][0]])  # (H, T, E)
    return loss.item(), np.array(norms), by_weight, last.norm(dim=(0, 2)).numpy()


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(
    "knobs",
    [
        {},
        {"at": 3, "output": "良い"},
        {"output": None, "unit": 7},
        {"rho": 3.0},
        {"weights": "fresh", "start": "orthogonal", "rho": 0.9},
        {"weights": "fresh", "start": "identity", "nonlinearity": "relu", "forget_bias": 2.0},
        {"words": ("犬",)},
        {"words": ("犬",) * 5},
    ],
)
def test_the_numbers_are_those_of_autograd(cell: str, knobs: dict[str, object]) -> None:
    asked = spec(cell, **knobs)
    found = find_gradients(asked)
    loss, norms, by_weight, last = by_autograd(asked)
    np.testing.assert_allclose(found.loss, loss, rtol=1e-10)
    np.testing.assert_allclose(found.by_h, norms, rtol=1e-8, atol=1e-300)
    np.testing.assert_allclose(find_influence(asked)[-1], last, rtol=1e-8, atol=1e-300)
    assert np.linalg.norm(by_weight) <= found.shares.sum() * (1 + 1e-9)
    assert (found.by_c is None) == (cell != "lstm")


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("rho", [0.0, 0.5, 3.0])
def test_the_knob_sets_the_radius(cell: str, rho: float) -> None:
    found = find_steps(spec(cell, rho=rho))
    assert np.abs(found.blocks[CANDIDATE[cell]]).max() == pytest.approx(rho)


def test_without_a_recurrent_matrix_nothing_reaches_an_earlier_state_of_an_rnn() -> None:
    found = find_gradients(spec("rnn", rho=0.0))
    assert (found.by_h[:-1] == 0).all()
    assert found.by_h[-1] > 0


def test_only_the_forget_gate_gets_the_bias() -> None:
    module = registry.RECURRENT.fresh(ModelSpec(cell="lstm", hidden=8, weights="fresh")).recurrent
    other = with_overrides(module, spec("lstm", forget_bias=2.5))
    total = (other.bias_ih_l0 + other.bias_hh_l0).detach()
    was = (module.bias_ih_l0 + module.bias_hh_l0).detach()
    assert total[8:16].tolist() == [2.5] * 8
    np.testing.assert_allclose(torch.cat([total[:8], total[16:]]), torch.cat([was[:8], was[16:]]), rtol=1e-6)
    gru = registry.RECURRENT.fresh(ModelSpec(cell="gru", hidden=8, weights="fresh")).recurrent
    assert torch.equal(with_overrides(gru, spec("gru", forget_bias=2.5)).bias_ih_l0, gru.bias_ih_l0.double())


@pytest.mark.parametrize("cell", CELLS)
def test_every_block_starts_from_the_matrix_that_is_asked_for(cell: str) -> None:
    module = registry.RECURRENT.fresh(ModelSpec(cell=cell, hidden=8, weights="fresh")).recurrent
    eye = torch.eye(8, dtype=torch.float64)
    for start in ("identity", "orthogonal"):
        for block in with_overrides(module, spec(cell, start=start)).weight_hh_l0.detach().split(8):
            np.testing.assert_allclose(block @ block.T, eye, atol=1e-12)
            assert torch.equal(block, eye) == (start == "identity")
    assert spectral_radius(with_overrides(module, spec(cell))) == pytest.approx(spectral_radius(module.double()))


def test_turning_leaves_the_module_and_chance_alone() -> None:
    module = registry.RECURRENT.fresh(ModelSpec(cell="rnn", hidden=8, weights="fresh")).recurrent
    before, chance = {name: weight.clone() for name, weight in module.state_dict().items()}, torch.get_rng_state()
    with_overrides(module, spec("rnn", start="identity", nonlinearity="relu", rho=2.0))
    assert all(torch.equal(weight, before[name]) for name, weight in module.state_dict().items())
    assert torch.equal(torch.get_rng_state(), chance)


def test_the_prepared_network_explodes_and_tanh_does_not() -> None:
    words = continued(WORDS, 60)
    relu = find_gradients(exploding(words))
    asked = spec("rnn", hidden=16, weights="fresh", words=words, rho=1.5, output=None, unit=0)
    tanh = find_gradients(asked)
    growth = relu.by_h[9] / relu.by_h[59]  # over 50 steps
    assert growth >= 100
    assert growth == pytest.approx(1.1**50)  # every unit awake at every step
    assert np.abs(find_steps(asked).blocks["preactivation"]).max() == pytest.approx(1.5)
    assert tanh.by_h[9] < tanh.by_h[59] / 100
    assert tanh.by_h.max() < 3


def test_randomly_initialised_both_forget_the_rnn_more_and_an_open_forget_gate_carries() -> None:
    words = continued(WORDS, 60)

    def kept(cell: str, **more: object) -> float:
        norms = find_gradients(spec(cell, hidden=16, weights="fresh", words=words, **more)).by_h
        return float(norms[0] / norms[-1])

    assert kept("rnn") < 1e-20
    assert 1e-14 < kept("lstm") < 1e-9
    assert kept("lstm", forget_bias=3.0) > 1e6 * kept("lstm")


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("knobs", [{}, {"at": 30}, {"start": "orthogonal", "rho": 1.0}, {"weights": "fresh"}])
def test_no_step_stretches_more_than_its_largest_singular_value(cell: str, knobs: dict[str, object]) -> None:
    asked = spec(cell, words=continued(WORDS, 60), **knobs)
    found, sizes, at = find_steps(asked), find_gradients(asked), int(knobs.get("at", 59))
    want = np.linalg.svd(step_jacobians(*read_by(asked)), compute_uv=False)[1 : at + 1, 0]
    np.testing.assert_allclose(found.stretch[:at], want, rtol=1e-9)
    assert np.isnan(found.stretch[at:]).all()
    assert np.isnan(found.products[at + 1 :]).all()
    assert found.products[at] == found.bounds[at] == 0
    assert found.bounds[0] == pytest.approx(np.log10(want).sum())
    assert (found.products[: at + 1] <= found.bounds[: at + 1] + 1e-9).all()
    # what comes back to the state is a gradient that all of these have multiplied
    state = sizes.by_h if sizes.by_c is None else np.hypot(sizes.by_h, sizes.by_c)
    assert np.log10(sizes.by_h[0] / state[at]) <= found.products[0] + 1e-9


def test_a_step_can_stretch_while_all_of_them_shrink() -> None:
    found = find_steps(spec("rnn", hidden=16, words=continued(WORDS, 60)))
    assert np.median(found.stretch[:59]) > 2
    assert found.products[0] < -25
    assert found.bounds[0] > 10


@pytest.mark.parametrize("cell", CELLS)
def test_of_a_long_sentence_some_steps_are_computed_and_the_product_is_of_all(cell: str) -> None:
    asked = spec(cell, hidden=8, words=continued(WORDS, 130))
    found = find_steps(asked)
    known = np.flatnonzero(np.isfinite(found.stretch))
    assert known.tolist() == list(range(0, 129, found.every))
    assert np.flatnonzero(np.isfinite(found.products)).tolist() == [*known, 129]
    product = np.linalg.multi_dot(step_jacobians(*read_by(asked))[:0:-1])
    assert found.products[0] == pytest.approx(np.log10(np.linalg.norm(product, 2)), abs=1e-6)


def test_without_a_word_before_the_loss_nothing_is_stretched() -> None:
    found = find_steps(spec("lstm", at=0))
    assert np.isnan(found.stretch).all()
    assert np.isnan(found.products[1:]).all()


def test_a_trained_lstm_reaches_further_than_the_rnn_over_200_words() -> None:
    words = continued(WORDS, 200)
    rnn, lstm = (find_gradients(spec(cell, hidden=16, words=words)).by_h for cell in ("rnn", "lstm"))
    assert lstm[0] / lstm[-1] > 1e20 * rnn[0] / rnn[-1]


def test_what_grows_beyond_float32_still_has_its_number() -> None:
    words = continued(WORDS, 200)
    asked = spec("rnn", words=words, start="identity", nonlinearity="relu", rho=3.0, output=None, unit=0)
    assert find_gradients(asked).by_h[0] > 1e80
    assert np.isfinite(find_influence(asked)).all()


@pytest.mark.parametrize(
    ("knobs", "code"),
    [
        ({"at": 6}, "no_such_place"),
        ({"output": None}, "no_such_place"),
        ({"output": None, "unit": 8}, "no_such_place"),
        ({"output": "ピザ屋"}, "no_such_output"),
    ],
)
def test_a_loss_that_reads_nothing_is_refused(knobs: dict[str, object], code: str) -> None:
    with pytest.raises(KiokuError) as error:
        find_gradients(spec("rnn", **knobs))
    assert error.value.code == code


def test_of_large_states_only_some_steps_have_eigenvalues() -> None:
    assert _every(60, 16) == 1
    assert _every(200, 16) == 4  # as many as are drawn
    assert [len(range(0, 60, _every(60, size))) for size in (32, 64, 128)] == [60, 30, 4]
    assert _every(200, 128) % 4 == 0
    found = find_steps(spec("lstm", hidden=64, words=continued(WORDS, 60)))
    known = np.isfinite(found.steps).all(axis=1)
    assert found.every > 1
    assert known.nonzero()[0].tolist() == list(range(0, 60, found.every))


def read_by(asked: SentenceSpec) -> tuple[torch.nn.RNNBase, np.ndarray]:
    """The module with its overrides, and what it reads."""
    model = registry.RECURRENT.load(asked.model).double()
    x = model.embedding(torch.tensor(smalltalk.vocabulary().encode(asked.words)))
    return with_overrides(model.recurrent, asked), x.detach().numpy()


def test_the_cell_state_has_its_own_gradient() -> None:
    asked = spec("lstm", output=None, unit=3, at=4)
    module, x = read_by(asked)
    want = backpropagate(module, x, lambda states: states[4, 3]).norms("cell_state")
    found = find_gradients(asked)
    np.testing.assert_allclose(found.by_c, want, rtol=1e-12)
    assert not np.allclose(found.by_c, found.by_h)


@pytest.mark.parametrize("length", [6, 130])
def test_each_step_has_the_eigenvalues_of_its_own_jacobian(length: int) -> None:
    asked = spec("lstm", words=continued(WORDS, length), rho=2.0)
    found = find_steps(asked)
    want = solve_eigenvalues(step_jacobians(*read_by(asked)))
    known = np.arange(0, length, found.every)
    assert len(known) >= 40 or length == 6
    np.testing.assert_allclose(np.abs(found.steps[known]), np.abs(want[known]), rtol=1e-7, atol=1e-12)


@pytest.mark.parametrize(
    ("cell", "start", "act", "awake"),
    [
        ("rnn", "identity", "relu", True),
        ("rnn", "identity", "tanh", False),
        ("rnn", "own", "relu", False),
        ("gru", "identity", "relu", False),
    ],
)
def test_only_a_relu_network_that_starts_from_the_identity_begins_awake(
    cell: str, start: str, act: str, awake: bool
) -> None:
    asked = spec(cell, weights="fresh", start=start, nonlinearity=act)
    module, _ = read_by(asked)
    own = registry.RECURRENT.load(asked.model).double().recurrent
    assert (module.bias_ih_l0 == (1.0 if awake else own.bias_ih_l0)).all()
    assert (module.bias_hh_l0 == (0.0 if awake else own.bias_hh_l0)).all()


def test_the_backward_directions_answers_stand_in_the_order_of_its_reading() -> None:
    model = ModelSpec(cell="lstm", hidden=3, layers=2, bidirectional=True, weights="fresh")
    asked = SentenceSpec(model=model, words=WORDS, at=len(WORDS) - 1, unit=1, layer=1, direction=1)
    sizes, found = find_gradients(asked), find_steps(asked)
    for names, one in ((("by_h", "by_c", "shares"), sizes), (("steps", "stretch", "products", "bounds"), found)):
        turned = one.in_order_of_reading()
        for name in names:
            np.testing.assert_array_equal(getattr(turned, name), getattr(one, name)[::-1])
    assert np.isfinite(found.stretch).tolist() == [False] * 6  # the backward direction has read the last word first
    first = find_steps(asked.model_copy(update={"at": 0}))
    module, x = read_by(first.spec)
    jacobians = step_jacobians(module, x, None, 1, 1)
    np.testing.assert_allclose(first.steps, solve_eigenvalues(jacobians), rtol=1e-9)
    np.testing.assert_allclose(first.stretch[1:], np.linalg.svd(jacobians[:-1], compute_uv=False)[:, 0], rtol=1e-9)
    assert not np.tril(find_influence(asked), -1).any()
    assert not find_influence(asked).flags.writeable
    forwards = asked.model_copy(update={"direction": 0})
    for one in (find_gradients(forwards), find_steps(forwards)):
        assert one.in_order_of_reading() is one
