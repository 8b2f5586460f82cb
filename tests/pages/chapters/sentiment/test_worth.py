from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from rnn_core.figures.captions import percent
from rnn_core.tasks.feelings import FACES, SENTENCES, network
from rnn_core.training.feelings import FEELINGS
from tests.pages.reading import chart, plain

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize(("reads", "task", "lang"), [("sentences", SENTENCES, "ja"), ("faces", FACES, "en")])
def test_networks_baselines_and_mistakes_are_those_of_the_manifest(
    open_page: Open, reads: str, task: str, lang: str
) -> None:
    at = open_page(page="sentiment", reads=reads, lang=lang)
    manifest = FEELINGS[task].manifest()
    lines = [manifest["models"][network(task, cell).name] for cell in ("rnn", "lstm", "gru")]
    simple = manifest["baselines"]
    np.testing.assert_allclose(
        chart(at, "chart_worth")["x"],
        [line["accuracy"] for line in lines] + [one["accuracy"] for one in simple.values()],
    )
    assert percent(max(line["accuracy"] for line in lines), lang, 1) in plain(at)
    confusion = np.array(lines[1]["confusion"], float)
    np.testing.assert_allclose(chart(at, "chart_confusion")["z"], confusion / confusion.sum(axis=1, keepdims=True))


def test_a_mistake_is_read_when_it_is_chosen(open_page: Open) -> None:
    at = open_page(page="sentiment", reads="faces", guess_settled="2")
    told = FEELINGS[FACES].manifest()["examples"][network(FACES, "lstm").name]
    kind, answer = next((kind, answer) for kind, row in told.items() for answer in row if answer != kind)
    at.button(key=f"mistake_{kind}_{answer}").click().run()
    assert at.query_params["face"] in (told[kind][answer][0], [told[kind][answer][0]])
    assert "guess_settled" not in at.query_params
