"""nagisa's word segmenter, a bidirectional LSTM that was trained on real Japanese, as a module of torch.

Its weights come from the package; nothing is stored here. DyNet stacks the gates i, f, o, g, torch i, f, g, o; the 1
that DyNet adds to the bias of the forget gate is in the bias already.

What the network receives of a character looks ahead by itself: the characters, pairs and kinds of characters one place
to either side, and every dictionary word of at most 8 characters that begins or ends there. So up to 7 characters ahead
are known without the backward direction, as far as they make a word with this one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float
from safetensors.torch import save as safetensors_bytes
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.models.initial_values import InitialValues
from rnn_core.recurrent.clamps import Clamp
from rnn_core.recurrent.recording import record
from rnn_core.recurrent.trace import LayerTrace, Trace
from rnn_core.segmentation.tags import LATER, MAX_CHARACTERS, TAGS, Characters, Later, Segmentation, viterbi
from rnn_core.text.tokenizer import visible

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating]

FORWARD, BACKWARD = 0, 1
STATE = "hidden_state"


class Segmenter(nn.Module):
    """Both directions over the characters, and a score for each tag from both states of a character.

    `transitions[next, tag]` is the score of one tag after another; it is no part of the recurrence.

    Args:
        inputs: D, the numbers that a character comes in as.
        hidden: H, the units of one direction.
    """

    transitions: Tensor

    def __init__(self, inputs: int, hidden: int) -> None:
        super().__init__()
        tags = len(TAGS) + 2  # start and end have scores too, though no character is given them
        self.recurrent = nn.LSTM(inputs, hidden, bidirectional=True)
        self.readout = nn.Linear(2 * hidden, tags)
        self.register_buffer("transitions", torch.zeros(tags, tags))

    def forward(self, characters: Float[Tensor, "T D"]) -> Float[Tensor, "T K"]:
        """The score of each tag for each character."""
        scores: Tensor = self.readout(self.recurrent(characters)[0])  # (T, K)
        return scores


@lru_cache(maxsize=1)
def segmenter() -> Segmenter:
    """The network with nagisa's weights, in float32; one for all, for reading only.

    Example:
        >>> sum(weight.numel() for weight in segmenter().recurrent.parameters())  # torch has two biases, one of them 0
        100800
    """
    import nagisa

    weights = nagisa.tagger._model
    directions = weights.ws_model.layers[0]
    inputs, hidden = directions[FORWARD].WxT.shape[0], directions[FORWARD].h_dim
    with InitialValues(seed=0):
        model = Segmenter(inputs, hidden)
    with torch.no_grad():
        for suffix, lstm in zip(("", "_reverse"), directions, strict=True):
            found = {"weight_ih": lstm.WxT, "weight_hh": lstm.WhT, "bias_ih": lstm.b, "bias_hh": 0 * lstm.b}
            for name, values in found.items():
                model.recurrent.get_parameter(f"{name}_l0{suffix}").copy_(_restacked(values))
        model.readout.weight.copy_(torch.from_numpy(weights.w_wsT.T.copy()))
        model.readout.bias.copy_(torch.from_numpy(weights.b_ws.copy()))
        model.transitions.copy_(torch.from_numpy(weights.trans_array.copy()))
    return model.eval().requires_grad_(False)


def _restacked(stacked: Array) -> Tensor:
    """DyNet's i, f, o, g along the last axis as torch's i, f, g, o along the first."""
    i, f, o, g = np.split(stacked, 4, axis=-1)
    return torch.from_numpy(np.concatenate([i, f, g, o], axis=-1).T.copy())


def characters(text: str) -> Characters:
    """A text as the segmenter reads it: nagisa's form of each character, nothing invisible, no more than the limit.

    Raises:
        KiokuError: nothing is left to read.

    Example:
        >>> characters("ＡＢＣの店 ").text
        'ABCの店'
    """
    import nagisa
    import nagisa_utils

    whole: str = nagisa_utils.preprocess(visible(text).strip())
    if not whole:
        raise KiokuError("empty_text")
    read = whole[:MAX_CHARACTERS]
    unknown = dict.fromkeys(c for c in read if c.lower() not in nagisa.tagger._uni2id and not c.isspace())
    return Characters(read, tuple(unknown), cut=len(whole) > len(read))


def inputs_of(text: str) -> Float[np.ndarray, "T D"]:
    """What the network receives of each character of a text in nagisa's form, (T, 200) in float32.

    In this order: the character and its neighbours (3 × 32 numbers), the pairs that begin at each of them (3 × 16), the
    kinds of all three (3 × 8), the sum over the dictionary words that begin here (16), and over those that end here.
    """
    import nagisa
    import nagisa_utils

    tagger, model = nagisa.tagger, nagisa.tagger._model
    found = nagisa_utils.feature_extraction(
        text=text.lower(),
        uni2id=tagger._uni2id,
        bi2id=tagger._bi2id,
        dictionary=tagger._word2id,
        window_size=tagger._hp["WINDOW_SIZE"],
    )
    vectors: Array = nagisa_utils.build_ws_input(*found, model.UNI, model.BI, model.CTYPE, model.WORD)
    return vectors


def segmented(text: str, later: Later = "own", other: str = "") -> Segmentation:
    """Segment a text, with its own backward half or with something else in its place.

    The forward half stays what it is to the last bit. The half of another text is taken place by place from its
    beginning, and over again where it is shorter.

    Args:
        text: any text; what is read of it is in `characters`.
        later: what the readout is given as the backward half (`LATER`).
        other: the text whose backward half is taken for "other".

    Raises:
        KiokuError: nothing to read in either text, or an unknown `later`.

    Example:
        >>> segmented("とりがいる").words, segmented("とりがいる", "off").words
        (('とり', 'が', 'いる'), ('とりがいる',))
    """
    if later not in LATER:
        raise KiokuError("unknown_later", given=repr(later), known=", ".join(LATER))
    read, model = characters(text), segmenter()
    lent = characters(other).text if later == "other" else ""
    inputs = inputs_of(read.text)
    own = record(model.recurrent, inputs)
    layers = own if later == "own" else _exchanged(own, *_backward(model, inputs, own, later, lent))
    with torch.inference_mode():
        emissions = model.readout(torch.tensor(layers.output)).numpy()  # (T, K)
    transitions = model.transitions.numpy().copy()
    tags = viterbi(transitions, emissions)
    return Segmentation(read, later, lent, inputs, layers, emissions, transitions, tags)


def _backward(model: Segmenter, inputs: Array, own: Trace, later: Later, lent: str) -> tuple[LayerTrace, Array]:
    """What stands in for the backward half, T steps, and its states as torch gives them, (T, H)."""
    if later == "off":
        off = record(model.recurrent, inputs, clamps=[Clamp(STATE, 0.0, direction=BACKWARD)])
        return _taken(off, np.arange(len(inputs)))
    if later == "alone":
        each = record(model.recurrent, inputs[None])  # T sentences of one character
        layer = LayerTrace(each.cell, {key: values[0].copy() for key, values in each.layers[0][BACKWARD].items()})
        return layer, each.output[0, :, model.recurrent.hidden_size :]
    if later == "reversed":
        return _taken(own, np.arange(len(inputs))[::-1])
    whole = record(model.recurrent, inputs_of(lent))
    return _taken(whole, np.arange(len(inputs)) % len(whole))


def _taken(trace: Trace, steps: NDArray[np.intp]) -> tuple[LayerTrace, Array]:
    """The backward direction of a trace at these steps."""
    layer = trace.layers[0][BACKWARD]
    taken = LayerTrace(layer.cell, {key: values[steps] for key, values in layer.items()})
    return taken, trace.output[steps, layer[STATE].shape[1] :]


def _exchanged(own: Trace, backward: LayerTrace, states: Array) -> Trace:
    """The trace with another backward half; there is nothing of torch's to compare it with."""
    forward = own.layers[0][FORWARD]
    output = np.concatenate([own.output[:, : forward[STATE].shape[1]], states], axis=1)  # (T, 2H)
    return Trace(own.cell, ((forward, backward),), output, float("nan"))


def weights_bytes(found: Segmentation) -> bytes:
    """The weights with torch's names, and the numbers that the sentence came in as, as a safetensors file to take home.

    `inputs` is (T, 200); `other`, where a half of another text was taken, that text's.
    """
    tensors = {name: tensor.contiguous() for name, tensor in segmenter().state_dict().items()}
    tensors["inputs"] = torch.tensor(found.inputs)
    if found.other:
        tensors["other"] = torch.from_numpy(inputs_of(found.other))
    return safetensors_bytes(tensors)
