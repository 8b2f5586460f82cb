from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

import rnn_core as rc
from pages._ui.address import HIDDEN_SIZES
from pages._ui.components.packing import packed
from rnn_core import forgetting
from rnn_core.messages import LANGUAGES, text
from rnn_core.statistics import comparison
from tests.pages.alternating import alternately
from tests.pages.reading import chart, html, keys, pictures, unfold
from tests.pages.trying import OF_SEVERAL, changes, controls, tried, unchanged

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
STATE = rc.QUANTITIES.state("lstm").key


def circuit(at: AppTest) -> dict[str, object]:
    """What the circuit is drawn from."""
    (drawn,) = [one.proto.json for one in at.get("bidi_component") if one.proto.component_name.endswith("cell")]
    return json.loads(drawn)[0]


def shown(at: AppTest) -> str:
    """Everything that the page draws: the charts' figures, and what the circuit is drawn from."""
    circuits = [one.proto.json for one in at.get("bidi_component") if one.proto.component_name.endswith("cell")]
    return "\n".join([pictures(at), *circuits])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_the_circuit_and_a_question(open_page: Open, lang: str) -> None:
    at = open_page(page="cell", lang=lang)
    page = re.sub("</?span>", "", html(at))
    assert text("cell.question", lang) in page
    assert text("cell.predict", lang) in page
    assert text("ui.parity", lang, gap="").strip() in page
    assert keys(at) == [STATE, "ledger", "parameter_counts"]
    assert any(element.proto.component_name.endswith("cell") for element in at.get("bidi_component"))
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize("cell", rc.quantities.CELLS)
def test_what_the_ends_of_each_gate_mean_is_said(open_page: Open, cell: str) -> None:
    assert text(f"cell.gates.{cell}", "ja") in html(open_page(page="cell", cell=cell))


@pytest.mark.parametrize("cell", rc.quantities.CELLS)
@pytest.mark.parametrize("hidden", HIDDEN_SIZES)
def test_every_network_shows_its_own_numbers(open_page: Open, cell: str, hidden: int) -> None:
    at = open_page(page="cell", cell=cell, hidden=str(hidden), guess="skip")
    h = rc.run(rc.ModelSpec(cell=cell, hidden=hidden), WORDS).layer()[STATE]
    np.testing.assert_array_equal(chart(at, f"chart_{STATE}")["z"], h.T)
    moved = np.append(np.linalg.norm(h[0].astype(np.float64)), comparison.changes(h))
    np.testing.assert_allclose(chart(at, "chart_movement")["y"], moved)
    assert (keys(at).count("ledger") == 1) == (cell != "rnn")


@pytest.mark.parametrize(
    ("base", "key", "value"),
    [
        ({}, "text", "今日は暑い"),
        ({}, "cell", "gru"),
        ({}, "hidden", "32"),
        ({}, "weights", "fresh"),
        ({}, "t", "2"),
        ({}, "unit", "5"),
        ({}, "quantity", rc.QUANTITIES.of("lstm")[0].key),
        ({}, "order", "similar"),
        ({}, "chart", "lines"),
        ({}, "guess", "2"),
        ({}, "hold", STATE),
        ({}, "edit", "3"),
        ({"weights": "fresh"}, "seed", "3"),
        ({"hold": STATE}, "value", "0.5"),
        ({"hold": STATE}, "at", "2"),
        ({"hold": STATE}, "over", "2"),
        ({"edit": "3"}, "into", "雨"),
    ],
)
def test_every_control_changes_a_figure(open_page: Open, base: dict[str, str], key: str, value: str) -> None:
    changes(open_page, {"page": "cell"} | base, key, value, read=shown)


def test_every_control_of_the_page_is_tried() -> None:
    assert tried(test_every_control_changes_a_figure) | OF_SEVERAL == controls("cell")


def test_the_language_changes_words_and_no_number(open_page: Open) -> None:
    query = {"page": "cell", "guess": "2", "hold": STATE, "edit": "3", "cell": "gru"}
    ja, en = open_page(lang="ja", **query), open_page(lang="en", **query)
    assert keys(ja) == keys(en)
    for key in keys(ja):
        one, other = chart(ja, f"chart_{key}"), chart(en, f"chart_{key}")
        for axis in ("x", "y", "z"):
            if axis in one:
                assert one[axis].tobytes() == other[axis].tobytes(), (key, axis)


def test_where_the_reader_rests_in_the_drawing_is_in_the_address(open_page: Open) -> None:
    at = open_page(page="cell")
    of = circuit(at)["id"]
    gate = rc.QUANTITIES.of("lstm")[0].key
    at.session_state["circuit"] = {"spot": {"of": of, "step": 2, "unit": 7, "quantity": gate}}
    at.run()
    assert not at.exception
    # the report comes with a callback, which a test without a browser has to stand in for
    for key, value in {"t": 2, "unit": 7, "quantity": gate}.items():
        at.session_state[key] = value
    at.run()
    assert {key: at.query_params[key] for key in ("t", "unit", "quantity")} == {"t": "2", "unit": "7", "quantity": gate}
    assert chart(at, f"chart_{gate}")["z"].shape == (16, 6)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_drawing_and_the_reply_are_those_of_what_is_held(open_page: Open, lang: str) -> None:
    clamp = forgetting.shut("lstm")
    query = {"text": "".join(forgetting.WORDS), "hold": clamp.quantity, "at": str(clamp.steps + 1)}
    at = open_page(page="cell", lang=lang, **query)
    trace = rc.run(forgetting.network("lstm"), forgetting.WORDS, (clamp,))
    assert circuit(at)["clamps"] == [{"key": clamp.quantity, "steps": [clamp.steps], "units": None, "value": 0.0}]
    assert circuit(at)["values"][STATE] == packed(trace.layer()[STATE])
    bubble = re.search(r'<span class="says[^>]*>(.*?)</span>', html(at))
    assert bubble
    assert bubble[1] == trace.reply.text
    assert text("what_if.note", lang, what="").split(".")[0][:8] in html(at)


def test_the_drawing_has_the_order_of_the_chart(open_page: Open) -> None:
    h = rc.run(rc.ModelSpec(cell="lstm", hidden=16), WORDS).layer()[STATE]
    assert circuit(open_page(page="cell"))["order"] == list(range(16))
    assert circuit(open_page(page="cell", order="similar"))["order"] == list(comparison.similarity_order(h))


def test_the_parameters_are_counted_for_the_size_that_is_shown(open_page: Open) -> None:
    at = open_page(page="cell", hidden="8", weights="fresh")
    bars = chart(at, "chart_parameter_counts")
    assert bars["x"].tolist() == [blocks * 8 * (24 + 8 + 2) for blocks in (1, 3, 4)]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    alternately(
        [
            "犬",
            "今日は暑い" * 20,
            "<script>alert(1)</script>太字",
            "🎉👩‍👩‍👧 今日は🌧️",
            "*強い* _x_ $y$ :smile: `z`",
            "a" * 500,
        ]
    ),
)
def test_any_text_gives_every_picture(open_page: Open, lang: str, sentence: str) -> None:
    at = open_page(page="cell", lang=lang, text=sentence, guess="1", hold=STATE, at="1", edit="1", into=sentence)
    steps = chart(at, f"chart_{STATE}")["z"].shape[1]
    assert 1 <= steps <= 60
    assert len(keys(at)) == len(set(keys(at))) == 7
    assert "<script" not in html(at)
    assert not at.error


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_text_is_explained(open_page: Open, lang: str) -> None:
    at = open_page(page="cell", lang=lang, text="  ")
    assert [error.value for error in at.error] == [text("errors.empty_text", lang)]


@pytest.mark.parametrize(
    ("lang", "key", "given"),
    alternately(
        [
            ("unit", "0"),
            ("unit", "1025"),
            ("quantity", "speed"),
            ("order", "x"),
            ("chart", "pie"),
            ("guess", "61"),
            ("guess", "nan"),
            ("hold", "all"),
            ("value", "2"),
            ("value", "nan"),
            ("value", "1e0"),
            ("at", "0"),
            ("over", ""),
            ("edit", "0"),
            ("edit", "x"),
        ]
    ),
)
def test_a_bad_value_falls_back_and_the_page_says_so(open_page: Open, lang: str, key: str, given: str) -> None:
    at, plain = open_page(page="cell", lang=lang, **{key: given}), unchanged(open_page, {"page": "cell", "lang": lang})
    assert len(at.warning) == 1
    assert f"`{key}`" in at.warning[0].value
    assert shown(at) == shown(plain)
    assert dict(at.query_params) == dict(plain.query_params)


def test_reset_goes_back_to_the_defaults(open_page: Open) -> None:
    at = open_page(page="cell", cell="gru", unit="3", hold=STATE, value="0.5", at="2", guess="2", edit="3", into="雨")
    unfold(at).button(key="reset").click().run()
    assert dict(at.query_params) == dict(open_page(page="cell").query_params)
    assert keys(at) == [STATE, "ledger", "parameter_counts"]


@pytest.mark.parametrize(("key", "value"), [("text", "犬が人を噛む"), ("cell", "gru"), ("hidden", "32")])
def test_what_the_answer_depends_on_asks_again(open_page: Open, key: str, value: str) -> None:
    at = open_page(page="cell", guess="3", edit="3", t="2")
    assert "movement" in keys(at)
    if key == "text":
        at.pills(key="example").set_value(value).run()
        assert not {"t", "edit"} & set(at.query_params)
    else:
        at.segmented_control(key=key).set_value(int(value) if value.isdigit() else value).run()
    assert "guess" not in at.query_params
    assert "movement" not in keys(at)


def test_what_was_revealed_without_a_guess_stays_and_so_does_a_guess_under_a_clamp(open_page: Open) -> None:
    at = open_page(page="cell", guess="skip")
    at.pills(key="example").set_value("犬が人を噛む").run()
    assert "movement" in keys(at)
    at = open_page(page="cell", guess="3")
    at.selectbox(key="hold").set_value(STATE).run()
    assert at.query_params["guess"] == "3"


def test_a_guess_gets_its_verdict_and_why(open_page: Open) -> None:
    h = rc.run(rc.ModelSpec(cell="lstm", hidden=16), WORDS).layer()[STATE].astype(np.float64)
    most = int(np.argmax(np.linalg.norm(np.diff(h, axis=0, prepend=0), axis=1)))
    for guess in range(len(WORDS)):
        page = html(open_page(page="cell", lang="en", guess=str(guess + 1)))
        assert ('class="verdict right"' in page) == (guess == most)
    assert 'class="verdict' not in html(open_page(page="cell", guess="skip"))
