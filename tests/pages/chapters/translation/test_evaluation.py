from __future__ import annotations

from pages._chapters.attention.decoded import Given
from pages._chapters.translation.evaluation import ASKED, SPELT, question, spelling
from pages._ui.shell import CHAPTERS, View
from rnn_core.figures import Theme
from rnn_core.tasks.loanwords import USUAL


def test_the_network_misses_the_city_and_the_guess_can_be_right() -> None:
    assert spelling(ASKED) == "トキオ"
    assert spelling(ASKED) in SPELT.values()
    assert spelling(ASKED) not in USUAL[ASKED]
    assert spelling("network") in USUAL["network"]


def test_it_is_asked_of_that_word_alone_however_it_is_typed_and_judged_by_what_is_written() -> None:
    for said, verdict in ((None, None), ("skip", None), (3, "right"), (2, "wrong")):
        view = View(CHAPTERS[0], "en", Theme(), {"guess_spelling": said}, ())
        asked = question(view, Given("katakana", tuple("Tokyo")))
        assert (asked.answer, asked.verdict and asked.verdict[0]) == (said, verdict)
        assert question(view, Given("katakana", tuple("tea"))) is None
        assert question(view, Given("katakana", tuple("tokyo"), 1)) is None
