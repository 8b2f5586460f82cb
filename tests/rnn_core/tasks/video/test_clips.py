from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists, text

from rnn_core.errors import KiokuError
from rnn_core.tasks.video.clips import ACROSS, CHANGED, HIDDEN, KINDS, PATH, make_clip, read_path
from rnn_core.tasks.video.spec import FRAMES


@pytest.mark.parametrize("kind", KINDS)
def test_each_clip_has_what_it_is_called_after(kind: str) -> None:
    clip = make_clip(kind, 3)  # type: ignore[arg-type]  # one of them
    assert clip.pixels.shape == (FRAMES, 256)
    assert clip.events[:2] == ("unknown", "unknown")
    dark = np.flatnonzero(clip.pixels.max(axis=1) == 0).tolist()
    assert dark == (list(range(*HIDDEN)) if kind == "hidden" else [])
    assert ("change" in clip.events) == (kind == "change")
    assert ("back" in clip.events) == ("gone" in clip.events) == (kind == "hidden")
    if kind == "change":
        assert clip.events[CHANGED] == "change"
        row, column = clip.places[CHANGED - 1]
        later = clip.places[CHANGED]
        before = clip.frames[CHANGED - 1, row : row + 8, column : column + 8]
        assert (before != clip.frames[CHANGED, later[0] : later[0] + 8, later[1] : later[1] + 8]).any()
    if kind in ("bounce", "own"):
        steps = np.diff(clip.places, axis=0)
        turned = {place + 2 for place in np.flatnonzero((steps[1:] * steps[:-1] < 0).any(axis=1))}
        assert {place for place, event in enumerate(clip.events) if event == "bounce"} == turned


@given(lists(integers(0, 8), min_size=2 * FRAMES, max_size=2 * FRAMES), integers(0, 9))
def test_every_path_is_a_clip(places: list[int], digit: int) -> None:
    path = "".join(map(str, places))
    clip = make_clip("own", digit, path)
    assert "".join(map(str, clip.places.ravel())) == path
    assert len(clip.events) == FRAMES


@given(text(max_size=40))
def test_what_is_no_path_is_said(path: str) -> None:
    assert re.fullmatch(PATH, ACROSS)
    if not re.fullmatch(PATH, path):
        with pytest.raises(KiokuError):
            read_path(path)
