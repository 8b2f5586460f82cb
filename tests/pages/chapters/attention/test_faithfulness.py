from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._chapters.attention.faithfulness import MEASURES
from rnn_core.specs import TranslatorSpec
from rnn_core.translation.attribution import explain
from tests.pages.reading import charts

if TYPE_CHECKING:
    from tests.pages.conftest import Open

KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=128)


@pytest.mark.parametrize("head", ["mean", "2"])
def test_the_charts_have_what_was_measured_of_the_head_that_is_shown(open_page: Open, head: str) -> None:
    at = open_page(page="translation", study="explain", english="tea", t="2", head=head)
    found = explain(KATAKANA, tuple("tea"))
    weights, gradient, deletion = (lane["y"] for lane in charts(at, "chart_explanation"))
    looks = found.trace.attention[0]["attention"]  # (T, K, S)
    shown = looks.mean(axis=1) if head == "mean" else looks[:, int(head) - 1]
    np.testing.assert_allclose(weights, shown[1], rtol=1e-6)
    np.testing.assert_allclose(gradient, found.gradient_share[1], rtol=1e-6)
    np.testing.assert_allclose(deletion, found.fall[1], rtol=1e-6, atol=1e-9)
    for points, name in zip(charts(at, "chart_agreement"), MEASURES, strict=True):
        np.testing.assert_allclose(points["x"], found.agreement_with(shown)[name], rtol=1e-6)
