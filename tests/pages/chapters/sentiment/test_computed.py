from __future__ import annotations

from pages._chapters.sentiment import computed
from rnn_core.tasks.sentiment import SentimentSpec
from rnn_core.training import sentiment
from rnn_core.training.tasks import SENTIMENT


def test_equal_questions_are_answered_once_and_different_ones_apart(warm: None) -> None:
    specs = [SentimentSpec(asked="word", directions=directions) for directions in (1, 2, 1)]
    first, second, third = (computed.classify(spec, ("今日", "は")) for spec in specs)
    assert first is third
    assert first is not second


def test_what_it_is_worth_is_the_manifests(warm: None) -> None:
    worth, majority = computed.worth()
    assert worth == sentiment.worth(SENTIMENT.manifest()["models"])
    assert majority == SENTIMENT.manifest()["majority"]
