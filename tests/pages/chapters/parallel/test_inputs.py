from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.parallel.inputs import CONTRASTS
from rnn_core.specs import ModelSpec
from tests.pages.reading import drawing

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize(
    ("query", "total"),
    [({}, 60), ({"length": "once"}, 6), ({"length": "200"}, 200), ({"text": "暑い", "length": "once"}, 1)],
)
def test_the_sentence_is_read_so_often(open_page: Open, query: dict[str, str], total: int) -> None:
    assert drawing(open_page(page="parallel", **query), "newton_map")["total"] == total


def test_of_a_large_network_it_is_said_where_it_ends(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    from rnn_core.models import sentence_rounds

    monkeypatch.setattr(sentence_rounds, "WORK", 1e4)
    most = sentence_rounds.longest(ModelSpec(cell="gru", hidden=16))
    at = open_page(page="parallel", lang="en")
    assert drawing(at, "newton_map")["total"] == most < 60
    assert any(f"ends at word {most}" in one.proto.body for one in at.get("html"))


@pytest.mark.parametrize("name", [one.name for one in CONTRASTS])
def test_a_contrast_changes_the_rounds(open_page: Open, name: str) -> None:
    at = open_page(page="parallel", guess_rounds="skip")
    before = drawing(at, "newton_map")["rounds"]
    at.button(key=f"contrast_{name}").click().run()
    assert drawing(at, "newton_map")["rounds"] != before
