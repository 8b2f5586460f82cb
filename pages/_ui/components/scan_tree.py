"""One sentence read in a chain and by a scan, as one drawing: which state is known after which round."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, placed, resting, telling
from pages._ui.memo import memoized

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pages._ui.components.packing import JSON
    from rnn_core.models.sentence_rounds import ScanStages
    from rnn_core.text.tokenizer import Token

LABELS = (
    *("title", "chain", "tree", "reads", "guess", "pick", "starts", "carried", "joins", "say_now", "say_done"),
    *("grow", "words", "in_order", "by_scan", "by_newton", "caution", "step"),
)
MOST = 8  # words that are drawn

_render = component("scan_tree", "scan")


def scan_tree(
    lang: str,
    tokens: Sequence[Token],
    chain: NDArray[np.floating],
    scanned: ScanStages,
    *,
    lengths: Mapping[int, int | None],
    guess: int | None,
    round_seen: int | None,
    key: str = "scan_tree",
    on_round_change: Callable[[int], None],
) -> None:
    """Draw chain and tree.

    Args:
        lang: "ja" or "en"; readers of English get a gloss under each word.
        tokens: the words, at most `MOST`.
        chain: h of the GRU after each of them, (T, H).
        scanned: what the minGRU knows after each stage.
        lengths: words → rounds of Newton's method, None where there is no number.
        guess: how many rounds were guessed.
        round_seen: the round at which it opens; None for the last one.
        key: the widget's key.
        on_round_change: called with the round on which the reader rests.
    """
    of = packing.digest(*(token.text for token in tokens))
    bounds = Bounds(len(tokens) + 1, units=scanned.b.shape[2])
    wanted = Spot(len(tokens) + 1 if round_seen is None else min(round_seen, len(tokens)) + 1, 1)
    drawn = memoized(drawing, lang, tuple(tokens), chain, scanned, tuple(lengths.items()))
    _render(
        key=key,
        data=drawn | placed(key, of, wanted, bounds) | {"guess": guess},
        default={"spot": None},
        on_spot_change=telling(lambda step: on_round_change(step - 1), partial(resting, key, of, bounds)),
    )


def drawing(
    lang: str,
    tokens: tuple[Token, ...],
    chain: NDArray[np.floating],
    scanned: ScanStages,
    lengths: tuple[tuple[int, int | None], ...],
) -> dict[str, JSON]:
    """What the script draws, apart from what the reader does in it."""
    return {
        "cell": "gru",
        "words": packing.words(lang, tokens),
        "units": scanned.b.shape[2],
        "gaps": [2**stage for stage in range(len(scanned.b) - 1)],
        "a": packing.packed(scanned.a),
        "b": packing.packed(scanned.b),
        "gru": packing.packed(chain),
        "limit": scanned.limit,
        "reply": scanned.reply.text,
        "lengths": [
            {"total": total, "tree": math.ceil(math.log2(total)), "rounds": rounds} for total, rounds in lengths
        ],
        "text": packing.labels(lang, {name: f"scan_tree.{name}" for name in LABELS}),
    }
