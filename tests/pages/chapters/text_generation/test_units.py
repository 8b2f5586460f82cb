from __future__ import annotations

from types import MappingProxyType
from typing import cast

import numpy as np

from pages._chapters.text_generation.units import chosen
from pages._ui.shell import View
from rnn_core.models.meanings import Scores

ROWS = tuple(Scores(key, np.zeros(2), (0, 1), 0.1, 10, None, (0.0, 0.0)) for key in ("inside", "position"))


def test_a_property_of_another_task_is_replaced_by_the_first() -> None:
    class Shown:
        state = MappingProxyType({"follows": "position"})

    assert chosen(cast("View", Shown), ROWS).key == "position"
    Shown.state = MappingProxyType({"follows": "clause"})
    assert chosen(cast("View", Shown), ROWS).key == "inside"
