"""Two orders of the same words as one drawing: move words, say which networks notice, and see which of them do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, heard, placed, resting, telling
from pages._ui.memo import memoized
from rnn_core import order
from rnn_core.figures import networks
from rnn_core.messages import text
from rnn_core.specs import ModelSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pages._ui.components.packing import JSON
    from rnn_core.models.model_trace import Guess
    from rnn_core.models.reordering import Reordering
    from rnn_core.specs import NetworkSpec
    from rnn_core.text.tokenizer import Token

LABELS = (
    *(
        "title",
        "original",
        "now",
        "drag",
        "by_keys",
        "before",
        "after",
        "lit",
        "gap",
        "same",
        "chance",
        "reply",
        "moved",
        "moved_short",
    ),
    *("ask", "notices", "not", "guess", "guess_short", "reveal", "skip", "again", "reset", "hint"),
    *("none", "some", "all", "no_one", "join", "so_far", "at", "picked", "unable"),
)
# What can surprise: a bag never notices, and what reads every word at its place or by its state never misses.
WHY = {
    ("bag", "misses"),
    ("window", "notices"),
    ("state", "notices"),
    ("convolution", "notices"),
    ("convolution", "misses"),
}

_render = component("word_order", "order")


def word_order(
    lang: str,
    tokens: Sequence[Token],
    places: Sequence[int],
    readings: Sequence[Reordering | None],
    *,
    answer: str,
    step: int | None = None,
    key: str = "word_order",
    on_step_change: Callable[[int], None],
    on_order_change: Callable[[tuple[int, ...]], None],
    on_answer_change: Callable[[str], None],
) -> None:
    """Draw both orders and how each network reads them.

    Args:
        lang: "ja" or "en"; readers of English get a gloss under each word.
        tokens: the words in their original order.
        places: of each word of the other order its place (0-based) in the original.
        readings: what each of `order.NETWORKS` makes of both orders; None where it can't read so many words.
        answer: what the reader said of each network, "1" that it notices, "0" that it doesn't, "-" for nothing;
            "skip" for the answer without a guess, "" while it is asked.
        step: the word at which the drawing opens, 1-based; None for the last one.
        key: the widget's key.
        on_step_change: called with the step on which the reader rests, before the page runs again.
        on_order_change: called with the places, when the reader has moved a word.
        on_answer_change: called with what the reader answered.
    """
    of, bounds = identity(tokens), Bounds(len(tokens))
    wanted = Spot(len(tokens) if step is None else min(max(step, 1), len(tokens)))

    def moved() -> None:
        now = heard(key, "order", of).get("order")
        if isinstance(now, list) and sorted(now) == list(range(len(tokens))):
            _put(key, of, tuple(now), by_reader=True)
            on_order_change(tuple(now))

    def answered() -> None:
        if isinstance(now := heard(key, "answer", of).get("answer"), str):
            on_answer_change(now)

    theirs = {"order": list(places), "turn": _put(key, of, tuple(places)), "answer": answer}
    drawn = memoized(drawing, lang, tuple(tokens), tuple(readings))
    _render(
        key=key,
        data=drawn | placed(key, of, wanted, bounds) | theirs,
        default={"spot": None, "order": None, "answer": None},
        on_spot_change=telling(on_step_change, partial(resting, key, of, bounds)),
        on_order_change=moved,
        on_answer_change=answered,
    )


def identity(tokens: Sequence[Token]) -> str:
    """What the reader's place belongs to: another sentence is another place."""
    return packing.digest(*(token.text for token in tokens))


def _put(key: str, of: str, places: tuple[int, ...], *, by_reader: bool = False) -> int:
    """How many times the page, not the reader, has put another order: then the browser takes it over."""
    slot = f"_order_{key}"
    was, turn = st.session_state.get(slot, ((of, places), 0))
    turn += not by_reader and was != (of, places)
    st.session_state[slot] = ((of, places), turn)
    return int(turn)


def drawing(lang: str, tokens: tuple[Token, ...], readings: tuple[Reordering | None, ...]) -> dict[str, JSON]:
    """What the script draws, apart from what the reader does in it."""
    tops = [[found.top(step) for step in range(len(tokens))] if found else None for found in readings]
    outputs = {guess.text: guess for rows in tops if rows for pair in rows for guess in pair}
    number = {said: place for place, said in enumerate(outputs)}
    return {
        "words": packing.words(lang, tokens),
        "networks": [_network(spec, lang) for spec in order.NETWORKS],
        "places": order.PLACES,
        "kernel": order.KERNEL,
        "outputs": [
            {"text": one.text, "gloss": "" if lang == "ja" else one.gloss, "ends": one.ends} for one in outputs.values()
        ],
        "before": [_said([first for first, _ in rows], number) if rows else None for rows in tops],
        "after": [
            _said([second for _, second in rows], number)
            | {"moved": list(found.moved), "gap": None if found.gap is None else found.gap.tolist()}
            if found and rows
            else None
            for rows, found in zip(tops, readings, strict=True)
        ],
        "text": packing.labels(lang, {name: f"word_order.{name}" for name in LABELS} | packing.VERDICTS),
    }


def _network(spec: NetworkSpec, lang: str) -> dict[str, JSON]:
    """What a network is called, how it reads, and why it notices or misses another order."""
    kind = networks.kind(spec)
    name = kind.upper() if isinstance(spec, ModelSpec) else text(f"word_order.name.{kind}", lang)
    own = "state" if isinstance(spec, ModelSpec) else kind
    why = {
        what: text(f"word_order.why.{own}.{what}", lang, name=name, kernel=order.KERNEL) if (own, what) in WHY else ""
        for what in ("notices", "misses")
    }
    return {"kind": kind, "name": name, "how": text(f"word_order.how.{kind}", lang, kernel=order.KERNEL), **why}


def _said(rows: Sequence[Guess], number: Mapping[str, int]) -> dict[str, JSON]:
    return {"top": [number[guess.text] for guess in rows], "p": [guess.probability for guess in rows]}
