from __future__ import annotations

import base64
import json
from types import SimpleNamespace

import numpy as np
import pytest

from pages._ui.components import feeling as drawn
from pages._ui.components import packing, place
from pages._ui.components.feeling import drawing
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.readings import reading

FOUND = reading((0, 2, 2))
PATH = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
CLOUD, SLOW, AXES = ((1.0, 2.0, 0.0),), ((0.5, 0.5, 1.0),), ("PC 1", "PC 2")


def made(lang: str = "en") -> dict:
    return json.loads(json.dumps(drawing(lang, FOUND, PATH, CLOUD, SLOW, AXES, "Why."), allow_nan=False))


def unpacked(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f4")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_drawing_has_the_networks_own_numbers(lang: str) -> None:
    data = made(lang)
    np.testing.assert_array_equal(unpacked(data["shares"]), FOUND.trace.probabilities.ravel())
    np.testing.assert_array_equal(unpacked(data["states"]), FOUND.trace.layers.output.ravel())
    np.testing.assert_array_equal(unpacked(data["path"]), PATH.ravel())
    np.testing.assert_array_equal(unpacked(data["cloud"]), np.ravel(CLOUD))
    assert data["answers"] == [0, 2, 2]
    assert data["settled"] == 2
    assert data["drops"] == FOUND.drops.tolist()
    assert len(data["kinds"]) == 3
    assert all(data["text"].values())


def test_without_slow_points_there_are_none() -> None:
    assert drawing("ja", FOUND, PATH, CLOUD, (), AXES, "Why.")["slow"] == ""


@pytest.mark.parametrize(("said", "heard"), [(2, [2]), ("skip", ["skip"]), (None, [None]), (9, []), (0, []), ({}, [])])
def test_only_what_can_be_answered_is_taken(monkeypatch: pytest.MonkeyPatch, said: object, heard: list[object]) -> None:
    calls: list[object] = []
    given = SimpleNamespace()
    of = packing.identity(FOUND.trace)
    monkeypatch.setattr(drawn, "_render", lambda **named: vars(given).update(named))
    monkeypatch.setattr(drawn, "heard_answer", lambda _key, _of: said)
    monkeypatch.setattr(place.st, "session_state", {})
    drawn.feeling(
        "en",
        FOUND,
        PATH,
        CLOUD,
        SLOW,
        AXES,
        "Why.",
        answer=None,
        on_step_change=lambda _: None,
        on_answer_change=calls.append,
    )
    given.on_answer_change()
    assert calls == heard
    assert given.data["id"] == of
