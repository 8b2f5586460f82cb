"""What the layers are drawn from: both networks' own numbers, in three scenes; and what the reader does in it."""

from __future__ import annotations

import base64
import json
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.components import packing, place
from pages._ui.components import transformer_layers as drawn
from pages._ui.components.transformer_layers import Both, Reordered, drawing
from rnn_core.messages import LANGUAGES
from rnn_core.models import generation, registry, self_attention
from rnn_core.models.transformer import places
from rnn_core.order import arranged
from rnn_core.specs import ModelSpec, TransformerSpec
from rnn_core.text.tokenizer import segment
from tests.pages.ui.components.test_assets import script, spoken

WORDS = segment("犬が人を噛む").tokens
SWAPPED = (2, 1, 0, 3, 4)
TRANSFORMER, RNN = TransformerSpec(hidden=32), ModelSpec(cell="rnn", hidden=32)


def both(words: tuple[str, ...]) -> Both:
    return Both(self_attention.read_layers(TRANSFORMER, words), registry.run(RNN, words))


@cache
def given() -> tuple[Both, Reordered, Both]:
    ways = self_attention.read_ways(TRANSFORMER, WORDS, SWAPPED)
    written = generation.write_on(TRANSFORMER, [generation.FIRST])
    return both(WORDS), Reordered(SWAPPED, ways, registry.run(RNN, arranged(WORDS, SWAPPED))), both(written)


def made(lang: str = "ja") -> dict:
    read, reordered, written = given()
    data = drawing(lang, read, reordered, written)
    return json.loads(json.dumps(data, allow_nan=False))


def unpacked(text: str, *shape: int) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f4").reshape(shape)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_scene_has_the_transformers_own_numbers(lang: str) -> None:
    data, (read, reordered, written) = made(lang), given()
    assert list(data["scenes"]) == list(drawn.SCENES)
    found = [read.transformer, *(way.after for way in reordered.ways), written.transformer]
    for scene, one in zip(data["scenes"].values(), found, strict=True):
        count = len(one)
        np.testing.assert_array_equal(unpacked(scene["states"], 2, count, 32), one.states)
        np.testing.assert_array_equal(unpacked(scene["attention"], 2, 4, count, count), one.attention)
        assert (scene["positions"], scene["causal"]) == (one.spec.positions, one.causal)
        if not one.causal:
            assert scene["next"] is None
            continue
        for said, guess in zip(scene["next"], one.best, strict=True):
            assert (said["text"], said["p"], said["ends"]) == (guess.text, guess.probability, guess.ends)
            assert said["gloss"] == ("" if lang == "ja" else guess.gloss)
    assert [data["scenes"][name]["moved"] for name in drawn.WAYS] == [way.moved.tolist() for way in reordered.ways]
    assert [name for name in drawn.WAYS if not any(data["scenes"][name]["moved"])] == ["unplaced-open"]
    assert data["scenes"]["placed-masked"]["before"]["text"] == read.transformer.best[-1].text


def test_what_stands_beside_it_has_the_same_colours() -> None:
    here, other = given()[0], TransformerSpec(hidden=16, positions=False)
    there = Both(self_attention.read_layers(other, WORDS), registry.run(RNN, WORDS))
    both_ways = ((here, there), (there, here))
    one, two = (drawing("en", at, None, None, (beside.transformer.states,))["row"] for at, beside in both_ways)
    assert one == two
    assert all(drawing("en", at, None, None)["row"] != one for at, _ in both_ways)


def test_every_sentence_has_the_rnns_own_numbers_and_the_codes_are_the_transformers() -> None:
    data, (read, reordered, written) = made(), given()
    for name, trace in (("read", read.rnn), ("order", reordered.rnn), ("generate", written.rnn)):
        sentence = data["sentences"][name]
        np.testing.assert_array_equal(unpacked(sentence["rnn"], len(trace), 32), trace.layer()["hidden_state"])
        assert [word["text"] for word in sentence["words"]] == [token.text for token in trace.tokens]
        assert [guess["text"] for guess in sentence["next"]] == [trace.top(t, 1)[0].text for t in range(len(trace))]
        assert sentence["places"] == (list(SWAPPED) if name == "order" else None)
    np.testing.assert_array_equal(unpacked(data["codes"], 8, 32), places(8, 32).numpy())


def test_all_states_are_drawn_on_one_colour_scale() -> None:
    row, scenes = made()["row"], made()["scenes"].values()
    sizes = np.abs(np.concatenate([np.frombuffer(base64.b64decode(scene["states"]), "<f4") for scene in scenes]))
    assert row["low"] == -row["high"]
    assert np.quantile(sizes, 0.95) <= row["high"] < np.quantile(sizes, 0.95) + 0.11
    assert row["beyond"]


def test_what_is_not_given_is_not_offered() -> None:
    one = both(("犬",))
    data = drawing("ja", one, None, None)
    assert (list(data["scenes"]), list(data["sentences"])) == (["read"], ["read"])


def test_the_scripts_say_what_they_are_given() -> None:
    said = spoken(script("layers"), "text") | spoken(script("layers"))
    assert said - set(packing.PLAYER) == (set(drawn.LABELS) - set(packing.PLAYER)) | set(drawn.ELSEWHERE)


def app(**asked: object) -> None:
    import streamlit as st

    from pages._ui.components.transformer_layers import transformer_layers
    from tests.pages.ui.components.test_transformer_layers import given

    read, reordered, written = given()
    transformer_layers(
        "ja",
        read,
        reordered=reordered,
        written=written,
        **(asked | st.session_state.get("put", {})),
    )


def sent(at: AppTest) -> dict:
    assert not at.exception
    return json.loads(at.get("bidi_component")[0].proto.json)[0]


def test_the_page_says_where_it_opens_and_puts_it_elsewhere() -> None:
    at = AppTest.from_function(app, kwargs={"scene": "generate", "head": 3}, default_timeout=60).run()
    assert (sent(at)["at"], sent(at)["answer"]) == ({"step": 8, "unit": 3, "quantity": "generate"}, None)
    at.session_state["put"] = {"scene": "unplaced-open", "word": 99, "head": 0, "answer": 4}
    assert (sent(at.run())["at"], sent(at)["serial"]) == ({"step": 8, "unit": 1, "quantity": "unplaced-open"}, 1)
    assert sent(at)["answer"] == 4
    at.session_state["put"] = {"scene": "no such"}
    assert sent(at.run())["at"]["quantity"] == "read"


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (4, [4]),
        ("skip", ["skip"]),
        (None, [None]),
        (5, []),
        (0, []),
        ("<b>", []),
        ([4], []),
    ],
)
def test_what_the_reader_answers_is_told_as_far_as_it_is_an_answer(
    said: object, heard: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    read, reordered, _ = given()
    calls, told = {}, []
    state = {"layers": {"answer": {"of": drawn.identity(read), "answer": said}}}
    monkeypatch.setattr(drawn, "_render", lambda **named: calls.update(named))
    monkeypatch.setattr(place, "st", SimpleNamespace(session_state=state))
    drawn.transformer_layers("ja", read, reordered=reordered, key="layers", on_answer_change=told.append)
    calls["on_answer_change"]()
    assert told == heard
    state["layers"]["answer"]["of"] = "another sentence"
    calls["on_answer_change"]()
    assert told == heard
