"""A network from a file on its page: what is in it, what it computes, where two differ, and what is said otherwise."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import numpy as np
import pytest
import torch
from torch import nn

from pages._ui.memo import STORE
from rnn_core.messages import LANGUAGES, text
from rnn_core.own.inputs import read_inputs
from rnn_core.own.limits import MOST_STEPS, MOST_UNITS
from tests.pages.own import open_own
from tests.pages.reading import chart, html, keys, pictures
from tests.rnn_core.own.making import module, opened

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

NUMBERS = read_inputs("\n".join(f"{step / 7},{-step},1" for step in range(9)).encode())
BOTH = module(nn.LSTM, 3, 6, num_layers=2, bidirectional=True)
OWN = {"feed": "own", "inputs": NUMBERS.name}


def links(at: AppTest) -> dict[str, dict[str, list[str]]]:
    """The links into other chapters, by the chapter's name."""
    found = [one.proto for one in at.get("page_link") if one.proto.query_string]
    return {one.page: parse_qs(one.query_string) for one in found}


def warned(at: AppTest) -> list[str]:
    return [one.value for one in at.warning]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_is_what_the_file_computes_on_the_readers_numbers(warm: None, lang: str) -> None:
    file = opened(module(), BOTH)
    state = {"weights": file.name, "module": "2", "layer": "2", "direction": "backward", **OWN}
    at = open_own(file, numbers=NUMBERS, lang=lang, **state)
    with torch.inference_mode():
        expected = BOTH(torch.tensor(NUMBERS.numbers))[0][:, 6:].numpy()[::-1]  # in the order of its reading
    np.testing.assert_allclose(chart(at, "chart_hidden_state")["z"], expected.T, atol=1e-6)
    assert text("ui.backward", lang) in html(at)
    assert (at.error, warned(at)) == ([], [])


def test_its_links_open_the_same_network_in_other_chapters(warm: None) -> None:
    file = opened(module(), BOTH)
    at = open_own(file, numbers=NUMBERS, lang="en", weights=file.name, module="2", **OWN)
    asked = links(at)
    assert len(asked) == 2
    for query in asked.values():
        name, said = query["weights"][0], query["text"][0]
        assert said == "1 2 3 4 5 6 7 8 9"
        there = open_own(file, page="cell", numbers=NUMBERS, lang="en", weights=name, text=said, guess="skip")
        assert there.error == []
        np.testing.assert_array_equal(chart(there, "chart_hidden_state")["z"], chart(at, "chart_hidden_state")["z"])
    ways = open_own(file, page="gradients", numbers=NUMBERS, lang="en", weights=name, text=said, curve="skip")
    assert ways.error == []


@pytest.mark.parametrize("page", ["your_model", "cell", "gradients", ""])
def test_a_file_that_another_reader_has_opened_is_asked_for(open_page: Open, page: str) -> None:
    file = opened(module())
    open_own(file, lang="en", weights=file.name)
    at = open_page(page=page, lang="en", weights=file.name)
    (error,) = at.error
    assert error.value.endswith(text("errors.source_file", "en", given="")[-40:])
    assert "chart_hidden_state" not in keys(at)
    assert any(element.label for element in at.file_uploader) == (page == "your_model")


def test_nothing_of_a_readers_file_is_kept_for_all(warm: None) -> None:
    file = opened(module(units=4), module(units=7))
    open_own(lang="en")
    before = len(STORE)
    at = open_own(file, lang="en", weights=file.name, beside="file:silero")
    open_own(file, page="cell", lang="en", weights=f"{file.name}-words", guess="skip")
    assert len(STORE) == before
    assert at.error == []


def test_two_files_are_compared_unit_by_unit_where_they_can_be(warm: None) -> None:
    one, other = opened(module()), opened(module(), ignored=1)
    other.modules[0].bias_ih_l0.data += 1
    state = {"lang": "en", "weights": one.name, "beside": other.name}
    at = open_own(one, other, **state)
    shown = [chart(at, f"chart_hidden_state{suffix}")["z"] for suffix in ("", "_other")]
    gaps = chart(at, "chart_difference_hidden_state")["y"]
    np.testing.assert_allclose(np.ravel(gaps), np.linalg.norm(shown[0] - shown[1], axis=0), rtol=1e-5)
    assert gaps.min() > 0


SIZE, KIND = "your_model.apart.size", "your_model.apart.kind"


@pytest.mark.parametrize(
    ("kind", "sizes", "said"), [(nn.GRU, (3, 5), KIND), (nn.LSTM, (3, 4), SIZE), (nn.LSTM, (2, 5), SIZE)]
)
def test_where_units_do_not_correspond_it_is_said(
    warm: None, kind: type[nn.RNNBase], sizes: tuple[int, int], said: str
) -> None:
    one, other = opened(module()), opened(module(kind, *sizes))
    at = open_own(one, other, lang="en", weights=one.name, beside=other.name)
    assert text(said, "en", one="LSTM", other="GRU") in html(at)
    assert "chart_difference_hidden_state" not in keys(at)
    assert at.error == []


def test_of_a_large_network_the_most_active_units_are_drawn_and_every_one_is_found(warm: None) -> None:
    large = module(nn.GRU, 2, MOST_UNITS)
    large.weight_ih_l0.data[:, :] *= 30
    file = opened(large)
    state = {"lang": "en", "weights": file.name, "feed": "drawn", "span": str(MOST_STEPS), "unit": str(MOST_UNITS)}
    at = open_own(file, **state)
    values = chart(at, "chart_hidden_state")["z"]
    assert values.shape == (64, MOST_STEPS)
    assert len(pictures(at)) < 300_000
    assert f"{MOST_UNITS}" in str(at.get("plotly_chart")[1].proto.spec)
    assert links(at) == {}
    assert text("errors.own_units", "en", given=MOST_UNITS, most=256) in html(at)
    cell = open_own(file, page="cell", lang="en", weights=file.name)
    assert len(cell.error) == 1


def test_a_plain_network_is_asked_for_its_nonlinearity(warm: None) -> None:
    file = opened(module(nn.RNN))
    shown = {act: open_own(file, lang="en", weights=file.name, act=act) for act in ("tanh", "relu")}
    assert "act" in {one.key for one in shown["tanh"].button_group}
    assert "act" not in {one.key for one in open_own(lang="en").button_group}
    low = {act: chart(at, "chart_hidden_state")["z"].min() for act, at in shown.items()}
    assert low["tanh"] < 0 <= low["relu"]


CHANGES = [
    ("feed", "drawn", {}),
    ("text", "犬が人を噛む", {}),
    ("draw", "3", {}),
    ("span", "7", {"feed": "drawn"}),
    ("module", "2", {}),
    ("layer", "2", {"module": "2"}),
    ("direction", "backward", {"module": "2"}),
    ("quantity", "forget_gate", {}),
    ("unit", "4", {}),
    ("beside", "file:silero", {}),
]


@pytest.mark.parametrize(("key", "value", "base"), CHANGES)
def test_every_control_changes_a_picture(warm: None, key: str, value: str, base: dict[str, str]) -> None:
    file = opened(module(), BOTH)
    state = {"lang": "en", "weights": file.name, **base}
    before, after = (open_own(file, **query) for query in (state, {**state, key: value}))
    assert pictures(before) != pictures(after)
    assert (after.error, warned(after)) == ([], [])


def test_a_sequence_of_several_is_chosen_in_either_order(warm: None) -> None:
    file, values = opened(module()), np.random.default_rng(0).normal(size=(4, 5, 3)).astype(np.float32)
    several = read_inputs(_npz(values))
    state = {"lang": "en", "weights": file.name, "feed": "own", "inputs": several.name}
    for axis, place, expected in (("time", "2", values[:, 1]), ("batch", "3", values[2])):
        at = open_own(file, numbers=several, axis=axis, sequence=place, **state)
        with torch.inference_mode():
            states = file.modules[0](torch.tensor(expected))[0].numpy()
        np.testing.assert_allclose(chart(at, "chart_hidden_state")["z"], states.T, atol=1e-6)
    at = open_own(file, numbers=several, axis="time", sequence="6", **state)
    assert [error.value for error in at.error] == [text("errors.own_sequence", "en", given=6, last=5)]


def _npz(values: np.ndarray) -> bytes:
    out = io.BytesIO()
    np.savez(out, x=values)
    return out.getvalue()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"feed": "own"}, ("errors.own_inputs_none", {})),
        ({"feed": "own", "inputs": "0" * 16}, ("errors.own_inputs_missing", {"given": "0" * 16})),
        ({"text": "\u200b"}, ("errors.empty_text", {})),
        ({**OWN, "weights": "file:silero"}, ("errors.own_width", {"given": 3, "want": 128})),
    ],
)
def test_what_is_missing_is_said_and_the_controls_stay(
    warm: None, query: dict[str, str], said: tuple[str, dict[str, object]]
) -> None:
    at = open_own(numbers=NUMBERS, lang="en", **query)
    assert [error.value for error in at.error] == [text(said[0], "en", **said[1])]
    assert {"weights", "feed"} <= {one.key for one in at.button_group}


def test_places_that_are_not_there_are_replaced_and_it_is_said(warm: None) -> None:
    file = opened(module())
    at = open_own(file, lang="en", weights=file.name, module="7", layer="5", unit="900")
    assert warned(at) == [
        text("your_model.no_module", "en", given=7, last=1),
        text("ui.no_layer", "en", given=5, last=1),
        text("your_model.no_unit", "en", given=900, last=5),
    ]
    assert at.error == []


def test_the_lines_for_a_notebook_do_what_the_page_does(warm: None) -> None:
    file = opened(module(), module(nn.RNN))
    at = open_own(file, lang="en", weights=file.name, module="2", act="relu")
    at.session_state["own_notebook"] = True
    at.run()
    (lines,) = [one.value for one in at.code if "rc.record" in one.value]
    assert all(said in lines for said in ("load_checkpoint('own.safetensors')", "modules['b']", "RNN_RELU", "(T, 3)"))
