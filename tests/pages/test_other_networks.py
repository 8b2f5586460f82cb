"""Networks that are not ours go through the first chapters: other words, several layers and directions, no readout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from rnn_core.gradients.backpropagation import backpropagate
from rnn_core.messages import LANGUAGES, text
from rnn_core.models import sources
from tests.pages.other_networks import LETTERS, SILENT, SPECS, TOKENIZERS, Others, states
from tests.pages.reading import chart, html, keys
from tests.pages.test_gradients import lines

if TYPE_CHECKING:
    from tests.pages.conftest import Open

SENTENCE, WORDS, CHARACTERS = "今日は雨", ("今日", "は", "雨"), ("今", "日", "は", "雨")


@pytest.fixture(autouse=True)
def others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sources.SOURCES, "file", Others())


def said(at: object) -> str:
    return html(at) + " ".join(one.value for one in at.warning) + " ".join(one.value for one in at.error)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ["", "cell"])
def test_every_layer_and_direction_is_what_torch_computes(open_page: Open, page: str, lang: str) -> None:
    whole, _ = states(SPECS[SILENT], WORDS)
    for direction, own in (("forward", slice(6)), ("backward", slice(6, None))):
        at = open_page(
            page=page, lang=lang, text=SENTENCE, weights=SILENT, layer="2", direction=direction, guess="skip"
        )
        expected = whole[:, own].numpy()
        expected = expected[::-1] if direction == "backward" else expected  # in the order of its reading
        np.testing.assert_allclose(chart(at, "chart_hidden_state")["z"], expected.T, atol=1e-6)
        assert (text("ui.backward", lang) in said(at)) == (direction == "backward")
    lower = open_page(page=page, lang=lang, text=SENTENCE, weights=SILENT, layer="1")
    assert np.abs(chart(lower, "chart_hidden_state")["z"] - whole[:, :6].numpy().T).max() > 1e-3


@pytest.mark.parametrize("page", ["", "cell"])
def test_a_network_without_a_readout_says_nothing_and_its_states_are_there(open_page: Open, page: str) -> None:
    at = open_page(page=page, lang="en", text=SENTENCE, weights=SILENT)
    assert "chart_next_word" not in keys(at)
    assert at.error == []
    assert (text("ui.no_readout", "en") in said(at)) == (page == "")


def test_words_and_outputs_are_the_networks_own(open_page: Open) -> None:
    at = open_page(lang="en", text=SENTENCE, weights=LETTERS, layer="2")
    whole, model = states(SPECS[LETTERS], CHARACTERS)
    np.testing.assert_allclose(chart(at, "chart_hidden_state")["z"], whole.numpy().T, atol=1e-6)
    with torch.inference_mode():
        shares = model.scores(whole[-1]).softmax(dim=-1)
    assert set(chart(at, "chart_next_word")["y"]) <= set(TOKENIZERS[LETTERS].outputs)
    np.testing.assert_allclose(np.max(chart(at, "chart_next_word")["x"]), float(shares.max()), atol=1e-6)


@pytest.mark.parametrize(("page", "shown"), [("", {"layer", "direction"}), ("cell", {"layer", "direction"})])
def test_the_controls_of_layer_and_direction_are_there_where_there_are_several(
    open_page: Open, page: str, shown: set[str]
) -> None:
    named = {one.key for one in open_page(page=page, weights=SILENT, text=SENTENCE).button_group}
    assert shown <= named
    assert not {"cell", "hidden"} & named
    own = {one.key for one in open_page(page=page, text=SENTENCE).button_group}
    assert {"cell", "hidden"} <= own
    assert not shown & own


def test_what_is_clamped_in_a_layer_is_clamped_there(open_page: Open) -> None:
    state = {"text": SENTENCE, "weights": SILENT, "layer": "2", "direction": "backward", "guess": "skip"}
    at = open_page(page="cell", lang="en", hold="forget_gate", value="0.0", at="1", over="all", **state)
    before, after = (chart(at, f"chart_hidden_state{suffix}")["z"] for suffix in ("", "_clamped"))
    moved = np.abs(np.array(before) - np.array(after)).max(axis=0)
    assert moved[0] < 1e-6  # from nothing there is nothing to forget, and nothing came before
    assert at.error == []


@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_gradients_are_those_of_the_layer(open_page: Open, direction: str) -> None:
    at = open_page(
        page="gradients", lang="en", text=SENTENCE, weights=SILENT, layer="2", direction=direction, unit="3",
        length="once", curve="skip", loss="unit", part="norms",
    )  # fmt: skip
    _, model = states(SPECS[SILENT], WORDS)
    module = model.recurrent.double()
    inputs = model.embedding(torch.tensor(TOKENIZERS[SILENT].encode(WORDS))).detach().double().numpy()
    found = backpropagate(module, inputs, lambda output: output[-1, 2]).norms(
        "hidden_state", 1, int(direction == "backward")
    )
    drawn = lines(at, "chart_gradient_norms")["LSTM"]
    np.testing.assert_allclose(np.ravel(drawn)[: len(found)], found[:: -1 if direction == "backward" else 1], rtol=1e-6)


def test_without_a_readout_the_loss_is_a_unit_and_that_is_said(open_page: Open) -> None:
    at = open_page(page="gradients", lang="ja", text=SENTENCE, weights=SILENT, curve="skip", length="once")
    assert text("gradients.note.no_readout", "ja") in said(at)
    assert at.error == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ["compare", "transformer"])
def test_a_chapter_that_needs_several_kinds_says_so(open_page: Open, page: str, lang: str) -> None:
    at = open_page(page=page, lang=lang, text=SENTENCE, weights=SILENT)
    (error,) = at.error
    assert "1111" in error.value
    code = "needs_kinds_or_run" if page == "compare" else "needs_kinds"
    assert text(f"errors.{code}", lang, given=SILENT)[-20:] in error.value


@pytest.mark.parametrize("page", ["", "cell", "gradients"])
@pytest.mark.parametrize("name", ["run:12", "file:" + "3" * 64])
def test_a_network_that_is_not_there_is_refused_with_the_remedy(open_page: Open, page: str, name: str) -> None:
    at = open_page(page=page, lang="en", text=SENTENCE, weights=name)
    assert len(at.error) == 1
    said = {"run": ("lab_unknown", {"run": "12"}), "file": ("source_file", {"given": name})}
    code, values = said[name.partition(":")[0]]
    assert text(f"errors.{code}", "en", **values)[-30:] in at.error[0].value


def test_a_layer_that_is_not_there_is_replaced_by_the_last(open_page: Open) -> None:
    at = open_page(lang="en", text=SENTENCE, weights=SILENT, layer="5")
    assert text("ui.no_layer", "en", given=5, last=2) in [one.value for one in at.warning]
