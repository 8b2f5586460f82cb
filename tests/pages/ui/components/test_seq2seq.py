"""What encoder and decoders are drawn from: the core's own numbers; what is asked is not told; what the reader does."""

from __future__ import annotations

import json
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.components import packing, place
from pages._ui.components import seq2seq as drawn
from pages._ui.components.question import Curve, Question
from pages._ui.components.seq2seq import Card, Lane, drawing, identity
from rnn_core.messages import LANGUAGES
from rnn_core.models.model_trace import ModelTrace
from rnn_core.specs import TranslatorSpec
from rnn_core.statistics import attention_maps
from rnn_core.translation.decoding import translate
from rnn_core.translation.lens import look_into
from tests.pages.ui.components.test_assets import script, spoken
from tests.pages.ui.components.test_packing import unpacked

WORDS = ("今日", "は", "<b>", "が", "良い", "ね")
KINDS = ("none", "additive", "dot")
KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=128)


@cache
def written(kind: str, words: tuple[str, ...] = WORDS, length: int = 7) -> ModelTrace:
    spec = TranslatorSpec(task="phrases", attention=kind, hidden=8, weights="fresh")
    return translate(spec, words, length=length)


def lane(trace: ModelTrace, head: int | None = 0, **more: object) -> Lane:
    kind, lens = trace.spec.attention, look_into(trace)
    if not trace.attention:
        states = np.hstack([layer["hidden_state"] for layer in trace.source.layers.layers[0]])
        return Lane(kind, kind, trace, lens, states, None, None, **more)
    (seen,) = trace.attention
    states, context = attention_maps.mixed(seen["values"], seen["context"], head)
    return Lane(kind, kind, trace, lens, states, attention_maps.seen(seen["attention"], head), context, head, **more)


def cards(trace: ModelTrace) -> tuple[Card, ...]:
    return tuple(Card(token.text, token.gloss, token.known) for token in trace.source.tokens)


def made(*lanes: Lane, lang: str = "ja") -> dict:
    first = lanes[0].trace
    data = drawing(lang, cards(first), lanes, len(first.source), "blank")
    return json.loads(json.dumps(data, allow_nan=False))


def test_every_network_has_its_own_numbers() -> None:
    lanes = [lane(written(kind)) for kind in KINDS]
    data = made(*lanes)
    assert (data["units"], data["halves"], data["hidden"], data["heads"], data["starts"]) == (16, 2, 8, 1, True)
    for one, shown in zip(lanes, data["lanes"], strict=True):
        np.testing.assert_array_equal(unpacked(shown["decoder"]).reshape(-1, 8), one.trace.layer()["hidden_state"])
        np.testing.assert_array_equal(unpacked(shown["states"]).reshape(6, 16), one.states)
        np.testing.assert_array_equal(unpacked(shown["start"]), one.lens.start)
        assert [word["p"] for word in shown["words"]] == [guess.probability for guess in one.trace.written]
        assert [guess["p"] for guess in shown["next"][2]] == [guess.probability for guess in one.trace.top(2, 3)]
    for name in ("attention", "scores", "context", "query", "keys", "v", "heads"):
        assert data["lanes"][0][name] is None


@pytest.mark.parametrize("kind", KINDS[1:])
def test_the_lenss_sums_are_the_recorded_scores_and_the_mix_the_recorded_context(kind: str) -> None:
    trace = written(kind)
    shown, (seen,) = made(lane(trace))["lanes"][0], trace.attention
    count = len(trace.source)
    query, keys = unpacked(shown["query"]).reshape(-1, 1, 8), unpacked(shown["keys"]).reshape(1, count, 8)
    terms = np.tanh(query + keys) * unpacked(shown["v"]) if kind == "additive" else query * keys
    np.testing.assert_allclose(terms.sum(axis=-1), seen["scores"][:, 0], atol=1e-5)
    np.testing.assert_array_equal(unpacked(shown["scores"]).reshape(-1, count), seen["scores"][:, 0])
    weights, states = unpacked(shown["attention"]).reshape(-1, count), unpacked(shown["states"]).reshape(count, 16)
    np.testing.assert_array_equal(weights, seen["attention"][:, 0])
    np.testing.assert_allclose(weights @ states, unpacked(shown["context"]).reshape(-1, 16), atol=1e-6)


def test_of_several_heads_one_has_its_score_and_the_mean_has_the_weights_of_each() -> None:
    trace = translate(KATAKANA, tuple("tea"))
    (seen,) = trace.attention
    mean, third = made(lane(trace, None)), made(lane(trace, 2))
    assert (mean["units"], mean["halves"], mean["heads"], mean["starts"], third["units"]) == (128, 1, 4, False, 32)
    np.testing.assert_array_equal(unpacked(mean["lanes"][0]["heads"]), seen["attention"].ravel())
    assert mean["lanes"][0]["scores"] is None
    shown, count = third["lanes"][0], len(trace.source)
    terms = unpacked(shown["query"]).reshape(-1, 1, 32) * unpacked(shown["keys"]).reshape(1, count, 32)
    np.testing.assert_allclose(terms.sum(axis=-1), seen["scores"][:, 2], atol=1e-4)
    assert shown["heads"] is None


def test_what_changed_is_what_has_no_partner_in_the_output_before() -> None:
    trace = written("dot")
    words = [guess.text for guess in trace.written]
    other = (*words[:2], "another", *words[3:])
    shown = made(lane(trace, before=other, forced=2))["lanes"][0]
    assert (shown["changed"], shown["lost"], shown["forced"]) == ([2], 1, 2)
    assert made(lane(trace, before=(*words, "more")))["lanes"][0]["lost"] == 1
    assert made(lane(trace, before=tuple(words)))["lanes"][0]["changed"] == []
    assert made(lane(trace))["lanes"][0]["changed"] is None


def test_a_readers_word_stays_text_and_a_single_word_cant_be_hidden() -> None:
    data = made(lane(written("dot")), lang="en")
    assert [card["text"] for card in data["cards"]] == list(WORDS)
    assert [card["known"] for card in data["cards"]] == [True, True, False, True, True, True]
    assert (data["cards"][0]["gloss"], made(lane(written("dot")))["cards"][0]["gloss"]) == ("today", "")
    assert (data["hideable"], made(lane(written("dot", ("今日",))))["hideable"]) == (True, False)
    tea = translate(KATAKANA, ("t",))
    marked = [Card(token.text, "", known=True, mark=at != 1) for at, token in enumerate(tea.source.tokens)]
    assert not drawing("ja", tuple(marked), (lane(tea),), 1, "out")["hideable"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [1, 60])
def test_any_length_is_drawn_and_small_enough_to_be_sent(lang: str, count: int) -> None:
    words = tuple(WORDS[at % 6] for at in range(count))
    data = made(*[lane(written(kind, words, 40)) for kind in KINDS], lang=lang)
    assert len(data["cards"]) == count
    assert len(json.dumps(data)) < 400_000


def test_the_scripts_say_what_they_are_given() -> None:
    said = spoken(script("seq2seq"), "text") | spoken(script("seq2seq")) | set(packing.VERDICTS)
    by_kind = {f"say_{kind}" for kind in (*KINDS, "heads")} | {"press", "press_out", "blank", "out"}
    assert (said | by_kind) - set(packing.PLAYER) == (set(drawn.LABELS) | set(drawn.ELSEWHERE)) - set(packing.PLAYER)


LENGTHS = (5, 6, 7)
SHARES = (("none", (90.0, 50.0, 10.0)),)


def app(**more: object) -> None:
    import streamlit as st

    from pages._ui.components.question import Curve, Question
    from pages._ui.components.seq2seq import seq2seq
    from tests.pages.ui.components.test_seq2seq import KINDS, LENGTHS, cards, lane, written

    lanes = [lane(written(kind)) for kind in KINDS]
    asked = Question("?", None, curve=Curve(LENGTHS, "words", 90))
    seq2seq(
        "ja",
        cards(lanes[0].trace),
        lanes,
        **({"kind": "additive", "step": 3, "question": asked} | more | st.session_state.get("put", {})),
        length=6,
        hides="blank",
        follow={"attention": "y"},
    )


def sent(at: AppTest) -> dict:
    assert not at.exception
    return json.loads(at.get("bidi_component")[0].proto.json)[0]


def test_it_opens_where_the_page_says_and_is_put_elsewhere() -> None:
    at = AppTest.from_function(app, default_timeout=60).run()
    assert (sent(at)["at"]["step"], sent(at)["at"]["quantity"]) == (3, "additive")
    assert sent(at)["follow"] == [{"key": "attention", "across": "y"}]
    at.session_state["put"] = {"kind": "dot", "step": 99}
    assert (sent(at.run())["at"]["step"], sent(at)["at"]["quantity"], sent(at)["serial"]) == (7, "dot", 1)


def test_what_is_asked_is_not_told() -> None:
    at = AppTest.from_function(app, default_timeout=60).run()
    assert (sent(at)["answer"], sent(at)["curve"]["shares"], sent(at)["verdict"]) == (None, None, None)
    curve = Curve(LENGTHS, "words", 90, (90.0, 60.0, 20.0), SHARES)
    at.session_state["put"] = {"question": Question("?", "60_20", curve=curve, verdict=("near", "why"))}
    assert sent(at.run())["curve"]["shares"] == {"none": [90, 50, 10]}
    assert (sent(at)["curve"]["guess"], sent(at)["verdict"]) == ([90, 60, 20], {"verdict": "near", "why": "why"})
    at.session_state["put"] = {"question": None}
    assert (sent(at.run())["question"], sent(at)["answer"]) == ("", None)


@pytest.mark.parametrize(
    ("name", "said", "heard"),
    [
        ("hidden", {"place": 3}, [3]),
        ("hidden", {"place": None}, [None]),
        ("hidden", {"place": 7}, []),
        ("hidden", {"place": "<b>"}, []),
        ("hidden", {}, []),
        ("answer", {"answer": "40_20"}, ["40_20"]),
        ("answer", {"answer": None}, [None]),
        ("answer", {"answer": 3}, []),
        ("answer", {"answer": ["skip"]}, []),
    ],
)
def test_it_tells_what_the_reader_does_and_nothing_that_cant_be(
    name: str, said: dict, heard: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    lanes = [lane(written(kind)) for kind in KINDS]
    read = cards(lanes[0].trace)
    calls, told = {}, []
    state = {"drawn": {name: {"of": identity(read, lanes), **said}}}
    monkeypatch.setattr(drawn, "_render", lambda **named: calls.update(named))
    monkeypatch.setattr(place, "st", SimpleNamespace(session_state=state))
    drawn.seq2seq(
        "ja",
        read,
        lanes,
        kind="none",
        length=6,
        hides="blank",
        question=Question("?", None, curve=Curve(LENGTHS, "words", 90)),
        follow={},
        key="drawn",
        on_hidden_change=told.append,
        on_answer_change=told.append,
    )
    calls[f"on_{name}_change"]()
    assert told == heard
    state["drawn"][name]["of"] = "another input"
    calls[f"on_{name}_change"]()
    assert told == heard


def test_another_input_model_or_output_is_another_place() -> None:
    traces = [written("dot"), written("additive"), written("dot", WORDS[:3]), written("dot", WORDS, 3)]
    found = {identity(cards(trace), [lane(trace)]) for trace in traces}
    hidden = [Card("今日", "", known=True, gone="blank"), *cards(traces[0])[1:]]
    assert len(found | {identity(hidden, [lane(traces[0])])}) == 5
