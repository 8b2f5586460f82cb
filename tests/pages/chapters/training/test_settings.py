from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._chapters.training import CHAPTER, SETTINGS, settings
from pages._ui.address import controls_of, parse, serialize
from rnn_core.training.lab import contrasts
from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.spec import TrainSpec

if TYPE_CHECKING:
    from pages._ui.contrasts import Contrast

ROWS = controls_of(CHAPTER)
OPENS, _ = parse({}, ROWS)


def test_every_setting_of_a_training_has_its_place_in_the_address() -> None:
    assert set(settings.KEYS) == set(TrainSpec.model_fields)
    assert set(settings.KEYS.values()) == set(SETTINGS)


def test_the_address_opens_with_the_usual_training() -> None:
    assert settings.spec_of(OPENS) == TrainSpec(task="adding", length=50)


@given(st.data())
def test_a_training_is_described_by_its_address(data: st.DataObject) -> None:
    chosen = {key: data.draw(st.sampled_from(values)) for key, values in settings.OFFERS.items()}
    taken = settings.changed(OPENS, chosen)
    state = {**OPENS, **taken}
    try:
        spec = settings.spec_of(state)
    except ValueError:
        return  # too long a training
    again, notices = parse(
        {key: [value] for key, value in serialize({**OPENS, **settings.state_of(spec)}, SETTINGS).items()}, ROWS
    )
    assert not notices
    assert settings.spec_of(again) == spec


@pytest.mark.parametrize("task", LENGTHS)
def test_another_task_has_a_length_of_its_own(task: str) -> None:
    taken = settings.changed({**OPENS, "length": 3}, {"task": task})
    state = {**OPENS, "length": 3, **taken}
    settings.spec_of(state)
    assert settings.fitted(state) == {}


def test_what_a_browser_makes_up_is_left_out() -> None:
    said = {"cell": "transformer", "lr": "-1", "nowhere": "1", "hidden": "1e9", "steps": "<b>", "seed": "3"}
    assert settings.changed(OPENS, said) == {"seed": 3}


@pytest.mark.parametrize("rate", ["0.000001", "1e-3", "10", "2.5e-4", "0.3"])
def test_a_learning_rate_may_be_any_number(rate: str) -> None:
    state, notices = parse({"lr": [rate]}, ROWS)
    assert (state["lr"], notices) == (rate, ())


@pytest.mark.parametrize("rate", ["0", "0.0", "-1", "1e5", "nan", "1_0", "100"])
def test_what_is_no_learning_rate_is_a_notice(rate: str) -> None:
    state, notices = parse({"lr": [rate]}, ROWS)
    assert (state["lr"], len(notices)) == ("0.005", 1)


@pytest.mark.parametrize("one", settings.CONTRASTS, ids=lambda one: one.name)
def test_a_contrast_is_a_link_and_asks_anew(one: Contrast) -> None:
    sets = {**one.silent, **one.sets}
    state, notices = parse({key: [str(value)] for key, value in sets.items() if value is not None}, ROWS)
    assert not notices
    assert settings.spec_of(state) == contrasts.CONTRASTS[one.name]
    assert (sets["run"], sets["guess"], sets["update"]) == ("", None, None)


def test_what_a_cell_or_task_does_not_have_is_known() -> None:
    def without(**values: object) -> set[str]:
        spec = TrainSpec(length=5, **values)
        return set(settings.drawn(settings.state_of(spec), spec).without)

    assert without(task="parity", cell="gru") == {"activation", "forget_bias", "bidirectional"}
    assert without(task="adding", cell="rnn") == {"forget_bias"}
    assert {"layers", "initialisation", "weight_scale"} <= without(task="adding", cell="mingru")
