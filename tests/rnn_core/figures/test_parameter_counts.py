from __future__ import annotations

import pytest
import torch

from rnn_core.figures import Theme, parameter_counts
from rnn_core.quantities import CELLS
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces

LOOK = Theme()


def draw(inputs: int = 24, hidden: int = 16, **options):
    return sound(parameter_counts(inputs, hidden, **({"lang": "en", "theme": LOOK} | options)))


@pytest.mark.parametrize("hidden", [1, 16, 64])
def test_the_bars_are_what_torch_s_own_layers_hold(hidden: int) -> None:
    (bars,) = traces(draw(hidden=hidden))
    kinds = {"RNN": torch.nn.RNN, "LSTM": torch.nn.LSTM, "GRU": torch.nn.GRU}
    counted = {name: sum(p.numel() for p in kinds[name](24, hidden).parameters()) for name in bars["y"]}
    assert dict(zip(bars["y"], bars["x"].tolist(), strict=True)) == counted
    assert set(counted) == {cell.upper() for cell in CELLS}


def test_the_finding_says_the_ratio_and_a_quarter_less() -> None:
    picture = draw()
    assert "1 : 3 : 4" in picture.finding.replace("\u00a0", " ")
    assert "25% fewer" in picture.finding
    assert "25% 少ない" in draw(lang="ja").finding


def test_every_count_says_how_it_comes_about() -> None:
    picture = draw()
    notes = [note["text"] for note in picture.figure.to_plotly_json()["layout"]["annotations"]]
    assert notes == [
        "<b>RNN</b>  1 · 16 · (24 + 16 + 2) = 672",
        "<b>GRU</b>  3 · 16 · (24 + 16 + 2) = 2,016",
        "<b>LSTM</b>  4 · 16 · (24 + 16 + 2) = 2,688",
    ]
    assert [column[0] for column in picture.table.values()] == ["RNN", "1 · 16 · (24 + 16 + 2) = 672", 672]


@pytest.mark.parametrize("theme", LOOKS)
def test_language_and_look_change_no_number(theme: Theme) -> None:
    ja, en = (draw(lang=lang, theme=theme) for lang in ("ja", "en"))
    assert [data(trace) for trace in traces(ja)] == [data(trace) for trace in traces(en)]
    assert traces(ja)[0]["marker"]["color"] == [theme.mark(cell) for cell in ("rnn", "gru", "lstm")]
