from __future__ import annotations

import pytest

from pages._chapters.video import computed, strip
from rnn_core.messages import LANGUAGES, text
from rnn_core.quantities import CELLS
from rnn_core.tasks.video.spec import FRAMES


@pytest.mark.parametrize("cell", CELLS)
def test_one_frame_is_right_and_its_neighbours_are_near(cell: str) -> None:
    for kind in ("bounce", "hidden", "change", "own"):
        shown = computed.clip(kind, 3, None)
        found = computed.watched(cell, shown)
        verdicts = [strip.verdict(found, guess) for guess in range(2, FRAMES + 1)]
        assert verdicts.count("right") == 1
        peak = verdicts.index("right") + 2
        assert all(strip.verdict(found, one) == "near" for one in (peak - 1, peak + 1) if 2 <= one <= FRAMES)
        assert "wrong" in verdicts
        for lang in LANGUAGES:
            assert str(peak) in strip.why(found, shown, None, lang)
            assert "%" in strip.why(found, shown, 2 if peak > 2 else 5, lang)


def test_what_surprises_is_not_what_one_would_guess() -> None:
    """The clips are chosen for it: not the edge, not what vanishes, but what the state can't know."""
    events = {kind: set() for kind in ("bounce", "hidden", "change")}
    for cell in ("lstm", "gru"):
        for kind, found in events.items():
            shown = computed.clip(kind, 3, None)
            found.add(shown.events[int(computed.watched(cell, shown).surprise.argmax()) + 1])
    assert events == {"bounce": {"unknown"}, "hidden": {"back"}, "change": {"unknown"}}


def test_no_contrast_gives_its_end_away() -> None:
    for one in strip.CONTRASTS:
        said = text(f"video.contrast.{one.name}", "en")
        assert not any(word in said for word in ("frame", "largest", "error"))
