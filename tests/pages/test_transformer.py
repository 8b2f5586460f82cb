from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from pages._ui.address import MAX_TEXT
from pages._ui.words import formula
from rnn_core import parallelism
from rnn_core.messages import LANGUAGES, text
from rnn_core.models import registry, shuffle
from rnn_core.parallelism import COST_MODELS, LENGTHS
from rnn_core.specs import TransformerSpec
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import MAX_TOKENS
from tests.pages.alternating import alternately
from tests.pages.reading import alt, chart, charts, html, keys, picture, plain
from tests.pages.trying import changes

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
HEADS = [f"attention_head{head}" for head in range(1, 5)]
CHARTS = [*HEADS, "sequential_steps"]
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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_its_maps_and_two_questions(open_page: Open, lang: str) -> None:
    at = open_page(page="transformer", lang=lang)
    page = re.sub("</?span>", "", html(at))
    for question in ("question", "predict_still", "predict_ahead_gru", "predict_ahead_lstm"):
        assert text(f"transformer.{question}", lang) in page
    assert keys(at) == CHARTS
    assert formula(text("transformer.principle", lang)) not in page
    assert "そうだね!" in page
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize("positions", ["added", "none"])
@pytest.mark.parametrize("layer", [1, 2])
def test_the_maps_are_the_attention_of_torch(open_page: Open, layer: int, positions: str) -> None:
    at = opened(open_page(page="transformer", layer=str(layer), positions=positions), "states")
    expected = attention(TransformerSpec(hidden=32, positions=positions == "added"), layer)
    for head, key in enumerate(HEADS):
        np.testing.assert_allclose(chart(at, f"chart_{key}")["customdata"], expected[head], atol=1e-5)
    states = registry.run(TransformerSpec(hidden=32, positions=positions == "added"), WORDS).layers.layers[layer - 1][0]
    np.testing.assert_array_equal(chart(at, "chart_hidden_state")["z"], states["hidden_state"].T)


def test_the_step_of_the_address_is_marked_and_spoken_of(open_page: Open) -> None:
    at = opened(open_page(page="transformer", t="3", lang="en"), "states")
    trace = registry.run(TransformerSpec(hidden=32), WORDS)
    np.testing.assert_allclose(chart(at, "chart_next_word")["x"], [one.probability for one in trace.top(2, 5)])
    assert "“天気”" in alt(at, "chart_attention_head1")
    assert at.query_params["t"] == "3"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_without_positions_and_mask_the_shuffle_changes_not_a_bit(open_page: Open, lang: str) -> None:
    at = open_page(page="transformer", lang=lang, guess_permutation="4")
    raw = chart(at, "chart_word_moves")["customdata"]
    places = shuffle.order(len(WORDS), 1)
    for row, (positions, causal) in zip(raw, [(True, True), (True, False), (False, True), (False, False)], strict=True):
        spec = TransformerSpec(hidden=32, positions=positions)
        np.testing.assert_array_equal(row, shuffle.compare_orders(spec, WORDS, places, "猫", causal=causal).moved)
        assert bool((row == 0).all()) == (not positions and not causal)
    page = html(at)
    last = text("word_moves.name", lang, places=text("word_moves.unplaced", lang), mask=text("word_moves.open", lang))
    assert 'class="verdict right"' in page
    assert text("transformer.still", lang, guess=last) in plain(at)
    assert formula(text("transformer.mask_holds", lang, other="猫", behind="0", open="1.01")) in page
    other = open_page(page="transformer", lang=lang, guess_permutation="1")
    assert 'class="verdict wrong"' in html(other)


@pytest.mark.parametrize(
    ("key", "value", "figure"),
    [
        ("text", "今日は暑い", "attention_head1"),
        ("hidden", "16", "attention_head1"),
        ("layer", "1", "attention_head1"),
        ("positions", "none", "attention_head1"),
        ("weights", "fresh", "attention_head1"),
        ("t", "2", "attention_head1"),
        ("turn", "2", "word_moves"),
    ],
)
def test_every_control_changes_a_figure(open_page: Open, key: str, value: str, figure: str) -> None:
    base = {"page": "transformer", "guess_permutation": "skip"}
    changes(open_page, base, key, value, read=lambda at: picture(at, f"chart_{figure}"))


def test_the_seed_is_of_fresh_weights_alone(open_page: Open) -> None:
    def map_of(**query: str) -> np.ndarray:
        return chart(open_page(page="transformer", **query), "chart_attention_head1")["customdata"]

    np.testing.assert_array_equal(map_of(seed="1"), map_of(seed="2"))
    assert not np.array_equal(map_of(weights="fresh", seed="1"), map_of(weights="fresh", seed="2"))


def test_another_sentence_asks_again_which_way_changes_nothing_and_not_how_long_it_takes(open_page: Open) -> None:
    at = open_page(page="transformer", guess_permutation="4", **ANSWERED)
    assert "word_moves" in keys(at)
    at.text_input(key="text").set_value("犬が人を噛む").run()
    assert "guess_permutation" not in at.query_params
    assert "word_moves" not in keys(at)
    assert at.query_params["guess_crossover"] == "skip"


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
    assert not at.get("plotly_chart")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_word_has_no_other_order_and_everything_else(open_page: Open, lang: str) -> None:
    at = open_page(page="transformer", lang=lang, text="暑い", guess_permutation="skip")
    assert text("transformer.one_word", lang) in html(at)
    assert keys(at) == CHARTS
    assert not at.error


@pytest.mark.parametrize(
    "sentence", ["a", "Hello, world", "🎉👩‍👩‍👧 今日は🌧️", "<b>太字</b>", "あ" * 200, "x" * (MAX_TEXT + 1)]
)
def test_any_text_is_read_as_text(open_page: Open, sentence: str) -> None:
    at = open_page(page="transformer", text=sentence, guess_permutation="skip")
    assert not at.error
    assert "<b>太字" not in html(at)
    assert len(chart(at, "chart_attention_head1")["x"]) <= MAX_TOKENS


@pytest.mark.parametrize(
    "query",
    [
        {"layer": "3"},
        {"hidden": "64"},
        {"positions": "yes"},
        {"turn": "0"},
        {"guess_permutation": "5"},
        {"guess_crossover": "9"},
    ],
)
def test_what_is_no_setting_is_a_notice(open_page: Open, query: dict[str, str]) -> None:
    at = open_page(page="transformer", **query)
    assert len(at.warning) == 1
    assert keys(at) == CHARTS


def test_a_step_beyond_the_sentence_is_said(open_page: Open) -> None:
    at = open_page(page="transformer", lang="en", t="9")
    assert [warning.value for warning in at.warning] == [text("ui.step", "en", given=9, last=6)]
