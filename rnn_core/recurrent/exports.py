"""A trace as a file and as a table, without torch."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from rnn_core.errors import KiokuError
from rnn_core.recurrent.trace import LayerTrace, Trace

if TYPE_CHECKING:
    from pandas import DataFrame

META = "trace"


def to_frame(trace: Trace, tokens: Sequence[str] | None = None) -> DataFrame:
    """Every number of a trace, one a row: step, token, layer, direction, unit, quantity, value.

    Args:
        trace: of one sequence or of a batch, which has a column `sequence` before the others.
        tokens: what each of the T steps read; without it the column `token` is left out.

    Raises:
        KiokuError: another number of tokens than of steps.
    """
    from pandas import DataFrame, concat

    if tokens is not None and len(tokens) != len(trace):
        raise KiokuError("frame_tokens", given=len(tokens), steps=len(trace))
    parts = []
    for layer, directions in enumerate(trace.layers):
        for direction, one in enumerate(directions):
            for key, values in one.items():
                places = np.indices(values.shape).reshape(values.ndim, -1)  # step, [sequence,] unit
                columns = {"sequence": places[1]} if values.ndim == 3 else {}
                columns |= {"step": places[0]}
                columns |= {} if tokens is None else {"token": np.array(tokens, dtype=object)[places[0]]}
                columns |= {"layer": layer, "direction": direction, "unit": places[-1], "quantity": key}
                parts.append(DataFrame(columns | {"value": values.ravel()}))
    return concat(parts, ignore_index=True)


def save_trace(trace: Trace, path: str | os.PathLike[str]) -> None:
    """Write it as one safetensors file, which `load_trace` reads."""
    arrays = {"output": trace.output}
    for layer, directions in enumerate(trace.layers):
        for direction, one in enumerate(directions):
            arrays |= {f"{layer}.{direction}.{key}": values for key, values in one.items()}
    meta: dict[str, object] = {"cell": trace.cell, "parity": trace.parity, "batch_first": trace.batch_first}
    meta |= {"lengths": trace.lengths, "only": list(trace)}
    # a transposed view would be written in the order of its memory, so each array is laid out afresh
    laid_out = {key: np.ascontiguousarray(array) for key, array in arrays.items()}
    Path(path).write_bytes(save(laid_out, {META: json.dumps(meta)}))


def load_trace(path: str | os.PathLike[str]) -> Trace:
    """Read what `Trace.save` wrote; needs no torch.

    Raises:
        KiokuError: there is no such file, or it is no stored trace.

    Example:
        >>> import tempfile, torch, rnn_core as rc
        >>> trace = rc.record(torch.nn.GRU(3, 4), torch.randn(6, 3))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     trace.save(f"{folder}/trace.safetensors")
        ...     load_trace(f"{folder}/trace.safetensors") == trace
        True
    """
    if not isinstance(path, (str, os.PathLike)) or not Path(path).is_file():
        raise KiokuError("stored_missing", path=f"{path!s:.200}")
    try:
        with safe_open(path, framework="numpy") as file:
            meta = json.loads(file.metadata()[META])
            arrays = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118  # not a dict
        found: dict[int, dict[int, dict[str, np.ndarray]]] = {}
        for name, array in arrays.items():
            if name != "output":
                layer, direction, key = name.split(".")
                found.setdefault(int(layer), {}).setdefault(int(direction), {})[key] = array
        cell, only = meta["cell"], meta.get("only")
        layers = tuple(
            tuple(LayerTrace(cell, found[layer][direction], only) for direction in range(len(found[layer])))
            for layer in range(len(found))
        )
        return Trace(
            cell, layers, arrays["output"], float(meta["parity"]), bool(meta["batch_first"]), tuple(meta["lengths"])
        )
    except (OSError, SafetensorError, LookupError, TypeError, ValueError):
        raise KiokuError("stored_layers", path=os.fspath(path)) from None
