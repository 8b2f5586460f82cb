from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.sentiment import told
from rnn_core.figures.feeling_kinds import kind_name
from rnn_core.messages import text
from rnn_core.tasks.feelings import FACES, SENTENCES, network
from rnn_core.training.feelings import FEELINGS
from tests.pages.reading import html, plain

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def labels(at: object) -> list[str]:
    return [one.label for one in at.button if str(one.key).startswith("told_")]


@pytest.mark.parametrize(("lang", "reads", "task"), [("ja", "faces", FACES), ("en", "sentences", SENTENCES)])
def test_beside_the_matrix_stand_texts_of_the_chosen_cell(open_page: Open, lang: str, reads: str, task: str) -> None:
    name = network(task, "lstm").name
    manifest = FEELINGS[task].manifest()
    kind, row = next(iter(manifest["examples"][name].items()))
    answer, texts = next((answer, texts) for answer, texts in row.items() if answer != kind)
    at = open_page(page="sentiment", reads=reads, lang=lang, taken=f"{kind}.{answer}", guess_settled="2")
    assert len(labels(at)) == len(texts)
    assert kind_name(answer, lang) in plain(at)
    at.button(key="told_0").click().run()
    held = {"faces": "face", "sentences": "text"}[reads]
    assert at.query_params[held] in (texts[0], [texts[0]])
    assert "guess_settled" not in at.query_params


@pytest.mark.parametrize("taken", [None, "sad.nothing", "sad.happy", "x"])
def test_without_a_cell_of_this_task_it_is_said_how_to_choose_one(open_page: Open, taken: str | None) -> None:
    at = open_page(page="sentiment", lang="en", **({"taken": taken} if taken else {}))
    assert text("confusion.choose", "en") in html(at)
    assert not labels(at)


def test_a_click_on_a_number_is_its_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    class Chosen:
        class selection:  # noqa: N801
            points = ({"x": 2.0, "y": 1.0},)

    session = {told.CHART: Chosen}
    monkeypatch.setattr(told.st, "session_state", session)
    told._choose(("sad", "happy"))
    assert session["taken"] == "sad.happy"
    Chosen.selection.points = ()
    del session["taken"]
    told._choose(("sad", "happy"))
    assert "taken" not in session
