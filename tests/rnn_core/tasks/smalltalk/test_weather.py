from __future__ import annotations

import pytest

from rnn_core.tasks.smalltalk.weather import generate_weather
from tests.rnn_core.tasks.smalltalk.reading import said


@pytest.mark.parametrize(
    ("text", "reply", "sentiment", "english"),
    [
        ("今日は天気が良いね", "そうだね!", "positive", "The weather is good today, isn't it?"),
        ("今日は天気が良い", "出かけようよ!", "positive", "The weather is good today."),
        ("明日は天気が良い", "楽しみだね!", "positive", "The weather will be good tomorrow."),
        ("昨日は天気が良かった", "良かったね!", "positive", "The weather was good yesterday."),
        ("今日は天気が良くない", "残念だね", "negative", "The weather is not good today."),
        ("今週は波が高い", "気をつけてね", "negative", "The waves are high this week."),
        ("先週は波があまり高くなかった", "良かったね!", "positive", "The waves were not very high last week."),
        ("今日は暑い", "水を飲んでね!", "negative", "It is hot today."),
        ("明日は暑い", "帽子を忘れないで!", "negative", "It will be hot tomorrow."),
        ("昨日は雨が降った", "大変だったね", "negative", "It rained yesterday."),
        ("今日は雪が降っていない", "安心したよ!", "positive", "It is not snowing today."),
        ("来週は風が吹かない", "楽しみだね!", "positive", "The wind will not blow next week."),
        (
            "明日は風が強くてとても寒い",
            "上着を忘れないで!",
            "negative",
            "The wind will be strong and it will be very cold tomorrow.",
        ),
    ],
)
def test_weather_is_answered_and_translated(text: str, reply: str, sentiment: str, english: str) -> None:
    example = said(text)
    assert (example.reply, example.sentiment, example.english) == (reply, sentiment, english)


def test_the_day_alone_decides_the_reply_unless_agreement_is_asked_for() -> None:
    by_rest: dict[tuple[str, ...], dict[str, str]] = {}
    for example in generate_weather():
        by_rest.setdefault(example.words[1:], {})[example.words[0]] = example.reply
    for rest, replies in by_rest.items():
        if {"今日", "明日"} <= replies.keys():
            assert (replies["今日"] == replies["明日"] == "そうだね!") == (rest[-1] == "ね")
            assert (replies["今日"] != replies["明日"]) == (rest[-1] != "ね")


def test_the_sun_does_not_shine_at_night() -> None:
    assert not [e for e in generate_weather() if e.words[0] in ("昨夜", "今夜") and "日差し" in e.words]


def test_a_question_for_agreement_has_its_tag() -> None:
    tags = {e.english.rsplit(", ")[-1] for e in generate_weather() if e.words[-1] == "ね"}
    assert tags >= {"isn't it?", "aren't they?", "wasn't it?", "is it?", "won't it?", "will they?", "won't they?"}
    assert not [e for e in generate_weather() if e.words[-1] != "ね" and e.english.endswith("?")]
