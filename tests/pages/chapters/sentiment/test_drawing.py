from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.models.feeling_reading import read
from rnn_core.tasks.feelings import FACES, SENTENCES, network
from rnn_core.text.tokenizer import segment
from tests.pages.reading import drawing

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize(
    ("query", "task", "by"),
    [
        ({"text": "今日は暑い", "cell": "gru"}, SENTENCES, "word"),
        ({"reads": "faces", "face": "(T_T)"}, FACES, "character"),
    ],
)
def test_the_drawing_is_of_the_text_and_the_network_of_the_address(
    open_page: Open, query: dict[str, str], task: str, by: str
) -> None:
    data = drawing(open_page(page="sentiment", guess_settled="skip", **query), "feeling")
    tokens = segment(query.get("face") or query["text"], by).tokens
    found = read(network(task, query.get("cell", "lstm")), tokens)
    assert [word["text"] for word in data["words"]] == list(tokens)
    assert data["settled"] == found.settled + 1
    assert data["answer"] == "skip"
    assert data["cell"] == query.get("cell", "lstm")
