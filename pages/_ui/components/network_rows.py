"""One sentence and six networks, one row each: states, what is left of another first word, replies, worth and cost.

The words are columns. The guess is made in the rows, and the answer is drawn into them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, heard_answer, placed, resting, telling
from pages._ui.memo import memoized
from rnn_core.figures.networks import called
from rnn_core.messages import template
from rnn_core.quantities import QUANTITIES
from rnn_core.specs import ResponderSpec
from rnn_core.statistics.intervals import wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pages._ui.components.packing import JSON
    from rnn_core.models.measures import Spread
    from rnn_core.models.model_trace import Guess, ModelTrace
    from rnn_core.text.tokenizer import Token

LABELS = (
    *("title", "ask", "choose", "skip", "guess", "why_right", "why_other", "judged"),
    *("scale", "each", "shared", "bars", "gap", "influence", "gap_key", "influence_key", "reads", "size", "limit"),
    *("reply", "after", "accuracy", "count", "time", "time_note", "us", "interval", "right", "wrong", "if_ended"),
    *("words_learned", "replies_learned", "spread"),
    *("so_far", "no_reply", "some_replies", "every_reply", "join", "value", "gap_value", "influence_value"),
)
ELSEWHERE = {
    "again": "predict.again",
    "word": "figures.word",
    "word_gloss": "figures.word_gloss",
    **{f"verdict_{name}": message for name, message in packing.VERDICTS.items()},
}
BACKWARD = "bidirectional"
"""Half of the states of this network are read from the end of the sentence."""

_render = component("network_rows", "compare")


@dataclass(frozen=True, eq=False)
class Row:
    """One network on the sentence, and on the same sentence with another first word.

    Shapes: T words.

    Attributes:
        trace, twin: what it computed of either.
        gap: how far the states are apart after each word, per unit, (T,).
        left: which share of the gap at the first word the reply still reads; None where nothing changed.
        verdict: of the guess that most is left in this network.
        influence: the norm of the derivative of the last state with respect to each word, (T,).
        accuracy: how many held-out sentences it answers right, of how many; None where nobody has counted.
        times: how long it takes for the sentence; None where it was not measured.
    """

    trace: ModelTrace
    twin: ModelTrace
    gap: NDArray[np.floating]
    left: float | None
    verdict: Literal["right", "near", "wrong"]
    influence: NDArray[np.floating]
    accuracy: tuple[int, int] | None = None
    times: Spread | None = None


def network_rows(
    lang: str,
    rows: Sequence[Row],
    *,
    right: str | None = None,
    step: int | None = None,
    answer: int | str | None = None,
    key: str = "network_rows",
    on_step_change: Callable[[int], None] | None = None,
    on_answer_change: Callable[[int | str | None], None] | None = None,
) -> None:
    """Draw the rows, all of the same sentence.

    Args:
        lang: "ja" or "en"; readers of English get a gloss under each word.
        rows: one a network, from the top.
        right: the right reply to the sentence, where there is one.
        step: the word at which the drawing opens, 1-based; None for the last one. While the sentence stays, the
            reader's own place is kept unless this changes.
        answer: the guess, the number (from 1) of the row in which most of the change is left for the reply; "skip" for
            the answer without a guess; None while it is asked. Where nothing is left in any row, it is not asked.
        key: the widget's key.
        on_step_change: called with the step on which the reader rests, before the page runs again.
        on_answer_change: called with the guess, "skip", or None where the reader wants to guess again.
    """
    tokens, other = rows[0].trace.tokens, rows[0].twin.tokens
    of, bounds = identity(tokens, other), Bounds(len(tokens))
    wanted = Spot(len(tokens) if step is None else min(max(step, 1), len(tokens)))

    def answered() -> None:
        if on_answer_change is not None and (said := heard_answer(key, of)) in (*range(1, len(rows) + 1), "skip", None):
            on_answer_change(said)

    theirs = placed(key, of, wanted, bounds) | {"answer": answer}
    _render(
        key=key,
        data=memoized(drawing, lang, tuple(rows), right) | theirs,
        default={"spot": None, "answer": None},
        on_spot_change=telling(on_step_change, partial(resting, key, of, bounds)),
        on_answer_change=answered,
    )


def identity(tokens: Sequence[Token], other: Sequence[Token]) -> str:
    """What the reader's place belongs to: another sentence, or another first word, is another place."""
    return packing.digest(*([token.text for token in sentence] for sentence in (tokens, other)))


def drawing(lang: str, rows: tuple[Row, ...], right: str | None) -> dict[str, JSON]:
    """What the script draws, apart from what the reader does in it."""
    first = rows[0]
    tops = [[_best(trace) for trace in (row.trace, row.twin)] for row in rows]
    outputs = {guess.text: guess for pair in tops for guesses in pair for guess in guesses}
    number = {said: place for place, said in enumerate(outputs)}
    everything = [_states(row.trace) for row in rows]
    return {
        "words": packing.words(lang, first.trace.tokens),
        "instead": packing.words(lang, first.twin.tokens[:1])[0],
        "right": right,
        "outputs": [
            {"text": one.text, "gloss": "" if lang == "ja" else one.gloss, "ends": one.ends} for one in outputs.values()
        ],
        "limit": _limit(*everything),
        "networks": [
            _network(lang, row)
            | {
                "next": [number[guess.text] for guess in said],
                "p": [guess.probability for guess in said],
                "twin": [number[guess.text] for guess in twin],
            }
            for row, (said, twin) in zip(rows, tops, strict=True)
        ],
        "text": packing.labels(lang, {name: f"network_rows.{name}" for name in LABELS})
        | {name: template(message, lang) for name, message in ELSEWHERE.items()},
    }


def _network(lang: str, row: Row) -> dict[str, JSON]:
    """A row apart from what it replies."""
    cell = row.trace.layers.cell
    return {
        "cell": cell,
        "name": called(cell, lang),
        "ended": isinstance(row.trace.spec, ResponderSpec),
        "backward": cell == BACKWARD,
        "parameters": row.trace.parameters,
        "states": packing.packed(_states(row.trace)),
        "limit": _limit(_states(row.trace)),
        "gap": packing.packed(row.gap),
        "influence": packing.packed(row.influence),
        "left": row.left,
        "verdict": f"verdict_{row.verdict}",
        "accuracy": _accuracy(*row.accuracy) if row.accuracy else None,
        "times": asdict(row.times) if row.times else None,
    }


def _accuracy(right: int, total: int) -> dict[str, JSON]:
    low, high = (float(end[0]) for end in wilson([right], [total]))
    return {"right": right, "total": total, "low": low, "high": high}


def _states(trace: ModelTrace) -> NDArray[np.floating]:
    """Its states after the last layer, (T, H)."""
    return trace.layers.layers[-1][0][QUANTITIES.state(trace.layers.cell).key]


def _limit(*states: NDArray[np.floating]) -> float:
    """How far the colour scale of these states reaches on both sides of 0."""
    row = QUANTITIES.state("rnn")
    return row.limits(*({row.key: values} for values in states))[1]


def _best(trace: ModelTrace) -> list[Guess]:
    return [trace.top(step, 1)[0] for step in range(len(trace))]
