from __future__ import annotations

import numpy as np

from pages._chapters.cell import computed
from rnn_core.models import carrying
from rnn_core.specs import ModelSpec


def test_it_is_what_the_library_finds() -> None:
    asked = (ModelSpec(cell="rnn", hidden=16), ("人", "が", "犬", "を", "噛む"), ("人", "が", "犬", "を", "見る"), 0, 0)
    want, found = carrying.find_carrying(*asked), computed.find_carrying(*asked)
    np.testing.assert_array_equal(found.restored, want.restored)
    assert found.groups == want.groups
