"""Files of trained weights: each says for what it was made, and is used for nothing else."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from rnn_core.checkout import named
from rnn_core.errors import KiokuError
from rnn_core.models import model_trace
from rnn_core.models.model_trace import META


def path_of(model: str) -> Path:
    """Where the trained weights of a model of this name are."""
    return model_trace.PRETRAINED / f"{model}.safetensors"


def write(weights: Mapping[str, Tensor], path: Path, made_for: Mapping[str, str]) -> None:
    """Write weights, and for what they were made; equal weights give equal bytes.

    The file is put in the place of the one before at once: who reads meanwhile reads all of one of them.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    save_file(dict(weights), beside, {META: json.dumps(made_for, sort_keys=True)})
    beside.replace(path)


def read(model: str, path: Path, made_for: Mapping[str, str], want: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights of one file, with the names, sizes and kinds of `want` and finite values.

    Args:
        model: what a message calls it.
        path: the file.
        made_for: what `write` was told; a file that was made for anything else is outdated.
        want: tensors of the sizes and kinds that the file must have.

    Raises:
        KiokuError: there is no such file, or it is damaged, outdated or holds something else.
    """
    if not path.is_file():
        raise KiokuError("weights_missing", model=model, path=named(path))
    try:
        with safe_open(path, framework="pt") as file:
            meta = json.loads((file.metadata() or {}).get(META, "{}"))
            weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  # not a dict
    except (OSError, SafetensorError, ValueError):
        raise KiokuError("weights_damaged", model=model, path=named(path)) from None
    if meta != made_for:
        raise KiokuError("weights_outdated", model=model, path=named(path))
    return checked(model, weights, want)


def checked(model: str, weights: dict[str, Tensor], want: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """`weights`, if they have the names, sizes and kinds of `want` and finite values.

    Raises:
        KiokuError: they have not.
    """
    for name in sorted(weights.keys() | want.keys()):
        sizes = [f"{tuple(side[name].shape)} {side[name].dtype}" if name in side else "—" for side in (want, weights)]
        if sizes[0] != sizes[1]:
            raise KiokuError("weights_sizes", model=model, tensor=name, want=sizes[0], given=sizes[1])
        if not bool(torch.isfinite(weights[name]).all()):
            raise KiokuError("weights_values", model=model, tensor=name)
    return weights


def written_at(path: Path) -> int:
    """Another number once a file was written anew, 0 where there is none: what is kept of it holds until then."""
    if not path.is_file():
        return 0
    found = path.stat()
    return found.st_mtime_ns + (found.st_ino << 64)  # a clock may stand still between two files
