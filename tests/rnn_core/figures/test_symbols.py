from __future__ import annotations

import re

import pytest

from rnn_core.figures.symbols import html
from rnn_core.quantities import QUANTITIES

FORMS = [form for row in QUANTITIES for form in row.forms.values()]


@pytest.mark.parametrize("markup", [text for form in FORMS for text in (form.symbol, form.equation)])
def test_nothing_of_the_markup_is_left(markup: str) -> None:
    made = html(markup)
    plain = re.sub(r"</?(i|sub)>", "", made)
    assert not set(plain) & set("_{}<>-")
    assert made.count("<i>") == made.count("</i>") > 0
    assert plain == re.sub(r"[_{}]", "", markup).replace("-", "−")


@pytest.mark.parametrize(
    ("markup", "made"),
    [
        ("c_{t-1}", "<i>c</i><sub>t−1</sub>"),
        ("W_{hh} h", "<i>W</i><sub>hh</sub> <i>h</i>"),
        ("σ(b_i)", "σ(<i>b</i><sub>i</sub>)"),
        ("tanh(a)", "tanh(<i>a</i>)"),
        ("1 - x < y", "1 − <i>x</i> &lt; <i>y</i>"),
    ],
)
def test_markup_as_html(markup: str, made: str) -> None:
    assert html(markup) == made
