from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_core.figures import Theme, halves
from rnn_core.messages import LANGUAGES, text
from rnn_core.recurrent.trace import Trace
from rnn_core.segmentation.tags import LATER, Later
from tests.rnn_core.figures.cases import layer, sound, traces
from tests.rnn_core.figures.segmented import segmentation


def with_states(backward: np.ndarray, later="own"):
    found = segmentation(later=later)
    both = found.halves[0], layer("lstm", steps=7, units=4, hidden_state=backward.astype(np.float32))
    return replace(found, layers=Trace("lstm", (both,), found.layers.output.copy(), 0.0))


def test_both_halves_show_their_states_on_one_scale() -> None:
    found = segmentation()
    pictures = [sound(picture) for picture in halves(found, lang="ja", theme=Theme())]
    assert [picture.key for picture in pictures] == ["hidden_state_forward", "hidden_state_backward"]
    for picture, half in zip(pictures, found.halves, strict=True):
        cells = traces(picture)[0]
        np.testing.assert_array_equal(cells["z"], half["hidden_state"].T)
        assert (cells["zmin"], cells["zmax"]) == (-1, 1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_backward_half_changes_in_the_order_of_its_reading(lang: str) -> None:
    states = np.zeros((7, 4))
    states[:3] = 0.5  # read from the right, the change comes with the third character: は
    _, backward = halves(with_states(states), lang=lang, theme=Theme())
    quoted = {
        "ja": "右から読んで、最大の変化は「は」のところ",
        "en": "Read from the right, its largest change is at “は”",
    }[lang]
    assert backward.finding.startswith(quoted)
    assert "1.00" in backward.finding


def test_a_half_that_is_shut_off_says_so() -> None:
    forward, backward = halves(with_states(np.zeros((7, 4)), "off"), lang="ja", theme=Theme())
    assert backward.finding == "すべて 0。この方向はゼロにしてある。"
    assert backward.method.endswith("ゼロにしてある。")
    assert "切って" not in forward.method


def test_one_character_has_nothing_to_change() -> None:
    for picture in halves(segmentation(("あ",)), lang="ja", theme=Theme()):
        assert sound(picture).finding == "文字は「あ」だけなので、状態も 1 つ。"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("later", [one for one in LATER if one not in ("own", "off")])
def test_what_was_not_read_from_the_right_here_is_not_said_to_be(lang: str, later: Later) -> None:
    states = np.zeros((7, 4))
    states[:3] = 0.5
    forward, backward = halves(with_states(states, later), lang=lang, theme=Theme())
    read = text("halves.most.backward", lang, character="", change="")[:8]
    assert not backward.finding.startswith(read)
    assert "1.00" in backward.finding
    assert forward.finding.startswith(text("halves.most.forward", lang, character="", change="")[:8])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_equal_states_have_no_largest_change(lang: str) -> None:
    for later in ("own", "other"):
        _, backward = halves(with_states(np.full((7, 4), 0.5), later), lang=lang, theme=Theme())
        assert backward.finding == text("halves.same", lang)
