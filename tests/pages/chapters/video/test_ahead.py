from __future__ import annotations

from tests.pages.opening import at_address

DRAWN = {"lang": "en", "guess_peak": "skip"}


def alts(**query: str) -> list[str]:
    at = at_address("video", {**DRAWN, **query}).run()
    assert not at.exception
    assert not at.error
    return [one.proto.alt for one in at.get("plotly_chart")]


def test_it_goes_on_from_the_frame_that_is_picked_and_depends_on_those_before() -> None:
    early, late = alts(rolled="3", t="2"), alts(rolled="15", t="9", motion="hidden")
    assert "in frame 4," in early[0]
    assert "in frame 16." in late[0]
    assert "in frame 1." in early[2]
    assert "lies in frame 8" in late[2]
