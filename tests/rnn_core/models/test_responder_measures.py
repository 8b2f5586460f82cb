from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.models import registry
from rnn_core.models.responder import ReplyModel
from rnn_core.specs import ResponderSpec
from rnn_core.tasks import smalltalk

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
SPECS = [
    ResponderSpec(kind="bidirectional", hidden=8),
    ResponderSpec(kind="bidirectional", hidden=5, weights="fresh"),
    ResponderSpec(kind="attentive", hidden=8),
    ResponderSpec(kind="attentive", hidden=16),
    ResponderSpec(kind="attentive", hidden=5, weights="fresh"),
]
IDS = [spec.name for spec in SPECS]


def embedded(spec: ResponderSpec) -> tuple[ReplyModel, torch.Tensor]:
    model = registry.RESPONDERS.load(spec).double()
    return model, model.embedding(torch.tensor(smalltalk.vocabulary().encode(WORDS))).detach()


def states(model: ReplyModel, x: torch.Tensor) -> torch.Tensor:
    """h_t by torch alone: with attention, what the network finds in the sentence cut at each word."""
    found = model.recurrent(x[None])[0]
    if model.attention is None:
        return found[0]
    ends = torch.arange(1, len(x) + 1)
    return torch.cat([model.ended(found[:, :end], ends[at : at + 1]) for at, end in enumerate(ends.tolist())])


@pytest.mark.parametrize("spec", SPECS, ids=IDS)
def test_influence_is_autograds(spec: ResponderSpec) -> None:
    model, x = embedded(spec)
    jacobian = torch.autograd.functional.jacobian(lambda leaf: states(model, leaf), x)  # (T, N, T, E)
    found = registry.input_influence(spec, WORDS)
    np.testing.assert_allclose(found, jacobian.square().sum((1, 3)).sqrt(), rtol=1e-9, atol=1e-14)
    assert found.dtype == np.float64
    later = found[np.triu_indices(len(WORDS), 1)]
    assert (later > 0).all() if spec.kind == "bidirectional" else (later == 0).all()


@pytest.mark.parametrize("spec", SPECS, ids=IDS)
def test_the_reply_hangs_on_the_states_as_differences_say(spec: ResponderSpec) -> None:
    model, x = embedded(spec)
    half, step, sizes = spec.hidden, 1e-6, []

    def log_probability(moved: int, unit: int, by: float) -> float:
        """log p with one number of one state moved, each direction run on from there by hand."""
        tables = []
        for direction in range(1 + (spec.kind == "bidirectional")):
            state, rows = None, []
            order = list(range(len(x)))[:: -1 if direction else 1]
            one = torch.nn.LSTM(x.shape[1], half, batch_first=True).double()
            own = {
                n.removesuffix("_reverse"): w
                for n, w in model.recurrent.state_dict().items()
                if n.endswith("_reverse") == bool(direction)
            }
            one.load_state_dict(own)
            for t in order:
                _, (h, c) = one(x[None, t : t + 1], state)
                if t == moved and unit // half == direction:
                    h = h.clone()
                    h[0, 0, unit % half] += by
                state = h, c
                rows.append(h[0, 0])
            tables.append(torch.stack(rows[:: -1 if direction else 1]))
        ended = model.ended(torch.cat(tables, dim=1)[None], torch.tensor([len(x)]))
        return float(torch.log_softmax(model.readout(ended)[0], dim=-1).max())

    with torch.inference_mode():
        for t in range(len(x)):
            slopes = [
                (log_probability(t, u, step) - log_probability(t, u, -step)) / (2 * step) for u in range(spec.units)
            ]
            sizes.append(np.linalg.norm(slopes))
    found = registry.reply_norms(spec, WORDS)["hidden_state"]
    np.testing.assert_allclose(found, sizes, rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("spec", [SPECS[0], SPECS[3]], ids=lambda spec: spec.name)
@pytest.mark.parametrize("words", [WORDS[:1], WORDS * 10], ids=len)
def test_one_word_and_a_long_sentence_are_mapped_too(spec: ResponderSpec, words: tuple[str, ...]) -> None:
    found = registry.input_influence(spec, words)
    assert found.shape == (len(words), len(words))
    assert np.isfinite(found).all()
