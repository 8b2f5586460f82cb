from __future__ import annotations

import pytest

from pages._chapters.speech import recognised
from pages._chapters.speech.recognised import by_voice, confused, lines, verdict
from rnn_core.messages import text
from rnn_core.speech.digits import Worth
from rnn_core.tasks.digits import SHIPPED

ROWS = tuple(
    Worth(spec, (("m7", 30, 30), ("m8", 27 - n, 30)), (3, 10), (9, 1, 2, 3, 4, 5, 6, 7, 8, 9))
    for n, spec in enumerate(SHIPPED)
)


@pytest.mark.parametrize(("guess", "wanted"), [(3, "right"), (4, "near"), (2, "near"), (9, "wrong")])
def test_one_digit_beside_is_near(guess: int, wanted: str) -> None:
    assert verdict(ROWS[0], guess) == wanted


def test_each_network_its_recorded_voice_and_chance_have_a_line() -> None:
    found = lines(ROWS, ROWS[2], "en")
    assert [one.shown for one in lines(ROWS, ROWS[2], "en", ROWS[2])] == [False] * 4 + [True, False]
    assert [(round(one.value, 3), one.shown) for one in found] == [
        (0.95, False),
        (0.933, False),
        (0.917, True),
        (0.3, True),
        (0.1, False),
    ]
    assert all((one.low or 0) <= one.value <= (one.high or 1) for one in found)
    assert by_voice(ROWS[0], "en") == text("speech.voices", "en", voices="m7 30/30, m8 27/30")


def test_a_mistake_is_named_or_that_there_is_none() -> None:
    assert confused(ROWS[0], "en") == text("speech.confused", "en", spoken="zero", said="nine")
    perfect = Worth(SHIPPED[0], (("m7", 1, 1),), (10, 10), tuple(range(10)))
    assert confused(perfect, "ja") == text("speech.never_confused", "ja")


def test_a_click_on_the_matrix_shows_its_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    class Chosen:
        class selection:  # noqa: N801
            points = ({"x": 1.0, "y": 8.0},)

    session = {"chart_confusion": Chosen}
    monkeypatch.setattr(recognised.st, "session_state", session)
    recognised._choose()
    assert session["digit"] == 7


def test_the_matrix_has_one_answer_a_digit() -> None:
    assert ROWS[0].answers.sum(axis=1).tolist() == [1] * 10
    assert ROWS[0].answers[0, 9] == 1
