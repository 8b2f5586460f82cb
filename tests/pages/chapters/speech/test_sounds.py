"""A reader's own sound: heard in this session alone, and a sentence where it can't be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.speech import OWN, sounds
from pages._ui.contents import CHAPTERS
from pages._ui.memo import STORE
from rnn_core.messages import LANGUAGES, text
from rnn_core.sound.clips import scene
from rnn_core.sound.wav import read_wav
from rnn_core.speech.detector import listen
from rnn_core.speech.digits import answered, word_of
from rnn_core.tasks.digits import DigitSpec
from rnn_core.training.digits import worth
from rnn_core.training.tasks import DIGITS
from tests.pages.opening import at_address
from tests.pages.reading import charts, drawing, html, keys
from tests.rnn_core.sound.test_wav import pcm

if TYPE_CHECKING:
    import numpy as np


def ten() -> np.ndarray:
    """The ten digits, one after the other."""
    return scene("digits").samples


def opened(data: bytes | None, lang: str = "en") -> object:
    at = at_address("speech", {"lang": lang, "sound": OWN, "guess_held": "skip"})
    if data is not None:
        at.session_state[sounds.SLOT] = data
    return at.run()


def test_until_there_is_one_it_is_said_where_to_give_it() -> None:
    for lang in LANGUAGES:
        at = opened(None, lang)
        assert [one.value for one in at.info] == [text("speech.none_yet", lang)]
        assert not at.exception


def test_it_is_heard_and_kept_in_the_session_alone() -> None:
    kept = len(STORE)
    at = opened(pcm(ten(), 16_000))
    found = drawing(at, "speech")
    assert found["spoken"] is None
    assert found["steps"] == -(-len(ten()) // 512)
    assert not at.exception
    assert not any(sounds.SLOT in str(key) for key in list(STORE._kept)[kept:])
    again = opened(None)
    assert again.info


def test_what_can_not_be_heard_is_a_sentence_and_the_page_goes_on() -> None:
    for lang in LANGUAGES:
        at = opened(b"\xff\xd8\xff\xe0" + bytes(3000), lang)
        assert text("errors.wav_kind", lang) in "".join(one.value for one in at.error)
        assert not at.exception


def test_what_is_cut_or_too_loud_is_said() -> None:
    at = opened(pcm((99 * ten()).clip(-1, 1), 16_000))
    assert text("speech.remark.clipped", "en") in html(at)
    assert next(row for row in CHAPTERS if row.name == "speech").order


def test_the_digit_networks_answer_to_it_too_and_say_how_far_to_trust_them() -> None:
    lang = "en"
    at = at_address("speech", {"lang": lang, "sound": OWN, "guess_held": "skip", "guess_digits": "skip", "cell": "gru"})
    at.session_state[sounds.SLOT] = pcm(ten(), 16_000)
    at.run()
    assert not at.exception
    assert keys(at)[-2:] == ["digit_answers", "digit_answers_own"]
    (cells,) = charts(at, "chart_digit_answers_own")
    sound = read_wav(pcm(ten(), 16_000)).samples
    said = answered(DigitSpec(cell="gru"), word_of(sound, listen(sound, 1.0).own.speech))
    assert (cells["z"] == said.shares.T).all()
    row = next(one for one in worth(DIGITS.manifest()) if one.spec.cell == "gru")
    assert text("speech.your_digit", lang, right=row.recorded[0], of=10) in html(at)


def test_where_there_is_none_it_is_said_how_to_be_heard() -> None:
    at = at_address("speech", {"lang": "ja", "guess_held": "skip", "guess_digits": "skip"}).run()
    assert text("speech.say_digit", "ja") in html(at)
