from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.bidirectional.pictures import shared_legend
from rnn_core.figures import Theme, influence_side
from rnn_core.figures.influence_sides import SIDES
from rnn_core.messages import LANGUAGES, text
from rnn_core.segmentation.measures import influences
from rnn_core.segmentation.tags import NEEDED
from tests.pages.reading import alt, html, keys

if TYPE_CHECKING:
    from tests.pages.conftest import Open

MAPS = [f"influence_{side}" for side in SIDES]


def test_one_legend_has_every_sign_once_and_the_widest_ends(warm: None) -> None:
    found = influences("今日は天気が良いね" * 12)
    sides = ("forward", "backward", "scores")
    maps = {
        side: influence_side(side, getattr(found, side), "今日は天気が良いね" * 12, lang="ja", theme=Theme())
        for side in sides
    }
    legend = shared_legend(maps)
    assert legend.low == "≤ 10⁻¹²"
    assert [mark.meaning for mark in legend.marks] == [text("influence_sides.bare", "ja")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_heading_of_the_maps_says_what_the_map_of_the_scores_says(open_page: Open, lang: str) -> None:
    at = open_page(page="bidirectional", lang=lang, text=NEEDED)
    assert text("bidirectional.reach_finding", lang, scores=alt(at, "chart_influence_scores")) in html(at).replace(
        "\N{NO-BREAK SPACE}", " "
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_parity_is_said_where_torch_computes_the_same(open_page: Open, lang: str) -> None:
    parity = text("ui.parity", lang, gap="§").split("§")[0]
    query = {"page": "bidirectional", "lang": lang, "text": NEEDED, "guess_boundaries": "skip"}
    for later in ("own", "off"):
        at = open_page(**query, later=later)
        assert keys(at) == MAPS
        at.session_state["scores"] = True
        at.run()
        assert keys(at) == ["tag_scores", *MAPS]
        assert (parity in html(at)) is (later == "own")
