from __future__ import annotations

import pytest

from rnn_core.tasks.smalltalk.feelings import generate_feelings
from tests.rnn_core.tasks.smalltalk.reading import said


@pytest.mark.parametrize(
    ("text", "reply", "sentiment", "english"),
    [
        ("私は疲れている", "ゆっくり休んでね", "negative", "I am tired."),
        ("妹は疲れている", "優しくしてあげて!", "negative", "My little sister is tired."),
        ("兄は昨日怒っていた", "もう大丈夫?", "negative", "My big brother was angry yesterday."),
        ("母は怒っていない", "安心したよ!", "positive", "My mother is not angry."),
        ("私は昨日からずっと悩んでいる", "どうしたの?", "negative", "I have been worried since yesterday."),
        ("父は先週からずっと笑っている", "良かったね!", "positive", "My father has been smiling since last week."),
        ("私は悲しい", "大丈夫?", "negative", "I am sad."),
        ("弟はとても悲しそうだ", "優しくしてあげて!", "negative", "My little brother looks very sad."),
        ("友達は昨日元気じゃなかった", "心配だね", "negative", "My friend was not well yesterday."),
        ("今日は疲れた", "ゆっくり休んでね", "negative", "I got tired today."),
        ("昨日は楽しかった", "良かったね!", "positive", "I was cheerful yesterday."),
        (
            "妹は友達と公園に行ってとても疲れている",
            "優しくしてあげて!",
            "negative",
            "My little sister went to the park with my friend and is very tired.",
        ),
        (
            "私は友達と公園に行ってとても疲れている",
            "ゆっくり休んでね",
            "negative",
            "I went to the park with my friend and am very tired.",
        ),
    ],
)
def test_feelings_are_answered_and_translated(text: str, reply: str, sentiment: str, english: str) -> None:
    example = said(text)
    assert (example.reply, example.sentiment, example.english) == (reply, sentiment, english)


def test_nobody_goes_out_with_themselves() -> None:
    outings = [example for example in generate_feelings() if example.combination[0] == "outing"]
    assert outings
    assert all(example.combination[1] != example.combination[2] for example in outings)
