"""The claims of the article: one table, a row a claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType
from typing import Literal, TypeAlias

Verdict: TypeAlias = Literal["confirmed", "condition", "corrected"]
VERDICTS: tuple[Verdict, ...] = ("confirmed", "condition", "corrected")
# How a measured number is written: a percentage, one with a decimal, a whole number, two decimals, a ratio, time.
Unit: TypeAlias = Literal["share", "tenth", "whole", "two", "ratio", "ms"]
# Of what a bar is a part: of 1, of the largest of its claim, or of the powers of ten from `bars.LEAST` to 1.
Scale: TypeAlias = Literal["share", "largest", "power"]
Numbers: TypeAlias = Mapping[str, float]


@dataclass(frozen=True)
class Claim:
    """One claim of the article and what is measured for it.

    Attributes:
        name: its id, in messages and in the data file.
        by: the function that measures it, as module and name in this room.
        units: how each number that its sentence quotes is written.
        verdict: what the measurement makes of it.
        supported: whether numbers bear the verdict out.
        chapter: where one can try it.
        state: what that chapter's address holds then.
        bars: which of the numbers are drawn, in this order.
        scale: of what a bar is a part.
        of: of a share that was counted, which number says in how many; of a whole one also that it is such a count.
    """

    name: str
    by: str
    units: Mapping[str, Unit]
    verdict: Verdict
    supported: Callable[[Numbers], bool]
    chapter: str
    state: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    bars: tuple[str, ...] = ()
    scale: Scale = "share"
    of: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def measure(self) -> Numbers:
        """Measure it now."""
        module, _, name = self.by.partition(".")
        found: Numbers = getattr(import_module(f"rnn_core.claims.{module}"), name)()  # needs torch
        return found


def _all(unit: Unit, *names: str) -> dict[str, Unit]:
    return dict.fromkeys(names, unit)


CLAIMS: tuple[Claim, ...] = (
    Claim(
        "equation",
        "recurrence.equation",
        {"gap": "ratio"},
        "confirmed",
        lambda found: found["gap"] < 1e-14,
        "cell",
        {"cell": "rnn", "guess": "skip"},
        bars=("gap",),
        scale="power",
    ),
    Claim(
        "same_weights",
        "recurrence.same_weights",
        {"gap": "ratio", "largest": "two"},
        "confirmed",
        lambda found: found["gap"] < 1e-14 < found["largest"],
        "cell",
        {"cell": "rnn", "guess": "skip"},
        bars=("largest", "gap"),
        scale="power",
    ),
    Claim(
        "memory",
        "recurrence.memory",
        _all("two", "rnn", "lstm", "gru", "alone"),
        "condition",
        lambda found: found["alone"] == 0 and found["rnn"] < 0.01 and found["lstm"] > 0.9,
        "home",
        {"cell": "lstm"},
        bars=("lstm", "gru", "rnn", "alone"),
    ),
    Claim(
        "lengths",
        "recurrence.lengths",
        _all("whole", "rnn_few", "rnn_many", "mlp_few", "mlp_many"),
        "confirmed",
        lambda found: found["rnn_few"] == found["rnn_many"] and found["mlp_few"] < found["mlp_many"],
        "order",
        bars=("rnn_few", "rnn_many", "mlp_few", "mlp_many"),
        scale="largest",
    ),
    Claim(
        "order",
        "recurrence.order",
        _all("two", "bag", "rnn", "lstm", "gru"),
        "confirmed",
        lambda found: found["bag"] == 0 and min(found[cell] for cell in ("rnn", "lstm", "gru")) > 0.5,
        "order",
        {"text": "犬が人を噛む"},
        bars=("rnn", "lstm", "gru", "bag"),
    ),
    Claim(
        "context",
        "probes.context",
        _all("share", "lstm_64_1", "lstm_64_6", "rnn_64_1", "gru_64_1", "chance_1"),
        "condition",
        lambda found: found["chance_1"] < found["lstm_64_1"] < 0.5 < found["lstm_64_6"],
        "home",
        {"hidden": "64"},
        bars=("lstm_64_6", "lstm_64_1", "gru_64_1", "rnn_64_1", "chance_1"),
        of=dict.fromkeys(("lstm_64_6", "lstm_64_1", "gru_64_1", "rnn_64_1", "chance_1"), "of"),
    ),
    Claim(
        "vanishing",
        "limits.vanishing",
        _all("ratio", "rnn", "lstm", "gru"),
        "confirmed",
        lambda found: found["rnn"] < 1e-20 < found["gru"] < found["lstm"] < 1,
        "gradients",
        {"length": "60", "curve": "skip"},
        bars=("rnn", "gru", "lstm"),
        scale="power",
    ),
    Claim(
        "exploding",
        "limits.exploding",
        {"norm": "whole", "after": "two", "lost_free": "whole"},
        "confirmed",
        lambda found: found["norm"] > 100 and found["after"] < 1.001 and found["lost_free"] > found["lost_clipped"],
        "gradients",
        {"curve": "skip", "guess_clipping": "skip"},
        bars=("norm", "after"),
        scale="largest",
    ),
    Claim(
        "gates",
        "recurrence.gates",
        _all("two", "lstm", "gru"),
        "confirmed",
        lambda found: min(found.values()) > 0.5,
        "cell",
        {"cell": "lstm", "guess": "skip"},
        bars=("lstm", "gru"),
    ),
    Claim(
        "gru_size",
        "kinds.size",
        {"lstm": "whole", "gru": "whole", "fewer": "share"},
        "corrected",
        lambda found: found["fewer"] == 0.25,
        "compare",
        bars=("lstm", "gru"),
        scale="largest",
    ),
    Claim(
        "gru_accuracy",
        "kinds.accuracy",
        {"of": "whole", **_all("tenth", "lstm", "lstm_low", "lstm_high", "gru", "gru_low", "gru_high")},
        "confirmed",
        lambda found: found["lstm_low"] <= found["gru_high"] and found["gru_low"] <= found["lstm_high"],
        "compare",
        bars=("lstm", "gru"),
        of=dict.fromkeys(("lstm", "gru"), "of"),
    ),
    Claim(
        "gru_speed",
        "kinds.speed",
        _all("ms", "lstm_train", "gru_train", "lstm_write", "gru_write"),
        "condition",
        lambda found: found["gru_train"] > found["lstm_train"],
        "transformer",
        bars=("lstm_train", "gru_train", "lstm_write", "gru_write"),
        scale="largest",
    ),
    Claim(
        "direction",
        "limits.direction",
        {**_all("whole", "own", "off", "of"), **_all("share", "word_1", "word_2", "sentence_1", "sentence_2")},
        "condition",
        lambda found: (
            found["off"] < found["own"]
            and found["word_2"] - found["word_1"] > 0.1
            and abs(found["sentence_2"] - found["sentence_1"]) < 0.02
        ),
        "bidirectional",
        bars=("own", "off", "word_2", "word_1", "sentence_2", "sentence_1"),
        of={
            **dict.fromkeys(("own", "off"), "of"),
            **dict.fromkeys(("word_2", "word_1", "sentence_2", "sentence_1"), "of_sentences"),
        },
    ),
    Claim(
        "bottleneck",
        "kinds.bottleneck",
        _all("share", "none_1", "none_4", "additive_1", "additive_4"),
        "confirmed",
        lambda found: found["none_4"] < 0.1 < 0.9 < found["additive_4"],
        "attention",
        bars=("none_1", "none_4", "additive_1", "additive_4"),
        of={"none_1": "of_1", "none_4": "of_4", "additive_1": "of_1", "additive_4": "of_4"},
    ),
    Claim(
        "focus",
        "kinds.focus",
        _all("share", "monotonic", "five"),
        "condition",
        lambda found: found["monotonic"] > 0.9 and found["five"] < 0.9,
        "translation",
        bars=("monotonic", "five"),
        of={"monotonic": "of_outputs", "five": "of_names"},
    ),
    Claim(
        "waiting",
        "limits.waiting",
        _all("whole", "steps", "rounds", "stages"),
        "corrected",
        lambda found: found["stages"] < found["steps"],
        "parallel",
        {"length": "60", "clipping": "on", "guess_rounds": "skip"},
        bars=("steps", "stages"),
        scale="largest",
    ),
    Claim(
        "parallel",
        "limits.parallel",
        _all("whole", "transformer_60", "lstm_60", "transformer_512", "lstm_512"),
        "condition",
        lambda found: found["transformer_512"] / found["lstm_512"] > found["transformer_60"] / found["lstm_60"] > 1,
        "transformer",
        bars=("lstm_60", "transformer_60", "lstm_512", "transformer_512"),
        scale="largest",
    ),
    Claim(  # from here on the later ones, as an address names a claim by its number
        "gru_gates",
        "kinds.gates",
        _all("whole", "lstm", "gru", "lstm_blocks", "gru_blocks"),
        "confirmed",
        lambda found: (found["lstm"], found["gru"]) == (3, 2),
        "cell",
        {"cell": "gru", "guess": "skip"},
        bars=("lstm", "gru"),
        scale="largest",
    ),
    Claim(
        "translation",
        "limits.translation",
        {"of": "whole", **_all("tenth", "both", "forward")},
        "corrected",
        lambda found: found["forward"] > 0.95 and found["both"] - found["forward"] < 0.01,
        "translation",
        {"task": "phrases", "attention": "additive"},
        bars=("both", "forward"),
        of=dict.fromkeys(("both", "forward"), "of"),
    ),
)


def measure(name: str) -> dict[str, float]:
    """Measure a claim, by its name: what another process can be told."""
    return dict(next(claim for claim in CLAIMS if claim.name == name).measure())
