"""A reader hands in a film: what was read is said, it is trained when asked, and the verdict is measured."""

from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.video import own_film
from rnn_core.messages import LANGUAGES
from rnn_core.tasks.video.film import Film
from rnn_core.training import own_film as training
from rnn_core.training.own_film import learn
from tests.pages.handing import hand_over, handed, said
from tests.rnn_core.tasks.video.films import gif, zipped


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "UPDATES", 10)
    monkeypatch.setattr(own_film, "compute_apart", lambda work, *given: work(*given))
    hand_over(monkeypatch)


def app() -> None:
    from pages._chapters.video import own_film
    from pages._ui import shell

    shell.show(lambda view: own_film.shown(view, "gru"))


def test_it_is_read_once_trained_when_asked_and_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    at = handed(app, gif(40))
    assert not at.exception
    assert "40 frames read, 64 × 36 pixels in the file." in said(at)
    assert not at.get("plotly_chart")
    monkeypatch.setattr(own_film, "read_film", None)  # it is there
    at.button(key="film_train").click().run()
    assert not at.exception
    assert 'class="verdict' in said(at)
    assert len(at.get("plotly_chart")) == 1
    kept = at.session_state[own_film.KEPT]
    at.run()
    assert at.session_state[own_film.KEPT] is kept
    del at.session_state["handed"]
    at.run()
    assert own_film.KEPT not in at.session_state
    assert own_film.READ not in at.session_state


def test_what_cannot_be_read_is_a_sentence() -> None:
    at = handed(app, zipped())
    assert not at.exception
    assert len(at.error) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_verdict_is_true_of_each_outcome(lang: str) -> None:
    still = learn(Film(np.zeros((24, 18, 32), np.float32), (8, 8)), "gru")
    assert still.gain.side == 0
    noise = learn(Film(np.random.default_rng(0).random((40, 18, 32)).astype(np.float32), (8, 8)), "gru")
    told = {own_film.verdict(one, lang) for one in (still, noise)}
    assert len(told) == 2
