from __future__ import annotations

from pages._chapters.compare.small_multiples import shared
from rnn_core.figures import Legend, Mark


def test_one_legend_says_what_occurs_anywhere() -> None:
    above, bare = Mark("△", "above"), Mark("□", "bare")
    found = shared([Legend("h", "size", "1", "3", (bare,)), Legend("h", "size", "1", "≥ 3", (above, bare))])
    assert found == Legend("h", "size", "1", "≥ 3", (bare, above))
    assert shared([]) is None
