"""What the way back is drawn from: the library's own numbers; where the reader is, and what they guess."""

from __future__ import annotations

import base64
import json
from functools import cache

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.components.gradient_trails import FIRST, Axis, Loss, drawing
from rnn_core.gradients.way_back import clip_factor, fold
from rnn_core.messages import LANGUAGES
from rnn_core.models.sentence_spec import SentenceSpec, SentenceWay, continued
from rnn_core.models.sentence_way import find_way
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec

WORDS, GLOSSES = (
    ("今日", "は", "天気", "が", "良い", "ね"),
    ("today", "(topic)", "weather", "(subject)", "good", "right?"),
)
AXIS = Axis(3, -30, 5, 1.0)
BUDGET = 21 * 1024  # bytes of the three runs in view, at 60 words


@cache
def ways(length: int = 6, hidden: int = 8, **more: object) -> dict[str, SentenceWay]:
    return {
        cell: find_way(
            SentenceSpec(
                model=ModelSpec(cell=cell, hidden=hidden),
                words=continued(WORDS, length),
                at=length - 1,
                **{"output": "そうだね!"} | more,
            )
        )
        for cell in CELLS
    }


def drawn(lang: str = "ja", length: int = 6, hidden: int = 8, threshold: float | None = None, **more: object) -> dict:
    words, glosses = continued(WORDS, length), continued(GLOSSES, length)
    found = ways(length, hidden, **more)
    data = drawing(lang, words, glosses, found, Loss("reply", "そうだね!"), AXIS, (0, 3), threshold, None)
    return json.loads(json.dumps(data, allow_nan=False))


def unpacked(text: str, kind: str = "<f4") -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), kind).astype(float)


def test_each_run_is_called_as_everywhere() -> None:
    assert drawn()["names"] == {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}


@pytest.mark.parametrize("hidden", [8, 64])
def test_the_numbers_are_the_librarys(hidden: int) -> None:
    data = drawn(hidden=hidden)
    for cell, found in ways(6, hidden).items():
        run = data["runs"][cell]
        stretch, aim = fold(found.way, 2 * hidden if hidden == 8 else FIRST)
        np.testing.assert_array_equal(unpacked(run["left"]), found.way.decades.astype("<f4"))
        np.testing.assert_allclose(unpacked(run["sigma"], "<f2"), stretch.ravel(), rtol=1e-3, atol=1e-4)
        np.testing.assert_allclose(unpacked(run["aim"], "u1") / 255, aim.ravel(), atol=0.5 / 255 + 1e-9)
        assert (run["columns"], run["units"]) == (stretch.shape[1], found.way.stretch.shape[1])
        assert run["total"] == pytest.approx(np.log10(found.total / found.way.size))
        assert (run["road"] is None, run["gate"] is None) == (cell != "lstm",) * 2
        if found.road is not None and found.gate is not None:
            np.testing.assert_allclose(unpacked(run["road"]), found.road, rtol=1e-6)
            np.testing.assert_allclose(unpacked(run["gate"]), found.gate, rtol=1e-6)


def test_clipping_is_the_librarys_and_moves_only_what_exceeds_it() -> None:
    for cell, run in drawn(threshold=0.1)["runs"].items():
        found = ways()[cell]
        assert 10 ** run["cut"] == pytest.approx(clip_factor(found.total, 0.1))
        assert 10 ** run["threshold"] == pytest.approx(0.1 / found.way.size)
    assert all(run["cut"] == 0 and run["threshold"] is None for run in drawn()["runs"].values())


@pytest.mark.parametrize("hidden", [16, 64])
def test_three_runs_of_60_words_are_sent_in_the_budget(hidden: int) -> None:
    assert len(json.dumps(drawn(length=60, hidden=hidden)["runs"])) <= BUDGET


def test_steps_that_were_not_computed_stay_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rnn_core.models.sentence_way.WORK", 5 * 8**3 / 2)
    run = drawn(unit=0, output=None)["runs"]["rnn"]
    there = ~np.isnan(unpacked(run["sigma"], "<f2").reshape(-1, run["columns"])[:, 0])
    assert there.tolist() == [True, False, True, False, True]


def test_a_loss_without_a_gradient_has_no_sizes() -> None:
    data = drawn(rho=0.0)
    assert np.isneginf(unpacked(data["runs"]["rnn"]["left"])[:5]).all()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_readers_of_english_get_glosses(lang: str) -> None:
    assert [word["gloss"] for word in drawn(lang)["words"]] == (list(GLOSSES) if lang == "en" else [""] * 6)


def app() -> None:
    import streamlit as st

    from pages._ui.components.gradient_trails import Axis, Loss, Said, gradient_trails
    from rnn_core.models.sentence_spec import SentenceSpec
    from rnn_core.models.sentence_way import find_way
    from rnn_core.specs import ModelSpec

    words = ("犬", "が", "人", "を")
    spec = SentenceSpec(model=ModelSpec(cell="gru", hidden=8), words=words, at=3, unit=0)
    gradient_trails(
        "ja",
        words,
        ("",) * 4,
        {"gru": find_way(spec)},
        loss=Loss("unit", unit=1),
        axis=Axis(1, -3, 1, 0.5),
        rings=(0, 1, 2),
        said=Said("gru", st.session_state.get("curve", "")),
        step=st.session_state.get("t"),
        on_change=lambda *told: st.session_state.update(told=told),
    )


def sent(at: AppTest) -> dict[str, object]:
    assert not at.exception
    return json.loads(at.get("bidi_component")[0].proto.json)[0]


def test_it_opens_at_the_loss_where_it_is_asked_and_else_where_the_reader_was() -> None:
    at = AppTest.from_function(app, default_timeout=60)
    at.session_state["t"] = 2
    first = sent(at.run())
    assert (first["at"]["step"], first["at"]["quantity"], first["answer"]["curve"]) == (4, "gru", "")
    at.session_state["curve"] = "skip"
    second = sent(at.run())
    assert second["at"]["step"] == 2
    assert second["serial"] == first["serial"] + 1
    at.session_state["t"] = None
    assert sent(at.run())["at"]["step"] == 1
