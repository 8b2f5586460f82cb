from __future__ import annotations

from tests.pages.opening import at_address


def test_other_steps_ahead_are_another_picture_and_the_parts_are_said() -> None:
    said = []
    for ahead in ("1", "7"):
        at = at_address("forecast", {"lang": "en", "ahead": ahead}).run()
        assert not at.exception
        said.append(next(one.proto.alt for one in at.get("plotly_chart") if "moves the forecast" in one.proto.alt))
        html = "".join(one.proto.body for one in at.get("html"))
        assert "2014-07-01" in html
        assert "bitwise the same" in html
    assert said[0] != said[1]
