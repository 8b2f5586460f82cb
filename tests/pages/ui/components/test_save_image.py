from __future__ import annotations

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.components.save_image import STOPS, said
from rnn_core.figures import Legend, Mark, Picture, Theme
from rnn_core.messages import LANGUAGES


def picture(legend: Legend | None = None, finding: str = "10⁻⁷ < “語”") -> Picture:
    return Picture("state", Theme().draw(100, []), "h", finding, "", legend, {"n": np.array([1])})


def page() -> None:
    from pages._ui.components.save_image import save_image
    from rnn_core.figures import Theme
    from tests.pages.ui.components.test_save_image import picture

    save_image("en", Theme(), picture())


def test_the_buttons_know_which_chart_they_save() -> None:
    at = AppTest.from_function(page).run()
    assert not at.exception
    (buttons,) = at.get("bidi_component")
    assert json.loads(buttons.proto.json)[0]["key"] == "state"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_key_is_the_one_on_the_page(mode: str) -> None:
    theme = Theme(mode)  # type: ignore[arg-type]
    key = Legend("<i>h</i><sub>t</sub>", "signed", "≤ −1", "1", (Mark("△", "a < b", "#123456"), Mark("■", "語")))
    data = said("en", theme, picture(key))
    assert key.symbol in str(data["symbol"])
    assert (data["low"], data["high"]) == ("≤ −1", "1")
    assert data["marks"] == [
        {"glyph": "△", "meaning": "a &lt; b", "color": "#123456"},
        {"glyph": "■", "meaning": "語", "color": ""},
    ]
    ramp = data["ramp"]
    assert isinstance(ramp, list)
    assert len(ramp) == STOPS
    assert (ramp[0], ramp[-1]) == (theme.ramp("signed")[0], theme.ramp("signed")[-1])
    assert data["ink"] == theme["ink"]


def test_where_no_colour_is_a_number_there_is_no_ramp() -> None:
    marks = said("ja", Theme(), picture(Legend("", None, marks=(Mark("━", "道"),))))
    assert (marks["ramp"], len(marks["marks"])) == ([], 1)  # type: ignore[arg-type]
    bare = said("ja", Theme(), picture())
    assert (bare["ramp"], bare["marks"], bare["symbol"]) == ([], [], "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_finding_is_in_the_markup_that_plotly_knows(lang: str) -> None:
    assert said(lang, Theme(), picture())["finding"] == "10<sup>−7</sup> &lt; “語”"
    given = said(lang, Theme(), picture(finding='<img src=x> "it\'s" ‖∂L‖'))["finding"]
    assert given == '&lt;img src=x&gt; "it\'s" ‖∂L‖'


def test_on_a_projector_the_words_grow_with_the_chart() -> None:
    at_desk, projected = (said("en", Theme(size=size), picture())["size"] for size in (1.0, 1.7))
    assert projected == pytest.approx(1.7 * at_desk)  # type: ignore[arg-type]
