from __future__ import annotations

import pytest

from rnn_core.tasks.smalltalk.food import ECHO, generate_food
from tests.rnn_core.tasks.smalltalk.reading import said


@pytest.mark.parametrize(
    ("text", "reply", "sentiment", "english"),
    [
        ("私は昨日寿司を食べた", "美味しかった?", "positive", "I ate sushi yesterday."),
        ("妹は昨日寿司を食べた", "いいなあ!", "positive", "My little sister ate sushi yesterday."),
        ("私は明日ケーキを食べる", "楽しみだね!", "positive", "I will eat cake tomorrow."),
        ("父は今朝コーヒーを飲まなかった", "嫌いなのかな?", "negative", "My father did not drink coffee this morning."),
        ("私は寿司が食べたい", "寿司、いいね!", "positive", "I want to eat sushi."),
        (
            "母は昨日から牛乳がとても飲みたいと言っている",
            "牛乳、いいね!",
            "positive",
            "My mother says she has wanted to drink milk very much since yesterday.",
        ),
        (
            "兄はパンが食べたくないと言っている",
            "心配だね",
            "negative",
            "My big brother says he does not want to eat bread.",
        ),
        (
            "友達はカレーが食べたいと言っている",
            "カレー、いいね!",
            "positive",
            "My friend says they want to eat curry.",
        ),
        ("姉はケーキが嫌いじゃない", "気が合うね!", "positive", "My big sister does not dislike cake."),
        ("私はケーキが好きじゃない", "そうなんだ", "negative", "I do not like cake."),
        ("このラーメンは辛い", "水を飲んでね!", "negative", "This ramen is spicy."),
        ("昨日のラーメンは辛くなかった", "良かったね!", "positive", "Yesterday's ramen was not spicy."),
        (
            "母は友達とレストランに行って寿司を食べた",
            "いいなあ!",
            "positive",
            "My mother went to the restaurant with my friend and ate sushi.",
        ),
    ],
)
def test_food_is_answered_and_translated(text: str, reply: str, sentiment: str, english: str) -> None:
    example = said(text)
    assert (example.reply, example.sentiment, example.english) == (reply, sentiment, english)


def test_an_echo_names_what_was_wished_for() -> None:
    echoes = [example for example in generate_food() if example.reply.endswith(ECHO.format(""))]
    assert len({example.reply for example in echoes}) == 7
    assert all(example.reply.removesuffix(ECHO.format("")) in example.words for example in echoes)
