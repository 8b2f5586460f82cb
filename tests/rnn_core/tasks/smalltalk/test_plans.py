from __future__ import annotations

import pytest

from rnn_core.tasks.smalltalk.plans import generate_plans
from tests.rnn_core.tasks.smalltalk.reading import said


@pytest.mark.parametrize(
    ("text", "reply", "sentiment", "english"),
    [
        ("今日は公園に行く", "いってらっしゃい!", "positive", "I am going to the park today."),
        ("明日は公園に行く", "楽しんでね!", "positive", "I will go to the park tomorrow."),
        ("昨日は友達と海に行った", "楽しかった?", "positive", "I went to the sea with my friend yesterday."),
        ("明日は学校に行く", "頑張ってね!", "neutral", "I will go to school tomorrow."),
        ("明日は病院に行く", "お大事に!", "neutral", "I will go to the hospital tomorrow."),
        ("昨日は会社に行かなかった", "ゆっくりできた?", "neutral", "I did not go to the office yesterday."),
        (
            "今日は先生と山に行かない",
            "また今度ね!",
            "negative",
            "I am not going to the mountains with my teacher today.",
        ),
        ("来週は海に行きたい", "一緒に行こうよ!", "positive", "I want to go to the sea next week."),
        ("今日は会社に行きたくない", "無理しないでね", "neutral", "I do not want to go to the office today."),
        (
            "公園に友達と行ったけど雨が降った",
            "残念だったね",
            "negative",
            "I went to the park with my friend, but it rained.",
        ),
        (
            "店に友達と行ったけど雨が降った",
            "濡れなかった?",
            "negative",
            "I went to the shop with my friend, but it rained.",
        ),
        (
            "昨日病院に先生と行ったけど人がとても多かった",
            "お大事に!",
            "negative",
            "Yesterday I went to the hospital with my teacher, but it was very crowded.",
        ),
    ],
)
def test_plans_are_answered_and_translated(text: str, reply: str, sentiment: str, english: str) -> None:
    example = said(text)
    assert (example.reply, example.sentiment, example.english) == (reply, sentiment, english)


def test_what_went_wrong_is_told_after_the_place() -> None:
    turns = [example for example in generate_plans() if example.combination[0] == "turn"]
    assert turns
    assert all(example.words.index("けど") < len(example.words) - 2 for example in turns)
