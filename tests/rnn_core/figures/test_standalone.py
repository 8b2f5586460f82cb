"""A picture that stands alone: its words and its scale are in the figure, its numbers as they were."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, difference, gates, heatmap, influence_map, standalone
from tests.rnn_core.figures.cases import WORDS, layer, sound, spoiled, traces

THEME = Theme()


def shown_of(kind: str, lang: str):
    one, look = layer(), {"lang": lang, "theme": THEME}
    made = {
        "heatmap": lambda: heatmap(one, "hidden_state", WORDS, **look),
        "spoiled": lambda: heatmap(spoiled("hidden_state"), "hidden_state", WORDS, **look),
        "gates": lambda: gates(one, WORDS, **look),
        "influence": lambda: influence_map("gru", np.tri(6), WORDS, **look),
        "difference": lambda: difference(one, layer(seed=1), "hidden_state", WORDS, **look),
    }
    return made[kind]()


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("kind", ["heatmap", "spoiled", "gates", "influence", "difference"])
def test_words_scale_and_signs_are_in_the_figure_and_the_numbers_as_they_were(kind: str, lang: str) -> None:
    before = shown_of(kind, lang)
    alone = sound(standalone(before, THEME))
    layout = alone.figure.to_dict()["layout"]
    assert layout["title"]["text"] == before.title
    joint = "" if lang == "ja" else " "
    assert layout["title"]["subtitle"]["text"].replace("<br>", joint).replace(" ", "") == before.finding.replace(
        " ", ""
    )
    said = " ".join(note["text"] for note in layout.get("annotations", ()))
    assert all(mark.glyph in said and mark.meaning in said for mark in before.legend.marks)
    bars = [trace["colorbar"] for trace in traces(alone) if trace.get("showscale")]
    assert len(bars) == (kind != "difference")
    if bars:
        assert (bars[0]["ticktext"][0], bars[0]["ticktext"][-1]) == (before.legend.low, before.legend.high)
        assert bars[0]["title"]["text"] == before.legend.symbol
    for one, other in zip(traces(before), traces(alone), strict=True):
        for axis in one.keys() & {"x", "y", "z"}:
            np.testing.assert_array_equal(one[axis], other[axis])


def test_what_it_was_made_of_stays_as_it_was() -> None:
    before = shown_of("spoiled", "en")
    written = before.figure.to_plotly_json()
    standalone(before, THEME)
    assert before.figure.to_plotly_json() == written
    assert "title" not in written["layout"]


def test_a_title_with_markup_is_text() -> None:
    one = difference(layer(), layer(seed=1), "hidden_state", ["<b>x", *WORDS[1:]], lang="en", theme=THEME)
    assert "&lt;b&gt;x" in standalone(one, THEME).figure.to_dict()["layout"]["title"]["subtitle"]["text"]
