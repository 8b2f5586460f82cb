from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.sentiment.judged import Judged, options, verdict, why
from rnn_core.messages import LANGUAGES, text
from rnn_core.models.sentiment import SentimentPrediction
from rnn_core.tasks.sentiment import FEELINGS, SentimentSpec
from rnn_core.text.tokenizer import Token

WORDS = ("犬", "は", "犬")


def judged(*answers: int) -> Judged:
    shares = np.eye(3, dtype=np.float32)[list(answers)]
    said = [
        SentimentPrediction(SentimentSpec(asked="word", directions=directions), WORDS[: len(answers)], shares, 7000)
        for directions in (1, 2)
    ]
    tokens = tuple(Token(word, True, "dog" if word == "犬" else "") for word in WORDS[: len(answers)])
    return Judged(tokens, False, tuple(said), ())


@pytest.mark.parametrize(
    ("settled", "guess", "said"), [(1, 1, "right"), (1, 2, "near"), (3, 2, "near"), (1, 3, "wrong"), (60, 1, "wrong")]
)
def test_one_word_beside_it_is_nearly_right(settled: int, guess: int, said: str) -> None:
    assert verdict(settled, guess) == said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("answers", [(0,), (2, 2, 2), (0, 2, 2), (2, 0, 2), (0, 1, 0)])
def test_the_reason_quotes_the_last_word_with_another_answer_or_says_that_there_is_none(
    lang: str, answers: tuple[int, ...]
) -> None:
    found = judged(*answers)
    named = [text(f"feelings_by_word.{feeling}", lang) for feeling in FEELINGS]
    at, last = found.settled - 1, named[answers[-1]]
    if len(set(answers)) == 1:
        assert why(found, lang) == text("sentiment.why.always", lang, feeling=last)
        return
    words = found.words(lang)
    before = named[answers[at - 1]]
    assert before != last
    assert why(found, lang) == text(
        "sentiment.why.turns", lang, before=before, last=words.said(at - 1), word=words.said(at), feeling=last
    )


def test_every_word_can_be_guessed_and_the_right_one_is_among_them() -> None:
    found = judged(0, 2, 2)
    assert found.settled in options(found, "en")
    assert options(found, "en") == {1: "“犬” (dog) (no. 1)", 2: "“は”", 3: "“犬” (dog) (no. 3)"}
