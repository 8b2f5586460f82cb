from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.gradients.backpropagation import backpropagate
from rnn_core.models import registry
from rnn_core.models.sentence_gradients import find_gradients, find_steps, with_overrides
from rnn_core.models.sentence_spec import SentenceSpec
from rnn_core.models.sentence_way import find_way
from rnn_core.quantities import CELLS, MINIMAL
from rnn_core.specs import MinimalSpec, ModelSpec
from rnn_core.tasks import smalltalk

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
REPLY = "そうだね!"
KNOBS = [
    {},
    {"at": 3, "output": "良い"},
    {"rho": 3.0},
    {"weights": "fresh", "start": "identity", "nonlinearity": "relu", "rho": 1.5, "output": None, "unit": 0},
    {"weights": "fresh", "forget_bias": 3.0},
    {"words": ("犬",)},
]


def spec(cell: str, **more: object) -> SentenceSpec:
    model = ModelSpec(cell=cell, hidden=more.pop("hidden", 8), weights=more.pop("weights", "trained"))
    words = more.pop("words", WORDS)
    return SentenceSpec(**{"model": model, "words": words, "at": len(words) - 1, "output": REPLY} | more)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("knobs", KNOBS)
def test_the_way_back_is_autograds(cell: str, knobs: dict[str, object]) -> None:
    asked = spec(cell, **knobs)
    found = find_way(asked)
    model = registry.RECURRENT.load(asked.model).double()
    module = with_overrides(model.recurrent, asked)
    module.flatten_parameters()
    x = model.embedding(torch.tensor(smalltalk.vocabulary().encode(asked.words))).detach()
    hidden = module.hidden_size

    def step(row: torch.Tensor, state: torch.Tensor) -> torch.Tensor:  # the state as one vector
        h = state[None, :hidden].contiguous()
        _, after = module(row[None], (h, state[None, hidden:].contiguous()) if cell == "lstm" else h)
        return torch.cat([part[0] for part in after]) if cell == "lstm" else after[0]

    states = [torch.zeros(hidden * (1 + (cell == "lstm")), dtype=torch.float64)]
    for row in x[: asked.at + 1]:
        states.append(step(row, states[-1]).detach())

    def loss(state: torch.Tensor) -> torch.Tensor:
        h = state[:hidden]
        if asked.output is None:
            return h[asked.unit]
        return -torch.log_softmax(model.readout(h), -1)[smalltalk.outputs().index(asked.output)]

    last = states[-1].clone().requires_grad_()
    (start,) = torch.autograd.grad(loss(last), last)
    gradient, size = start, float(start.norm())
    assert found.way.size == pytest.approx(size, rel=1e-9)
    for t in range(asked.at, 0, -1):
        jacobian = torch.autograd.functional.jacobian(lambda state, t=t: step(x[t], state), states[t])
        left, stretch, _ = torch.linalg.svd(jacobian)
        np.testing.assert_allclose(found.way.stretch[t - 1], stretch.numpy(), rtol=1e-6, atol=1e-7)
        if float(stretch[0]) > 1.001 * float(stretch[1]):  # of equals any basis will do
            aims = (left.T @ gradient / gradient.norm()).abs().numpy()
            assert found.way.aim[t - 1][0] == pytest.approx(aims[0], abs=1e-6)
        gradient = jacobian.T @ gradient
        assert 10 ** found.way.decades[t - 1] == pytest.approx(float(gradient.norm()) / size, rel=1e-8)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("knobs", KNOBS)
def test_the_whole_gradient_of_the_weights_and_the_straight_road_are_autograds(
    cell: str, knobs: dict[str, object]
) -> None:
    asked = spec(cell, **knobs)
    found = find_way(asked)
    model = registry.RECURRENT.load(asked.model).double()
    module = with_overrides(model.recurrent, asked)
    x = model.embedding(torch.tensor(smalltalk.vocabulary().encode(asked.words))).detach()
    states = module(x)[0]
    row = states[asked.at]
    output = smalltalk.outputs().index(asked.output) if asked.output else None
    loss = row[asked.unit] if output is None else -torch.log_softmax(model.readout(row), -1)[output]
    whole = torch.autograd.grad(loss, list(module.parameters()))
    assert found.total == pytest.approx(float(torch.cat([one.ravel() for one in whole]).norm()), rel=1e-9)
    assert found.loss == pytest.approx(loss.item(), rel=1e-9)
    if cell == "lstm":
        precise = find_gradients(asked)
        assert precise.by_c is not None
        assert found.road is not None
        assert 10 ** found.road[asked.at] == pytest.approx(precise.by_c[asked.at] / found.way.size)
        assert found.gate is not None
        assert ((found.gate > 0) & (found.gate < 1)).all()
    else:
        sizes = find_gradients(asked).by_h[: asked.at + 1]
        np.testing.assert_allclose(10**found.way.decades, sizes / sizes[-1], rtol=1e-9)
        assert found.road is None


@pytest.mark.parametrize("cell", MINIMAL)
@pytest.mark.parametrize("knobs", [{}, {"at": 3, "output": "良い"}, {"output": None, "unit": 3}, {"words": ("犬",)}])
def test_the_way_through_a_minimal_cell_is_autograds_and_no_knob_of_a_recurrent_matrix_turns_it(cell, knobs) -> None:
    words = knobs.get("words", WORDS)
    asked = SentenceSpec(
        **{"model": MinimalSpec(cell=cell, hidden=16), "words": words, "at": len(words) - 1, "output": REPLY} | knobs
    )
    found, whole, steps = find_way(asked), find_gradients(asked), find_steps(asked)
    model = registry.MINIMAL.load(asked.model).double()
    x = model.embedding(torch.tensor(smalltalk.vocabulary().encode(words))).detach()
    a, b = model.recurrent.coefficients(x)
    h, states = torch.zeros_like(b[0]), []
    for a_t, b_t in zip(a, b, strict=True):
        h = a_t * h + b_t
        h.retain_grad()
        states.append(h)
    last = states[asked.at]
    output = smalltalk.outputs().index(asked.output) if asked.output else None
    loss = last[asked.unit] if output is None else -torch.log_softmax(model.readout(last), -1)[output]
    loss.backward()
    sizes = np.array([float(one.grad.norm()) for one in states[: asked.at + 1]])
    np.testing.assert_allclose(10**found.way.decades, sizes / sizes[-1], rtol=1e-9)
    np.testing.assert_allclose(whole.by_h[: asked.at + 1], sizes, rtol=1e-9)
    np.testing.assert_allclose(found.way.stretch, np.sort(a.detach()[1 : asked.at + 1])[:, ::-1], rtol=1e-9)
    weights = list(model.recurrent.parameters())
    assert found.total == pytest.approx(float(torch.cat([one.grad.ravel() for one in weights]).norm()), rel=1e-9)
    np.testing.assert_allclose(np.sort(steps.steps.real), np.sort(a.detach()), rtol=1e-9)
    assert (steps.blocks, steps.widths, whole.by_c, found.road) == ({}, {}, None, None)
    turned = find_way(asked.model_copy(update={"rho": 3.0, "start": "identity", "forget_bias": 2.0}))
    np.testing.assert_array_equal(turned.way.decades, found.way.decades)


@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
@pytest.mark.parametrize("direction", [0, 1])
def test_of_a_network_with_two_directions_one_is_traced_in_its_own_order(
    kind: str, direction: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(0)
    module = getattr(torch.nn, kind)(5, 4, bidirectional=True, dtype=torch.float64)

    class Model(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.embedding, self.recurrent = torch.nn.Embedding(9, 5), module

    class Tokenizer:
        outputs = ()

        def encode(self, words: tuple[str, ...]) -> list[int]:
            return list(range(len(words)))

    model, tokenizer = Model().double(), Tokenizer()

    monkeypatch.setattr("rnn_core.models.sentence_way.load", lambda _: (model, tokenizer))
    asked = spec("rnn", at=2, output=None, unit=1 + 4 * direction, direction=direction)
    way = find_way(asked).way
    inputs = model.embedding(torch.arange(6)).detach().numpy()
    trace = backpropagate(module, inputs, lambda states: states[2, 1 + 4 * direction])
    sizes = trace.norms("hidden_state", 0, direction)
    read = sizes[::-1][:4] if direction else sizes[:3]
    assert len(way.decades) == len(read)
    if kind != "LSTM":
        np.testing.assert_allclose(10**way.decades, read / read[-1], rtol=1e-9)
