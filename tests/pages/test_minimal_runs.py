"""A minGRU or minLSTM that was trained in the lab, in the chapters that show cells; elsewhere a sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

import rnn_core as rc
from rnn_core.figures import called
from rnn_core.messages import LANGUAGES, text
from rnn_core.models import registry
from rnn_core.models.sentence_gradients import find_gradients
from rnn_core.models.sentence_spec import SentenceSpec
from rnn_core.models.sources import find_source
from rnn_core.quantities import MINIMAL
from rnn_core.specs import MinimalSpec
from rnn_core.training.lab.loop import train
from rnn_core.training.lab.run_source import chapters_of
from rnn_core.training.lab.spec import TrainSpec
from tests.pages.reading import chart, charts, drawing, html, plain
from tests.pages.trained import runs, trained

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from rnn_core.training.lab.store import Runs
    from tests.pages.conftest import Open

__all__ = ["runs"]  # a fixture


def name_of(store: Runs, cell: str) -> str:
    spec = TrainSpec(task="parity", length=6, cell=cell, hidden=4, batch=4, steps=2)
    assert chapters_of(spec) == ("cell", "gradients")
    return f"run:{trained(store, spec, train=train)}"


@pytest.mark.parametrize(("cell", "gate", "lang"), [("mingru", "update_gate", "en"), ("minlstm", "forget_gate", "ja")])
def test_its_cell_is_drawn_with_torchs_numbers_and_its_gate_can_be_clamped(
    open_page: Open, runs: Runs, cell: str, gate: str, lang: str
) -> None:
    name, words = name_of(runs, cell), ("1", "0", "1", "1")
    at = open_page(page="cell", lang=lang, weights=name, text=" ".join(words), guess="skip", quantity=gate)
    assert [one.value for one in at.error] == []
    spec = find_source(name).describe(name)
    model, numbers = registry.family_of(spec).load(spec), registry.family_of(spec).tokenizer(spec).encode(words)
    with torch.inference_mode():
        states = model.states(torch.tensor([numbers]))[0]
        gates = model.recurrent.gates(model.embedding(torch.tensor(numbers)))
    np.testing.assert_allclose(chart(at, f"chart_{gate}")["z"], gates[gate].numpy().T, atol=1e-6)
    drawn = drawing(at, "cell")
    assert drawn["cell"] == cell
    assert {"hidden_before", gate, "candidate", "kept", "written", "hidden_state"} <= drawn["rows"].keys()
    held = open_page(page="cell", lang=lang, weights=name, text=" ".join(words), hold=gate, value="1", guess="skip")
    assert [one.value for one in held.error] == []
    assert abs(states).max() > 0
    assert (chart(held, "chart_hidden_state_clamped")["z"] == 0).all()  # from a state of zeros all is kept


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_chapter_that_cannot_show_it_says_so(open_page: Open, runs: Runs, lang: str) -> None:
    at = open_page(page="parallel", lang=lang, weights=name_of(runs, "mingru"), guess_rounds="skip")
    assert any("minGRU" in one.value and text("gradients.title", lang) in one.value for one in at.error)


@pytest.mark.parametrize("cell", MINIMAL)
def test_its_gradient_is_traced_back(open_page: Open, runs: Runs, cell: str) -> None:
    name = name_of(runs, cell)
    at = open_page(page="gradients", lang="en", weights=name, text="1 0 1 1", length="once", curve="skip", part="norms")
    assert [one.value for one in at.error] == []
    drawn = drawing(at, "gradient_trails")
    assert list(drawn["runs"]) == [cell]
    assert chart(at, "chart_gradient_norms")["y"].tolist()[-1] == 1.0


def test_another_word_is_compared(open_page: Open, runs: Runs) -> None:
    name = name_of(runs, "mingru")
    at = open_page(page="cell", lang="en", weights=name, text="1 0 1", edit="2", into="1", guess="skip")
    assert [one.value for one in at.error] == []
    assert "chart_difference_hidden_state_edited" in "".join(one.proto.id for one in at.get("plotly_chart"))


@pytest.mark.parametrize("cell", MINIMAL)
@pytest.mark.parametrize("weights", ["trained", "fresh"])
def test_the_shipped_and_the_random_ones_open_by_their_address(open_page: Open, cell: str, weights: str) -> None:
    spec = MinimalSpec(cell=cell, hidden=16, weights=weights)
    query = {"lang": "en", "cell": cell, "weights": weights, "text": "今日は暑い", "guess": "skip", "curve": "skip"}
    states = rc.run(spec, ("今日", "は", "暑い")).layers["hidden_state"]
    home, inside = (open_page(page=page, **query) for page in ("home", "cell"))
    for at in (home, inside):
        assert [one.value for one in (*at.error, *at.warning)] == []
        np.testing.assert_array_equal(chart(at, "chart_hidden_state")["z"], states.T)
        assert text("ui.parity_scan", "en", gap="").strip() in html(at)
    drawn = drawing(home, "unrolled")
    assert drawn["recurrent"] in ("z_t", "f_t")
    assert drawn["recurrent"] in drawn["equation"]["right"]
    assert "hh" not in json.dumps(drawn["terms"])
    back = open_page(page="gradients", **query, length="once", part="shares", rho="1.0")
    assert [one.value for one in (*back.error, *back.warning)] == []
    assert list(drawing(back, "gradient_trails")["runs"]) == [{"mingru": "gru", "minlstm": "lstm"}[cell], cell]
    assert text("gradients.note.minimal", "en") in plain(back)
    asked = SentenceSpec(model=spec, words=("今日", "は", "暑い"), at=2, output=reply_of(back))
    lines = {str(one["name"]): one["y"] for one in charts(back, "chart_weight_steps") if "meta" not in one}
    np.testing.assert_allclose(lines[called(cell, "en")], find_gradients(asked).shares, rtol=1e-9)


def reply_of(at: AppTest) -> str:
    said: str = drawing(at, "gradient_trails")["loss"]["output"]
    return said


def test_the_cell_that_is_chosen_goes_along_where_a_chapter_has_it(open_page: Open) -> None:
    at = open_page(page="home", lang="en", cell="mingru")
    for chapter, cell in (("cell", "mingru"), ("parallel", "gru")):
        at.query_params.clear()  # as the browser does
        at.switch_page(f"pages/{chapter}.py").run()
        assert at.session_state["cell"] == cell
    assert (at.session_state["cell"], [one.value for one in at.warning]) == ("gru", [])
