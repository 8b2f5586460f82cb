from __future__ import annotations

from pages._chapters.music import computed
from rnn_core.tasks.music.melodies import Note
from rnn_core.tasks.music.spec import SHIPPED, MusicSpec


def test_equal_melodies_are_made_once_and_others_apart(warm: None) -> None:
    spec, given = MusicSpec(cell="gru"), (Note(67, 4),)
    first, second, third = (computed.compose(spec, given, 1.0, seed) for seed in (0, 1, 0))
    assert first is third
    assert first is not second


def test_the_figures_are_the_manifest_s(warm: None) -> None:
    assert {spec.name for spec in SHIPPED} <= computed.manifest()["models"].keys()
