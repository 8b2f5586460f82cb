from __future__ import annotations

from pages._chapters.home import vote
from rnn_core import contrasts
from tests.pages.voting import asked, right


def test_it_asks_of_the_prepared_sentence_whatever_is_read() -> None:
    case = contrasts.forgotten()
    assert right("home") == right("home", text="犬が人を噛む", cell="gru") == ("only the LSTM",)
    found = asked("home")
    assert found
    assert "".join(case.words) in found.question["ja"]
    assert case.reply in found.why["en"]
    assert case.instead in found.why["en"]


def test_the_links_of_the_lesson_are_of_that_sentence() -> None:
    case = contrasts.forgotten()
    first, second, _ = vote.LESSON.links
    assert (first.sets["text"], first.sets["hidden"]) == ("".join(case.words), case.hidden)
    assert (second.sets["text"], second.sets["cell"]) == ("".join(case.words), "lstm")
