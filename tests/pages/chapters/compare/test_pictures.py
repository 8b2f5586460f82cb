from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core.lineup import NETWORKS
from rnn_core.messages import text
from tests.pages.reading import html, keys

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def test_every_network_has_its_map_made_when_they_are_opened(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", guess_persistence="skip")
    assert keys(at) == ["gradient_norms"]
    at.session_state["maps"] = True
    at.run()
    assert keys(at) == ["gradient_norms", *(f"influence_{cell}" for cell in NETWORKS)]
    assert html(at).count('<p class="network') == len(NETWORKS)
    assert text("compare.name", "en", cell="GRU", units=16) in html(at)
