from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, reply_order
from rnn_core.messages import LANGUAGES, text
from tests.rnn_core.figures.answers import CNN, GRU, LSTM, RNN, contrast, contrasts
from tests.rnn_core.figures.cases import LOOKS, sound, traces


def draw(found=None, **options):
    shown = contrasts() if found is None else found
    return sound(reply_order(shown, **({"lang": "ja", "theme": Theme()} | options)))


def notes(picture) -> list[str]:
    return [note["text"] for note in picture.figure.to_plotly_json()["layout"]["annotations"]]


def test_a_line_goes_from_the_probability_before_to_the_one_after() -> None:
    drawn = traces(draw())
    assert [(line["meta"], line["x"].tolist()) for line in drawn[:2]] == [
        ("まさか!", [0.5, 0.5]),
        ("危ないね!", pytest.approx([0.4, 0.4])),
    ]
    lstm = [line for line in drawn if line["name"] == "LSTM"]
    assert [line["x"].tolist() for line in lstm] == [[1, 0], [0, 1]]
    assert all(line["x"].dtype == np.float32 for line in drawn)


def test_all_stand_on_one_scale_from_nothing_to_all() -> None:
    low, high = draw().figure.to_plotly_json()["layout"]["xaxis"]["range"]
    assert low < 0 < 1 < high
    assert high - low < 1.1


def test_the_finding_says_who_notices_and_who_does_not() -> None:
    assert draw().finding == (
        "最も確率の高い出力が変わる：RNN・LSTM。最も確率の高い出力は同じで、確率が変わる："
        "CNN（カーネル 3 語）・GRU。ビット単位で一致：MLP（Bag-of-Words）。文が窓より長く、読めない：MLP（窓 8 語）。"
    )
    assert draw([contrast(RNN, (0, 1), (0, 1))]).finding == "ビット単位で一致：RNN。"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_network_says_what_the_swap_did(lang: str) -> None:
    shown = "\n".join(notes(draw(lang=lang)))
    assert text("reply_order.same", lang) in shown
    assert text("reply_order.refused", lang, words=9) in shown
    assert text("reply_order.moves", lang, moved="0.70") in shown


def test_a_difference_of_the_last_bit_is_not_the_same() -> None:
    nearly = float(np.nextafter(np.float32(0.5), np.float32(1)))
    assert "ビット単位で一致" not in draw([contrast(CNN, (0.5, 0.5), (nearly, 0.5))]).finding


def test_the_table_has_a_row_an_output_with_the_exact_numbers() -> None:
    table = list(draw().table.values())
    assert table[0].count("LSTM") == 2
    assert not any("窓" in name for name in table[0])
    assert len(table[0]) == 10
    assert table[4][0] == 0
    assert table[2][6:8].tolist() == [1, 0]
    assert "meaning" not in draw().table
    assert draw([contrast(LSTM, (0, 1), (0, 1))], lang="en").table["meaning"][0] == "No way!"


def test_an_output_is_shown_as_text() -> None:
    shown = "\n".join(notes(draw([contrast(GRU, (0, 0, 0, 1), (0, 0, 0, 1))])))
    assert "&lt;b&gt;" in shown
    assert "<b><b>" not in shown


def test_readers_of_english_get_glosses() -> None:
    assert any("No way!" in note for note in notes(draw([contrast(LSTM, (0, 1), (0, 1))], lang="en")))
    assert not any("No way!" in note for note in notes(draw([contrast(LSTM, (0, 1), (0, 1))])))


@pytest.mark.parametrize("theme", LOOKS)
def test_language_and_look_change_no_number(theme: Theme) -> None:
    ja, en = (
        [(line["meta"], line["x"].tolist()) for line in traces(draw(lang=lang, theme=shown))]
        for lang, shown in (("ja", theme), ("en", Theme()))
    )
    assert ja == en
