"""`load_checkpoint`: the recurrent layers of a file of weights, as torch's own modules, ready for `record`.

The names are torch's (`weight_ih_l0`, `weight_hh_l1_reverse`, or a cell's bare `weight_ih`), whatever stands before
them; kind, sizes, layers, directions and biases follow from the shapes. Everything else in the file stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.messages import text
from rnn_core.quantities import BLOCKS
from rnn_core.recurrent.inputs import KINDS
from rnn_core.recurrent.tensor_files import DTYPES, Source, StoredTensor, open_tensors
from rnn_core.text.tokenizer import visible
from rnn_core.text.typography import shorten

NAMED = re.compile(
    r"(?:(?P<prefix>.*)\.)?(?P<part>weight_ih|weight_hh|weight_hr|bias_ih|bias_hh)"
    r"(?:_l(?P<layer>\d{1,4})(?P<reverse>_reverse)?)?",
    re.DOTALL,
)
MOST_LAYERS = 64
MOST_TENSORS = 2_000  # recurrent ones of one file, each of which is some calls of torch
LONGEST, SAID = 500, 80  # characters of a recurrent tensor's name, and of a module's in a message
MOST_VALUES = 1 << 28  # recurrent weights of one file: a gigabyte of them in float32
CELLS = {blocks: cell for cell, blocks in BLOCKS.items()}
MODULES: Mapping[str, Callable[..., nn.RNNBase]] = {cell: kind for kind, cell in KINDS.items()}


class Note(str):
    """What a file can't say or what was done with it; as a string it is English, `said("ja")` says it in Japanese."""

    code: str
    values: Mapping[str, object]

    def __new__(cls, code: str, **values: object) -> Note:
        """The note `checkpoint.<code>` of the catalogue."""
        made = super().__new__(cls, text(f"checkpoint.{code}", "en", **values))
        made.code, made.values = code, values
        return made

    def __reduce__(self) -> tuple[object, ...]:
        return _note, (self.code, dict(self.values))

    def said(self, lang: str) -> str:
        """It in `lang` ("ja" or "en")."""
        return text(f"checkpoint.{self.code}", lang, **self.values)


def _note(code: str, values: Mapping[str, object]) -> Note:
    return Note(code, **values)


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """What `load_checkpoint` found.

    Attributes:
        modules: each recurrent module by its prefix, the key without its trailing dot; "" at the root.
        notes: what the file can't say (tanh or relu), and what was done (half precision became float32).
        ignored: the names of all other tensors, which were not read.
    """

    modules: Mapping[str, nn.RNNBase]
    notes: tuple[Note, ...]
    ignored: tuple[str, ...]


class Slot(NamedTuple):
    """Where a tensor belongs in its module: a cell's bare name is layer 0."""

    part: str
    layer: int
    reverse: bool

    @property
    def name(self) -> str:
        """As torch calls it."""
        return f"{self.part}_l{self.layer}{'_reverse' * self.reverse}"


def load_checkpoint(path_or_bytes: Source, *, most: int = MOST_VALUES) -> Checkpoint:
    """Load every recurrent module of a `.safetensors` or `.npz` file.

    Half-precision weights are loaded as float32; float32 and float64 stay what they are. Only the recurrent weights are
    read, after their sizes were compared with the file's length. Nothing in the file is executed.

    Args:
        path_or_bytes: the file's path, or what is in it.
        most: how many recurrent weights it may have.

    Raises:
        KiokuError: no such file, a pickle (`.pt`, `.pth`), a damaged or other file, no recurrent weights in it, more
            than are read, or some that are missing, misshapen, not finite or of a kind that can't be loaded.

    Source: the names and shapes of `torch.nn.RNN`, `torch.nn.LSTM`, `torch.nn.GRU` and their cells; the file formats
        of safetensors and of `numpy.savez`.

    Example:
        >>> from safetensors.torch import save
        >>> found = load_checkpoint(save(nn.GRU(3, 4, bidirectional=True).state_dict()))
        >>> found.modules[""], found.notes
        (GRU(3, 4, bidirectional=True), ())
    """
    with open_tensors(path_or_bytes) as stored:
        slots, ignored = _slots(stored)
        if not slots:
            raise KiokuError("checkpoint_nothing", names=_listed(stored))
        if (count := sum(map(len, slots.values()))) > MOST_TENSORS:
            raise KiokuError("checkpoint_tensors", given=count, most=MOST_TENSORS)
        if sum(stored[name].size for module in slots.values() for name in module.values()) > most:
            raise KiokuError("checkpoint_size", most=most)
        modules, notes = {}, []
        for prefix, names in slots.items():
            modules[prefix], told = _module(called(prefix), {slot: stored[name] for slot, name in names.items()})
            notes += told
        return Checkpoint(modules, tuple(notes), ignored)


def _slots(stored: Mapping[str, StoredTensor]) -> tuple[dict[str, dict[Slot, str]], tuple[str, ...]]:
    """The names of the recurrent weights by prefix and slot, and all other names."""
    found: dict[str, dict[Slot, str]] = {}
    ignored = []
    for name in stored:
        if not (match := NAMED.fullmatch(name)):
            ignored.append(name)
            continue
        prefix, slot = match["prefix"] or "", Slot(match["part"], int(match["layer"] or 0), bool(match["reverse"]))
        if len(name) > LONGEST:
            raise KiokuError("checkpoint_name", given=called(name), most=LONGEST)
        if slot in found.setdefault(prefix, {}):  # a cell's name beside a layer's
            raise KiokuError("checkpoint_twice", name=called(name), other=called(found[prefix][slot]))
        found[prefix][slot] = name
    return found, tuple(ignored)


def called(name: str) -> str:
    """A name of the file, as a message says it.

    Example:
        >>> called("encoder.\u202elstm"), called("")
        ('encoder.lstm', '')
    """
    return shorten(visible(name[:LONGEST]), SAID)


def _listed(names: Mapping[str, object]) -> str:
    """The first few names, as a message says them."""
    shown = ", ".join(map(called, list(names)[:5]))
    return f"{shown[:200]}, …" if len(names) > 5 or len(shown) > 200 else shown


def _module(prefix: str, stored: Mapping[Slot, StoredTensor]) -> tuple[nn.RNNBase, list[Note]]:
    """One module with its weights, and what is to be noted of it."""
    module = _empty(prefix, stored)
    by_name = {slot.name: tensor for slot, tensor in stored.items()}
    weights = {}
    for name, want in module.state_dict().items():
        if name not in by_name:
            raise KiokuError("checkpoint_lacks", prefix=prefix, name=name)
        if by_name[name].shape != want.shape:
            raise _misshapen(prefix, name, by_name[name], str(tuple(want.shape)))
        weights[name] = _numbers(prefix, name, by_name[name])
    dtypes = {weight.dtype for weight in weights.values()}
    widest = torch.float64 if torch.float64 in dtypes else torch.float32
    module.load_state_dict({name: weight.to(widest) for name, weight in weights.items()}, assign=True)
    notes = [Note("nonlinearity", prefix=prefix or "/")] if isinstance(module, nn.RNN) else []
    if dtypes & {torch.float16, torch.bfloat16}:
        notes.append(Note("half", prefix=prefix or "/"))
    return module.eval(), notes


def _empty(prefix: str, stored: Mapping[Slot, StoredTensor]) -> nn.RNNBase:
    """A module of the kind and sizes that the shapes of the first layer tell, without numbers."""
    first = {}
    for part in (
        "weight_ih",
        "weight_hh",
        *(["weight_hr"] if any(slot.part == "weight_hr" for slot in stored) else []),
    ):
        slot = Slot(part, 0, False)
        if slot not in stored:
            raise KiokuError("checkpoint_lacks", prefix=prefix, name=slot.name)
        if len(stored[slot].shape) != 2 or not stored[slot].size:
            raise _misshapen(prefix, slot.name, stored[slot], "(…, …)")
        first[part] = stored[slot]
    (rows, inputs), (_, state) = first["weight_ih"].shape, first["weight_hh"].shape
    # weight_ih has a row for each unit of each block; weight_hh a column for each number of h, of which a projection
    # (weight_hr) makes fewer than there are units
    hidden = first["weight_hr"].shape[1] if "weight_hr" in first else state
    cell = CELLS.get(rows // hidden) if rows % hidden == 0 else None
    if cell is None or ("weight_hr" in first and (cell != "lstm" or state >= hidden)):
        raise _misshapen(prefix, "weight_ih_l0", first["weight_ih"], f"(1 | 3 | 4 × {hidden}, …)")
    layers = 1 + max(slot.layer for slot in stored)
    if layers > MOST_LAYERS:
        raise KiokuError("checkpoint_layers", prefix=prefix, given=layers, most=MOST_LAYERS)
    return MODULES[cell](
        inputs,
        hidden,
        num_layers=layers,
        bias=any(slot.part.startswith("bias") for slot in stored),
        bidirectional=any(slot.reverse for slot in stored),
        **({"proj_size": state} if "weight_hr" in first else {}),
        device="meta",
    )


def _misshapen(prefix: str, name: str, tensor: StoredTensor, want: str) -> KiokuError:
    return KiokuError("checkpoint_shape", prefix=prefix, name=name, given=str(tensor.shape), want=want)


def _numbers(prefix: str, name: str, tensor: StoredTensor) -> Tensor:
    """The numbers of one tensor, in float32 or float64.

    Raises:
        KiokuError: they are of another kind, or not all are finite.
    """
    if tensor.dtype not in DTYPES:
        raise KiokuError("checkpoint_dtype", prefix=prefix, name=name, given=tensor.dtype)
    numbers = tensor.read()
    if not bool(numbers.isfinite().all()):
        raise KiokuError("checkpoint_not_finite", prefix=prefix, name=name)
    return numbers
