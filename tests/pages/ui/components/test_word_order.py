"""What two word orders are drawn from: the networks' own numbers; and what the reader does in the drawing."""

from __future__ import annotations

import json
from itertools import product

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.components.word_order import WHY, drawing
from rnn_core import order
from rnn_core.messages import LANGUAGES, catalogue
from rnn_core.models.reordering import read_orders
from rnn_core.tasks.language import find_tokenizer
from rnn_core.text.tokenizer import segment

WORDS = segment(order.SENTENCE).tokens
TOKENS = find_tokenizer("smalltalk").receive(WORDS)
SWAPPED = (2, 1, 0, 3, 4)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_has_the_networks_own_numbers(lang: str) -> None:
    found = tuple(read_orders(spec, WORDS, SWAPPED) for spec in order.NETWORKS)
    data = json.loads(json.dumps(drawing(lang, TOKENS, found), allow_nan=False))
    assert [row["kind"] for row in data["networks"]] == ["bag", "window", "convolution", "rnn", "lstm", "gru"]
    for reading, before, after in zip(found, data["before"], data["after"], strict=True):
        assert reading is not None
        for step, place in product(range(5), (0, 1)):
            guess, row = reading.top(step)[place], (before, after)[place]
            said = data["outputs"][row["top"][step]]
            assert (said["text"], said["ends"], row["p"][step]) == (guess.text, guess.ends, guess.probability)
            assert said["gloss"] == ("" if lang == "ja" else guess.gloss)
        assert after["moved"] == list(reading.moved)
        assert after["gap"] == (None if reading.gap is None else list(reading.gap))


def test_a_network_that_cannot_read_so_many_words_has_no_numbers() -> None:
    words = WORDS * 2
    places = (1, 0, *range(2, 10))
    found = tuple(read_orders(spec, words, places) for spec in order.NETWORKS)
    data = drawing("ja", TOKENS * 2, found)
    for numbers in (data["before"], data["after"]):
        assert [row is None for row in numbers] == [spec == order.READERS[1] for spec in order.NETWORKS]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_network_that_can_surprise_says_why(lang: str) -> None:
    data = drawing(lang, TOKENS, tuple(read_orders(spec, WORDS, SWAPPED) for spec in order.NETWORKS))
    said = {(row["kind"], what) for row in data["networks"] for what in ("notices", "misses") if row[what]}
    assert said == {(kind, what) for kind, what in WHY if kind != "state"} | {
        (kind, "notices") for kind in ("rnn", "lstm", "gru")
    }
    wanted = {name for name in catalogue(lang) if name.startswith("word_order.why.")}
    assert wanted == {f"word_order.why.{kind}.{what}" for kind, what in WHY}


def app(answer: str) -> None:
    import streamlit as st

    from pages._ui.components.word_order import word_order
    from rnn_core import order
    from rnn_core.models.reordering import read_orders
    from rnn_core.tasks.language import find_tokenizer
    from rnn_core.text.tokenizer import segment

    words = segment(order.SENTENCE).tokens
    places = st.session_state.setdefault("places", (2, 1, 0, 3, 4))
    told = st.session_state.setdefault("told", [])
    readings = [read_orders(spec, words, places) for spec in order.NETWORKS]

    def put(places: tuple[int, ...]) -> None:
        st.session_state["places"] = places

    word_order(
        "ja",
        find_tokenizer("smalltalk").receive(words),
        places,
        readings,
        answer=answer,
        on_step_change=told.append,
        on_order_change=put,
        on_answer_change=told.append,
    )


def sent(at: AppTest) -> dict[str, object]:
    assert not at.exception
    return json.loads(at.get("bidi_component")[0].proto.json)[0]


def test_an_order_that_the_page_puts_is_a_new_turn() -> None:
    at = AppTest.from_function(app, kwargs={"answer": ""}, default_timeout=60).run()
    first = sent(at)
    assert (first["order"], first["turn"], first["answer"], first["at"]["step"]) == (list(SWAPPED), 0, "", 5)
    at.session_state["places"] = (0, 1, 2, 4, 3)
    assert (sent(at.run())["order"], sent(at)["turn"]) == ([0, 1, 2, 4, 3], 1)
    assert sent(at.run())["turn"] == 1
