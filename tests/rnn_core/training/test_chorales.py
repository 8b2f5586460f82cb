from __future__ import annotations

from importlib.util import find_spec
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from rnn_core.errors import KiokuError
from rnn_core.tasks.music import melodies
from rnn_core.tasks.music.melodies import Melody, Note
from rnn_core.training import chorales
from rnn_core.training.__main__ import BUILT
from rnn_core.training.chorales import assembled, build, by_number, moved, up_to_date

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(find_spec("music21") is not None, reason="it is installed")
def test_without_the_package_it_is_said_what_is_missing() -> None:
    with pytest.raises(KiokuError, match="music21"):
        list(build())


def test_the_melodies_are_there_and_are_made_before_what_learns_them() -> None:
    assert up_to_date()
    assert list(BUILT).index("melodies") < list(BUILT).index("music")


def test_a_line_is_moved_to_no_sharps_and_rests_lengthen_what_they_follow() -> None:
    sounding = [(0, 4, False), (74, 4, False), (78, 2, False), (78, 0, False), (0, 2, False), (81, 6, True)]
    found = assembled("bwv9", 16, 12, 2, sounding)
    assert found is not None
    assert found.notes == (Note(72, 4), Note(76, 4), Note(79, 6))
    assert found.ends == {2}
    assert assembled("bwv9", 16, 0, 0, [(96, 4, False), (48, 4, False)]) is None


@pytest.mark.parametrize(("sharps", "first"), [(0, 72), (1, 67), (2, 74), (-1, 65), (-3, 63), (4, 76)])
def test_the_tonic_of_every_signature_becomes_c(sharps: int, first: int) -> None:
    assert (first + moved([first], sharps)) % 12 == 0


def test_the_file_is_written_in_the_order_of_the_catalogue_each_line_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one, other = (Melody(name, 16, 0, (Note(72, 4),) * n, frozenset()) for name, n in (("bwv10.7", 2), ("bwv9.6", 1)))
    kept = list[Melody]()
    monkeypatch.setattr(chorales, "lines", lambda: iter([one, other, one]))
    monkeypatch.setattr(melodies, "write_melodies", kept.extend)
    assert list(build()) == [("melodies", {"lines": 2})]
    assert kept == [other, one]
    assert by_number(other) < by_number(one)


def test_a_line_of_the_package_is_taken_as_it_stands() -> None:
    def note(midi: int, beats: float, *marks: object) -> SimpleNamespace:
        pitch = SimpleNamespace(midi=midi)
        return SimpleNamespace(isRest=not midi, pitch=pitch, quarterLength=beats, expressions=marks)

    class Fermata:
        pass

    first = note(67, 1.0)
    first.beat, first.beatDuration = 4.0, SimpleNamespace(quarterLength=1.0)
    every = [first, note(71, 0.5), note(0, 0.5), note(74, 2.0, Fermata())]
    by_kind = {
        "KeySignature": [SimpleNamespace(sharps=1)],
        "TimeSignature": [SimpleNamespace(barDuration=SimpleNamespace(quarterLength=4.0))],
    }
    flat = SimpleNamespace(getElementsByClass=lambda kind: by_kind[kind], notes=every, notesAndRests=every)
    part = SimpleNamespace(stripTies=lambda: SimpleNamespace(flatten=lambda: flat))
    found = chorales.taken("bwv1.6", part)
    assert found == Melody("bwv1.6", 16, 12, (Note(72, 4), Note(76, 4), Note(79, 8)), frozenset({2}))
