"""Measurements of what the article says recurrent networks fail at: vanishing, exploding, one direction, waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.claims.recurrence import MANY, SIX
from rnn_core.gradients.newton import deer
from rnn_core.models import registry
from rnn_core.models.sentiment import CLASSIFIERS
from rnn_core.parallelism import multiply_adds
from rnn_core.quantities import CELLS
from rnn_core.segmentation.model import segmented
from rnn_core.specs import ModelSpec
from rnn_core.tasks import smalltalk
from rnn_core.tasks.sentiment import SHIPPED
from rnn_core.training import clipping, sentiment, translators
from rnn_core.training.clipping import ClippingSpec
from rnn_core.training.tasks import FORWARD
from rnn_core.training.translation_metrics import exact_matches
from rnn_core.translation import registry as translating

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rnn_core.segmentation.tags import Later

HIDDEN = 16
LONG = SIX * (MANY // len(SIX))
SENTENCES = 200  # held-out ones that are segmented
WAYS = {"both": 2, "forward": 1}  # directions of the encoder


def vanishing() -> Mapping[str, float]:
    """Which share of the gradient at the last of 60 words is left at the first, in each trained network of 16 units."""
    found: dict[str, float] = {}
    for cell in CELLS:
        norms = registry.reply_norms(ModelSpec(cell=cell, hidden=HIDDEN), LONG)["hidden_state"]
        found[cell] = float(norms[0] / norms[-1])
    return found


def exploding() -> Mapping[str, float]:
    """The largest gradient of a training, what clipping leaves of it, and whether the loss stays finite."""
    free, clipped = (clipping.run(ClippingSpec(clip=way)) for way in ("none", "norm"))
    return {
        "norm": float(np.nanmax(clipped.before)),
        "after": float(np.nanmax(clipped.after)),
        "lost_free": float(free.lost_at or 0),  # the step; 0: the loss stayed finite
        "lost_clipped": float(clipped.lost_at or 0),
    }


def direction() -> Mapping[str, float]:
    """Sentences segmented right with the backward half and without; feelings right at each word and at the end."""
    test = smalltalk.split().test
    chosen = test[:: max(1, len(test) // SENTENCES)][:SENTENCES]
    found: dict[str, float] = {"of": float(len(chosen))}
    ways: tuple[Later, ...] = ("own", "off")
    for later in ways:
        found[later] = float(sum(segmented("".join(one.words), later).words == one.words for one in chosen))
    for spec in SHIPPED:
        labelled = sentiment.held_out(spec)
        share = sentiment.score(CLASSIFIERS.memoized(spec), labelled)["accuracy"]
        assert isinstance(share, float)
        found |= {f"{spec.asked}_{spec.directions}": share, "of_sentences": float(len(labelled))}
    return found


def translation() -> Mapping[str, float]:
    """Held-out sentences translated right as a whole by an encoder that reads both ways, and by one that does not.

    The one that reads forwards only has no fewer weights; both decoders have additive attention.
    """
    asked = translators.measured(FORWARD.task)
    found: dict[str, float] = {"of": float(len(asked))}
    for way, directions in WAYS.items():
        model = translating.memoized(FORWARD.model_copy(update={"directions": directions}))
        found[way] = float(np.mean(exact_matches(asked, translators.written(model, FORWARD.task, asked))))
    return found


def waiting() -> Mapping[str, float]:
    """Newton's rounds until every state of 60 words is right, and the computations that then wait for each other."""
    spec = ModelSpec(cell="gru", hidden=HIDDEN)
    recurrent = registry.family_of(spec).memoized(spec).recurrent
    run = deer(recurrent, registry.run(spec, LONG).embedding, clip=True)
    if run.rounds is None or run.stages is None:
        raise ArithmeticError("Newton's method did not reach the states of the shipped GRU")
    return {"steps": float(MANY), "rounds": float(run.rounds), "stages": float(run.stages)}


def parallel() -> Mapping[str, float]:
    """Multiplications of a Transformer and of an LSTM of like size for 60 words and for 512."""
    return {
        f"{cell}_{words}": float(multiply_adds(cell, words))
        for cell in ("transformer", "lstm")
        for words in (MANY, 512)
    }
