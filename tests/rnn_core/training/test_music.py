from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core import runtime
from rnn_core.models.melody import EDGE, MELODIES
from rnn_core.models.weights import path_of
from rnn_core.tasks.music.melodies import Melody, Note, split
from rnn_core.tasks.music.spec import SHIPPED, MusicSpec
from rnn_core.training import music
from rnn_core.training.music import MUSIC, NOTHING, alike, lines, ngram, numbers, score
from rnn_core.training.tasks import TASKS

SHORT = Melody("bwv1", 16, 0, (Note(72, 4), Note(74, 8)), frozenset())
LONG = Melody("bwv2", 16, 0, (Note(60, 4),) * 5, frozenset())


def test_every_seed_of_the_gated_networks_is_as_good_as_promised_and_better_than_counting() -> None:
    made = MUSIC.manifest()
    counted = min(row["perplexity"] for row in made["ngrams"].values())
    gated = {spec: made["models"][spec.name]["perplexity"] for spec in MUSIC.networks if spec.cell != "rnn"}
    assert len(gated) == 6
    assert max(gated.values()) <= 9.0
    assert max(line["perplexity"] for line in made["models"].values()) < counted
    assert sum(path_of(spec.name).stat().st_size for spec in SHIPPED) < 2**20
    assert TASKS["music"] is MUSIC


def test_a_melody_is_read_with_the_edge_before_it_and_expected_with_the_edge_after() -> None:
    found = lines([SHORT, LONG])
    assert found.pitches[0, 0] == EDGE
    assert found.next_pitches[0, 2] == EDGE
    assert found.next_lengths[0, 2] == NOTHING
    assert (found.next_pitches[0, 3:] == NOTHING).all()
    assert found.take(torch.tensor([0])).pitches.shape == (1, 3)
    assert len(found) == 2


def test_the_loss_counts_what_is_there_and_drops_by_its_generator_alone() -> None:
    model = MELODIES.fresh(MusicSpec(cell="gru", hidden=8))
    batch, spec = lines([SHORT, LONG]), music.recipe(MusicSpec(cell="gru"))
    one, same, other = (music.note_loss(model, batch, spec, runtime.generator(seed)) for seed in (0, 0, 1))
    assert one == same != other
    batch.pitches[0, 4:], batch.lengths[0, 4:] = 2, 1  # what is filled up changes nothing
    assert music.note_loss(model, batch, spec, runtime.generator(0)) == one


def test_the_line_of_a_network_is_what_its_weights_are_worth_in_float64() -> None:
    spec = MusicSpec(cell="lstm")
    line, model = MUSIC.manifest()["models"][spec.name], MELODIES.load(spec)
    found = score(model, split().test)
    assert found["perplexity"] == pytest.approx(line["perplexity"], rel=1e-4)
    assert line["interval"][0] < line["perplexity"] < line["interval"][1]
    assert {name: part["lines"] for name, part in line["alike"].items()} == {"alike": 16, "others": 18}
    exact, batch = model.double().requires_grad_(False), lines(split().test)
    states = exact.states(batch.pitches, batch.lengths)
    pitch = torch.log_softmax(exact.pitch_scores(states), -1)
    long = torch.log_softmax(exact.length_scores(states, batch.next_pitches.clamp(min=0)), -1)
    there, lasting = batch.next_pitches != NOTHING, batch.next_lengths != NOTHING
    total = pitch.gather(-1, batch.next_pitches.clamp(min=0)[..., None])[..., 0][there].sum()
    total += long.gather(-1, batch.next_lengths.clamp(min=0)[..., None])[..., 0][lasting].sum()
    assert float(torch.exp(-total / there.sum())) == pytest.approx(line["perplexity"], rel=1e-4)


def test_counting_sees_the_same_notes_and_is_worth_what_the_manifest_says() -> None:
    test = numbers(split().test)
    assert sum(map(len, test)) == sum(len(one.notes) + 1 for one in split().test)
    assert ngram(4).perplexity(test) == pytest.approx(MUSIC.manifest()["ngrams"]["4"]["perplexity"])


def test_a_network_learns_and_stops_by_the_validation_lines_alone() -> None:
    spec = MusicSpec(cell="gru", hidden=8)
    model = MELODIES.fresh(spec)
    before = music.stop_loss(spec, model)()
    state_of = music.MUSIC.loss(
        model, music.learned(spec).take(torch.arange(16)), music.recipe(spec), runtime.generator(0)
    )
    state_of.backward()
    with torch.no_grad():
        for weight in model.parameters():
            weight -= 0.5 * weight.grad
    assert music.stop_loss(spec, model)() < before


def test_lines_that_begin_alike_are_found() -> None:
    learned = split().learned[0]
    moved = Melody("bwv0", 16, 0, tuple(Note(note.pitch + 1, note.length) for note in learned.notes), frozenset())
    np.testing.assert_array_equal(alike([learned, moved, LONG]), [True, True, False])
