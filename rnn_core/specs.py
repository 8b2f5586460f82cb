"""Specs name a thing completely: equal specs give equal results, and caches and addresses are keyed by them."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, ClassVar, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from rnn_core.errors import KiokuError
from rnn_core.quantities import Minimal, Recurrent

MAX_HIDDEN, MAX_LAYERS, MAX_SEED = 1024, 8, 2**31 - 1
FILE = r"file:([0-9a-f]{64}|silero|nagisa)"
"""A reader's own file by the SHA-256 of what is in it, or one that comes with a package."""
NAMED = rf"(run:[0-9a-z-]{{1,64}}|{FILE}(-p[0-9]{{1,3}})?(-relu)?(-s[0-9]{{1,10}})?(-words|-i[0-9a-f]{{16}})?)"
"""Networks that only their source knows, by its name for them: a run of the training lab, a file that was opened."""
Weights = Annotated[str, Field(pattern=rf"^(trained|fresh|{NAMED})$")]
"""Where weights come from: "trained" (shipped), "fresh" (torch's first values, drawn from a seed), or a `NAMED` one."""


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

    Attributes:
        weights: "trained" (shipped, made by `make models`), "fresh" (torch's own initialisation from `seed`), or the
            name by which only its source knows the network.

    Raises:
        KiokuError: an unknown field, or a value that is out of range or of the wrong type.

    Example:
        >>> ModelSpec(cell="lstm", hidden=16).id == ModelSpec(hidden=16, cell="lstm").id
        True
    """

    task: str = Field(default="smalltalk", pattern=r"^[a-z_]+$")
    cell: Recurrent
    hidden: int = Field(ge=1, le=MAX_HIDDEN)
    layers: int = Field(default=1, ge=1, le=MAX_LAYERS)
    bidirectional: bool = False
    weights: Weights = "trained"
    seed: int = Field(default=0, ge=0, le=MAX_SEED)

    @property
    def name(self) -> str:
        """A short name for files and logs: `smalltalk-lstm-16-seed0`."""
        parts = [self.task, self.cell, str(self.hidden)]
        parts += [f"layers{self.layers}"] if self.layers > 1 else []
        parts += ["bidirectional"] if self.bidirectional else []
        return "-".join([*parts, f"seed{self.seed}"])

    def takes(self, words: int) -> bool:
        """Whether so many words can be read at all: a state takes in one after the other, however many."""
        return words > 0


class BaselineSpec(Spec):
    """Which network without recurrence: what it reads of a sentence, its size, and where its weights come from.

    Attributes:
        kind: "bag" reads how often each word occurs; "window" each of the first words in a place of its own;
            "convolution" the last words, with the same weights wherever they stand.
        words: how many words a window or a convolution reads at once; None for a bag, which takes any number.

    Raises:
        KiokuError: an unknown field, or a value that is out of range, of the wrong type or missing.

    Example:
        >>> BaselineSpec(kind="window", words=8, hidden=32).name
        'smalltalk-window8-32-seed0'
    """

    task: Literal["smalltalk"] = "smalltalk"
    kind: Literal["bag", "window", "convolution"]
    words: int | None = Field(default=None, ge=1, le=MAX_HIDDEN)
    hidden: int = Field(ge=1, le=MAX_HIDDEN)
    weights: Literal["trained", "fresh"] = "trained"
    seed: int = Field(default=0, ge=0, le=MAX_SEED)

    @model_validator(mode="after")
    def _only_a_bag_has_no_width(self) -> Self:
        if (self.kind == "bag") != (self.words is None):
            raise ValueError("words is how many a window or a convolution reads; a bag has none")
        return self

    @property
    def name(self) -> str:
        """A short name for files and logs: `smalltalk-convolution3-32-seed0`."""
        return f"{self.task}-{self.kind}{self.words or ''}-{self.hidden}-seed{self.seed}"

    def takes(self, words: int) -> bool:
        """Whether so many words can be read at all: a window has no place for one word more."""
        return 0 < words <= (self.words or 0) if self.kind == "window" else words > 0


class TransformerSpec(Spec):
    """Which Transformer: its size, and whether it is told where each word stands.

    Attributes:
        hidden: the numbers of a word's state, in every layer.
        layers: how many layers, one after the other.
        heads: how many ways of looking each layer has; they share `hidden` equally.
        positions: whether a code of its place is added to each word.

    Raises:
        KiokuError: an unknown field, or a value that is out of range, of the wrong type or does not divide.

    Example:
        >>> TransformerSpec(hidden=32).name
        'smalltalk-transformer-32-seed0'
    """

    task: Literal["smalltalk"] = "smalltalk"
    hidden: int = Field(ge=2, le=MAX_HIDDEN)
    layers: int = Field(default=2, ge=1, le=4)
    heads: int = Field(default=4, ge=1, le=16)
    positions: bool = True
    weights: Literal["trained", "fresh"] = "trained"
    seed: int = Field(default=0, ge=0, le=MAX_SEED)

    @model_validator(mode="after")
    def _sizes_divide(self) -> Self:
        if self.hidden % self.heads or self.hidden % 2:
            raise ValueError("hidden is even, and the heads share it equally")
        return self

    @property
    def cell(self) -> Literal["transformer"]:
        """What its layers are, as a trace says it."""
        return "transformer"

    @property
    def name(self) -> str:
        """A short name for files and logs: `smalltalk-transformer-32-unplaced-seed0`."""
        parts = [self.task, "transformer", str(self.hidden)]
        parts += [f"layers{self.layers}"] if self.layers != 2 else []
        parts += [f"heads{self.heads}"] if self.heads != 4 else []
        parts += ["unplaced"] if not self.positions else []
        return "-".join([*parts, f"seed{self.seed}"])

    def takes(self, words: int) -> bool:
        """Whether so many words can be read at all: each looks at all before it, however many they are."""
        return words > 0


class ResponderSpec(Spec):
    """Which network that is asked for its reply once the sentence has ended, its size, and where its weights come from.

    Attributes:
        kind: "bidirectional", an LSTM in each direction, replies from what both end with; "attentive", an LSTM whose
            last state looks back at all of its states, replies from what it finds there.
        hidden: the units of an LSTM; "bidirectional" has so many in each direction.

    Raises:
        KiokuError: an unknown field, or a value that is out of range or of the wrong type.

    Example:
        >>> ResponderSpec(kind="bidirectional", hidden=8).name, ResponderSpec(kind="bidirectional", hidden=8).units
        ('smalltalk-bidirectional-8-seed0', 16)
    """

    task: Literal["smalltalk"] = "smalltalk"
    kind: Literal["bidirectional", "attentive"]
    hidden: int = Field(ge=1, le=MAX_HIDDEN)
    weights: Literal["trained", "fresh"] = "trained"
    seed: int = Field(default=0, ge=0, le=MAX_SEED)

    @property
    def cell(self) -> Literal["bidirectional", "attentive"]:
        """What its states are, as a trace says it."""
        return self.kind

    @property
    def units(self) -> int:
        """How many numbers its state has."""
        return self.hidden * (2 if self.kind == "bidirectional" else 1)

    @property
    def name(self) -> str:
        """A short name for files and logs: `smalltalk-attentive-16-seed0`."""
        return f"{self.task}-{self.kind}-{self.hidden}-seed{self.seed}"


class MinimalSpec(Spec):
    """Which network whose gates read the input only, its size, and where its weights come from."""

    layers: ClassVar[int] = 1
    bidirectional: ClassVar[bool] = False
    shipped: ClassVar[tuple[int, ...]] = (16,)  # sizes of which trained weights come with Kioku
    task: str = Field(default="smalltalk", pattern=r"^[a-z_]+$")
    cell: Minimal
    hidden: int = Field(ge=1, le=MAX_HIDDEN)
    weights: Weights = "trained"
    seed: int = Field(default=0, ge=0, le=MAX_SEED)

    @property
    def name(self) -> str:
        """A short name for files and logs: `smalltalk-minlstm-16-seed0`."""
        return f"{self.task}-{self.cell}-{self.hidden}-seed{self.seed}"


RecurrentSpec: TypeAlias = ModelSpec | MinimalSpec
"""What has one recurrent cell, so that a chapter about cells can show it."""
NetworkSpec: TypeAlias = ModelSpec | BaselineSpec | TransformerSpec
"""What expects an output after every word."""
StatesSpec: TypeAlias = ModelSpec | MinimalSpec | TransformerSpec | ResponderSpec
"""What replies to a sentence from a state at each word."""
ReplyingSpec: TypeAlias = StatesSpec | BaselineSpec
"""What replies to a sentence."""

KATAKANA_HIDDEN = 128  # the width of the network that comes with e2k
Attention: TypeAlias = Literal["none", "additive", "dot"]


class TranslatorSpec(Spec):
    """Which encoder-decoder: what it translates, its attention, its hidden size, and where its weights come from.

    Attributes:
        task: "phrases" (Japanese small talk → English), "names" (names in kana, joined → romaji), "kanji" (a name in
            kanji → romaji) or "katakana" (an English word → katakana, a network that others trained).
        attention: "none", only what the encoder ended with; "additive" (Bahdanau 2015), "dot" (Luong 2015), all states.
        hidden: the units of the decoder, and of each of the two directions of the encoder.
        directions: in which the encoder reads; one that reads forwards only has twice the units.

    Raises:
        KiokuError: an unknown field, a value that is out of range or of the wrong type; another network for katakana.

    Example:
        >>> TranslatorSpec(task="phrases", attention="additive", hidden=24).name
        'phrases-additive-24-seed0'
    """

    task: Literal["phrases", "names", "kanji", "katakana"]
    attention: Attention
    hidden: int = Field(ge=1, le=MAX_HIDDEN)
    weights: Literal["trained", "fresh"] = "trained"
    seed: int = Field(default=0, ge=0, le=MAX_SEED)
    directions: Literal[1, 2] = Field(default=2, exclude_if=lambda count: count == 2)  # what no file speaks of

    @model_validator(mode="after")
    def _there_is_one_network_for_katakana(self) -> Self:
        made = (self.attention, self.hidden, self.weights, self.seed, self.directions)
        if self.task == "katakana" and made != ("dot", KATAKANA_HIDDEN, "trained", 0, 2):
            raise ValueError(f"katakana has one network, trained: dot attention, {KATAKANA_HIDDEN} units, seed 0")
        return self

    @property
    def letters(self) -> bool:
        """Whether it reads and writes letters, rather than words."""
        return self.task != "phrases"

    @property
    def name(self) -> str:
        """A short name for files and logs: `names-dot-48-seed0`."""
        return f"{self.task}-{self.attention}-{self.hidden}-{'forward-' * (self.directions == 1)}seed{self.seed}"

    @property
    def cell(self) -> Recurrent:
        """The cell of its encoder and decoder."""
        return "gru"

    @property
    def heads(self) -> int:
        """How many times it looks back at each step."""
        return {"none": 0}.get(self.attention, 4 if self.task == "katakana" else 1)


TracedSpec: TypeAlias = StatesSpec | TranslatorSpec
"""What a `ModelTrace` can be the trace of."""
