from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rnn_core.models.sentence_spec import continued
from rnn_core.models.sentence_way import find_way
from tests.pages.reading import drawing, html
from tests.pages.test_gradients import WORDS, spec

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize(
    ("query", "loss", "words"),
    [
        ({"length": "once"}, {"kind": "reply", "output": "そうだね!", "unit": None}, 6),
        ({"loss": "word", "length": "once", "read": "2"}, {"kind": "word", "output": "天気", "unit": None}, 2),
        ({"loss": "word", "length": "once", "read": "6"}, {"kind": "reply", "output": "そうだね!", "unit": None}, 6),
        ({"loss": "unit", "unit": "3", "read": "9"}, {"kind": "unit", "output": None, "unit": 3}, 9),
    ],
)
def test_the_way_begins_at_the_word_of_the_loss(
    open_page: Open, query: dict[str, str], loss: dict[str, object], words: int
) -> None:
    drawn = drawing(open_page(page="gradients", **query), "gradient_trails")
    assert (drawn["loss"], len(drawn["words"])) == (loss, words)


def test_a_place_after_the_loss_is_none(open_page: Open) -> None:
    asked = {"page": "gradients", "curve": "skip", "length": "once"}
    assert [drawing(open_page(**asked, t=t), "gradient_trails")["at"]["step"] for t in ("4", "150")] == [4, 1]


@pytest.mark.parametrize("theta", ["1.0", "none"])
def test_the_threshold_is_the_readers(open_page: Open, theta: str) -> None:
    drawn = drawing(open_page(page="gradients", curve="skip", theta=theta), "gradient_trails")
    assert drawn["theta"] == (None if theta == "none" else 1.0)


def test_nothing_that_is_opened_is_computed_before(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(spec: object) -> None:
        raise AssertionError(spec)

    for name in ("find_gradients", "find_influence", "find_steps"):
        monkeypatch.setattr(f"pages._ui.cache.{name}", refuse)
    assert "<h1" in html(open_page(page="gradients", curve="skip", text="今日は暑いね"))


def test_another_forget_gate_is_compared_with_its_own(open_page: Open) -> None:
    drawn = drawing(open_page(page="gradients", curve="skip", weights="fresh", fbias="3.0"), "gradient_trails")
    own = find_way(spec("lstm", continued(WORDS, 60), weights="fresh")).way.decades
    assert drawn["former"]["cell"] == "lstm"
    np.testing.assert_array_equal(np.frombuffer(base64.b64decode(drawn["former"]["left"]), "<f4"), own.astype("<f4"))
    assert drawing(open_page(page="gradients", curve="skip"), "gradient_trails")["former"] is None
