from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from pages._chapters.transformer.inputs import CONTRASTS
from pages._ui.address import MAX_TEXT
from pages._ui.components.transformer_layers import WAYS
from pages._ui.words import formula
from rnn_core import parallelism
from rnn_core.messages import LANGUAGES, text
from rnn_core.models import registry, shuffle
from rnn_core.parallelism import COST_MODELS, LENGTHS
from rnn_core.specs import ModelSpec, TransformerSpec
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import MAX_TOKENS
from tests.pages.alternating import alternately
from tests.pages.reading import chart, charts, drawing, html, keys, plain
from tests.pages.trying import changes

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from pages._ui.contrasts import Contrast
    from tests.pages.conftest import Open

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
ANSWERED = {"guess_crossover": "skip", "guess_crossover_lstm": "skip"}
TIMES = ["time_training", "time_generation"]  # the second one folded
SOON = 30.0  # seconds in which a thread does what it does at once


def opened(at: AppTest, part: str) -> AppTest:
    """The page with a folded part open."""
    at.session_state[part] = True
    return at.run()


def attention(spec: TransformerSpec, layer: int) -> np.ndarray:
    """The weights by torch's own layer, (heads, T, T)."""
    model = registry.family_of(spec).load(spec).double()
    with torch.inference_mode():
        x = model.placed(torch.tensor([smalltalk.vocabulary().encode(WORDS)]))
        for before in range(layer - 1):
            x = model.blocks[before](x)
        block = model.blocks[layer - 1]
        own = torch.nn.MultiheadAttention(spec.hidden, spec.heads, batch_first=True, dtype=torch.float64)
        parts = (block.query, block.key, block.value)
        own.in_proj_weight.copy_(torch.cat([part.weight for part in parts]))
        own.in_proj_bias.copy_(torch.cat([part.bias for part in parts]))
        later = torch.ones(len(WORDS), len(WORDS), dtype=torch.bool).triu(1)
        return own(x, x, x, attn_mask=later, average_attn_weights=False)[1][0].numpy()


def unpacked(packed: str, *shape: int) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed), "<f4").reshape(shape)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_its_drawing_on_a_word_with_others_behind_the_mask(open_page: Open, lang: str) -> None:
    at = open_page(page="transformer", lang=lang)
    page = re.sub("</?span>", "", html(at))
    for question in ("question", "predict_ahead_gru", "predict_ahead_lstm"):
        assert text(f"transformer.{question}", lang) in page
    drawn = drawing(at, "transformer_layers")
    assert drawn["at"] == {"step": 4, "unit": 3, "quantity": "read"}
    assert (drawn["answer"], list(drawn["sentences"])) == (None, ["read", "order", "generate"])
    assert not keys(at)
    assert formula(text("transformer.principle", lang)) not in page
    assert text("transformer.worth_asked", lang) not in page
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize("positions", ["added", "none"])
@pytest.mark.parametrize("hidden", [16, 32])
def test_the_drawing_has_the_attention_of_torch(open_page: Open, hidden: int, positions: str) -> None:
    at = opened(open_page(page="transformer", hidden=str(hidden), positions=positions), "states")
    spec = TransformerSpec(hidden=hidden, positions=positions == "added")
    drawn = drawing(at, "transformer_layers")
    weights = unpacked(drawn["scenes"]["read"]["attention"], 2, 4, 6, 6)
    for layer in (1, 2):
        np.testing.assert_allclose(weights[layer - 1], attention(spec, layer), atol=1e-5)
    states, rnn = (
        registry.run(one, WORDS).layers.layers[-1][0]["hidden_state"]
        for one in (spec, ModelSpec(cell="rnn", hidden=hidden))
    )
    np.testing.assert_array_equal(unpacked(drawn["scenes"]["read"]["states"], 2, 6, hidden)[-1], states)
    np.testing.assert_array_equal(chart(at, "chart_hidden_state")["z"], states.T)
    np.testing.assert_array_equal(unpacked(drawn["sentences"]["read"]["rnn"], 6, hidden), rnn)


def test_the_step_of_the_address_is_shown(open_page: Open) -> None:
    at = opened(open_page(page="transformer", t="3", lang="en"), "states")
    trace = registry.run(TransformerSpec(hidden=32), WORDS)
    np.testing.assert_allclose(chart(at, "chart_next_word")["x"], [one.probability for one in trace.top(2, 5)])
    assert drawing(at, "transformer_layers")["at"]["step"] == 3
    assert at.query_params["t"] == "3"


def test_only_without_positions_and_mask_another_order_changes_not_a_bit(open_page: Open) -> None:
    at = open_page(page="transformer", guess_permutation="4")
    drawn, places = drawing(at, "transformer_layers"), (2, 1, 0, 3, 4, 5)
    assert (drawn["answer"], drawn["sentences"]["order"]["places"]) == (4, list(places))
    ways = dict(zip(WAYS, [(True, True), (True, False), (False, True), (False, False)], strict=True))
    for way, (positions, causal) in ways.items():
        spec, moved = TransformerSpec(hidden=32, positions=positions), drawn["scenes"][way]["moved"]
        np.testing.assert_array_equal(moved, shuffle.compare_orders(spec, WORDS, places, causal=causal))
        assert any(moved) == (positions or causal)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_positions_are_worth_waits_for_the_guess(open_page: Open, lang: str) -> None:
    at = open_page(page="transformer", lang=lang, guess_permutation="2")
    assert text("transformer.worth_asked", lang) in plain(at)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("text", "今日は暑い"),
        ("hidden", "16"),
        ("positions", "none"),
        ("weights", "fresh"),
        ("t", "2"),
        ("scene", "generate"),
        ("head", "1"),
        ("guess_permutation", "1"),
    ],
)
def test_every_control_changes_the_drawing(open_page: Open, key: str, value: str) -> None:
    base = {"page": "transformer", "guess_permutation": "skip"}
    changes(open_page, base, key, value, read=lambda at: str(drawing(at, "transformer_layers")))


def test_the_seed_is_of_fresh_weights_alone(open_page: Open) -> None:
    def states_of(**query: str) -> str:
        return str(drawing(open_page(page="transformer", **query), "transformer_layers")["scenes"]["read"]["states"])

    assert states_of(seed="1") == states_of(seed="2")
    assert states_of(weights="fresh", seed="1") != states_of(weights="fresh", seed="2")


def test_another_sentence_asks_again_which_way_changes_nothing_and_not_how_long_it_takes(open_page: Open) -> None:
    at = open_page(page="transformer", guess_permutation="4", **ANSWERED)
    assert drawing(at, "transformer_layers")["answer"] == 4
    at.text_input(key="text").set_value("犬が人を噛む").run()
    assert "guess_permutation" not in at.query_params
    assert drawing(at, "transformer_layers")["answer"] is None
    assert text("transformer.worth_asked", "ja") not in plain(at)
    assert at.query_params["guess_crossover"] == "skip"


@pytest.mark.parametrize("one", CONTRASTS, ids=lambda one: one.name)
def test_a_contrast_shows_what_it_names_and_keeps_the_rest(open_page: Open, one: Contrast) -> None:
    at = open_page(page="transformer", text="今日は暑い", hidden="16", positions="none", scene="placed-open", t="1")
    at.button(key=f"contrast_{one.name}").click().run()
    put = {"text": "今日は暑い", "hidden": "16", "positions": "none"} | {
        key: str(value) for key, value in one.silent.items()
    }
    assert {key: at.query_params[key] for key in put} == put
    drawn = drawing(at, "transformer_layers")
    assert drawn["at"]["quantity"] == put["scene"]
    assert one.name != "behind" or drawn["at"] == {"step": 4, "unit": 3, "quantity": "read"}
    assert not at.warning


def test_a_guess_that_is_none_is_asked_again(open_page: Open) -> None:
    at = open_page(page="transformer", guess_permutation="5")
    assert len(at.warning) == 1
    assert drawing(at, "transformer_layers")["answer"] is None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("said", [{}, {"guess_permutation": "4"}, ANSWERED])
def test_the_summary_waits_for_every_answer(open_page: Open, lang: str, said: dict[str, str]) -> None:
    principle = formula(text("transformer.principle", lang))
    assert principle not in html(open_page(page="transformer", lang=lang, **said))
    assert principle in html(open_page(page="transformer", lang=lang, guess_permutation="4", **ANSWERED))


def test_the_counted_charts_hold_the_counts(open_page: Open) -> None:
    at = opened(open_page(page="transformer"), "other_side")
    for key, count in (("multiply_adds", parallelism.multiply_adds), ("numbers_kept", parallelism.stored_numbers)):
        for shown, cell in zip(charts(at, f"chart_{key}"), COST_MODELS, strict=True):
            np.testing.assert_array_equal(shown["y"], [count(cell, words) for words in LENGTHS])


@pytest.mark.parametrize(("lang", "sentence"), alternately(["", "\u200b\u202e"]))
def test_an_empty_text_is_explained(open_page: Open, lang: str, sentence: str) -> None:
    at = open_page(page="transformer", lang=lang, text=sentence)
    assert [error.value for error in at.error] == [text("errors.empty_text", lang)]
    assert not at.get("bidi_component") or "transformer_layers" not in str(at.get("bidi_component"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_word_has_no_other_order_and_everything_else(open_page: Open, lang: str) -> None:
    at = open_page(page="transformer", lang=lang, text="暑い", scene="placed-masked", **ANSWERED)
    drawn = drawing(at, "transformer_layers")
    assert (list(drawn["sentences"]), drawn["at"]["quantity"]) == (["read", "generate"], "read")
    assert formula(text("transformer.principle", lang)) in html(at)
    assert not at.error


@pytest.mark.parametrize(
    "sentence", ["a", "Hello, world", "🎉👩‍👩‍👧 今日は🌧️", "<b>太字</b>", "あ" * 200, "x" * (MAX_TEXT + 1)]
)
def test_any_text_is_read_as_text(open_page: Open, sentence: str) -> None:
    at = open_page(page="transformer", text=sentence, guess_permutation="skip")
    assert not at.error
    assert "<b>太字" not in html(at)
    assert len(drawing(at, "transformer_layers")["sentences"]["read"]["words"]) <= MAX_TOKENS


@pytest.mark.parametrize(
    "query",
    [
        {"turn": "3"},
        {"hidden": "64"},
        {"positions": "yes"},
        {"scene": "written"},
        {"head": "mean"},
        {"guess_permutation": "5"},
        {"guess_crossover": "9"},
    ],
)
def test_what_is_no_setting_is_a_notice(open_page: Open, query: dict[str, str]) -> None:
    at = open_page(page="transformer", **query)
    assert len(at.warning) == 1
    assert drawing(at, "transformer_layers")["at"] == {"step": 4, "unit": 3, "quantity": "read"}


def test_a_step_beyond_the_sentence_is_said(open_page: Open) -> None:
    at = open_page(page="transformer", lang="en", t="9")
    assert [warning.value for warning in at.warning] == [text("ui.step", "en", given=9, last=6)]


@pytest.mark.parametrize(("lang", "scene"), alternately(["unplaced-open", "placed-masked"]))
def test_the_lead_says_to_which_words_they_attend_in_the_scene_that_is_shown(
    open_page: Open, lang: str, scene: str
) -> None:
    said, lead = plain(open_page(page="transformer", lang=lang, scene=scene)), ("lead", "open.lead")
    assert [text(f"transformer.{one}", lang) in said for one in lead] == [
        scene != "unplaced-open",
        scene == "unplaced-open",
    ]
