from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, unit_clamped, unit_meaning
from rnn_core.messages import LANGUAGES
from rnn_core.models.meanings import Clamped, Scores, Tally
from tests.rnn_core.figures.cases import sound, traces

SCORES = (
    Scores("inside", np.array([0.1, -0.8, 0.3]), (1, 2, 0), 0.2, 500, 120, (-0.9, -0.7)),
    Scores("position", np.array([0.1, 0.15, 0.0]), (1, 0, 2), 0.2, 500, None, (0.1, 0.2)),
)


def clamped(key: str, *units: int) -> Clamped:
    rows = {"brackets": (Tally(70, 100), Tally(40, 100), Tally(69, 100)), "contracted": (Tally(0, 0),) * 3}
    return Clamped(key, units, 100, rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_unit_stands_at_its_score_and_chance_is_said(lang: str) -> None:
    picture = sound(unit_meaning(SCORES, clamped("inside", 1), "gru", lang=lang, theme=Theme()))
    assert [one["x"].tolist() for one in traces(picture)] == [one.r.tolist() for one in SCORES]
    assert "−0.80" in picture.finding
    other = sound(unit_meaning(SCORES, clamped("position", 1), "gru", lang=lang, theme=Theme()))
    assert {"en": "no more than chance", "ja": "超えない"}[lang] in other.finding


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_lost_stands_beside_what_other_units_lose_and_nothing_that_never_occurs(lang: str) -> None:
    picture = sound(unit_clamped(clamped("inside", 1), "gru", lang=lang, theme=Theme("dark")))
    assert [one["x"].tolist() for one in traces(picture)] == [[0.7], [0.4], [0.69]]
    assert all(share in picture.finding for share in ("70%", "40%", "69%"))
