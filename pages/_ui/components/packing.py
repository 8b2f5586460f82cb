"""From traces to what the browser's scripts read: numbers exact and small, every word from the catalogues."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from rnn_core.messages import template, text
from rnn_core.recurrent.circuit import Wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from rnn_core.models.model_trace import Guess, ModelTrace
    from rnn_core.quantities import Cell, Quantity
    from rnn_core.text.tokenizer import Token

PLAYER = ("play", "pause", "back", "next", "scrub", "step", "pace")
VERDICTS = {name: f"predict.verdict.{name}" for name in ("right", "near", "wrong")}
"""The messages that say of a guess whether it is right, by what a script calls them."""
COMPANDED = 255.0  # as telephones code a sound in 8 bits
JSON: TypeAlias = "Mapping[str, JSON] | Sequence[JSON] | str | float | bool | None"


def packed(array: NDArray[np.floating], kind: str = "<f4") -> str:
    """An array as base64, of little-endian float32: exact for what the models compute, a third of a list's size.

    Args:
        array: the values.
        kind: another type of number, as numpy calls it, where less will do.

    Example:
        >>> packed(np.array([1.0, -0.5]))
        'AACAPwAAAL8='
    """
    return base64.b64encode(np.ascontiguousarray(array, kind).tobytes()).decode("ascii")


def companded(samples: NDArray[np.floating]) -> str:
    """A sound in 8 bits a sample: softer ones in finer steps, as telephones code it (µ-law, µ = 255).

    Example:
        >>> import base64
        >>> np.frombuffer(base64.b64decode(companded(np.array([0.0, 1.0, -1.0, 0.01]))), "i1").tolist()
        [0, 127, -127, 29]
    """
    coded = np.sign(samples) * np.log1p(COMPANDED * np.abs(samples)) / np.log1p(COMPANDED)
    return packed(np.round(coded * 127), "i1")


def labels(lang: str, own: Mapping[str, str]) -> dict[str, JSON]:
    """The player's messages and a drawing's `own` (name in the script → id), their `{places}` left for the browser."""
    ids = {name: f"player.{name}" for name in PLAYER} | dict(own)
    return {name: template(message, lang) for name, message in ids.items()}


def identity(trace: ModelTrace) -> str:
    """What the reader's place belongs to: another sentence or another model is another place."""
    return digest(trace.spec.canonical, *(token.text for token in trace.tokens))


def digest(*said: object) -> str:
    """A short name of what can be written as JSON: other content is another name."""
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def words(lang: str, tokens: Iterable[Token]) -> list[JSON]:
    """The sentence; a gloss only for readers of English."""
    return [{"text": token.text, "known": token.known, "gloss": _gloss(lang, token.gloss)} for token in tokens]


def guesses(lang: str, row: Iterable[Guess]) -> list[JSON]:
    """What the model expects after one word, likeliest first."""
    return [
        {"text": guess.text, "p": guess.probability, "ends": guess.ends, "gloss": _gloss(lang, guess.gloss)}
        for guess in row
    ]


def _gloss(lang: str, gloss: str) -> str:
    return gloss if lang == "en" else ""


def row(
    lang: str, quantity: Quantity, cell: Cell, ends: tuple[float, float], values: NDArray[np.floating]
) -> dict[str, JSON]:
    """One row of the table as a drawing needs it: symbol, name, colour scale and its ends; what those of a gate do."""
    low, high = ends
    gate = not isinstance(quantity, Wire) and quantity.gate
    name = f"circuit.{quantity.key}.name" if isinstance(quantity, Wire) else f"quantities.{quantity.key}.name"
    return {
        "symbol": quantity.forms[cell].symbol,
        "name": text(name, lang),
        "scale": quantity.scale,
        "low": low,
        "high": high,
        "ends": [text(f"quantities.{quantity.key}.{end}", lang) for end in ("low", "high")] if gate else None,
        "beyond": bool(np.any(values < low) or np.any(values > high)),
    }
