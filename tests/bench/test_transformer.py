from bench import transformer
from rnn_core.models.timing import Point
from rnn_core.training.tasks import TRANSFORMERS


def test_the_times_have_a_row_a_length_and_a_column_a_network() -> None:
    points = [Point(cell, words, 0.001, 0.002, 0.004, None) for words in (6, 16) for cell in ("rnn", "gru")]
    head, _, *rows = transformer.times(points).splitlines()
    assert [part.strip() for part in head.strip("|").split("|")] == ["words", "rnn", "gru"]
    assert len(rows) == 2
    assert "3.00 · 4.00" in rows[0]


def test_every_trained_model_is_told_with_what_it_is_worth() -> None:
    told = transformer.worth()
    assert all(spec.name in told for spec in TRANSFORMERS.networks)
    assert "23,328" in told
