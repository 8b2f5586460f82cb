"""Everything about the word segmenter and its small companions that is kept between runs: by content, and bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from rnn_core.tasks.sentiment import SentimentSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.models.segmenter_measures import Influences
    from rnn_core.models.sentiment import Felt
    from rnn_core.revealed import Revealed
    from rnn_core.segmentation import Later, Segmentation
    from rnn_core.tasks.sentiment import Worth

BY_CONTENT = {SentimentSpec: lambda spec: spec.id}


@st.cache_resource(max_entries=512, show_spinner=False)
def segmented(sentence: str, later: Later = "own", other: str = "") -> Segmentation:
    """The sentence in words, with its own backward half or with something else in its place.

    Raises:
        KiokuError: nothing to read.
    """
    from rnn_core.models import segmenter  # needs torch

    return segmenter.segmented(sentence, later, other)


@st.cache_resource(max_entries=128, show_spinner=False)
def influences(characters: str) -> Influences:
    """What moves what."""
    from rnn_core.models import segmenter_measures  # needs torch

    return segmenter_measures.influences(characters)


@st.cache_resource(max_entries=128, show_spinner=False)
def revealed(characters: str) -> Revealed:
    """When each decision is right."""
    from rnn_core.models import segmenter_measures  # needs torch

    return segmenter_measures.revealed(characters)


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs=BY_CONTENT)
def felt(spec: SentimentSpec, tokens: Sequence[str]) -> Felt:
    """What a sentiment network says of these words."""
    from rnn_core.models import sentiment  # needs torch

    return sentiment.felt(spec, tokens)


@st.cache_resource(max_entries=1, show_spinner=False)
def worth() -> tuple[tuple[Worth, ...], float]:
    """What one direction and two are worth, and what the commonest answer is."""
    from rnn_core.training import sentiment  # needs torch

    return sentiment.worth(), sentiment.manifest()["majority"]


@st.cache_resource(max_entries=32, show_spinner=False)
def weights_file(sentence: str, later: Later, other: str) -> bytes:
    """The segmenter's weights and what came in, as a file to take home."""
    from rnn_core.models import segmenter  # needs torch

    return segmenter.weights_bytes(segmented(sentence, later, other))
