from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.errors import KiokuError
from rnn_core.models.composing import compose, draw_many, encode
from rnn_core.models.melody import EDGE, MELODIES
from rnn_core.tasks.music.melodies import LENGTHS, MOST_NOTES, PITCHES, Note
from rnn_core.tasks.music.spec import SHIPPED, MusicSpec

SPEC = MusicSpec(cell="gru")
GIVEN = (Note(67, 4), Note(72, 4), Note(74, 2))


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.cell)
def test_what_is_kept_of_a_melody_is_what_torch_computes_of_it(spec: MusicSpec) -> None:
    found = compose(spec, GIVEN, 1.0, 0)
    assert found.notes[: len(GIVEN)] == GIVEN
    assert found.given == len(GIVEN) < len(found.notes) <= MOST_NOTES
    model = MELODIES.load(spec).double()
    pitches, lengths = encode(found.notes)
    with torch.inference_mode():
        states = model.states(pitches[None], lengths[None])[0, 1:]
        pitch = torch.softmax(model.pitch_scores(states), dim=-1).numpy()
        every = torch.arange(EDGE).expand(len(states), EDGE)
        of_pitch = torch.softmax(model.length_scores(states[:, None], every), dim=-1).numpy()
    np.testing.assert_allclose(found.states["hidden_state"], states.numpy(), atol=1e-5)
    np.testing.assert_allclose(found.pitch, pitch, atol=1e-5)
    length = (pitch[:, :EDGE, None] * of_pitch).sum(axis=1) / pitch[:, :EDGE].sum(axis=1, keepdims=True)
    np.testing.assert_allclose(found.length, length, atol=1e-5)
    for at, note in enumerate(found.notes[1:]):
        k, d = PITCHES.index(note.pitch), LENGTHS.index(note.length)
        assert found.surprise[at] == pytest.approx(-np.log(pitch[at, k] * of_pitch[at, k, d]), abs=1e-4)
    assert found.perplexity == pytest.approx(np.exp(found.surprise[:2].mean()))


def test_at_temperature_0_every_note_is_the_most_probable_one() -> None:
    found = compose(SPEC, GIVEN, 0.0, 5)
    assert found.notes == compose(SPEC, GIVEN, 0.0, 6).notes
    for at, note in enumerate(found.notes[len(GIVEN) :], len(GIVEN) - 1):
        assert PITCHES[int(found.pitch[at].argmax())] == note.pitch
        assert found.drawn[at].max() == 1
    assert found.ended == (found.pitch[-1].argmax() == EDGE)


def test_a_seed_draws_the_same_and_another_another() -> None:
    assert compose(SPEC, GIVEN, 1.0, 1).notes == compose(SPEC, GIVEN, 1.0, 1).notes
    assert compose(SPEC, GIVEN, 1.0, 1).notes != compose(SPEC, GIVEN, 1.0, 2).notes


@pytest.mark.parametrize("temperature", [0.0, 0.01, 1.0, 10.0])
@pytest.mark.parametrize("given", [GIVEN[:1], tuple(Note(84, 16) for _ in range(MOST_NOTES))])
def test_every_row_sums_to_1(temperature: float, given: tuple[Note, ...]) -> None:
    found = compose(MusicSpec(cell="rnn"), given, temperature, 0)
    for rows in (found.pitch, found.length, found.drawn, found.drawn_length):
        np.testing.assert_allclose(rows.sum(axis=1), 1)
        assert not rows.flags.writeable
    assert (found.perplexity is None) == (len(given) == 1)
    assert found.begins[-1] == sum(note.length for note in found.notes)


def test_what_is_drawn_comes_as_often_as_it_is_probable() -> None:
    model = MELODIES.memoized(SPEC)
    drawn = draw_many(model, GIVEN, 4000, 0, most=1)
    expected = compose(SPEC, GIVEN, 1.0, 0).pitch[len(GIVEN) - 1]
    counts = np.zeros(EDGE + 1)
    for one in drawn:
        counts[PITCHES.index(one.notes[0].pitch) if one.notes else EDGE] += 1
    np.testing.assert_allclose(counts / len(drawn), expected, atol=0.03)


def test_a_unit_that_is_held_changes_what_is_drawn_and_one_at_its_value_nothing() -> None:
    model = MELODIES.memoized(SPEC)
    free, same = draw_many(model, (), 20, 0), draw_many(model, (), 20, 0, held={})
    assert free == same
    assert draw_many(model, (), 20, 0, held={0: 5.0, 3: -5.0}) != free


def test_a_note_that_no_network_knows_is_said() -> None:
    with pytest.raises(KiokuError, match="lies outside"):
        compose(SPEC, (Note(20, 4),), 1.0, 0)
