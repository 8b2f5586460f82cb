"""A minGRU or minLSTM that was trained in the lab, in the chapters that show cells; elsewhere a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from rnn_core.models import registry
from rnn_core.models.sources import find_source
from rnn_core.training.lab.loop import train
from rnn_core.training.lab.run_source import chapters_of
from rnn_core.training.lab.spec import TrainSpec
from tests.pages.reading import chart, drawing, html
from tests.pages.trained import runs, trained

if TYPE_CHECKING:
    from rnn_core.training.lab.store import Runs
    from tests.pages.conftest import Open

__all__ = ["runs"]  # a fixture


def name_of(store: Runs, cell: str) -> str:
    spec = TrainSpec(task="parity", length=6, cell=cell, hidden=4, batch=4, steps=2)
    assert chapters_of(spec) == ("cell",)
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


@pytest.mark.parametrize("page", ["parallel", "gradients"])
def test_a_chapter_that_cannot_show_it_says_so(open_page: Open, runs: Runs, page: str) -> None:
    at = open_page(page=page, lang="en", weights=name_of(runs, "mingru"), guess_rounds="skip")
    said = html(at) + " ".join(one.value for one in at.error)
    assert "minGRU" in said
