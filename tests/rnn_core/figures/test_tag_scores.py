from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays
from hypothesis.strategies import sampled_from

from rnn_core.figures import Theme, tag_scores
from rnn_core.figures.characters import Characters
from rnn_core.figures.tag_scores import LIMIT
from rnn_core.messages import LANGUAGES, text
from rnn_core.segmentation.tags import TAGS
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces
from tests.rnn_core.figures.segmented import segmentation


def draw(found=None, lang: str = "ja", theme: Theme | None = None):
    return sound(tag_scores(found or segmentation(), lang=lang, theme=theme or Theme()))


def test_the_scores_are_plotted_as_they_are_on_one_scale() -> None:
    found = segmentation()
    cells = traces(draw(found))[0]
    np.testing.assert_array_equal(cells["z"], found.emissions[:, :4].T)
    assert (cells["zmin"], cells["zmax"]) == (-LIMIT, LIMIT)


def test_the_path_goes_through_the_tags_and_rings_mark_what_it_overrules() -> None:
    found = segmentation(E_2=7.5)
    *_, path, rings = traces(draw(found))
    assert path["y"].tolist() == list(found.tags)
    assert path["x"].tolist() == list(range(1, 8))
    assert (rings["x"].tolist(), rings["y"].tolist()) == ([3], [TAGS.index("E")])
    assert "「は」では E でなく S" in draw(found).finding
    assert text("tag_scores.overruled", "ja") in [mark.meaning for mark in draw(found).legend.marks]
    assert text("tag_scores.overruled", "ja") not in [mark.meaning for mark in draw().legend.marks]


def test_the_closest_decision_is_named() -> None:
    found = segmentation(M_1=4.9)
    assert (
        draw(found).finding == "上位 2 つのスコアが最も近いのは「日」で、E が M を 0.10 上回る。"
        "最適経路は、どの文字でもスコアが最高のタグを通る。"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_tie_is_called_one_and_overrules_nothing(lang: str) -> None:
    score = float(segmentation().emissions[1, TAGS.index("E")])
    found = segmentation(B_1=score)  # the path takes E, which B equals
    picture = draw(found, lang)
    said = {place: name for place, name in (("first", "B"), ("second", "E"))}
    assert (
        text("tag_scores.tied", lang, character=Characters.of(found.characters.text, lang).said(1), **said)
        in picture.finding
    )
    assert picture.finding.endswith(text("tag_scores.agree", lang))
    *_, rings = traces(picture)
    assert not rings["x"].size


@given(scores=arrays(np.float32, (7, 4), elements=sampled_from([-1.0, 0.0, 2.5])))
def test_whatever_the_scores_are_no_tag_is_ahead_of_itself_and_no_lower_score_is_called_highest(
    scores: np.ndarray,
) -> None:
    found = segmentation()
    emissions = found.emissions.copy()
    emissions[:, : len(TAGS)] = scores
    picture = draw(replace(found, emissions=emissions), "en")
    for tag in TAGS:
        assert f"{tag} leads {tag}" not in picture.finding
        assert f"{tag} and {tag}" not in picture.finding
    *_, rings = traces(picture)
    overruled = {int(x) - 1 for x in rings["x"]}
    assert overruled == {t for t in range(7) if scores[t, found.tags[t]] < scores[t].max()}


def test_what_is_off_the_scale_has_a_sign() -> None:
    picture = draw(segmentation(B_0=31.0, S_1=-25.0))
    assert (picture.legend.low, picture.legend.high) == ("≤ −20", "≥ 20")
    names = [trace.get("name") for trace in traces(picture)]
    assert {"above", "below"} <= set(names)


@pytest.mark.parametrize("steps", [1, 200])
def test_any_length_is_drawn(steps: int) -> None:
    picture = draw(segmentation(("あ",) * steps))
    assert traces(picture)[0]["z"].shape == (4, steps)
    *_, path, _ = traces(picture)
    assert path["mode"] == ("lines+markers" if steps == 1 else "markers")


@pytest.mark.parametrize("theme", LOOKS)
def test_language_and_look_change_no_number(theme: Theme) -> None:
    ja, en = (traces(draw(lang=lang, theme=theme))[0] for lang in LANGUAGES)
    np.testing.assert_array_equal(data(ja)["z"], data(en)["z"])
