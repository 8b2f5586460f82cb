from __future__ import annotations

import torch

from rnn_core.claims.limits import HIDDEN, LONG, vanishing
from rnn_core.models import registry
from rnn_core.specs import ModelSpec
from rnn_core.tasks import smalltalk


def test_the_gradient_is_autograds() -> None:
    spec = ModelSpec(cell="lstm", hidden=HIDDEN)
    model = registry.family_of(spec).load(spec)
    words = torch.tensor(smalltalk.tokenizer().encode(LONG))
    h = c = torch.zeros(1, HIDDEN)
    states = []
    for x in model.embedding(words):
        out, (h, c) = model.recurrent(x[None, None], (h[None], c[None]))
        h, c = h[0], c[0]
        h.retain_grad()
        states.append(h)
    del out
    torch.log_softmax(model.scores(states[-1][0]), dim=-1).max().backward()
    assert all(state.grad is not None for state in states)
    ratio = float(states[0].grad.norm() / states[-1].grad.norm())  # type: ignore[union-attr]
    # Of the first state all ways count, through h and c; the share is of the same order in both.
    assert abs(ratio / vanishing()["lstm"] - 1) < 1e-2
