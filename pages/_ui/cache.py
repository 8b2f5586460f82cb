"""Everything that is kept between runs and readers: bounded, and keyed by specs and words.

What is kept is immutable, so all readers share one object and nothing is copied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import rnn_core as rc
from rnn_core.models.model_trace import FIRST_PICTURE, ModelTrace, load_model_trace
from rnn_core.specs import ModelSpec
from rnn_core.text.segment import Segmented, segment

if TYPE_CHECKING:
    from collections.abc import Sequence


@st.cache_resource(max_entries=512, show_spinner=False)
def words(sentence: str) -> Segmented:
    """The sentence in words."""
    return segment(sentence)


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs={ModelSpec: lambda spec: spec.id})
def trace(spec: ModelSpec, tokens: Sequence[str]) -> ModelTrace:
    """What the model of `spec` computes on these words."""
    return rc.run(spec, tokens)


@st.cache_resource(max_entries=1, show_spinner=False)
def first_picture() -> ModelTrace:
    """The stored trace of the page as it opens, readable before torch is imported."""
    return load_model_trace(FIRST_PICTURE)
