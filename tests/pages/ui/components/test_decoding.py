"""What the decoding is drawn from: every number is the trace's, every word the catalogues' or the reader's."""

from __future__ import annotations

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.components.decoding import drawing, identity
from rnn_core.messages import LANGUAGES
from rnn_core.models.model_trace import ModelTrace
from rnn_core.specs import TranslatorSpec
from rnn_core.statistics import attention_maps
from rnn_core.translation.decoding import translate
from tests.pages.ui.components.test_packing import unpacked

WORDS = ("今日", "は", "<b>", "が", "良い", "ね")


def written(attention: str = "dot", words: tuple[str, ...] = WORDS, length: int = 7) -> ModelTrace:
    return translate(
        TranslatorSpec(task="phrases", attention=attention, hidden=8, weights="fresh"), words, length=length
    )


def shown(trace: ModelTrace, lang: str = "ja") -> dict:
    if not trace.attention:
        states = np.hstack([layer["hidden_state"] for layer in trace.source.layers.layers[0]])
        return drawing(lang, trace, states, None, None)
    (layer,) = trace.attention
    return drawing(
        lang, trace, layer["values"][:, 0], attention_maps.seen(layer["attention"], None), layer["context"][:, 0]
    )


@pytest.mark.parametrize("attention", ["additive", "dot"])
def test_the_numbers_are_the_traces_own(attention: str) -> None:
    trace = written(attention)
    data, (layer,) = shown(trace), trace.attention
    np.testing.assert_array_equal(unpacked(data["attention"]).reshape(7, 6), layer["attention"][:, 0])
    np.testing.assert_array_equal(unpacked(data["context"]).reshape(7, 16), layer["context"][:, 0])
    np.testing.assert_array_equal(unpacked(data["states"]).reshape(6, 16), layer["values"][:, 0])
    assert (data["units"], data["mixed"]) == (16, 16)
    assert [guess["p"] for guess in data["target"]] == [guess.probability for guess in trace.written]
    for step, guesses in enumerate(data["next"]):
        np.testing.assert_array_equal(
            [guess["p"] for guess in guesses], np.sort(trace.distribution[step])[::-1][:5].astype(float)
        )
    assert (data["row"]["low"], data["row"]["high"]) == (-1, 1)
    json.dumps(data)


def test_without_attention_there_is_nothing_to_look_at() -> None:
    data = shown(written("none"))
    assert data["attention"] is None
    assert data["context"] is None


def test_a_readers_word_stays_text_and_an_unknown_one_is_said_to_be() -> None:
    data = shown(written(), "en")
    assert [word["text"] for word in data["source"]] == list(WORDS)
    assert [word["known"] for word in data["source"]] == [True, True, False, True, True, True]
    assert data["source"][0]["gloss"] == "today"
    assert shown(written())["source"][0]["gloss"] == ""


def test_another_source_model_or_translation_is_another_place() -> None:
    traces = [written(), written("additive"), written(words=WORDS[:3]), written(length=3)]
    assert len({identity(trace) for trace in traces}) == 4
    assert identity(written()) == identity(traces[0])


def page() -> None:
    import streamlit as st

    from pages._ui.components.decoding import decoding
    from rnn_core.specs import TranslatorSpec
    from rnn_core.statistics import attention_maps
    from rnn_core.translation.decoding import translate

    spec = TranslatorSpec(task="phrases", attention="dot", hidden=8, weights="fresh")
    trace = translate(spec, ("今日", "は"), length=4)
    (layer,) = trace.attention
    step = decoding(
        "ja",
        trace,
        layer["values"][:, 0],
        attention_maps.seen(layer["attention"], None),
        layer["context"][:, 0],
        step=2,
        follow={"attention": "y"},
    )
    st.code(str(step))


def test_it_opens_where_the_page_says_and_tells_where_the_reader_rests() -> None:
    at = AppTest.from_function(page).run()
    assert not at.exception
    (data,) = json.loads(at.get("bidi_component")[0].proto.json)
    assert data["at"]["step"] == 2
    assert data["follow"] == [{"key": "attention", "across": "y"}]
    assert at.code[0].value == "None"
    at.session_state["decoding"] = {"spot": {"of": data["id"], "step": 3}}
    at.run()
    assert at.code[0].value == "3"
    at.session_state["decoding"] = {"spot": {"of": data["id"], "step": 9}}
    at.run()
    assert at.code[0].value == "None"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [1, 60])
def test_any_length_is_drawn(lang: str, count: int) -> None:
    data = shown(written(words=tuple(WORDS[at % 6] for at in range(count)), length=60), lang)
    assert len(data["source"]) == count
