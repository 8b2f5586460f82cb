"""A text read as if it ended after each of its characters, with every backward direction: what a drawing plays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float
from torch.nn.utils.rnn import pack_sequence, unpack_sequence

from rnn_core.errors import KiokuError
from rnn_core.segmentation.model import inputs_of, segmenter
from rnn_core.segmentation.tags import LATER, TAGS, Later, best_paths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.segmentation.model import Array, Segmenter


@dataclass(frozen=True, eq=False)
class Playback:
    """Every part of a text that begins where the text begins, one after the other.

    Shapes: N parts of together P characters, H = 50 units a direction, 4 tags.

    Attributes:
        text: the characters.
        lent: the text whose backward states are taken for "other".
        lengths: of each part, (N,), ascending; the last one is the whole text.
        forward: the forward state of each character of each part, (P, H).
        backward: what the readout is given as the backward state, by `LATER`, (P, H) each.
        shares: what each direction adds to the score of each tag, by `LATER`, (P, 4, 2): W_f h and W_b h′.
        bias: what is added to both, (4,).
        tags: the best path of each part, by `LATER`; transition scores count too.
    """

    text: str
    lent: str
    lengths: tuple[int, ...]
    forward: Float[np.ndarray, "P H"]
    backward: Mapping[Later, Float[np.ndarray, "P H"]]
    shares: Mapping[Later, Float[np.ndarray, "P 4 2"]]
    bias: Float[np.ndarray, " 4"]
    tags: Mapping[Later, tuple[tuple[int, ...], ...]]


def play(text: str, lent: str, *, whole: bool = False) -> Playback:
    """Segment every part of a text in nagisa's form, as if nothing followed, with every backward direction.

    Args:
        text: the characters.
        lent: the text whose backward states stand in for "other", in nagisa's form.
        whole: only the whole text: the states of all parts grow with the square of its length.

    Raises:
        KiokuError: nothing to read in either text.

    Example:
        >>> found = play("今日は", "明日")
        >>> found.lengths, found.forward.shape, found.tags["own"][2]
        ((1, 2, 3), (6, 50), (0, 2, 3))
    """
    if not text or not lent:
        raise KiokuError("empty_text")
    model, lengths = segmenter(), (len(text),) if whole else tuple(range(1, len(text) + 1))
    parts = [inputs_of(text[:length]) for length in lengths]
    hidden = model.recurrent.hidden_size
    states = _read(model, parts)  # N of (n, 2H)
    own = [one[:, hidden:] for one in states]
    backward = _stand_ins(model, parts, own, _read(model, [inputs_of(lent)])[0][:, hidden:])
    forward = [one[:, :hidden] for one in states]
    weights, bias = (one.detach().numpy() for one in (model.readout.weight, model.readout.bias))
    by_forward = np.concatenate(forward) @ weights[: len(TAGS), :hidden].T  # (P, 4)
    shares = {
        later: np.stack([by_forward, np.concatenate(rows) @ weights[: len(TAGS), hidden:].T], axis=2)  # (P, 4, 2)
        for later, rows in backward.items()
    }
    return Playback(
        text=text,
        lent=lent,
        lengths=lengths,
        forward=np.concatenate(forward),
        backward=MappingProxyType({later: np.concatenate(rows) for later, rows in backward.items()}),
        shares=MappingProxyType(shares),
        bias=bias[: len(TAGS)].copy(),
        tags=MappingProxyType({later: _paths(model, forward, rows) for later, rows in backward.items()}),
    )


def _read(model: Segmenter, parts: Sequence[Array]) -> list[Array]:
    """Both directions over each of these inputs, all at once, (n, 2H) each."""
    with torch.inference_mode():
        packed = pack_sequence([torch.from_numpy(part) for part in parts], enforce_sorted=False)
        return [one.numpy() for one in unpack_sequence(model.recurrent(packed)[0])]


def _stand_ins(
    model: Segmenter, parts: Sequence[Array], own: Sequence[Array], lent: Array
) -> Mapping[Later, Sequence[Array]]:
    """The backward states of each part, by what stands in for them, in the order of `LATER`."""
    each = [part[None, step] for part in parts for step in range(len(part))]  # P texts of one character
    alone = np.concatenate(_read(model, each))[:, model.recurrent.hidden_size :]  # (P, H)
    ends = np.cumsum([len(part) for part in parts])[:-1]
    found: dict[Later, Sequence[Array]] = {
        "own": own,
        "off": [np.zeros_like(one) for one in own],
        "alone": np.split(alone, ends),
        "reversed": [one[::-1] for one in own],
        "other": [lent[np.arange(len(one)) % len(lent)] for one in own],
    }
    return {later: found[later] for later in LATER}


def _paths(model: Segmenter, forward: Sequence[Array], backward: Sequence[Array]) -> tuple[tuple[int, ...], ...]:
    """The best path of each part."""
    lengths = [len(one) for one in forward]
    both = np.zeros((len(forward), max(lengths), 2 * model.recurrent.hidden_size), np.float32)
    for row, (one, other) in enumerate(zip(forward, backward, strict=True)):
        both[row, : len(one)] = np.concatenate([one, other], axis=1)
    with torch.inference_mode():
        emissions = model.readout(torch.from_numpy(both)).numpy()  # (N, T, K)
    return best_paths(model.transitions.numpy(), emissions, lengths)
