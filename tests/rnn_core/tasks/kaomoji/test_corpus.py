from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections import Counter

from rnn_core.tasks.kaomoji import FEELINGS, MAX_LENGTH, alphabet, faces, split
from rnn_core.tasks.kaomoji.corpus import Kaomoji, count_characters, rows


def test_each_face_is_there_once_with_one_feeling() -> None:
    found = faces()
    assert len({face.text for face in found}) == len(found) > 13_000
    assert {face.feeling for face in found} == set(FEELINGS)
    assert all(0 < len(face.text) <= MAX_LENGTH for face in found)
    assert [face.text for face in found] == sorted(face.text for face in found)


def test_no_set_of_characters_is_on_both_sides() -> None:
    train, test = split()
    assert not {frozenset(face.text) for face in train} & {frozenset(face.text) for face in test}
    assert len(train) + len(test) == len(faces())
    assert 0.08 < len(test) / len(faces()) < 0.12
    shares = [Counter(face.feeling for face in part)["happy"] / len(part) for part in (train, test)]
    assert abs(shares[0] - shares[1]) < 0.05


def test_the_stored_alphabet_is_that_of_the_faces_to_learn_from() -> None:
    assert alphabet() == count_characters(split().train)


def test_a_character_counts_once_a_face_and_only_if_it_is_common() -> None:
    assert count_characters([Kaomoji("((((", "sad"), Kaomoji("((", "sad")]) == ()


def test_the_alphabet_needs_neither_data_nor_torch() -> None:
    said = "import sys; from rnn_core.tasks import kaomoji; kaomoji.alphabet(); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_data_are_read_line_by_line() -> None:
    tracemalloc.start()
    next(rows())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2**20
