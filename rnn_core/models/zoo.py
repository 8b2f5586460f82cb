"""Every model of the project: trained or fresh, and the one way to run and see it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save as safetensors_bytes
from safetensors.torch import save_file
from torch import Tensor

from rnn_core.errors import KiokuError
from rnn_core.models.language_model import NextWord
from rnn_core.models.model_trace import META, PRETRAINED, ModelTrace, Token
from rnn_core.recording import record
from rnn_core.specs import ModelSpec
from rnn_core.tasks import smalltalk
from rnn_core.trace import Clamp


def load(spec: ModelSpec) -> NextWord:
    """The model that `spec` names; each call makes a new one, which is the caller's own.

    Raises:
        KiokuError: its trained weights are missing, damaged, or made for another vocabulary.

    Example:
        >>> sum(weight.numel() for weight in load(ModelSpec(cell="lstm", hidden=16)).recurrent.parameters())
        2688
    """
    if spec.weights == "fresh":
        return fresh(spec)
    model = fresh(spec)
    weights = _read(spec, PRETRAINED / f"{spec.name}.safetensors")
    model.load_state_dict(_checked(spec, weights, model.state_dict()))
    return model


def fresh(spec: ModelSpec) -> NextWord:
    """The untrained model: torch's own initialisation, drawn from `spec.seed`; the global random state is untouched."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(spec.seed)
        return NextWord(spec, len(smalltalk.vocabulary()), len(smalltalk.outputs()))


def save(model: NextWord, spec: ModelSpec, path: Path) -> None:
    """Write trained weights, and for what they were made; equal weights give equal bytes."""
    meta = {"spec": spec.canonical, "vocabulary": vocabulary_id()}
    save_file(model.state_dict(), path, {META: json.dumps(meta, sort_keys=True)})


def weights_bytes(spec: ModelSpec) -> bytes:
    """The weights of the model of `spec` as a safetensors file with torch's names, to be taken home.

    Raises:
        KiokuError: what `load` raises.
    """
    return safetensors_bytes(load(spec).state_dict())


def vocabulary_id() -> str:
    """SHA-256 of all words and outputs in their order: weights fit one such list and no other."""
    lists = [smalltalk.vocabulary().words, smalltalk.outputs()]
    return hashlib.sha256(json.dumps(lists, ensure_ascii=False).encode()).hexdigest()


def run(spec: ModelSpec, tokens: Sequence[str], clamps: Sequence[Clamp] = ()) -> ModelTrace:
    """Run the model of `spec` on a sentence and keep everything that it computed.

    Args:
        spec: which model.
        tokens: the words, at least one; what the vocabulary lacks is embedded as the unknown word.
        clamps: quantities of the recurrent layers to be held; the distribution follows.

    Raises:
        KiokuError: no words, or clamps that the model does not have; and what `load` raises.

    Example:
        >>> run(ModelSpec(cell="lstm", hidden=16), ["今日", "は", "天気", "が", "良い", "ね"]).reply.text
        'そうだね!'
    """
    if isinstance(tokens, str) or not tokens or not all(isinstance(token, str) for token in tokens):
        raise KiokuError("not_words", given=repr(tokens))
    model, vocabulary = load(spec), smalltalk.vocabulary()
    with torch.inference_mode():
        embedding = model.embedding(torch.tensor(vocabulary.encode(tokens)))  # (T, E)
        layers = record(model.recurrent, embedding, clamps=clamps)
        scores = model.readout(torch.tensor(layers.output))  # (T, V)
        distribution = torch.softmax(scores, dim=-1)  # (T, V)
    words = len(vocabulary) - 1
    outputs = smalltalk.outputs()
    return ModelTrace(
        spec=spec,
        tokens=tuple(Token(token, token in vocabulary, smalltalk.gloss(token)) for token in tokens),
        embedding=embedding.numpy(),
        layers=layers,
        distribution=distribution.numpy(),
        outputs=outputs,
        ends=tuple(index >= words for index in range(len(outputs))),
        parameters=sum(weight.numel() for weight in model.recurrent.parameters()),
    )


def _read(spec: ModelSpec, path: Path) -> dict[str, Tensor]:
    """The tensors of one file, if it was made for this spec and vocabulary."""
    if not path.is_file():
        raise KiokuError("weights_missing", model=spec.name, path=str(path))
    try:
        with safe_open(path, framework="pt") as file:
            meta = json.loads((file.metadata() or {}).get(META, "{}"))
            weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  # not a dict
    except (OSError, SafetensorError, ValueError):
        raise KiokuError("weights_damaged", model=spec.name, path=str(path)) from None
    if meta != {"spec": spec.canonical, "vocabulary": vocabulary_id()}:
        raise KiokuError("weights_outdated", model=spec.name, path=str(path))
    return weights


def _checked(spec: ModelSpec, weights: dict[str, Tensor], want: dict[str, Tensor]) -> dict[str, Tensor]:
    """`weights`, if they have the names, sizes and kind of `want` and finite values."""
    for name in sorted(weights.keys() | want.keys()):
        sizes = [f"{tuple(side[name].shape)} {side[name].dtype}" if name in side else "—" for side in (want, weights)]
        if sizes[0] != sizes[1]:
            raise KiokuError("weights_sizes", model=spec.name, tensor=name, want=sizes[0], given=sizes[1])
        if not bool(torch.isfinite(weights[name]).all()):
            raise KiokuError("weights_values", model=spec.name, tensor=name)
    return weights
