"""What the rows are drawn from: the networks' own numbers on both sentences; and what the reader does in them."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.components import network_rows as drawn
from pages._ui.components import packing, place
from pages._ui.components.network_rows import Row, drawing
from rnn_core import lineup, order
from rnn_core.figures.networks import called
from rnn_core.messages import LANGUAGES
from rnn_core.models import registry
from rnn_core.models.measures import Spread
from rnn_core.specs import ModelSpec, ResponderSpec, TransformerSpec
from rnn_core.statistics.intervals import wilson
from rnn_core.text.tokenizer import segment
from tests.pages.ui.components.test_assets import script, spoken

WORDS = segment("今日は天気が良いね").tokens
SPECS: tuple[lineup.Compared, ...] = (
    *(ModelSpec(cell=cell, hidden=8) for cell in ("rnn", "lstm", "gru")),
    ResponderSpec(kind="bidirectional", hidden=4),
    ResponderSpec(kind="attentive", hidden=8),
    TransformerSpec(hidden=16),
)


def row(spec: lineup.Compared, words: tuple[str, ...], number: int) -> Row:
    trace, twin = (registry.run(spec, sentence) for sentence in (words, order.replaced(words, 0, "昨日")))
    gap = lineup.rms_difference(*(one.layers.layers[-1][0]["hidden_state"] for one in (trace, twin)))
    left, influence = float(gap[-1] / gap[0]), registry.input_influence(spec, words)[-1]
    counted = (900 + number, 1000) if number else None
    verdict = "right" if number == 2 else "near" if number == 3 else "wrong"
    times = Spread(number / 1000, number / 1001, number / 999) if number else None
    return Row(trace, twin, gap, left, verdict, influence, counted, times)


@cache
def rows(words: tuple[str, ...] = WORDS) -> tuple[Row, ...]:
    return tuple(row(spec, words, number) for number, spec in enumerate(SPECS))


def made(lang: str = "ja") -> dict:
    return json.loads(json.dumps(drawing(lang, rows(), "そうだね!"), allow_nan=False))


def unpacked(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f4")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_has_the_networks_own_numbers(lang: str) -> None:
    data = made(lang)
    assert [network["cell"] for network in data["networks"]] == list(lineup.NETWORKS)
    for network, spec, own in zip(data["networks"], SPECS, rows(), strict=True):
        assert network["name"] == called(spec.cell, lang)
        assert network["parameters"] == own.trace.parameters
        states = own.trace.layers.layers[-1][0]["hidden_state"]
        assert states.shape == (6, lineup.units(spec))
        np.testing.assert_array_equal(unpacked(network["states"]), states.ravel())
        np.testing.assert_allclose(unpacked(network["gap"]), own.gap, rtol=1e-6)
        np.testing.assert_allclose(unpacked(network["influence"]), own.influence, rtol=1e-6)
        for step in range(6):
            said, twin = (trace.top(step, 1)[0] for trace in (own.trace, own.twin))
            shown, other = (data["outputs"][network[name][step]] for name in ("next", "twin"))
            assert (shown["text"], shown["ends"], network["p"][step]) == (said.text, said.ends, said.probability)
            assert other["text"] == twin.text
            assert shown["gloss"] == ("" if lang == "ja" else said.gloss)
        assert network["left"] == own.left
        assert network["times"] == (None if own.times is None else asdict(own.times))
        assert data["text"][network["verdict"]] == data["text"][f"verdict_{own.verdict}"]


def test_two_networks_learned_replies_alone_and_one_reads_from_the_end_too() -> None:
    networks = made()["networks"]
    assert [network["cell"] for network in networks if network["ended"]] == ["bidirectional", "attentive"]
    assert [network["cell"] for network in networks if network["backward"]] == ["bidirectional"]


def test_an_accuracy_has_its_interval_and_may_be_missing() -> None:
    first, second, *_ = made()["networks"]
    (low,), (high,) = wilson([901], [1000])
    assert (first["accuracy"], first["times"]) == (None, None)
    assert second["accuracy"] == {"right": 901, "total": 1000, "low": low, "high": high}


def test_a_colour_scale_of_its_own_reaches_as_far_as_the_states_and_one_of_all_as_far_as_the_furthest() -> None:
    data = made()
    limits = {network["cell"]: network["limit"] for network in data["networks"]}
    assert {cell for cell, limit in limits.items() if limit == 1} == set(lineup.NETWORKS) - {"transformer"}
    assert limits["transformer"] > data["limit"] >= 1


def test_the_sentence_and_the_other_word_are_those_of_the_traces() -> None:
    data = made("en")
    assert [word["text"] for word in data["words"]] == list(WORDS)
    assert (data["instead"]["text"], data["instead"]["gloss"]) == ("昨日", "yesterday")
    assert data["right"] == "そうだね!"


def test_the_scripts_say_what_they_are_given() -> None:
    said = spoken(script("compare"), "text") | spoken(script("compare"))
    assert said - set(packing.PLAYER) == set(drawn.LABELS) | {"again", "word", "word_gloss"}


def app(**asked: object) -> None:
    import streamlit as st

    from pages._ui.components.network_rows import network_rows
    from tests.pages.ui.components.test_network_rows import rows

    network_rows("ja", rows(), **(asked | st.session_state.get("put", {})))


def sent(at: AppTest) -> dict:
    assert not at.exception
    return json.loads(at.get("bidi_component")[0].proto.json)[0]


def test_the_page_says_where_it_opens_and_puts_it_elsewhere() -> None:
    at = AppTest.from_function(app, kwargs={"answer": 2}, default_timeout=60).run()
    assert (sent(at)["at"]["step"], sent(at)["answer"]) == (6, 2)
    at.session_state["put"] = {"step": 99, "answer": None}
    assert (sent(at.run())["at"]["step"], sent(at)["serial"], sent(at)["answer"]) == (6, 0, None)
    at.session_state["put"] = {"step": 3, "answer": "skip"}
    assert (sent(at.run())["at"]["step"], sent(at)["serial"], sent(at)["answer"]) == (3, 1, "skip")


@pytest.mark.parametrize(
    ("said", "heard"),
    [(1, [1]), (6, [6]), ("skip", ["skip"]), (None, [None]), (7, []), (0, []), ("<b>", []), ([1], [])],
)
def test_what_the_reader_answers_is_told_as_far_as_it_is_an_answer(
    said: object, heard: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls, told = {}, []
    of = drawn.identity(rows()[0].trace.tokens, rows()[0].twin.tokens)
    state = {"rows": {"answer": {"of": of, "answer": said}}}
    monkeypatch.setattr(drawn, "_render", lambda **named: calls.update(named))
    monkeypatch.setattr(place, "st", SimpleNamespace(session_state=state))
    drawn.network_rows("ja", rows(), key="rows", on_answer_change=told.append)
    calls["on_answer_change"]()
    assert told == heard
    state["rows"]["answer"]["of"] = "another sentence"
    calls["on_answer_change"]()
    assert told == heard
