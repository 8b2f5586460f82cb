"""Specs name a thing completely: equal specs give equal results, and caches and addresses are keyed by them."""

from __future__ import annotations

import hashlib
import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rnn_core.errors import KiokuError
from rnn_core.quantities import Cell

MAX_HIDDEN = 512
MAX_SEED = 2**31 - 1


class Spec(BaseModel):
    """A frozen, validated, JSON-able description."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    def __init__(self, **values: object) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            first = error.errors()[0]
            raise KiokuError(
                "bad_spec",
                spec=type(self).__name__,
                field=".".join(map(str, first["loc"])),
                given=repr(first.get("input")),
                why=first["msg"],
            ) from None

    @property
    def canonical(self) -> str:
        """Its JSON with sorted keys and no spaces: one text for one spec."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=True)

    @property
    def id(self) -> str:
        """SHA-256 of its canonical JSON, in hexadecimal: the same in every process, unlike `hash()`."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()


class ModelSpec(Spec):
    """Which network: its task, its cell, its size, and where its weights come from.

    `weights` is "trained" (shipped, made by `make models`) or "fresh" (torch's own initialisation from `seed`).

    Raises:
        KiokuError: an unknown field, or a value that is out of range or of the wrong type.

    Example:
        >>> ModelSpec(cell="lstm", hidden=16).id == ModelSpec(hidden=16, cell="lstm").id
        True
    """

    task: Literal["smalltalk"] = "smalltalk"
    cell: Cell
    hidden: int = Field(ge=1, le=MAX_HIDDEN)
    layers: int = Field(default=1, ge=1, le=4)
    bidirectional: bool = False
    weights: Literal["trained", "fresh"] = "trained"
    seed: int = Field(default=0, ge=0, le=MAX_SEED)

    @property
    def name(self) -> str:
        """A short name for files and logs: `smalltalk-lstm-16-seed0`."""
        parts = [self.task, self.cell, str(self.hidden)]
        parts += [f"layers{self.layers}"] if self.layers > 1 else []
        parts += ["bidirectional"] if self.bidirectional else []
        return "-".join([*parts, f"seed{self.seed}"])
