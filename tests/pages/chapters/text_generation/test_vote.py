from __future__ import annotations

from pages._chapters.text_generation import novelty
from rnn_core.training.tasks import WRITTEN
from tests.pages.voting import asked, right


def test_the_measured_answer_is_the_nearest_share() -> None:
    counts = WRITTEN["kaomoji"].manifest()["models"]["kaomoji-gru-64-seed0"]["samples"]
    best = novelty.right(counts["new"] / counts["drawn"])
    assert right("text_generation", task="kaomoji", cell="gru") == tuple(f"about {one}%" for one in best)


def test_of_small_talk_there_is_no_question() -> None:
    assert asked("text_generation", task="smalltalk") is None
