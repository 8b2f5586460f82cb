"""Encoder and decoders as one drawing: what passes between them, what each writes, and one step of it in full.

The guess is made in the drawing: a curve in its lens, or one of a few outputs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, heard, heard_answer, placed, reported, telling
from pages._ui.components.question import asked
from pages._ui.memo import memoized
from rnn_core.messages import template
from rnn_core.quantities import QUANTITIES, colour_limit
from rnn_core.statistics.edits import unmatched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pages._ui.components.packing import JSON
    from pages._ui.components.place import Axis
    from pages._ui.components.question import Question
    from rnn_core.models.model_trace import Guess, ModelTrace
    from rnn_core.translation.lens import Lens

    Array = NDArray[np.floating]

NEXT = 3
LABELS = (
    *("title", "networks", "lens", "step", "back", "next"),
    *("words", "press", "press_out", "blank", "out", "restore", "unknown", "states", "values", "thick"),
    *("score", "weight", "effect", "accuracy", "counts", "target", "inwords", "numbers", "only"),
    *("say_none", "say_additive", "say_dot", "say_heads", "scoring", "shares", "heads", "neck", "following"),
    *("draw", "curve", "hint", "left", "unset", "correct", "go", "skip", "to_guess", "join", "unit", "now", "plain"),
    *("computation", "picture"),
)
ELSEWHERE = {"again": "predict.again"} | packing.VERDICTS

_render = component("seq2seq", "seq2seq")


@dataclass(frozen=True, eq=False)
class Lane:
    """One network with the same input.

    Attributes:
        kind: "none", "additive" or "dot".
        label: what readers call it.
        trace: what it computed; its marks are named as readers see them.
        lens: what its scores and its first state are made of.
        states: what is mixed, (S, M); the encoder's states where nothing is.
        weights: where it looked, (T, S), of one head or the mean of all; None without attention.
        context: what it mixed, (T, M); None likewise.
        head: which head, 0-based; None for the mean of several.
        right: whether its output is right; None where the data does not know.
        wrong: at which step it first is not, 0-based; None where it is right, or unknown.
        counts: how many held-out inputs of this length it writes right, of how many; None where that is not shown.
        before: what it writes by itself, where a word was hidden or forced; None otherwise.
        forced: the step, 0-based, at which the reader has put a word.
    """

    kind: Literal["none", "additive", "dot"]
    label: str
    trace: ModelTrace
    lens: Lens
    states: Array
    weights: Array | None
    context: Array | None
    head: int | None = 0
    right: bool | None = None
    wrong: int | None = None
    counts: tuple[int, int] | None = None
    before: tuple[str, ...] | None = None
    forced: int | None = None


@dataclass(frozen=True)
class Card:
    """A word of the input as the reader typed it.

    Attributes:
        text: the word.
        gloss: its meaning or reading for readers of English, "" for none.
        known: whether the vocabulary has it.
        gone: "blank" where the networks read the unknown token instead, "out" where they read nothing.
        mark: whether it is no input but what frames it, which can't be hidden.
    """

    text: str
    gloss: str
    known: bool
    gone: Literal["", "blank", "out"] = ""
    mark: bool = False


def seq2seq(
    lang: str,
    cards: Sequence[Card],
    lanes: Sequence[Lane],
    *,
    kind: str,
    length: int,
    hides: Literal["blank", "out"],
    step: int | None = None,
    target: str = "",
    question: Question | None = None,
    follow: Mapping[str, Axis],
    key: str = "seq2seq",
    on_place_change: Callable[[Spot], None] | None = None,
    on_hidden_change: Callable[[int | None], None] | None = None,
    on_answer_change: Callable[[int | str | None], None] | None = None,
) -> None:
    """Draw the input, one of the networks in full, and what all of them write.

    Args:
        lang: "ja" or "en"; readers of English get a gloss under each word that has one.
        cards: the input.
        lanes: the networks, in this order.
        kind: the one that is drawn in full when it opens.
        length: of the input, as the networks' `counts` are grouped by.
        hides: what becomes of a word that is pressed: the unknown token is read, or nothing.
        step: the written word at which it opens, 1-based; None for the last one. As long as input and networks stay,
            the reader's own step and network are kept unless one of them changes.
        target: a right output as one writes it; "" where the data does not know.
        question: what is asked in it.
        follow: the charts of the page whose mark of the step moves along, by their keys without `chart_`, and the axis
            along which it moves.
        key: the widget's key.
        on_place_change: called with where the reader rests, before the page runs again: `quantity` is the network.
        on_hidden_change: called with the word that the reader hides, 1-based; None for none.
        on_answer_change: called with the answer, "skip", or None where the reader wants to answer again.
    """
    longest = max(len(lane.trace) for lane in lanes)
    of, bounds = identity(cards, lanes), Bounds(longest, quantities=tuple(lane.kind for lane in lanes))
    wanted = Spot(longest if step is None else min(max(step, 1), longest), quantity=kind)

    def hidden() -> None:
        place = heard(key, "hidden", of).get("place", "")
        if on_hidden_change and (place is None or (isinstance(place, int) and 1 <= place <= len(cards))):
            on_hidden_change(place)

    def answered() -> None:
        said = heard_answer(key, of)
        if on_answer_change and question and question.takes(said):
            on_answer_change(said)

    drawn = memoized(drawing, lang, tuple(cards), tuple(lanes), length, hides, target) | asked(question)
    _render(
        key=key,
        data=drawn | placed(key, of, wanted, bounds) | {"follow": [_mark(*one) for one in follow.items()]},
        default={"spot": None, "hidden": None, "answer": None},
        on_spot_change=telling(on_place_change, lambda: reported(key, of, bounds)),
        on_hidden_change=hidden,
        on_answer_change=answered,
    )


def identity(cards: Sequence[Card], lanes: Sequence[Lane]) -> str:
    """What the reader's place belongs to: another input, model or output is another place."""
    read = [(card.text, card.gone) for card in cards]
    return packing.digest(read, [(lane.trace.spec.canonical, list(lane.trace.chosen)) for lane in lanes])


def drawing(
    lang: str, cards: tuple[Card, ...], lanes: tuple[Lane, ...], length: int, hides: str, target: str = ""
) -> dict[str, JSON]:
    """What the script draws, apart from what the reader does in it."""
    first = lanes[0]
    cell = first.trace.layers.cell
    numbers = [array for lane in lanes for array in (lane.states, lane.context) if array is not None]
    limit = colour_limit(*numbers)
    furthest = max(numbers, key=lambda values: abs(values).max())
    units, hidden = first.states.shape[1], first.lens.decoder.shape[1]
    return {
        "cards": [vars(card) | {"gloss": card.gloss if lang == "en" else ""} for card in cards],
        "hides": hides,
        "hideable": sum(not card.mark for card in cards) > 1,
        "target": target,
        "length": length,
        "units": units,
        "halves": 2 if units == 2 * hidden else 1,
        "hidden": hidden,
        "heads": 1 if first.lens.queries is None else first.lens.queries.shape[1],
        "starts": bool(first.lens.start.any()),
        "row": packing.row(lang, QUANTITIES.state(cell), cell, (-limit, limit), furthest),
        "lanes": [_lane(lane) for lane in lanes],
        "text": packing.labels(lang, {name: f"seq2seq.{name}" for name in LABELS})
        | {name: template(message, lang) for name, message in ELSEWHERE.items()},
    }


def _lane(lane: Lane) -> dict[str, JSON]:
    trace, lens = lane.trace, lane.lens
    words = tuple(guess.text for guess in trace.written)
    changed = None if lane.before is None else unmatched(words, lane.before)
    counts: list[JSON] | None = None if lane.counts is None else [*lane.counts]
    places: list[JSON] | None = None if changed is None else [*sorted(changed)]
    lost = 0 if changed is None or lane.before is None else max(len(changed), len(unmatched(lane.before, words)))
    return {
        "kind": lane.kind,
        "label": lane.label,
        "words": [_said(guess) for guess in trace.written],
        "next": [[_said(guess) for guess in trace.top(step, NEXT)] for step in range(len(trace))],
        "right": lane.right,
        "wrong": lane.wrong,
        "counts": counts,
        "changed": places,
        "lost": lost,
        "forced": lane.forced,
        "states": packing.packed(lane.states),
        "start": packing.packed(lens.start),
        "decoder": packing.packed(lens.decoder),
        **_looks(lane),
    }


def _looks(lane: Lane) -> dict[str, JSON]:
    """Where the network looked and how that came about; of the mean of several heads what each of them does."""
    lens = lane.lens
    names = ("attention", "scores", "context", "query", "keys", "v", "heads")
    if lane.weights is None or lane.context is None or lens.queries is None or lens.keys is None:
        return dict.fromkeys(names)
    looked = {"attention": packing.packed(lane.weights), "context": packing.packed(lane.context)}
    (seen,) = lane.trace.attention
    if lane.head is None:
        return dict.fromkeys(names) | looked | {"heads": packing.packed(seen["attention"])}
    return (
        dict.fromkeys(names)
        | looked
        | {
            "scores": packing.packed(seen["scores"][:, lane.head]),
            "query": packing.packed(lens.queries[:, lane.head]),
            "keys": packing.packed(lens.keys[:, lane.head]),
            "v": None if lens.score_weights is None else packing.packed(lens.score_weights),
        }
    )


def _said(guess: Guess) -> dict[str, JSON]:
    return {"text": guess.text, "p": guess.probability}


def _mark(chart: str, axis: Axis) -> JSON:
    return {"key": chart, "across": axis}
