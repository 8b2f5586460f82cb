"""Both directions of the word segmenter as one drawing: where they meet, and where the words end then."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, heard, placed, resting, telling
from pages._ui.memo import memoized
from rnn_core.messages import template, text
from rnn_core.quantities import QUANTITIES
from rnn_core.segmentation.tags import LATER, TAGS, glyphs, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pages._ui.components.packing import JSON
    from rnn_core.segmentation.playback import Playback
    from rnn_core.segmentation.tags import Later

Gloss: TypeAlias = tuple[int, int, str]
"""From which character to before which, and what is written over them."""

MOST_PLAYED = 16  # characters whose every beginning is sent; of more, the whole text
LABELS = (
    *("title", "forward", "forward_note", "backward", "backward_note", "characters", "tags_note"),
    *("by_forward", "by_backward", "bias", "sum", "path", "score", "results"),
    *("ask", "none", "skip", "again", "so_far", "value", "quote"),
)
DERIVED: tuple[Later, ...] = ("off", "reversed")  # the states follow from the original ones

_render = component("directions", "bidirectional")


def directions(
    lang: str,
    found: Playback,
    waits: Sequence[int],
    *,
    mode: Later,
    answer: int | str | None,
    glosses: Sequence[Gloss] = (),
    step: int | None = None,
    key: str = "directions",
    on_step_change: Callable[[int], None],
    on_change: Callable[[Later, int | str | None], None],
) -> None:
    """Draw both directions over the characters, and the words that their scores give.

    Args:
        lang: "ja" or "en".
        found: every beginning of the text with every backward direction, or the whole text alone.
        waits: how many characters later than the first possible moment each of the T − 1 boundaries is decided.
        mode: what stands in for the backward direction.
        answer: which word the reader said changes without it, by its place, 0 for none; "skip", or None where it is
            asked.
        glosses: readings and meanings of stretches of the text, for readers of English; () for none.
        step: how many characters are read when the drawing opens; None for all.
        key: the widget's key.
        on_step_change: called with the number of characters at which the reader rests.
        on_change: called with what stands in for the backward direction and with what the reader answered, when the
            reader has switched the one, or given or taken back the other.
    """
    of, bounds = identity(found), Bounds(len(found.text))
    wanted = Spot(len(found.text) if step is None else min(max(step, 1), len(found.text)))

    def said() -> None:
        now = heard(key, "said", of)
        given, stands = now.get("answer"), now.get("mode")
        if stands not in LATER:
            return
        if isinstance(given, int) and 0 <= given <= len(found.text):
            on_change(stands, given)
        else:
            on_change(stands, "skip" if given == "skip" else None)

    drawn = memoized(drawing, lang, found, tuple(waits), tuple(glosses))
    _render(
        key=key,
        data=drawn | placed(key, of, wanted, bounds) | {"mode": mode, "answer": answer},
        default=dict.fromkeys(("spot", "said")),
        on_spot_change=telling(on_step_change, partial(resting, key, of, bounds)),
        on_said_change=said,
    )


def identity(found: Playback) -> str:
    """What the reader's place belongs to: another text, or another one that is lent, is another place."""
    return packing.digest(found.text, found.lent)


def drawing(lang: str, found: Playback, waits: tuple[int, ...], glosses: tuple[Gloss, ...]) -> dict[str, JSON]:
    """What the script draws, apart from what the reader does in it."""
    whole, state = found.tags["own"][-1], QUANTITIES.state("lstm")
    waited = max(waits, default=0)
    said = text("directions.own", lang, count=len(words_of(found.text, whole)))
    if waited:
        said = text("figures.join", lang, first=said, second=text("directions.wait", lang, count=waited))
    return {
        "characters": list(glyphs(found.text)),
        "glosses": [{"from": begin, "to": end, "text": gloss} for begin, end, gloss in glosses],
        "units": found.forward.shape[1],
        "row": packing.row(lang, state, "lstm", (-1.0, 1.0), found.forward),
        "lent": "".join(glyphs(found.lent)),
        "waits": list(waits),
        "words": len(words_of(found.text, whole)),
        "bias": found.bias.tolist(),
        "limit": float(np.ceil(max(np.abs(one.sum(axis=2) + found.bias).max() for one in found.shares.values()))),
        "tags": [{"tag": tag, "name": text(f"directions.tag.{tag}", lang)} for tag in TAGS],
        "lengths": list(found.lengths),
        "forward": packing.packed(found.forward),
        "modes": [_mode(lang, found, later) for later in LATER],
        "place": int(np.abs(found.shares["own"][-len(found.text) :, :, 1]).max(axis=1).argmax()),
        "own_says": said,
        "text": packing.labels(lang, {name: f"directions.{name}" for name in LABELS} | packing.VERDICTS)
        | {"step": template("bidirectional.step", lang), "still": _still(lang, found)},
    }


def _still(lang: str, found: Playback) -> str:
    """Why nothing plays: the text is too long for it, or a single character, which needs no word."""
    long = len(found.lengths) == 1 and len(found.text) > 1
    return text("directions.still", lang, limit=MOST_PLAYED) if long else ""


def _mode(lang: str, found: Playback, later: Later) -> dict[str, JSON]:
    own = later == "own"
    return {
        "key": later,
        "name": text(f"controls.later.{later}", lang),
        "changed": "" if own else template(f"directions.changed.{later}", lang),
        "same": "" if own else template(f"directions.same.{later}", lang),
        "tags": ["".join(TAGS[tag] for tag in tags) for tags in found.tags[later]],
        "backward": None if later in DERIVED else packing.packed(found.backward[later]),
        "shares": packing.packed(found.shares[later]),
    }
