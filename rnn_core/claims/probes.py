"""How well each of the first six words can be read back from h₆: a linear classifier on the states, held out.

A word that can be read back is still in the state; one that can't be read back *linearly* may be there all the same.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import torch

from rnn_core import runtime
from rnn_core.claims.data import READ
from rnn_core.models import registry
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec
from rnn_core.tasks import smalltalk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from rnn_core.tasks.smalltalk.sentences import Example

SIZES = (8, 16, 32, 64)
LEARNED = 3000  # sentences that the classifier learns from, at most


def context() -> Mapping[str, float]:
    """Accuracy for each cell, size and word ("lstm_16_1"), and that of the commonest word ("chance_1").

    "of" is on how many held-out sentences.
    """
    parts = [_chosen(part) for part in smalltalk.split()]
    labels = [np.array([one.words[:READ] for one in part]) for part in parts]
    found = {f"chance_{step + 1}": _chance(*(label[:, step] for label in labels)) for step in range(READ)}
    found["of"] = float(len(parts[1]))
    for cell in CELLS:
        for hidden in SIZES:
            states = [_states(ModelSpec(cell=cell, hidden=hidden), part) for part in parts]
            for step in range(READ):
                words = [label[:, step] for label in labels]
                found[f"{cell}_{hidden}_{step + 1}"] = _read_back(states[0], words[0], states[1], words[1])
    return found


def _chosen(part: Sequence[Example]) -> list[Example]:
    long = [one for one in part if len(one.words) >= READ]
    return long[:: max(1, len(long) // LEARNED)][:LEARNED]


def _states(spec: ModelSpec, part: Sequence[Example]) -> NDArray[np.float32]:
    """h₆ of every sentence, (N, H)."""
    model = registry.family_of(spec).memoized(spec)
    tokenizer = smalltalk.tokenizer()
    words = torch.tensor([tokenizer.encode(one.words[:READ]) for one in part])
    with torch.inference_mode():
        found: NDArray[np.float32] = model.states(words)[:, -1].numpy()
    return found


def _read_back(
    learned: NDArray[np.float32], named: NDArray[np.str_], held_out: NDArray[np.float32], right: NDArray[np.str_]
) -> float:
    """The accuracy of a linear classifier on held-out states, after it learned from others what each is named."""
    from sklearn.linear_model import RidgeClassifier  # slow to import
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    with runtime.unwarned(UserWarning):  # that a matrix is nearly singular
        probe = make_pipeline(StandardScaler(), RidgeClassifier()).fit(learned, named)
    return float((probe.predict(held_out) == right).mean())


def _chance(learned: NDArray[np.str_], held_out: NDArray[np.str_]) -> float:
    (commonest, _), *_ = Counter(learned.tolist()).most_common(1)
    return float((held_out == commonest).mean())
