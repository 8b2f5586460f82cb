from __future__ import annotations

import pytest

from rnn_core.figures import Theme, accuracy_by_model
from rnn_core.tasks.sentiment import Count
from rnn_core.training.order import Baselines, OrderScore
from tests.rnn_core.figures.answers import BAG, LSTM, RNN, WINDOW
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces

RIGHT = {
    BAG: OrderScore(readable=200, right=180, twins_right=20),
    WINDOW: OrderScore(readable=120, right=120, twins_right=50),
    RNN: OrderScore(readable=200, right=170, twins_right=50),
    LSTM: OrderScore(readable=200, right=198, twins_right=50),
}


BASELINES = Baselines(0.02, 0.1, 0.0)


def draw(right=RIGHT, **options):
    return sound(accuracy_by_model(right, 200, 50, BASELINES, **({"lang": "ja", "theme": Theme()} | options)))


def test_what_cannot_be_read_counts_as_wrong() -> None:
    every, ordered, above, below = traces(draw())
    assert every["x"].tolist() == above["x"].tolist() == [0.9, 0.6, 0.85, 0.99, 0.1, 0.02]
    assert ordered["x"].tolist() == below["x"].tolist() == [0.4, 1, 1, 1, 0, 0.02]
    assert every["text"] == above["text"] == ["90%", "60%", "85%", "99%", "10%", "2%"]
    assert (above["y"] < every["y"]).all()
    assert (below["y"] > every["y"]).all()


def test_each_share_has_its_interval_and_what_takes_no_reading_has_none() -> None:
    every, *_ = traces(draw())
    low, high = Count(180, 200).interval
    assert every["error_x"]["arrayminus"][0] == pytest.approx(0.9 - low)
    assert every["error_x"]["array"][0] == pytest.approx(high - 0.9)
    assert every["error_x"]["array"][-2:].tolist() == [0, 0]


def test_the_finding_also_says_what_does_not_fit_the_story() -> None:
    assert draw().finding == (
        "語順だけで返事が決まる文（n = 50）の正解率：MLP（Bag-of-Words） 40%、最高は MLP（窓 8 "
        "語）・RNN・LSTM 100%。すべての文（n = 200）での最高：LSTM 99%。MLP（Bag-of-Words） 90% "
        "を下回る：MLP（窓 8 語）・RNN。"
    )


def test_what_could_not_be_read_is_said_beside_the_chart() -> None:
    assert draw().method.endswith("無作為な返事をする場合。MLP（窓 8 語）には長すぎて読めない文：80。")


def test_what_is_not_so_is_not_said() -> None:
    picture = draw({BAG: RIGHT[BAG], LSTM: RIGHT[LSTM]})
    assert "下回る" not in picture.finding
    assert "長すぎて" not in picture.method


@pytest.mark.parametrize("theme", LOOKS)
def test_language_and_look_change_no_number(theme: Theme) -> None:
    ja, en = (
        [
            {key: value for key, value in data(trace).items() if key != "text"}
            for trace in traces(draw(lang=lang, theme=theme))
        ]
        for lang in ("ja", "en")
    )
    assert ja == en
