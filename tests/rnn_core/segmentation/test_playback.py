from __future__ import annotations

import numpy as np
import pytest

from rnn_core import KiokuError
from rnn_core.segmentation.measures import revealed
from rnn_core.segmentation.model import segmented
from rnn_core.segmentation.playback import play
from rnn_core.segmentation.tags import LATER, NEEDED, NEVER_RIGHT, OTHER_MEANING, TAGS, boundaries_of, words_of


@pytest.mark.parametrize("text", [NEEDED, OTHER_MEANING, "犬"])
def test_every_part_is_what_the_segmenter_makes_of_it_alone(text: str) -> None:
    found = play(text, NEVER_RIGHT)
    assert found.lengths == tuple(range(1, len(text) + 1))
    begin = 0
    for row, length in enumerate(found.lengths):
        here = slice(begin, begin + length)
        begin += length
        for later in LATER:
            alone = segmented(text[:length], later, NEVER_RIGHT if later == "other" else "")
            assert found.tags[later][row] == alone.tags
            both = np.concatenate([found.forward[here], found.backward[later][here]], axis=1)
            np.testing.assert_allclose(both, alone.layers.output, atol=1e-5)
            scores = found.shares[later][here].sum(axis=2) + found.bias
            np.testing.assert_allclose(scores, alone.emissions[:, : len(TAGS)], atol=1e-4)
    assert begin == len(found.forward)


def test_the_cuts_of_the_parts_are_those_that_are_revealed() -> None:
    found, ends = play(NEEDED, NEVER_RIGHT), revealed(NEEDED).ends
    for row, length in enumerate(found.lengths):
        cuts = boundaries_of(words_of(NEEDED[:length], found.tags["own"][row]))
        assert {int(k) + 1 for k in np.flatnonzero(ends[row])} == {k for k in cuts if k < length}


def test_the_whole_text_alone_is_the_last_part() -> None:
    found, last = play(NEEDED, NEVER_RIGHT), play(NEEDED, NEVER_RIGHT, whole=True)
    assert last.lengths == (len(NEEDED),)
    np.testing.assert_allclose(last.forward, found.forward[-len(NEEDED) :], atol=1e-6)
    assert {later: last.tags[later][0] for later in LATER} == {later: found.tags[later][-1] for later in LATER}


@pytest.mark.parametrize(("text", "lent"), [("", "犬"), ("犬", "")])
def test_nothing_to_read_is_refused(text: str, lent: str) -> None:
    with pytest.raises(KiokuError) as caught:
        play(text, lent)
    assert caught.value.code == "empty_text"
