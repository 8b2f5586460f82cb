from __future__ import annotations

import pytest

from pages._chapters.transformer import SCENES, layers
from pages._ui.components import transformer_layers
from pages._ui.components.place import Spot


def test_the_address_names_the_scenes_of_the_drawing() -> None:
    assert SCENES == transformer_layers.SCENES


@pytest.mark.parametrize(
    ("spot", "put"),
    [
        (Spot(5, 2, "read"), {"t": 5, "head": 2, "scene": "read"}),
        (Spot(8, 1, "generate"), {"head": 1, "scene": "generate"}),  # a word that is written is none of the sentence's
    ],
)
def test_where_the_reader_rests_is_in_the_address(spot: Spot, put: dict[str, object]) -> None:
    assert layers._rested(spot) == put
