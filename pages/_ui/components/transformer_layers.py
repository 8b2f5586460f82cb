"""A Transformer's layers above the words and an RNN on the same words below, as one drawing with one clock.

Three scenes: the sentence is read; its words stand in another order, which four ways of reading notice or not (the
guess is made in the drawing, and the answer runs over it); a sentence is written, word by word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, heard_answer, placed, reported, telling
from pages._ui.memo import memoized
from rnn_core.messages import template
from rnn_core.quantities import QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pages._ui.components.packing import JSON
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.models.self_attention import SelfAttention, Way

READ, GENERATE = "read", "generate"
WAYS = ("placed-masked", "placed-open", "unplaced-masked", "unplaced-open")
"""The scenes of the other order, as `self_attention.WAYS` has them: a guess is the number of one, from 1."""
SCENES = (READ, *WAYS, GENERATE)
ANSWERS = (*range(1, len(WAYS) + 1), "skip", None)
LABELS = (
    *("title", "beside", "views", "read", "order", "generate", "step", "back", "next", "scrub"),
    *(
        "at_once",
        "write_same",
        "write_other",
        "next_word",
        "moved",
        "layer",
        "layer_rows",
        "words",
        "plus",
    ),
    *(
        "single",
        "rnn_scale",
        "zero",
        "wall",
        "heads",
        "head",
        "attends",
        "ways",
        "placed",
        "unplaced",
        "masked",
        "open",
    ),
    *("identical", "changes", "guess", "replies", "untold", "clock", "count_layers", "count_words", "count_both"),
    *("ask", "hint", "skip", "still", "join", "and", "why_placed", "why_masked", "why_set", "why_still", "judged"),
    *("moved_tip", "unknown", "value", "now"),
)
ELSEWHERE = {"again": "predict.again"} | {name: packing.VERDICTS[name] for name in ("right", "wrong")}

_render = component("transformer_layers", "layers")


@dataclass(frozen=True, eq=False)
class Both:
    """One sentence, read by a Transformer behind its mask and by an RNN."""

    transformer: SelfAttention
    rnn: ModelTrace


@dataclass(frozen=True, eq=False)
class Reordered:
    """The sentence in another order.

    Attributes:
        places: of each word of the new order its place (0-based) in the sentence.
        ways: `self_attention.read_ways` of it.
        rnn: what the RNN computed of the new order.
    """

    places: tuple[int, ...]
    ways: tuple[Way, ...]
    rnn: ModelTrace


def transformer_layers(
    lang: str,
    both: Both,
    *,
    reordered: Reordered | None = None,
    written: Both | None = None,
    alongside: Sequence[NDArray[np.floating]] = (),
    scene: str = READ,
    word: int | None = None,
    head: int = 1,
    answer: int | str | None = None,
    key: str = "transformer_layers",
    on_place_change: Callable[[Spot], None] | None = None,
    on_answer_change: Callable[[int | str | None], None] | None = None,
) -> None:
    """Draw the sentence, and offer its other order and what is written where they are given.

    Args:
        lang: "ja" or "en"; readers of English get a gloss under each word.
        both: what both networks computed of the sentence.
        reordered: the sentence in another order; None for one word.
        written: what the Transformer writes (`generation.write_on`), read by both networks.
        alongside: states that the page shows beside it: one colour scale holds all.
        scene: one of `SCENES`, with which the drawing opens; `READ` where what it shows is not given.
        word, head: the chosen ones at which it opens, 1-based; None for the scene's last word. As long as the sentence
            stays, the reader's own scene, word and head are kept unless one of the three changes.
        answer: the guess, the number (from 1) of the one of `WAYS` in which no state is to change; "skip" for the
            answer without a guess; None while it is asked.
        key: the widget's key.
        on_place_change: called with where the reader rests, before the page runs again: `step` is the chosen word,
            `unit` the head, `quantity` the scene.
        on_answer_change: called with the guess, "skip", or None where the reader wants to guess again.
    """
    transformer = both.transformer
    last = len(written.transformer) if written and scene == GENERATE else len(transformer)
    longest = max(len(transformer), len(written.transformer) if written else 0)
    heads = transformer.attention.shape[1]
    scenes = tuple(name for name in SCENES if {READ: both, GENERATE: written}.get(name, reordered) is not None)
    of, bounds = identity(both), Bounds(longest, heads, scenes)
    opens = scene if scene in scenes else READ
    wanted = Spot(min(max(word or last, 1), longest), min(max(head, 1), heads), opens)

    def rests() -> Spot | None:
        return reported(key, of, bounds)

    def answered() -> None:
        if on_answer_change is not None and (said := heard_answer(key, of)) in ANSWERS:
            on_answer_change(said)

    theirs = placed(key, of, wanted, bounds) | {"answer": answer}
    _render(
        key=key,
        data=memoized(drawing, lang, both, reordered, written, tuple(alongside)) | theirs,
        default={"spot": None, "answer": None},
        on_spot_change=telling(on_place_change, rests),
        on_answer_change=answered,
    )


def identity(both: Both) -> str:
    """What the reader's place belongs to: another sentence is another place."""
    return packing.digest(*(token.text for token in both.transformer.tokens))


def drawing(
    lang: str,
    both: Both,
    reordered: Reordered | None,
    written: Both | None,
    alongside: Sequence[NDArray[np.floating]] = (),
) -> dict[str, JSON]:
    """What the script draws, apart from what the reader does in it."""
    transformer = both.transformer
    scenes = {READ: _scene(lang, READ, transformer)}
    sentences: dict[str, JSON] = {READ: _sentence(lang, both.rnn)}
    if reordered:
        sentences["order"] = _sentence(lang, reordered.rnn) | {"places": list(reordered.places)}
        ways = ways_of(reordered)
        scenes |= {name: _scene(lang, "order", way.after) | _change(lang, way) for name, way in ways.items()}
    if written:
        sentences[GENERATE] = _sentence(lang, written.rnn)
        scenes[GENERATE] = _scene(lang, GENERATE, written.transformer)
    shown = readings(both, reordered, written)
    layers, heads, *_ = transformer.attention.shape
    return {
        "units": transformer.states.shape[-1],
        "heads": heads,
        "layers": layers,
        "row": _row(lang, [*(one.states for one in shown), *alongside]),
        "codes": packing.packed(max((one.codes for one in shown), key=len)),
        "sentences": sentences,
        "scenes": scenes,
        "text": packing.labels(lang, {name: f"transformer_layers.{name}" for name in LABELS})
        | {name: template(message, lang) for name, message in ELSEWHERE.items()},
    }


def ways_of(reordered: Reordered | None) -> dict[str, Way]:
    """The other order by its scenes."""
    return dict(zip(WAYS, reordered.ways, strict=True)) if reordered else {}


def readings(both: Both, reordered: Reordered | None, written: Both | None) -> list[SelfAttention]:
    """All that the Transformer reads in the scenes of a drawing."""
    others = [way.after for way in ways_of(reordered).values()]
    return [both.transformer, *others, *([written.transformer] if written else [])]


def _row(lang: str, states: Sequence[NDArray[np.floating]]) -> dict[str, JSON]:
    """The states' row of the table, with one colour scale for all that is shown."""
    row = QUANTITIES.state("transformer")
    ends = row.limits(*({row.key: values} for values in states))
    furthest = max(states, key=lambda values: abs(values).max())
    return packing.row(lang, row, "transformer", ends, furthest)


def _sentence(lang: str, rnn: ModelTrace) -> dict[str, JSON]:
    states = rnn.layer()[QUANTITIES.state(rnn.layers.cell).key]
    best = [packing.guesses(lang, rnn.top(step, 1))[0] for step in range(len(rnn))]
    return {"words": packing.words(lang, rnn.tokens), "rnn": packing.packed(states), "next": best, "places": None}


def _scene(lang: str, of: str, read: SelfAttention) -> dict[str, JSON]:
    return {
        "of": of,
        "positions": read.spec.positions,
        "causal": read.causal,
        "states": packing.packed(read.states),
        "attention": packing.packed(read.attention),
        "next": packing.guesses(lang, read.best) if read.causal else None,
    }


def _change(lang: str, way: Way) -> dict[str, JSON]:
    """How far each state is from the first order's, exactly 0 where it is the same, and the first order's reply."""
    return {"moved": way.moved.tolist(), "before": packing.guesses(lang, way.before.best[-1:])[0]}
